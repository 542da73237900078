"""`keras.utils.plot_model` of Keras 2 and 3, without Graphviz."""

import os
import sys
from collections.abc import Sequence

from cutaway.compat.keras.mistakes import ArgumentError, FolderError
from cutaway.compat.keras.plotting import keywords, plotted, settled
from cutaway.errors import InputError
from cutaway.figure import Figure, FilePath
from cutaway.garbage import uncollected
from cutaway.outputs import Output, OutputOptions, output_for
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.writing import place, write

if TYPE_CHECKING:
    from cutaway.sources.given_shape import Shapes

_SHOWN = frozenset({".png", ".jpg", ".jpeg", ".gif"})
"""The formats of pixels that any notebook shows."""


@uncollected
def plot_model(  # noqa: PLR0913, PLR0917 - Keras' own keywords, in their order
    model: object,
    to_file: FilePath | None = "model.png",
    show_shapes: bool = False,  # noqa: FBT001, FBT002
    show_dtype: bool = False,  # noqa: FBT001, FBT002
    show_layer_names: bool | None = None,  # noqa: FBT001
    rankdir: str = "TB",
    expand_nested: bool = False,  # noqa: FBT001, FBT002
    dpi: float | None = None,
    *after: Any,  # noqa: ANN401 - each generation has its own order
    layer_range: Sequence[str] | None = None,
    show_layer_activations: bool | None = None,
    show_trainable: bool | None = None,
    splines: str | bool | None = None,
    show_layer_numbers: bool | None = None,
    input_shape: "Shapes | None" = None,
    font: FilePath | Sequence[FilePath] | None = None,
    **unknown: object,
) -> Any:  # noqa: ANN401 - of IPython, where that is loaded
    """Draw a model into a file, as Keras' function of this name does, for models of Keras 2 and 3.

    `model` is a live model or layer, or anything that `cutaway.read` reads, such as the path of a file. Every call of a
    layer is a box, in the look of `cutaway.draw`; as in Keras, outputs have none, nor has the input of a Sequential of
    Keras 3. The legend names outputs that are used further on in the model.

    to_file: where to; the suffix tells the format: any that `Figure.save` knows. Without a suffix it is a PNG file, and
        with None nothing is written.
    show_shapes: of all that a layer is given and gives, as Keras writes them; '?' for what is not known.
    show_dtype: the types of all that a layer is given and gives.
    show_layer_names: above the classes (default: False for Keras 3 and files, True for Keras 2). Without names, boxes
        are numbered where several say the same, and a key tells the names.
    rankdir: where the data flows: 'TB', 'BT', 'LR' or 'RL', in one column or row; only what is longer than two A4 pages
        is wrapped into several.
    expand_nested: draw what is in nested models, in wrappers, and in the parts of subclassed models.
    dpi: of formats made of pixels; PNG files tell it (default: 200 for Keras 3 and files, 96 for Keras 2).
    layer_range: patterns (`re.match`) of the names of the first and the last layer to draw.
    show_layer_activations: of the layers that have one, a linear one too.
    show_trainable: of each layer with weights, whether it is trained.
    splines: the lines: 'ortho' (default), 'polyline', 'spline' or True, 'curved', 'line' or False, or 'none'.
    show_layer_numbers: number the boxes and tell the layers' names in a key (default: where they are needed).
    input_shape: of a model that is not built, as in (28, 28, 1); without it, what is not known is drawn as '?'.
    font: a TrueType file to use instead of the bundled Inter, or two: (regular, bold); for letters that Inter lacks.

    Behind `dpi`, arguments may be given by their place as in Keras 2 (`layer_range`, `show_layer_activations`,
    `show_trainable`), or as in Keras 3 (`show_layer_activations`, `show_trainable`, `splines`).

    Returns what shows the figure in a notebook, from IPython where that is loaded, else the `cutaway.Figure`. Raises
    errors that are InputError and also of the class that Keras raises: ValueError for values that cannot be used,
    ValueError and TypeError for unknown keywords, FileNotFoundError for a folder that is not there.
    """
    plotting = settled("plot_model", model, after, keywords(locals()))
    path = _path(to_file)
    output = None if path is None else _output(path)
    figure = plotted(model, plotting)
    if path is None or output is None:
        return _shown(figure, None, b"")
    written = output(figure, OutputOptions(dpi=plotting.dpi))
    write(written, path)
    return _shown(figure, path, written)


def _path(to_file: FilePath | None) -> str | None:
    """Return where to write; raises FolderError, before anything is drawn, where there is no such folder."""
    if to_file is None:
        return None
    path = place(to_file, "give to_file a path, such as 'model.png', or None to write nothing")
    folder = os.path.dirname(path)
    if folder and not os.path.isdir(folder):
        raise FolderError(f"cannot write to_file={path!r}: there is no folder {folder!r}; make it first")
    return path


def _output(path: str) -> Output:
    """Return what writes the format of a path: PNG where it has no suffix."""
    try:
        return output_for(os.path.splitext(path)[1] or ".png")
    except InputError as error:
        raise ArgumentError(f"cannot write to_file={path!r}: {error}") from error


def _shown(figure: Figure, path: str | None, written: bytes) -> Any:  # noqa: ANN401 - as above
    """Return what shows a figure in a notebook: never an error, as the file is written already, by its content."""
    if "IPython" not in sys.modules:
        return figure
    try:
        from IPython import display

        kind = ".svg" if path is None else os.path.splitext(path)[1].lower() or ".png"
        if kind in _SHOWN:
            return display.Image(filename=path, format=kind.removeprefix("."))
        return _drawing(display.SVG, written.decode() if written and kind == ".svg" else figure.svg())
    except Exception:  # noqa: BLE001 - of whatever version of IPython
        return figure


def _drawing(kind: Any, svg: str) -> Any:  # noqa: ANN401 - as above
    """Return the object of IPython that shows an SVG.

    IPython's own takes whatever it is given as `data` apart and writes it anew, without what stands around the drawing:
    that takes as long as to draw it, and there is nothing around ours.
    """

    class SVG(kind):  # type: ignore[misc]
        data = None

    return SVG(data=svg)
