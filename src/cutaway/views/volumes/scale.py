"""What the legend says of sizes: how sides grow, and what is drawn in another size than that."""

from collections.abc import Collection, Iterator, Mapping
from math import hypot

from cutaway.typed import TYPE_CHECKING
from cutaway.views.parts.cuboid import Cuboid
from cutaway.views.sizing import Sizing, grown
from cutaway.views.sizing.axes import product
from cutaway.views.sizing.sizes import mean, sides
from cutaway.views.volumes.captions import Seen
from cutaway.views.volumes.solids import is_plate

if TYPE_CHECKING:
    from cutaway.views.volumes import Volumes

_HAIR = 1e-6
_WORDS: Mapping[str, str] = {
    "channels": "up to {} channels",
    "sizes": "sizes up to {}",
    "vectors": "vectors up to {}",
}


def scale_notes(
    view: "Volumes", sizing: Sizing, cuboids: Mapping[str, Cuboid], seen: Mapping[str, Seen]
) -> Iterator[str]:
    """Yield how sides grow, and what does not grow in that way."""
    known = [each for each in seen.values() if each.axes.names]
    volumes, vectors = ([each for each in known if each.axes.is_vector is one] for one in (False, True))
    if not known:
        return
    if not volumes:
        yield grown(view.sizing, "Heights", "sizes") if sizing.from_one is None else _LOGARITHM.format("Heights")
    else:
        is_text = all(each.axes.is_sequence for each in volumes)
        yield grown(view.sizing, "Width and height", "features and length" if is_text else "channels and size")
        if vectors and sizing.from_one is not None:
            yield _LOGARITHM.format("Vectors")
        elif vectors and sizing.scale_one is not None:
            yield "Vectors do too, on a scale of their own."
    lengths = _lengths(view, cuboids, known)
    alike = [_WORDS[name].format(f"{most:g}") for name, found in lengths.items() if (most := _alike(found))]
    if alike:
        yield f"Drawn at the least size: {', '.join(alike)}."
    if any(_are_uneven(each) for found in lengths.values() for each in found.values()):
        yield "What many lines end on is drawn larger."
    plates = [each for each in known if is_plate(each)]
    if view.plates and not all(each.axes.is_vector for each in plates):
        yield "Thin plates hand on what they get: their width means nothing."


_LOGARITHM = "{} grow with the logarithm of their size."


def _lengths(
    view: "Volumes", cuboids: Mapping[str, Cuboid], known: Collection[Seen]
) -> dict[str, dict[float, list[float]]]:
    """Return how long what has a size is drawn, by the size, of channels, of faces and of vectors."""
    found: dict[str, dict[float, list[float]]] = {name: {} for name in _WORDS}
    for each in known:
        high, wide = _front(cuboids[each.node.id])
        told: list[tuple[str, float | None, float]] = []
        upright, _, along = sides(each.axes)
        if each.axes.is_vector:
            told += [("vectors", each.axes.channels, high)] if view.one_dim == "y" else []
        else:
            width = None if not along or (view.plates and is_plate(each)) else product(along)
            told += [("sizes", mean(upright), high), ("channels", width, wide)]
        for name, size, length in told:
            if size is not None:
                found[name].setdefault(size, []).append(length)
    return found


def _front(cuboid: Cuboid) -> tuple[float, float]:
    """Return how high and wide the front is, though it may be slanted."""
    corner, upper, _, right = cuboid.solid.faces["front"]
    return abs(upper.y - corner.y), hypot(right.x - corner.x, right.y - corner.y)


def _alike(found: Mapping[float, list[float]]) -> float:
    """Return the greatest of several sizes that have the least length; 0 where there is only one."""
    if not found:
        return 0.0
    least = min(map(min, found.values())) + _HAIR
    small = [size for size, lengths in found.items() if min(lengths) <= least]
    return max(small) if len(small) > 1 else 0.0


def _are_uneven(lengths: Collection[float]) -> bool:
    return max(lengths) - min(lengths) > _HAIR
