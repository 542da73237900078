"""Groups of layers and logos on layers, as callers of the original give them: sequences of dicts."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from cutaway.compat.visualkeras.colors import paint
from cutaway.compat.visualkeras.fonts import Font, font_of
from cutaway.compat.visualkeras.layers import Subject
from cutaway.compat.visualkeras.mistakes import WrongTypeError, WrongValueError
from cutaway.errors import unknown, warn
from cutaway.record import Record
from cutaway.views.parts.grouping import Grouping
from cutaway.views.parts.logos import CORNERS, Logo, LogoLegend, Side
from cutaway.views.parts.picture import Picture, read_picture

if TYPE_CHECKING:
    from cutaway.ruler import Face

_GROUP: Final = frozenset(
    {"layers", "name", "caption", "padding", "fill", "outline", "width", "font", "font_size", "font_color"}
    | {"text_spacing", "type", "indices"}
)
_LOGO: Final = frozenset({"file", "layers", "name", "axis", "size", "corner", "padding"})
_LEGEND: Final = frozenset({"padding", "spacing"})
_CAPTION_SIZE: Final = 15.0
SIDES: Final[Mapping[str, Side]] = {"z": "front", "y": "top", "x": "side"}
"""The faces of a cuboid by the names of their axes."""


class Logos(Record):
    """The logos on the faces of nodes, by the ids of these, and the row that explains them, if one is asked for."""

    on: Mapping[str, tuple[Logo, ...]]
    legend: LogoLegend | None


def groupings(given: Any, subject: Subject, font: Any = None) -> tuple[Grouping, ...]:  # noqa: ANN401 - checked here
    """Return the shaded boxes that `layered_groups` asks for; captions are set in `font` where a group has none."""
    found: list[Grouping] = []
    for place, group in enumerate(_dicts("layered_groups", given, _GROUP)):
        where = f"layered_groups[{place}]"
        keys = [*_many(group.get("layers")), *_many(group.get("indices")), *_many(group.get("type"))]
        members = subject.meant(keys)
        if not members:
            warn(f"{where} is left out: it names no layer of the model in 'layers' ({_told(keys)})")
            continue
        _warn_of_strangers(where, keys, subject)
        caption = group.get("name") or group.get("caption")
        size = _number(group, "font_size", where, None)
        own = _font(group.get("font", font), size, where)
        found.append(
            Grouping(
                members=tuple(members),
                caption="" if caption is None else str(caption),
                padding=_number(group, "padding", where, 10.0) or 0.0,
                fill=paint(group.get("fill", (200, 200, 200, 100)), f"the fill of {where}"),
                stroke=paint(group.get("outline", "black"), f"the outline of {where}"),
                width=_number(group, "width", where, 1.0) or 0.0,
                spacing=_number(group, "text_spacing", where, 5.0) or 0.0,
                face=own.face,
                size=own.size,
                color=paint(group.get("font_color", "black"), f"the font_color of {where}"),
            )
        )
    return tuple(found)


def logos(given: Any, legend: Any, subject: Subject, font: Font) -> Logos:  # noqa: ANN401 - checked here
    """Return the logos that `logo_groups` asks for, and their legend (`logos_legend`)."""
    on, explained = dict[str, tuple[Logo, ...]](), list[Logo]()
    for place, group in enumerate(_dicts("logo_groups", given, _LOGO)):
        where = f"logo_groups[{place}]"
        keys = _many(group.get("layers"))
        members = subject.meant(keys)
        _warn_of_strangers(where, keys, subject)
        picture = read_picture(group["file"]) if group.get("file") is not None else None
        if group.get("file") is None:
            warn(f"{where} is left out: it has no 'file'")
        if picture is None or not members:
            continue
        logo = _logo(group, picture, where)
        explained.append(logo)
        on |= {member: (*on.get(member, ()), logo) for member in members}
    return Logos(on=on, legend=_legend(legend, explained, font))


def _logo(group: Mapping[str, Any], picture: Picture, where: str) -> Logo:
    corner, axis, size = (
        group.get(key, usual) for key, usual in (("corner", "top-right"), ("axis", "z"), ("size", 0.5))
    )
    if corner not in CORNERS:
        raise WrongValueError(f"cannot put {where} into the corner {corner!r}: {unknown(corner, CORNERS)}")
    if axis not in SIDES:
        raise WrongValueError(f"cannot put {where} onto the axis {axis!r}: {unknown(axis, SIDES)}")
    if isinstance(size, list | tuple) and len(size) == 2:
        measured: float | tuple[float, float] = (float(size[0]), float(size[1]))
    else:
        measured = _number(group, "size", where, 0.5) or 0.0
    return Logo(
        picture=picture,
        name=str(group.get("name") or ""),
        side=SIDES[axis],
        corner=corner,
        size=measured,
        padding=_number(group, "padding", where, 0.0) or 0.0,
    )


def _legend(given: Any, explained: list[Logo], font: Font) -> LogoLegend | None:  # noqa: ANN401
    """Return the legend of logos: `given` is whether there is one, or a dict of its distances."""
    if given is None or given is False or not explained:
        return None
    asked = given if isinstance(given, Mapping) else {}
    _check_keys("logos_legend", asked, _LEGEND)
    face: Face = font.face
    return LogoLegend(
        logos=tuple(explained),
        padding=_number(asked, "padding", "logos_legend", 10.0) or 0.0,
        spacing=_number(asked, "spacing", "logos_legend", 10.0) or 0.0,
        icon=2.0 * font.size,
        face=face,
        size=font.size,
    )


def _dicts(name: str, given: Any, keys: Iterable[str]) -> list[Mapping[str, Any]]:  # noqa: ANN401
    if given is None:
        return []
    if isinstance(given, Mapping):
        given = [given]
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise WrongTypeError(f"{name} must be a list of dicts, not {type(given).__name__}")
    found: list[Mapping[str, Any]] = []
    for place, group in enumerate(given):
        if not isinstance(group, Mapping):
            raise WrongTypeError(f"{name}[{place}] must be a dict, not {type(group).__name__}")
        _check_keys(f"{name}[{place}]", group, keys)
        found.append(group)
    return found


def _check_keys(where: str, group: Mapping[str, Any], keys: Iterable[str]) -> None:
    for key in group:
        if key not in keys:
            warn(f"{where} has {key!r}, which changes nothing: {unknown(key, sorted(keys))}")


def _many(given: Any) -> list[Any]:  # noqa: ANN401
    if given is None:
        return []
    return list(given) if isinstance(given, list | tuple | set | frozenset) else [given]


def _warn_of_strangers(where: str, keys: Iterable[object], subject: Subject) -> None:
    for key in keys:
        if not any(layer.is_meant(key) for layer in subject.layers.values()):
            warn(f"{where} names {_told([key])}, which is no layer of the model")


def _told(keys: Iterable[object]) -> str:
    names = [
        repr(key if isinstance(key, str | int) else getattr(key, "__name__", getattr(key, "name", key))) for key in keys
    ]
    return ", ".join(names) or "none"


def _number(group: Mapping[str, Any], key: str, where: str, usual: float | None) -> float | None:
    value = group.get(key, usual)
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool) and value >= 0):
        return value if value is None else float(value)
    raise WrongValueError(f"cannot use {key}={value!r} of {where}: give a number from 0 on")


def _font(given: Any, size: float | None, where: str) -> Font:  # noqa: ANN401
    """Return the font of a caption: a path that cannot be read is the bundled one, of which a warning tells."""
    from cutaway.errors import InputError

    try:
        found = font_of(given, size)
    except InputError as error:
        if not isinstance(given, str):
            raise
        warn(f"the font {given!r} of {where} cannot be read, so the bundled one is used: {error}")
        found = font_of(None, size)
    is_sized = size is not None or hasattr(given, "getmask") or isinstance(given, Font)
    return found if is_sized else Font(found.face, _CAPTION_SIZE)
