"""Blocks and regions that the model has not: in which of its scopes they lie, and what lies in them."""

from collections.abc import Collection, Mapping

from cutaway.faults.outline import within
from cutaway.faults.survey import BOX_PARTS, Area, Owner, Survey

_SLACK = 0.1


def innermost(items: Collection[str], parents: Mapping[str, str | None]) -> str | None:
    """Return the innermost scope around all items, which is none of them."""
    among = frozenset(items)
    common: list[str] | None = None
    for item in items:
        around, scope = dict[str, None](), parents.get(item)
        while scope is not None and scope not in around:
            around[scope] = None
            scope = parents.get(scope)
        common = [each for each in (around if common is None else common) if each in around and each not in among]
    return common[0] if common else None


def enclose(parents: dict[str, str | None], found: Survey, scopes: Collection[str]) -> None:
    """Put the regions of open blocks, and what lies in them by its place, into the tree of `parents`.

    `scopes` are those of the model.
    """
    opened = [region for region in found.regions if region.owner.part == "scope" and region.owner.ref not in scopes]
    if not opened:
        return
    boxes = [owner.outline for owner in found.owners if _is_box(owner) and owner.outline]
    for region in sorted(opened, key=_size, reverse=True):
        ref = region.owner.ref
        inner = {other.owner.ref for other in found.regions if other.owner.ref != ref and _holds(region, other)}
        for box in boxes:
            if _holds(region, box):
                item = _outermost(box.owner.ref, parents, inner)
                parents.setdefault(ref, parents.get(item))
                parents[item] = ref
        for each in inner:
            if parents.get(each) is None:
                parents[each] = ref


def _is_box(owner: Owner) -> bool:
    return owner.part in BOX_PARTS and owner.part != "output" and not owner.explaining


def _outermost(item: str, parents: dict[str, str | None], inner: Collection[str]) -> str:
    """Return the outermost region around an item that is one of `inner`; the item itself where there is none."""
    seen = {item}
    while (scope := parents.get(item)) is not None and scope in inner and scope not in seen:
        seen.add(scope)
        item = scope
    return item


def _holds(region: Area, other: Area) -> bool:
    return within(other.bounds, region.bounds, _SLACK)


def _size(area: Area) -> float:
    left, top, right, bottom = area.bounds
    return (right - left) * (bottom - top)
