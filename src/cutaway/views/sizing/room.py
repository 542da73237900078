"""Room for lines: what is too low or narrow for them makes all as high or wide, so that equal shapes look equal."""

from collections.abc import Sequence

from cutaway.record import Record, replace
from cutaway.views.sizing.axes import Axes
from cutaway.views.sizing.sizes import Least, Sizing, growth

_TWICE = 2.0
"""How high the longest vector is at least beside one of a single value, where vectors grow with the logarithm."""

_APART = 1.5
"""How high what is above the least height is at least beside what is not."""


class Room(Record):
    """What something needs at least for the lines that end on it, in points.

    Of what `gives` way, lines lie closer where all would be huge. A `plate` has a width that stands for no axis.
    """

    axes: Axes
    high: float = 0.0
    wide: float = 0.0
    gives: bool = False
    plate: bool = False


def roomy(sizing: Sizing, rooms: Sequence[Room], highest: float) -> Sizing:
    """Return a sizing in which all have room, equal shapes being equal; vectors are no higher than `highest`.

    Vectors grow in their own scale until lines have room; if some that differ looked alike at the least height then,
    they grow with the logarithm of their size instead, from that height on: in the natural mode, no other is left.
    """
    volumes = [room for room in rooms if not room.axes.is_vector]
    vectors = [room for room in rooms if room.axes.is_vector]
    least = Least(
        high=_lacking([(room.high, sizing.volume(room.axes).y) for room in volumes if not room.gives]),
        wide=_lacking([(room.wide, sizing.volume(room.axes).z) for room in volumes if not room.plate]),
        vector_wide=_lacking([(room.wide, sizing.volume(room.axes).z) for room in vectors]),
        plate=max([room.wide for room in volumes if room.plate], default=0.0),
    )
    return _with_vectors(replace(sizing, least=least), vectors, highest)


def _lacking(lengths: Sequence[tuple[float, float]]) -> float:
    """Return the greatest of the lengths that are needed but not there."""
    return max([needed for needed, there in lengths if needed > there], default=0.0)


def _with_vectors(sizing: Sizing, vectors: Sequence[Room], highest: float) -> Sizing:
    """Return a sizing in which vectors have room."""
    known = {size for room in vectors if (size := room.axes.channels) is not None}
    fixed = [room for room in vectors if not room.gives]
    if not known or sizing.mode != "natural" or sizing.one_dim != "y" or sizing.scale_one is None:
        least = _lacking([(room.high, sizing.volume(room.axes).y) for room in fixed])
        return replace(sizing, least=replace(sizing.least, vector_high=least))
    top = max(sizing.volume(room.axes).y for room in vectors)
    times = max([room.high / sizing.volume(room.axes).y for room in vectors if room.gives], default=1.0)
    times = min(max(1.0, times), highest / top)
    sizing = replace(sizing, scale_one=times * (sizing.scale_one or 0.0))
    low = _lacking([(room.high, sizing.volume(room.axes).y) for room in fixed])
    sizing, floor = replace(sizing, least=replace(sizing.least, vector_high=low)), max(low, sizing.min_xy)
    lowest, *others = sorted([(sizing.scale_one or 0.0) * growth(sizing.mode, size) for size in known])
    if not others or lowest >= floor or others[0] >= _APART * floor:
        return sizing
    rise = max(times * top, min(highest, _TWICE * floor)) - floor
    return replace(sizing, from_one=floor, scale_one=max(0.0, rise) / (growth("logarithmic", max(known)) or 1.0))
