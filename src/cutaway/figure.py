"""A figure: a graph, the view that draws it, its look and its place; made once, saved and shown in any format."""

import os
from functools import cached_property

from cutaway.garbage import uncollected
from cutaway.graph import Graph
from cutaway.outputs import DPI, OutputOptions, output_for
from cutaway.page import Page
from cutaway.scene import Scene
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views import View
from cutaway.writing import place, write_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

    from cutaway.diagram import Diagram
    from cutaway.fit import Fitted, Wish
    from cutaway.fit.chosen import Fit

FilePath = str | os.PathLike[str]


class Figure:
    """One drawing of one graph. Nothing is drawn before it is needed, and then once."""

    def __init__(
        self,
        *,
        graph: Graph,
        view: View,
        theme: Theme,
        page: Page | None = None,
        wish: "Wish | None" = None,
    ) -> None:
        self.graph = graph
        self.view = view
        self.theme = theme
        self.page = page or (wish.page if wish else Page())
        self._wish = wish

    @property
    def scene(self) -> Scene:
        """What is drawn: every mark with its final coordinates.

        Raises InputError where the figure cannot be made to fit its page.
        """
        return self._fitted.scene

    @property
    def fit(self) -> "Fit | None":
        """What was chosen so that the figure fits its page; None for one in its natural size.

        Without a page that is one that would not be a ribbon then, more than 2.2 times as long as broad and longer than
        an A4 page; a ribbon is wrapped to a readable proportion.
        """
        return self._fitted.fit

    @cached_property
    def _fitted(self) -> "Fitted":
        from cutaway.fit import Wish, fit

        return fit(self.graph, self.view, self.theme, self._wish or Wish(page=self.page))

    @property
    def diagrams(self) -> "Iterator[Diagram]":
        """What the figure says as boxes, links and groups; then ever less of it, as far as it may be folded further.

        The first raises UnsupportedError where the view is a function.
        """
        from cutaway.fit.diagrams import diagrams

        return diagrams(self.graph, self.view, self.theme, self._fitted if self._wish else None)

    @uncollected
    def save(self, path: FilePath, *, dpi: float = DPI, embed_font: bool = False, embed: bool = False) -> None:
        """Save the figure in the format of the suffix, complete or not at all.

        Formats: .svg, .pdf, .png, .jpg, .jpeg, .webp, .tif, .tiff, .bmp, .gif, .html, .tex, .json, .dot, .gv, .mmd and
        .mermaid. `dpi` (dots per inch) is for formats made of pixels, `embed_font` for SVG, so that it looks the same
        where the font is missing; `embed` for TeX, see `tikz`, whose pictures, if there are any, are files beside it.
        Raises InputError for an unknown suffix or a place that cannot be written, UnsupportedError where the format
        cannot hold the figure.
        """
        target = place(path, "give a path, such as 'net.svg'; svg() returns the figure as text, image() a Pillow image")
        output = output_for(os.path.splitext(target)[1])
        write_all(output.files(self, OutputOptions(dpi=dpi, embed_font=embed_font, embed=embed), target))

    def svg(self, *, embed_font: bool = False) -> str:
        """Return the figure as the text of an SVG document."""
        from cutaway.outputs.svg import to_svg

        return to_svg(self.scene, embed_font=embed_font)

    def tikz(self, *, embed: bool = False) -> str:
        """Return the figure as the text of a LaTeX document, which draws it with TikZ.

        With `embed` it is a `tikzpicture` to input. A colour is named after its role; one that the document has defined
        stays. Raises UnsupportedError for a figure with pictures of yours, which `save` writes beside the file.
        """
        from cutaway.outputs.tikz import to_tikz

        return to_tikz(self.scene, embed=embed)

    def dot(self) -> str:
        """Return what the figure says in DOT, the language of Graphviz; see `diagrams`."""
        from cutaway.outputs.dot import to_dot

        return to_dot(next(self.diagrams))

    def mermaid(self) -> str:
        """Return what the figure says as a flowchart in Mermaid, as a README holds it between ```mermaid and ```.

        What has more text or links than Mermaid draws is folded further, with a warning, unless `fold` says how; raises
        UnsupportedError where that does not help; see `diagrams`.
        """
        from cutaway.outputs.mermaid import to_mermaid

        return to_mermaid(self.diagrams)

    def image(self, *, dpi: float = DPI) -> "Image":
        """Return the figure as a Pillow image of mode RGBA."""
        from cutaway.outputs.png import to_image

        return to_image(self.scene, dpi)

    def show(self) -> None:
        """Show the figure: in the notebook where there is one, else in the browser, from a temporary file.

        The file stays, as the browser reads it later. Raises UnsupportedError where there is no browser.
        """
        from cutaway.showing import show

        show(self, lambda: self.svg(embed_font=True))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:  # noqa: ANN401
        from cutaway.showing import bundle

        return bundle(self, self.svg, include, exclude)

    def __repr__(self) -> str:
        view = type(self.view).__name__.lower() if not hasattr(self.view, "__name__") else self.view.__name__
        count = len(self.graph.nodes)
        return f"<cutaway.Figure of {self.graph.name!r}: {count} node{'' if count == 1 else 's'} as {view}>"
