"""One text for several that differ in numbers: the numbers become letters, one for each list of values."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

Texts = Sequence[str | None]
"""What each of several likes says; None for one that says nothing."""


class Letters:
    """The letters of one drawing: `values` are what each stands for in the likes that it is drawn for, in their order.

    `partial` are the texts that only some of the likes say, with the places of these.
    """

    def __init__(self) -> None:
        self.values: dict[str, list[str | None]] = {}
        self.partial: dict[str, tuple[int, ...]] = {}

    def text(self, texts: Texts) -> str | None:
        """Return the one text for several; None where they differ in more than numbers."""
        said = [text for text in texts if text is not None]
        if len(set(said)) == 1:
            return said[0]
        skeletons = [_NUMBER.split(text) for text in said]
        if any(skeleton != skeletons[0] for skeleton in skeletons):
            return None
        numbers = [None if text is None else _NUMBER.findall(text) for text in texts]
        told = [
            self._number([None if each is None else each[place] for each in numbers])
            for place in range(len(skeletons[0]) - 1)
        ]
        return "".join(a + b for a, b in zip_longest(skeletons[0], told, fillvalue=""))

    def phrases(self, texts: Sequence[Sequence[str] | None]) -> tuple[str, ...]:
        """Return one list of phrases for several; what some of them leave out stands in parentheses."""
        keyed = [None if given is None else _by_form(given) for given in texts]
        present = [given for given in keyed if given is not None]
        forms = dict.fromkeys([form for given in sorted(present, key=len, reverse=True) for form in given])
        found = []
        for form in forms:
            same = [None if given is None else given.get(form) for given in keyed]
            text = self.text(same) or ""
            if sum(form in given for given in present) < len(present):
                self.partial[text] = tuple([place for place, each in enumerate(same) if each is not None])
                text = f"({text})"
            found.append(text)
        return tuple(found)

    def multiple(self, letter: str, others: Sequence[str]) -> str | None:
        """Return the values of a letter as a multiple or a part of one of some others, `6a` or `a/4`, if they are."""
        mine = self.values[letter]
        for other in others:
            pairs = list(zip(mine, self.values[other], strict=True))
            if any((own is None) != (value is None) or not (own or "1").isdigit() for own, value in pairs):
                continue
            numbers = [(int(own), int(value)) for own, value in pairs if own and value and value.isdigit()]
            if len(numbers) < sum(own is not None for own in mine) or not all(a and b for a, b in numbers):
                continue
            times, parts = {a / b for a, b in numbers}, {b / a for a, b in numbers}
            for ratios, text in ((times, "{}{}"), (parts, "{1}/{0}")):
                if len(ratios) == 1 and (ratio := ratios.pop()).is_integer():
                    return text.format(int(ratio), other)
        return None

    def _number(self, values: list[str | None]) -> str:
        """Return the number that all say, or the letter that stands for these values wherever there are any."""
        told = {value for value in values if value is not None}
        if len(told) == 1:
            return told.pop()
        for letter, known in self.values.items():
            if all(value is None or value == known[place] for place, value in enumerate(values)):
                return letter
        letter = chr(ord("a") + len(self.values) % 26) * (1 + len(self.values) // 26)
        self.values[letter] = values
        return letter


def _by_form(phrases: Sequence[str]) -> dict[tuple[tuple[str, ...], int], str]:
    """Return phrases by what they say besides numbers, and which of those that say the same they are."""
    seen = Counter[tuple[str, ...]]()
    found = {}
    for phrase in phrases:
        form = tuple(_NUMBER.split(phrase))
        found[form, seen[form]] = phrase
        seen[form] += 1
    return found
