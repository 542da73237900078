"""A drawn scene as the image that a view returns, and as the file that it writes.

In the classic look one point is one pixel; other looks are set in small type, which has more pixels to be read.
"""

import os
from io import BytesIO
from pathlib import Path

from cutaway.compat.visualkeras.mistakes import WrongTypeError, WrongValueError
from cutaway.outputs import OUTPUTS, OutputOptions
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

    from cutaway.scene import Scene

DPI = 72.0
"""The dots per inch at which a point is a pixel."""

_POSTSCRIPT = frozenset({".eps", ".ps"})


def rendered(
    scene: "Scene",
    to_file: Any = None,  # noqa: ANN401
    format: str | None = None,  # noqa: A002
    dpi: float = DPI,
) -> "Image":
    """Return a scene as a Pillow image of mode RGBA, and write it.

    `to_file` is a path, whose suffix tells the format (.svg and .pdf are vector), or a file that is open for bytes,
    whose `format` is told by its name, or is PNG where it has none. The pixels of an image that is written are drawn a
    second time only if somebody reads them.
    """
    if to_file is None:
        from cutaway.outputs.png import to_image

        return to_image(scene, dpi)
    from cutaway.compat.visualkeras.unrendered import Unrendered

    save(scene, to_file, format, dpi)
    return Unrendered(scene, dpi)


def save(scene: "Scene", to_file: Any, format: str | None = None, dpi: float = DPI) -> None:  # noqa: A002, ANN401
    """Write a scene into a file."""
    is_open = hasattr(to_file, "write")
    name = getattr(to_file, "name", "") if is_open else to_file
    try:
        path = os.fsdecode(name)
    except TypeError:
        if not is_open:
            raise WrongTypeError(
                f"cannot save to_file={to_file!r}: give a path, such as 'net.png', or a file open for bytes"
            ) from None
        path = ""
    suffix = f".{format.removeprefix('.')}" if format else Path(path).suffix.lower()
    data = _bytes(scene, suffix or (".png" if is_open else ""), dpi)
    if is_open:
        to_file.write(data)
    else:
        from cutaway.writing import write

        write(data, path)


def _bytes(scene: "Scene", suffix: str, dpi: float) -> bytes:
    """Return a scene in the format of a suffix."""
    if suffix in _POSTSCRIPT:
        raise WrongValueError(
            f"cannot save as {suffix}: there is no writer for PostScript; save as .pdf, which LaTeX takes as well"
        )
    output = OUTPUTS.get(suffix)
    if output is not None and output.source == "scene":
        return output.write(scene, OutputOptions(dpi=dpi))
    return _by_pillow(scene, suffix, dpi)


def _drawn() -> str:
    return ", ".join([suffix for suffix, output in OUTPUTS.items() if output.source == "scene"])


def _by_pillow(scene: "Scene", suffix: str, dpi: float) -> bytes:
    """Return a scene in one of the other formats that Pillow writes."""
    from PIL import Image

    from cutaway.outputs.png import to_image

    kind = Image.registered_extensions().get(suffix)
    if kind is None or kind not in Image.SAVE:
        raise WrongValueError(
            f"unknown file extension: {suffix!r}; give one of {_drawn()}, or one that Pillow can write"
        )
    out, image = BytesIO(), to_image(scene, dpi)
    try:
        image.save(out, kind)
    except OSError:
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        ground.save(out, kind)
    return out.getvalue()
