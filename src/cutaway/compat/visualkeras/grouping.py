"""The shaded rectangles and the logos that callers put on layers of their choice."""

from collections.abc import Callable, Container, Iterable, Mapping

from cutaway.compat.visualkeras.colors import paint
from cutaway.compat.visualkeras.dimensions import number
from cutaway.compat.visualkeras.drawn_layer import text_key
from cutaway.compat.visualkeras.fonts import sized_font
from cutaway.compat.visualkeras.layers import Subject
from cutaway.compat.visualkeras.mistakes import WrongTypeError
from cutaway.errors import unknown, warn
from cutaway.record import replace
from cutaway.typed import Any
from cutaway.views.parts.grouping import Grouping

_MEANT = ("layers", "indices", "type", "types")
_KEYS = (*_MEANT, "name", "caption", "padding", "fill", "outline", "width", "font", "font_size", "font_color")
_ALL_KEYS = (*_KEYS, "text_spacing")


def groupings_of(subject: Subject, groups: Any) -> tuple[Grouping, ...]:  # noqa: ANN401 - checked here
    """Return the rectangles that `layered_groups` asks for; a group without layers is left out, with a warning."""
    found: list[Grouping] = []
    for place, group in enumerate(dicts("layered_groups", groups)):
        for key in group:
            if key not in _ALL_KEYS:
                warn(f"layered_groups[{place}] has {key!r}, which changes nothing: {unknown(key, _ALL_KEYS)}")
        members = members_of(subject, group, f"layered_groups[{place}]")
        if members:
            found.append(_grouping(group, members))
    return tuple(found)


def with_texts_of(groupings: tuple[Grouping, ...], nodes: Container[str]) -> tuple[Grouping, ...]:
    """Return rectangles that go around the texts too of those of their layers that have some."""
    return tuple(
        [
            replace(each, members=(*each.members, *(text_key(node) for node in each.members if node in nodes)))
            for each in groupings
        ]
    )


def members_of(subject: Subject, group: Mapping[str, Any], where: str) -> tuple[str, ...]:
    """Return the nodes that a group means; what is no layer is left out, with a warning."""
    keys = [key for name in _MEANT for key in _listed(group.get(name))]
    for key in keys:
        if not any(layer.is_meant(key) for layer in subject.layers.values()):
            names = [layer.name for layer in subject.layers.values()]
            warn(f"{where} means {key!r}, which is no layer that is drawn: {unknown(key, names)}")
    if not keys:
        warn(f"{where} names no layers, so it is left out: give them as 'layers'")
    return tuple(subject.meant(keys))


def dicts(name: str, given: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401 - checked here
    """Return a list of mappings. Raises WrongTypeError for anything else."""
    if given is None:
        return []
    if isinstance(given, Mapping) or not isinstance(given, Iterable):
        raise WrongTypeError(f"{name} must be a list of dicts, not {type(given).__name__}")
    found = list(given)
    for place, each in enumerate(found):
        if not isinstance(each, Mapping):
            raise WrongTypeError(f"{name}[{place}] must be a dict, not {each!r}")
    return found


def _grouping(group: Mapping[str, Any], members: tuple[str, ...]) -> Grouping:
    font = sized_font(group.get("font"), group.get("font_size"), "font_size", 15)
    thickness = number("width", group.get("width", 1))
    return Grouping(
        members=members,
        caption=str(group.get("name") or group.get("caption") or ""),
        padding=number("padding", group.get("padding", 10)),
        fill=_color(paint, group.get("fill", (200, 200, 200, 100)), "the fill of a group"),
        stroke=_color(paint, group.get("outline", "black"), "the outline of a group") if thickness else None,
        width=thickness,
        spacing=number("text_spacing", group.get("text_spacing", 5)),
        face=font.face,
        size=font.size,
        color=paint(group.get("font_color", "black"), "the font_color of a group"),
    )


def _color(read: Callable[[Any, str], Any], given: Any, where: str) -> Any:  # noqa: ANN401 - a colour, or None
    return None if given is None else read(given, where)


def _listed(given: Any) -> list[object]:  # noqa: ANN401 - whatever stands there
    if given is None:
        return []
    if isinstance(given, list | tuple | set | frozenset | range):
        return list(given)
    return [given]
