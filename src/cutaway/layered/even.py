"""Let an even number of equal branches share the middle: none of them is the straight one."""

from cutaway.layered.path import Area, Path


def even_rows(area: Area, main: Path) -> range:
    """Return the rows in which all that stands beside the main path is equal to it, an odd number of paths.

    Nothing but one tensor of a fork and a merge, each alone in its row, holds these paths: they can be moved together.
    In all other cases there are no such rows.
    """
    sheet = area.sheet
    beside = [path for path in (*main.left, *main.right) if _has_boxes(area, path)]
    spans = {(sheet.row[path.items[0]], sheet.row[path.items[-1]]) for path in beside}
    if len(beside) % 2 == 0 or len(spans) > 1:
        return range(0)
    top, bottom = spans.pop()
    if (top, bottom) == (0, len(sheet.rows) - 1) or not _held(area, top, bottom):
        return range(0)
    within = [item for item in main.items if top <= sheet.row[item] <= bottom]
    if all(_equal(area, path, within) for path in beside):
        return range(top, bottom + 1)
    return range(0)


def _has_boxes(area: Area, path: Path) -> bool:
    return any(item < area.sheet.nodes for item in path.items)


def _held(area: Area, top: int, bottom: int) -> bool:
    """Tell whether rows are between a fork and a merge, or one of them and the end, with the links in their middles."""
    sheet = area.sheet
    rows = sheet.rows
    if len(rows) - (bottom + 1 - top) != (top > 0) + (bottom < len(rows) - 1):
        return False
    if any(sheet.flat.nodes[item].border for row in rows[top : bottom + 1] for item in row if item < sheet.nodes):
        return False  # the straight one goes on beyond the border
    fork, merge = rows[top - 1] if top else [], rows[bottom + 1] if bottom + 1 < len(rows) else []
    if len(fork) > 1 or len(merge) > 1 or any(len(sheet.out[node]) > 1 for node in fork):
        return False
    fixed = [hop.start_offset for hop in sheet.channels[top]] if fork else []
    fixed += [hop.end_offset for hop in sheet.channels[bottom + 1]] if merge else []
    return not any(fixed)


def _equal(area: Area, path: Path, main: list[int]) -> bool:
    """Tell whether a path has what a stretch of the main one has in the same rows, and no branches of its own."""
    sheet = area.sheet
    if len(main) != len(path.items) or any(_has_boxes(area, child) for child in (*path.left, *path.right)):
        return False
    ends = ((path.items[0], main[0], sheet.up), (path.items[-1], main[-1], sheet.down))
    tied = all(bool(near[one]) == bool(near[two]) for one, two, near in ends)
    return tied and abs(sum(map(sheet.weight, path.items)) - sum(map(sheet.weight, main))) < 1e-6
