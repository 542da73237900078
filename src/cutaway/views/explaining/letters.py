"""One text for several that differ in numbers: the numbers become letters, one for each list of values."""

import re
from collections.abc import Sequence
from itertools import zip_longest
from string import ascii_lowercase

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Letters:
    """The letters of one drawing, in the order in which they are needed: `values` are what each stands for."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, ...], str] = {}
        self.is_partial = False

    def text(self, texts: Sequence[str]) -> str | None:
        """Return the one text for several; None where they differ in more than numbers."""
        if len(set(texts)) == 1:
            return texts[0]
        skeletons = [_NUMBER.split(text) for text in texts]
        if any(skeleton != skeletons[0] for skeleton in skeletons):
            return None
        numbers = zip(*(_NUMBER.findall(text) for text in texts), strict=True)
        told = [each[0] if len(set(each)) == 1 else self._letter(each) for each in numbers]
        return "".join(a + b for a, b in zip_longest(skeletons[0], told, fillvalue=""))

    def phrases(self, texts: Sequence[Sequence[str]]) -> tuple[str, ...]:
        """Return one list of phrases for several; what some of them leave out stands in parentheses."""
        base = max(texts, key=len)
        found = []
        for phrase in base:
            form = _NUMBER.split(phrase)
            like = [next((each for each in given if _NUMBER.split(each) == form), None) for given in texts]
            present = [each for each in like if each is not None]
            text = self.text(present if len(present) < len(texts) else [each or "" for each in like]) or phrase
            self.is_partial = self.is_partial or len(present) < len(texts)
            found.append(text if len(present) == len(texts) else f"({text})")
        return tuple(found)

    def _letter(self, values: tuple[str, ...]) -> str:
        if values not in self.values:
            place = len(self.values)
            self.values[values] = ascii_lowercase[place % 26] * (1 + place // 26)
        return self.values[values]
