"""Outputs: what a figure is made of to bytes; the format is told by the suffix of a file's name."""

from collections.abc import Callable, Iterable, Mapping
from os.path import join, split, splitext
from types import MappingProxyType

from cutaway.errors import InputError
from cutaway.record import Record, replace
from cutaway.typed import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from cutaway.diagram import Diagram
    from cutaway.graph import Graph
    from cutaway.scene import Scene

DPI = 300.0
"""The resolution of pictures made of pixels where nobody asks for another: that of print."""


class OutputOptions(Record):
    """What a caller may say about the file.

    `dpi` are the dots per inch of pictures made of pixels; `embed_font` lets an SVG file carry its fonts; `embed` makes
    of a TeX file one that a document inputs. `stem` is the file's name without its suffix, for names of further files.
    """

    dpi: float = DPI
    embed_font: bool = False
    embed: bool = False
    stem: str = ""


class Sources(Protocol):
    """What a figure has for outputs, each made when it is asked for.

    `diagrams` are ever coarser, the first as the figure is.
    """

    @property
    def scene(self) -> "Scene": ...  # noqa: D102
    @property
    def diagrams(self) -> "Iterable[Diagram]": ...  # noqa: D102
    @property
    def graph(self) -> "Graph": ...  # noqa: D102


class Output(Record):
    """A format: `write` makes bytes of what a figure has as `source`, by those options that it `takes`.

    `beside` makes further files, by their names, for a stem of names.
    """

    source: Literal["scene", "diagrams", "graph"]
    write: Callable[[Any, OutputOptions], bytes]
    takes: tuple[str, ...] = ()
    is_text: bool = False
    beside: Callable[[Any, str], Mapping[str, bytes]] | None = None

    def __call__(self, figure: Sources, options: OutputOptions) -> bytes:
        """Return the file of a figure."""
        return self.write(getattr(figure, self.source), options)

    def files(self, figure: Sources, options: OutputOptions, target: str) -> dict[str, bytes]:
        """Return the file of a figure by its path, and those that it needs beside it."""
        folder, name = split(target)
        stem = splitext(name)[0]
        made = {target: self(figure, replace(options, stem=stem))}
        if self.beside is not None:
            held = self.beside(getattr(figure, self.source), stem)
            made |= {join(folder, each): data for each, data in held.items()}
        return made


Found = TypeVar("Found")


def output_for(suffix: str) -> Output:
    """Look up what writes files of this suffix, such as `.svg`, in any case.

    Raises InputError, naming the suffixes there are.
    """
    return by_suffix(OUTPUTS, suffix, "a file")


def by_suffix(known: Mapping[str, Found], suffix: str, what: str) -> Found:
    """Look up what stands for a suffix, in any case; raises InputError for others, which calls the file `what`."""
    found = known.get(suffix.lower())
    if found is None:
        given = f"{what} with the suffix {suffix!r}" if suffix else f"{what} without a suffix"
        raise InputError(f"cannot save {given}: give one of {', '.join(known)}")
    return found


def _svg(scene: "Scene", options: OutputOptions) -> bytes:
    from cutaway.outputs.svg import to_svg_file

    return to_svg_file(scene, embed_font=options.embed_font)


def _pdf(scene: "Scene", options: OutputOptions) -> bytes:  # noqa: ARG001  one signature for all
    from cutaway.outputs.pdf import to_pdf

    return to_pdf(scene)


def _png(scene: "Scene", options: OutputOptions) -> bytes:
    from cutaway.outputs.png import to_png

    return to_png(scene, options.dpi)


def _jpeg(scene: "Scene", options: OutputOptions) -> bytes:
    from cutaway.outputs.raster import to_raster

    return to_raster(scene, "jpeg", options.dpi)


def _webp(scene: "Scene", options: OutputOptions) -> bytes:
    from cutaway.outputs.raster import to_raster

    return to_raster(scene, "webp", options.dpi)


def _tiff(scene: "Scene", options: OutputOptions) -> bytes:
    from cutaway.outputs.raster import to_raster

    return to_raster(scene, "tiff", options.dpi)


def _bmp(scene: "Scene", options: OutputOptions) -> bytes:
    from cutaway.outputs.raster import to_raster

    return to_raster(scene, "bmp", options.dpi)


def _gif(scene: "Scene", options: OutputOptions) -> bytes:
    from cutaway.outputs.raster import to_raster

    return to_raster(scene, "gif", options.dpi)


def _html(scene: "Scene", options: OutputOptions) -> bytes:  # noqa: ARG001  as above
    from cutaway.outputs.html import to_html

    return to_html(scene).encode()


def _dot(diagrams: "Iterable[Diagram]", options: OutputOptions) -> bytes:  # noqa: ARG001  as above
    from cutaway.outputs.dot import to_dot

    return to_dot(next(iter(diagrams))).encode("utf-8", "replace")


def _mermaid(diagrams: "Iterable[Diagram]", options: OutputOptions) -> bytes:  # noqa: ARG001  as above
    from cutaway.outputs.mermaid import to_mermaid

    return to_mermaid(diagrams).encode("utf-8", "replace")


def _json(graph: "Graph", options: OutputOptions) -> bytes:  # noqa: ARG001  as above
    from cutaway.outputs.graph_json import to_graph_json

    return to_graph_json(graph).encode()


def _tex(scene: "Scene", options: OutputOptions) -> bytes:
    from cutaway.outputs.tikz import to_tikz

    return to_tikz(scene, embed=options.embed, stem=options.stem).encode()


def _pictures(scene: "Scene", stem: str) -> Mapping[str, bytes]:
    from cutaway.outputs.tikz import files_beside

    return files_beside(scene, stem)


_DPI = ("dpi",)
_JPEG = Output(source="scene", write=_jpeg, takes=_DPI)
_TIFF = Output(source="scene", write=_tiff, takes=_DPI)
_DOT = Output(source="diagrams", write=_dot, is_text=True)
_MERMAID = Output(source="diagrams", write=_mermaid, is_text=True)

OUTPUTS: Mapping[str, Output] = MappingProxyType(
    {
        ".svg": Output(source="scene", write=_svg, takes=("embed_font",), is_text=True),
        ".pdf": Output(source="scene", write=_pdf),
        ".png": Output(source="scene", write=_png, takes=_DPI),
        ".jpg": _JPEG,
        ".jpeg": _JPEG,
        ".webp": Output(source="scene", write=_webp, takes=_DPI),
        ".tif": _TIFF,
        ".tiff": _TIFF,
        ".bmp": Output(source="scene", write=_bmp, takes=_DPI),
        ".gif": Output(source="scene", write=_gif, takes=_DPI),
        ".html": Output(source="scene", write=_html, is_text=True),
        ".tex": Output(source="scene", write=_tex, takes=("embed",), is_text=True, beside=_pictures),
        ".json": Output(source="graph", write=_json, is_text=True),
        ".dot": _DOT,
        ".gv": _DOT,
        ".mmd": _MERMAID,
        ".mermaid": _MERMAID,
    }
)
"""What writes each suffix; every library is imported when the format is first asked for."""
