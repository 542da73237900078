"""A figure: a graph, the view that draws it, its look and its place; drawn once, saved and shown in any format."""

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from cutaway.garbage import uncollected
from cutaway.graph import Graph
from cutaway.outputs import DPI, OutputOptions, output_for
from cutaway.page import Page
from cutaway.scene import Scene
from cutaway.theme import Theme
from cutaway.views import View
from cutaway.views.choice import chosen_theme, chosen_view, in_theme, informed
from cutaway.writing import place, write_all

if TYPE_CHECKING:
    from PIL.Image import Image

    from cutaway.analysis.assume import Assumed
    from cutaway.analysis.rules import Given
    from cutaway.diagram import Diagram
    from cutaway.fit import Fit, Fitted, Shape, Wish
    from cutaway.fit.places import Length
    from cutaway.sources.given_shape import Shapes

FilePath: TypeAlias = str | os.PathLike[str]


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
        self.graph: Final = graph
        self.view: Final = view
        self.theme: Final = theme
        self.page: Final = page or (wish.page if wish else Page())
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


def draw(  # noqa: PLR0913 - each is a word of the one call that users write
    source: object,
    *,
    view: "str | View" = "blocks",
    theme: FilePath | Theme = "paper",
    font: FilePath | Sequence[FilePath] | None = None,
    width: "Length | None" = None,
    height: "Length | None" = None,
    page: str | Page | None = None,
    shape: "Shape" = "auto",
    input_shape: "Shapes | None" = None,
    assume: "Assumed | None" = None,
    weights: bool | FilePath | None = None,
    rules: "Given | None" = None,
    **options: Any,  # noqa: ANN401 - each has the type of the view's field
) -> Figure:
    """Draw a model.

    source: all that `cutaway.read` accepts (a path, a JSON or YAML text, a configuration, a live model), or a Graph.
    view: 'blocks', 'volumes' (cuboids), 'maps' (stacks of feature maps), 'neurons', an instance of a view, or a
        function of a Graph, a Theme and a Page that returns a Scene.
    theme: 'paper', 'dark', 'mono', 'contrast', a TOML file such as 'mine.toml' (see cutaway.theme.load), or a Theme,
        such as `dataclasses.replace(cutaway.theme.PAPER, ...)`.
    font: a TrueType file to use instead of the theme's font, or two: (regular, bold).
    width: of the figure: '8.5cm', '17cm', '210mm', '3.5in', '1600px' (96 to the inch), or a number of points. The
        figure is then made for it: direction, columns or rows, gaps and type are chosen so that no text is under 6
        points; `figure.fit` says how. Default: as large as it needs to be.
    height: the most that it may be high, likewise.
    page: a place that has a name: 'column' (8.5 cm of a paper), 'columns' (17 cm), 'a4', 'letter', 'slide' (16:9),
        'readme', 'poster' (A1), or a cutaway.page.Page; width and height go before its own.
    shape: 'u' draws an encoder and decoder with skips as a U, 'flow' never does; 'auto' does where that fits best.
    input_shape: for a model that does not know its own: (224, 224, 3), or with the batch (None, 224, 224, 3); several
        in a list or dict.
    assume: sizes in place of open ones: 128 for all but the batch, {"title": 128} by inputs, or by the names of axes.
    weights: a file of them beside the model's own, such as 'net.weights.h5'; True reads those in the model's file
        even where formulas tell as much, False never does.
    rules: what is not known of your own layers, by class: {'MyLayer': function} (see cutaway.LayerRule)

    Options of the view 'blocks':

    show=('shapes', 'activations'): what to say about layers, separated by commas, or in a list.
        shapes: of the data, where they change; dtypes: the data's types; names: the layers' own; activations: of the
        layers that have one; classes: the framework's own, in place of what the layers do; io_shapes: of all that a
        layer is given and gives, in its box, as code writes them; io_dtypes: the types of all that a layer is given and
        gives, in its box; trained: whether training changes it, of each layer that has weights; parameters: how many
        values the weights have; trainable: 'frozen' where a layer is not trained, and how many parameters are, where
        not all are; non_trainable: the parameters that training leaves as they are; macs: multiply–adds of a forward
        pass, for a batch of one; flops: two for each multiply–add; memory: of the activations, for a batch of one;
        weight_memory: of the weights; receptive_field: how much of the model's input one value of the output sees;
        stride: how far a layer's window moves; effective_stride: how far apart two values of the output lie in the
        model's input; weights: their names and shapes; statistics: of the values of weights, where a file or a live
        model holds them; initializers: how the weights start
    direction='down': where the data flows on the page: 'down', 'up', 'right', 'left'
    lines='rounded': how lines are led: 'rounded', 'cut', 'swung', 'curved', 'straight', 'none'
    depth=None: how deep nested models are opened; 0 keeps them closed (default: all)
    fold='auto': equal blocks as one box: 'auto' (above 40 boxes), 'none', a depth, or patterns by their names
    unfold=None: blocks to draw in full, by ids such as 'conv5_*' (default: none)
    simplify='auto': what is merged or left out: 'auto' (above 40 boxes), 'none', or words with commas between
    stages=True: regions around the stages of a folded model, but where captions cut them
    color_by=None: colour the boxes by a number that `show` names (default: by their kind)
    size_by=None: let boxes grow with the 'shape' of outputs, or a number that `show` names (default: with their text)
    numbers=False: number the boxes and add a key with the layers' names
    highlight=None: nodes that stand out, while the rest recedes (default: none)
    mute=None: nodes that recede (default: none)
    hide=None: nodes that are left out, while edges go through (default: none)
    style=None: colours, patterns and labels of nodes (default: by their kind)
    captions=None: regions around whole boxes, by their captions (default: nested models)
    notes=None: texts beside nodes (default: none)
    legend=True: explain colours and signs below the figure
    title=None: the heading; empty for none (default: the model's name)
    totals=False: parameters and multiply–adds beside the title (default: in figures for a place)

    Those of other views are told by the command line: `cutaway draw --view volumes --help`. Raises InputError for a
    name or a value that is not allowed, and what `read` raises.
    """
    given = {"input_shape": input_shape, "weights": weights, "assume": assume, "rules": rules}
    look = chosen_theme(theme, font)
    maker = in_theme(chosen_view(view, options), look)
    graph, maker = _prepared(source, maker, given)
    if not graph.inputs and not isinstance(source, Graph):
        from cutaway.sources.unbuilt import warn_unbuilt

        warn_unbuilt(graph)
    if shape == "auto" and width is None and height is None and page is None:
        return Figure(graph=graph, view=maker, theme=look)
    from cutaway.fit.places import wished

    wish = wished(width=width, height=height, page=page, shape=shape, direction=options.get("direction"))
    if "totals" not in options:
        maker = informed(maker, totals=True)
    return Figure(graph=graph, view=maker, theme=look, wish=wish)


def _prepared(source: object, view: View, given: dict[str, Any]) -> "tuple[Graph, View]":
    """Return the graph of a source, and the view with what it takes to draw that; `given` are the fields of Beside."""
    weights, is_graph = given["weights"], isinstance(source, Graph)
    asks = getattr(view, "is_measured", False) or getattr(view, "weighs", False)
    if asks or not (given["assume"] is None and given["rules"] is None) or (is_graph and weights):
        from cutaway.sources.beside import Beside, told

        graph, known = told(source, view, Beside(**given))
        return graph, informed(view, **known)
    if isinstance(source, Graph):
        return source, view
    from cutaway.sources import read

    return read(source, input_shape=given["input_shape"], weights=weights or False), view
