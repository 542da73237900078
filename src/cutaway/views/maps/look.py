"""How single nodes of the `maps` view are drawn beside their styles: what a caller sets on all or on some of them."""

from cutaway.record import Record, fields_of, replace
from cutaway.scene import Rgba, Role
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.views.parts.picture import Picture


class MapLook(Record):
    """Distances in points, colours as roles or plain; None leaves what the view and the theme have.

    offset: from one map of a stack to the next. shade: how many steps of 255 each map behind is darker.
    line: width of outlines. fill, outline: in place of the colours of the role. picture: on the map in front, in place
    of that of a style. above, below: between the body and its words.
    What leads to a node has the look of that node: window_scale makes windows larger, window, window_stroke and
    window_alpha (0 to 1) paint them, window_alpha_on_picture where they lie on a picture, window_line is the width of
    their outlines; value is the side of what a window is seen as. joint and joint_width are those of the lines.
    """

    offset: float | None = None
    shade: int | None = None
    line: float | None = None
    fill: Rgba | None = None
    outline: Rgba | None = None
    picture: "Picture | None" = None
    above: float | None = None
    below: float | None = None
    window_scale: float | None = None
    window: Role | Rgba | None = None
    window_stroke: Role | Rgba | None = None
    window_alpha: float | None = None
    window_alpha_on_picture: float | None = None
    window_line: float | None = None
    value: float | None = None
    joint: Role | Rgba | None = None
    joint_width: float | None = None


def over(upper: MapLook | None, lower: MapLook) -> MapLook:
    """Return `lower` with all that `upper` sets instead."""
    if upper is None:
        return lower
    return replace(lower, **{name: value for name in fields_of(MapLook) if (value := getattr(upper, name)) is not None})
