"""Ids for what is put into a graph, which nothing in it has."""

from collections.abc import Iterable


class Identities:
    """The ids that are taken, and for each name how far they are numbered."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def __contains__(self, identity: str) -> bool:
        return identity in self._taken

    def add(self, identity: str) -> None:
        """Count an id as taken."""
        self._taken.add(identity)

    def take(self, name: str) -> str:
        """Return an id that nothing has yet, and has from now on: the name, with a number where it is taken."""
        number = self._numbers.get(name, 1)
        found = name if number == 1 else f"{name} ({number})"
        while found in self._taken:
            number += 1
            found = f"{name} ({number})"
        self._numbers[name] = number
        self._taken.add(found)
        return found
