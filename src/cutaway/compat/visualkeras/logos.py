"""The logos that callers put on layers of their choice."""

from collections.abc import Mapping

from cutaway.compat.visualkeras.colors import paint
from cutaway.compat.visualkeras.dimensions import number
from cutaway.compat.visualkeras.fonts import Font
from cutaway.compat.visualkeras.grouping import dicts, members_of
from cutaway.compat.visualkeras.layers import Subject
from cutaway.compat.visualkeras.mistakes import WrongTypeError
from cutaway.compat.visualkeras.pictures import tone_of
from cutaway.errors import unknown, warn
from cutaway.typed import Any
from cutaway.views.parts.logos import CORNERS, Corner, Logo, LogoLegend
from cutaway.views.parts.picture import read_picture


def logos_of(subject: Subject, groups: Any) -> tuple[dict[str, tuple[Logo, ...]], tuple[Logo, ...]]:  # noqa: ANN401
    """Return the logos on each node, and all that `logo_groups` asks for; unreadable ones are left out."""
    on_nodes: dict[str, list[Logo]] = {}
    found: list[Logo] = []
    for place, group in enumerate(dicts("logo_groups", groups)):
        logo = _logo(group, f"logo_groups[{place}]")
        if logo is None:
            continue
        found.append(logo)
        for node in members_of(subject, group, f"logo_groups[{place}]"):
            on_nodes.setdefault(node, []).append(logo)
    return {node: tuple(logos) for node, logos in on_nodes.items()}, tuple(found)


def logo_legend(asked: Any, logos: tuple[Logo, ...], font: Font, color: Any) -> LogoLegend | None:  # noqa: ANN401
    """Return the row that says what logos mean, where `logos_legend` asks for one."""
    if asked is None or asked is False or not any(logo.name for logo in logos):
        return None
    given = asked if isinstance(asked, Mapping) else {}
    if asked is not True and not isinstance(asked, Mapping):
        raise WrongTypeError(f"logos_legend must be True, False or a dict of 'padding' and 'spacing', not {asked!r}")
    return LogoLegend(
        logos=logos,
        padding=number("padding", given.get("padding", 10)),
        spacing=number("spacing", given.get("spacing", 10)),
        icon=max(12.0, 1.4 * font.size),
        face=font.face,
        size=font.size,
        color=paint(color, "the font_color"),
    )


def _logo(group: Mapping[str, Any], where: str) -> Logo | None:
    source = group.get("file", group.get("image", group.get("path")))
    if source is None:
        warn(f"{where} has no 'file', so there is no logo: give the path of a picture")
        return None
    picture = read_picture(source)
    if picture is None:
        return None
    return Logo(
        picture=picture,
        name=str(group.get("name") or group.get("text") or ""),
        side=tone_of(group.get("axis", "z")),
        corner=_corner(group.get("corner", group.get("positions", "top-right"))),
        size=_size(group.get("size", 0.5)),
        padding=number("padding", group.get("padding", 0)),
        ground=None if group.get("fill") is None else paint(group["fill"], f"the fill of {where}"),
    )


def _corner(given: object) -> Corner:
    if isinstance(given, list | tuple) and given:
        given = given[0]
    for corner in CORNERS:
        if corner == given:
            return corner
    warn(f"unknown corner {given!r} of a logo, drawn at the top right: {unknown(given, CORNERS)}")
    return "top-right"


def _size(given: Any) -> float | tuple[float, float]:  # noqa: ANN401 - checked here
    if isinstance(given, list | tuple) and len(given) == 2:
        return number("size", given[0]), number("size", given[1])
    return number("size", given)
