"""Find equal branches in an even number: they share the middle, none of them is the straight one."""

from collections.abc import Iterator

from cutaway.layered.path import Area, Group, Path


def equal_groups(area: Area, paths: list[Path]) -> list[Group]:
    """Return the stretches of paths beside which an odd number of equal paths stands, and nothing else.

    One tensor of a fork and one merge hold them all, or one of these, and no other paths.
    """
    found: list[Group] = []
    for path in paths:
        beside = [child for child in (*path.left, *path.right) if _has_boxes(area, child)]
        if not beside:
            continue
        on = {area.sheet.row[item]: item for item in path.items}
        held = _held(area, path, beside)
        for span in dict.fromkeys(_span(area, child) for child in beside):
            ends = (on.get(span[0] - 1), on.get(span[1] + 1))
            numbers = dict.fromkeys(number for end in ends if end is not None for number in held.get(end, ()))
            if len(numbers) % 2 and all(_span(area, beside[number]) == span for number in numbers):
                stretch = [on[row] for row in range(span[0], span[1] + 1) if row in on]
                if held.keys().isdisjoint(stretch):  # or these have branches of their own to share the middle with
                    found.extend(_group(area, on, stretch, [beside[number] for number in numbers]))
    return found


def _has_boxes(area: Area, path: Path) -> bool:
    return min(path.items) < area.sheet.nodes


def _span(area: Area, path: Path) -> tuple[int, int]:
    return area.sheet.row[path.items[0]], area.sheet.row[path.items[-1]]


def _held(area: Area, path: Path, beside: list[Path]) -> dict[int, list[int]]:
    """Return for the items of a path which of the paths beside it are linked to them, by number."""
    up, down, home, held = area.sheet.up, area.sheet.down, area.home, dict[int, list[int]]()
    for number, child in enumerate(beside):
        ends = [near.item for item in child.items for near in up[item]]
        ends += [near.item for item in child.items for near in down[item]]
        for end in dict.fromkeys(ends):
            if home[end] is path:
                held.setdefault(end, []).append(number)
    return held


def _group(area: Area, on: dict[int, int], stretch: list[int], beside: list[Path]) -> Iterator[Group]:
    sheet, span = area.sheet, _span(area, beside[0])
    fork, merge = on.get(span[0] - 1), on.get(span[1] + 1)
    if len(stretch) <= span[1] - span[0] or (fork is None and merge is None):
        return
    members = [stretch, *(list(child.items) for child in beside)]
    members.sort(key=lambda items: sheet.position[items[0]])
    weights = [round(sum(map(sheet.weight, items)), 6) for items in members]
    alike = len(set(weights)) == 1 and all(len(items) == len(stretch) for items in members)
    plain = not any(_has_boxes(area, inner) for child in beside for inner in (*child.left, *child.right))
    if alike and plain and all(_tied(area, items, fork, merge) for items in members):
        yield Group(members=members, fork=fork, merge=merge)


def _tied(area: Area, items: list[int], fork: int | None, merge: int | None) -> bool:
    """Tell whether just the fork leads to a path, and this just to the merge, all in their middles and within here."""
    sheet = area.sheet
    above, below = sheet.up[items[0]], sheet.down[items[-1]]
    if [near.item for near in above] != ([] if fork is None else [fork]):
        return False
    if [near.item for near in below] != ([] if merge is None else [merge]):
        return False
    if any(near.hop.start_offset or near.hop.end_offset for near in (*above, *below)):
        return False
    if fork is not None and fork < sheet.nodes and len(sheet.out[fork]) > 1:
        return False
    return not any(item < sheet.nodes and sheet.flat.nodes[item].border for item in items)
