"""A labelled box with a picture above its words."""

from collections.abc import Sequence

from cutaway.geometry import Point, Rect, Size
from cutaway.scene import Mark
from cutaway.theme import Theme
from cutaway.views.parts.box import Glyph, Looks, set_texts, swatch
from cutaway.views.parts.logos import upright
from cutaway.views.parts.picture import Fit, Picture, fit_named, placed

_HIGH = 4.5
"""How high a picture is, in lines of text."""


class PicturedBox(Glyph):
    """A box whose upper part holds a picture, `room` points high with the air around it."""

    picture: Picture
    fit: Fit = "contain"
    room: float = 0.0

    def marks(self, rect: Rect, looks: Looks, ends: Sequence[Point] = ()) -> tuple[Mark, ...]:
        """Draw the box, the picture in it, and the words below that."""
        front, theme = rect.grown(-self.margin), looks.theme
        pad = theme.spacing.pad_y
        face = Rect(front.x + pad, front.y + pad, front.width - 2 * pad, self.room - pad)
        image = placed(self.picture, upright(face), self.fit)
        words = set_texts(self, Rect(front.x, front.y + self.room, front.width, front.height - self.room), looks)
        if not self.count:
            return (swatch(self.role, front, theme.strokes.box_radius, looks), *image, *words)
        from cutaway.views.parts.stack import pill_on, sheets

        return (*sheets(self, front, looks), *image, *words, *pill_on(self, front, ends, looks))


def pictured(box: Glyph, picture: Picture, fit: str | None, theme: Theme) -> PicturedBox:
    """Return a box with room for a picture above its words."""
    high, pad = _HIGH * theme.sizes.leading, theme.spacing.pad_y
    wide = min(high * picture.size.width / max(picture.size.height, 1.0), 2 * high)
    least = wide + 2 * (pad + box.margin)
    return PicturedBox(
        lines=box.lines,
        role=box.role,
        size=Size(max(box.size.width, least), box.size.height + high + pad),
        form=box.form,
        count=box.count,
        margin=box.margin,
        picture=picture,
        fit=fit_named(fit or picture.fit or "contain"),
        room=high + pad,
    )
