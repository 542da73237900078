"""Pillow images put together and fitted, as the original's low-level helpers do."""

from collections.abc import Mapping, Sequence

from cutaway.compat.visualkeras.colors import rgba
from cutaway.geometry import Size
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.parts.picture import fit_named, matched

if TYPE_CHECKING:
    from PIL.Image import Image

_BILINEAR = 2
"""Pillow's number of that filter."""


def vertical_image_concat(im1: "Image", im2: "Image", background_fill: Any = "white") -> "Image":  # noqa: ANN401
    """Return one image above the other, on a ground."""
    return linear_layout([im1, im2], horizontal=False, background_fill=background_fill)


def linear_layout(  # noqa: PLR0913, PLR0917 - the original's keywords
    images: Sequence["Image"],
    max_width: int = -1,
    max_height: int = -1,
    horizontal: bool = True,  # noqa: FBT001, FBT002
    padding: int = 0,
    spacing: int = 0,
    background_fill: Any = "white",  # noqa: ANN401
) -> "Image":
    """Return images in a row that is broken where it would be wider than `max_width`, or in columns likewise."""
    from PIL import Image

    most = max_width if horizontal else max_height
    lines: list[list[Image.Image]] = [[]]
    along = 2 * padding
    for each in images:
        length = each.width if horizontal else each.height
        if lines[-1] and most > 0 and along + length > most:
            lines.append([])
            along = 2 * padding
        lines[-1].append(each)
        along += length + spacing
    places, across, reach = [], padding, 0
    for line in lines:
        along = padding
        for each in line:
            places.append((each, (along, across) if horizontal else (across, along)))
            along += (each.width if horizontal else each.height) + spacing
        reach = max(reach, along - spacing if line else along)
        across += max([each.height if horizontal else each.width for each in line], default=0) + spacing
    size = (reach + padding, across - spacing + padding)
    made = Image.new("RGBA", size if horizontal else (size[1], size[0]), rgba(background_fill))
    for each, at in places:
        shown = each.convert("RGBA")
        made.alpha_composite(shown, at)
    return made


def resize_image_to_fit(image: "Image", target_width: int, target_height: int, fit_mode: str = "fill") -> "Image":
    """Return an image of a size: stretched, whole ("contain"), cut ("cover") or in its own shape ("match_aspect")."""
    from PIL import Image

    fit, shown = fit_named(fit_mode), image.convert("RGBA")
    target = (max(1, int(target_width)), max(1, int(target_height)))
    if fit == "fill":
        return shown.resize(target, _BILINEAR)
    wide, high = target[0] / shown.width, target[1] / shown.height
    scale = max(wide, high) if fit == "cover" else min(wide, high)
    part = shown.resize((max(1, round(shown.width * scale)), max(1, round(shown.height * scale))), _BILINEAR)
    if fit == "match_aspect":
        return part
    made = Image.new("RGBA", target)
    made.paste(part, ((target[0] - part.width) // 2, (target[1] - part.height) // 2))
    return made


def apply_affine_transform(image: "Image", target: Sequence[Sequence[float]], size: tuple[int, int]) -> "Image":
    """Return an image of a size that shows another one on a parallelogram: upper left, upper right, lower left."""
    from PIL import Image

    (x, y), (right_x, right_y), (low_x, low_y) = (tuple(corner)[:2] for corner in list(target)[:3])
    ux, uy, vx, vy = right_x - x, right_y - y, low_x - x, low_y - y
    area = ux * vy - uy * vx
    if not area:
        return Image.new("RGBA", size)
    wide, high = image.width / area, image.height / area
    back = (vy * wide, -vx * wide, (vx * y - vy * x) * wide, -uy * high, ux * high, (uy * x - ux * y) * high)
    return image.convert("RGBA").transform(size, Image.Transform.AFFINE, back, _BILINEAR)


def draw_node_logo(image: "Image", box: Any, logo: "Image", group: Mapping[str, Any] | None = None) -> "Image":  # noqa: ANN401
    """Return an image with a logo in a corner of a box (with `x1`, `y1`, `x2`, `y2`), by the keys of `logo_groups`."""
    given = group or {}
    wide, high = box.x2 - box.x1, box.y2 - box.y1
    asked, padding = given.get("size", 0.5), given.get("padding", 0)
    side = min(wide, high)
    if isinstance(asked, tuple | list):
        size = (int(asked[0]), int(asked[1]))
    else:
        shape = matched(Size(side * asked, side * asked), _pixels(logo))
        size = (max(1, round(shape.width)), max(1, round(shape.height)))
    corner = str(given.get("corner", "top-right"))
    x = box.x1 + padding if "left" in corner else box.x2 - padding - size[0]
    y = box.y1 + padding if "top" in corner else box.y2 - padding - size[1]
    if corner == "center":
        x, y = (box.x1 + box.x2 - size[0]) / 2, (box.y1 + box.y2 - size[1]) / 2
    made = image.convert("RGBA")
    made.alpha_composite(logo.convert("RGBA").resize(size, _BILINEAR), (max(0, round(x)), max(0, round(y))))
    return made


def _pixels(image: "Image") -> Any:  # noqa: ANN401 - what `matched` asks for
    from cutaway.views.parts.picture import Picture

    return Picture(data=b"", size=Size(image.width, image.height))


def draw_logos_legend(  # noqa: PLR0913 - the original's keywords
    image: "Image",
    logos: Sequence[tuple["Image", str]],
    *,
    padding: int = 10,
    spacing: int = 10,
    background_fill: Any = "white",  # noqa: ANN401
    font: Any = None,  # noqa: ANN401
    font_color: Any = "black",  # noqa: ANN401
) -> "Image":
    """Return an image with a row of logos and their names below it."""
    from PIL import Image, ImageDraw, ImageFont

    face = font or ImageFont.load_default()
    items = []
    for logo, name in logos:
        left, top, right, bottom = face.getbbox(name)
        size = max(12, int(bottom - top))
        item = Image.new("RGBA", (size + 5 + int(right - left), size), rgba(background_fill))
        item.alpha_composite(resize_image_to_fit(logo, size, size, "contain"))
        ImageDraw.Draw(item).text(
            (size + 5 - left, (size - bottom + top) / 2 - top), name, font=face, fill=rgba(font_color)
        )
        items.append(item)
    row = linear_layout(items, image.width, padding=padding, spacing=spacing, background_fill=background_fill)
    return vertical_image_concat(image, row, background_fill)
