"""The canonical order of a level: one in which what belongs together stands together, whatever the file's order."""

from collections.abc import Sequence

Ends = Sequence[Sequence[int]]
"""For each item, those that feed it (in the order of its ports), or those that it feeds."""


def depths(sources: Ends, targets: Ends) -> list[int] | None:
    """Return the length of the longest path to each item, or None where they wait for each other in a circle."""
    waiting = [len(each) for each in sources]
    depth = [0] * len(sources)
    ready = [item for item, count in enumerate(waiting) if count == 0]
    for item in ready:  # grows while it is walked
        for target in targets[item]:
            depth[target] = max(depth[target], depth[item] + 1)
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    return depth if len(ready) == len(sources) else None


def canonical(sources: Ends, depth: Sequence[int], firsts: Sequence[int], lasts: Sequence[int]) -> list[int]:
    """Return a topological order, found by a walk backwards from `firsts`, then from `lasts`, then from what is left.

    An item comes right after what only it needs, its deepest source first, so that a region with one entry and one exit
    is an unbroken run of items and equal regions are in equal order; file order and names decide only between sinks.
    """
    order: list[int] = []
    state = [0] * len(sources)  # 1: its sources are being placed, 2: placed
    for root in (*firsts, *lasts, *range(len(sources) - 1, -1, -1)):
        stack = [root]
        while stack:
            item = stack[-1]
            if state[item]:
                stack.pop()
                if state[item] == 1:
                    state[item] = 2
                    order.append(item)
                continue
            state[item] = 1
            nexts = dict.fromkeys(source for source in sources[item] if not state[source])
            stack.extend(
                sorted(nexts, key=depth.__getitem__, reverse=True)[::-1]
            )  # the deepest last, first of its like
    return order


def shared_asides(targets: Ends, depth: Sequence[int]) -> list[int]:
    """Return the items that several others use, none of which waits for them: masks, positions, an encoder's output.

    Put first they stand before the blocks that use them, not in the first of these.
    """
    found = [
        item
        for item, uses in enumerate(targets)
        if len(set(uses)) > 1 and all(depth[use] > depth[item] + 1 for use in uses)
    ]
    return sorted(found, key=depth.__getitem__)
