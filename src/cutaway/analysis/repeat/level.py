"""One level of a Graph as a line of items: the nodes and scopes that lie directly in a scope, in canonical order."""

from typing import Final, TypeAlias

from cutaway.record import Record

Key: TypeAlias = tuple[int, ...]
"""A port of an item, free of names: the places of the nodes within, level by level, and the number of the port."""

Feed: TypeAlias = tuple[Key, int, Key]
"""What feeds an item: its own port, the place of the item that feeds it, and that one's port.

A tensor from outside of the level has a negative place, one for each tensor.
"""

Use: TypeAlias = tuple[Key, int]
"""What uses an item: its own port, and the place of what is fed; OUTSIDE for what lies elsewhere, or is an output."""

OUTSIDE: Final = 1 << 60


class Level(Record):
    """The items directly in a scope (None: the whole graph) in an order in which regions stand together.

    `labels` are equal for equal items, `leads` tells with which a block of a plain chain begins, `leaves` are the ids
    of all nodes in each item in canonical order. Where the scopes of a level wait for each other in a circle, there is
    no order: `ordered` is False, and nothing in it is compared.
    """

    scope: str | None
    items: tuple[str, ...]
    labels: tuple[int, ...]
    leads: tuple[bool, ...]
    feeds: tuple[tuple[Feed, ...], ...]
    uses: tuple[tuple[Use, ...], ...]
    leaves: tuple[tuple[str, ...], ...]
    ordered: bool = True
