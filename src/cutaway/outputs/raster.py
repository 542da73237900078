"""A Scene as a picture in the formats that Pillow writes; each format's largest side is checked before drawing."""

from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType

from cutaway.errors import InputError, UnsupportedError
from cutaway.outputs import DPI
from cutaway.outputs.png import to_image
from cutaway.outputs.sheet import sheet_of
from cutaway.record import Record, field
from cutaway.scene import Scene
from cutaway.typed import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

Raster = Literal["jpeg", "webp", "tiff", "bmp", "gif"]


class _Format(Record):
    """What a format can hold, and how Pillow is asked for it."""

    most: int
    transparent: bool
    states_dpi: bool
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


FORMATS: Mapping[str, _Format] = MappingProxyType(
    {
        "jpeg": _Format(most=65_500, transparent=False, states_dpi=True, options={"quality": 95, "subsampling": 0}),
        "webp": _Format(most=16_383, transparent=True, states_dpi=False, options={"lossless": True}),
        "tiff": _Format(most=2**31 - 1, transparent=True, states_dpi=True, options={"compression": "tiff_deflate"}),
        "bmp": _Format(most=2**31 - 1, transparent=False, states_dpi=True),
        "gif": _Format(most=65_535, transparent=True, states_dpi=False),
    }
)


def to_raster(scene: Scene, format: Raster, dpi: float = DPI) -> bytes:  # noqa: A002  Pillow's own word
    """Draw the scene in a format of Pillow; where it knows no transparency, on white.

    Raises UnsupportedError, before drawing, for a side that the format cannot hold (JPEG: 65,535 pixels, of which the
    library libjpeg writes 65,500; WebP: 16,383; GIF: 65,535), and whatever `to_image` raises.
    """
    kind = FORMATS.get(format)
    if kind is None:
        raise InputError(f"cannot write the format {format!r}: give one of {', '.join(FORMATS)}")
    sheet = sheet_of(scene, dpi)
    longest = max(sheet.width, sheet.height)
    if longest > kind.most:
        enough = int(dpi * kind.most / longest)
        raise UnsupportedError(
            f"cannot write {sheet.width} × {sheet.height} pixels as {format.upper()}: it holds at most {kind.most:,} "
            f"per side; save as .png, .svg or .pdf" + (f", or draw at {enough} dpi" if enough >= 72 else "")
        )
    image = to_image(scene, dpi)
    resolution = {"dpi": (dpi, dpi)} if kind.states_dpi else {}
    out = BytesIO()
    (image if kind.transparent else _on_white(image)).save(out, format, **kind.options, **resolution)
    return out.getvalue()


def _on_white(image: "Picture") -> "Picture":
    from PIL import Image

    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground
