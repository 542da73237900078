"""Nodes behind which nothing goes on but what they give: all that leads to them leads to nothing else.

They are found with the tree of post-dominators: Cooper, Harvey, Kennedy 2001, "A simple, fast dominance algorithm"; the
common parents in it by Bender and Farach-Colton 2004, "The level ancestor problem simplified" (jumps of powers of two).
"""

from collections.abc import Collection, Mapping
from functools import reduce

_END = 0
"""Where all leads at last: the root of the tree."""


def gathering(feeds: Mapping[str, Collection[str]], exits: Collection[str]) -> set[str]:
    """Return the nodes but for which nothing that leads to them goes anywhere else, nor out of the `exits`.

    `feeds` are the nodes that each node leads to; each node is there, in the order of the flow.
    """
    tree, place = _Tree(), dict[str, int]()
    for node in reversed(list(feeds)):
        behind = [place[each] for each in feeds[node]]
        leads_out = node in exits or not behind
        place[node] = tree.add(_END if leads_out else reduce(tree.common, behind))
    first = dict(place)
    for node, after in feeds.items():
        for each in after:
            first[each] = tree.common(first[each], first[node])
    return {node for node in feeds if first[node] == place[node] and node not in exits}


class _Tree:
    """A tree by numbers in which each is added below its parent, and jumps up from it by powers of two."""

    def __init__(self) -> None:
        self._depth = [0]
        self._up: list[list[int]] = [[]]

    def add(self, parent: int) -> int:
        """Add a child, and return its number."""
        jumps, far = [parent], 0
        while len(self._up[jumps[far]]) > far:
            jumps.append(self._up[jumps[far]][far])
            far += 1
        self._up.append(jumps)
        self._depth.append(self._depth[parent] + 1)
        return len(self._up) - 1

    def common(self, one: int, other: int) -> int:
        """Return the lowest that both are below or are."""
        up, depth = self._up, self._depth
        if depth[one] < depth[other]:
            one, other = other, one
        lead = depth[one] - depth[other]
        while lead:
            one = up[one][lead.bit_length() - 1]
            lead = depth[one] - depth[other]
        for far in range(len(up[one]) - 1, -1, -1):
            if far < len(up[one]) and up[one][far] != up[other][far]:
                one, other = up[one][far], up[other][far]
        return one if one == other else up[one][0]
