"""The tokens of a text in one of the languages here, while they are read from left to right."""

import re
from collections.abc import Callable

from cutaway.typed import NoReturn


class Reading:
    """A text as its tokens, and the place of the next.

    Patterns of tokens have the groups `word` and `sign`. `refuse` is told of what is no token, and why.
    """

    def __init__(self, text: str, token: re.Pattern[str], refuse: Callable[[str, str], NoReturn]) -> None:
        self.text = text
        self.tokens = _split(text, token, refuse)
        self.place = 0
        self.depth = 0

    @property
    def next(self) -> re.Match[str] | None:
        """The next token; None at the end."""
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def takes(self, word: str) -> bool:
        """Go on behind the next token if it is that word or sign."""
        token = self.next
        taken = token is not None and word in (token["word"], token["sign"])
        self.place += taken
        return taken


def _split(text: str, token: re.Pattern[str], refuse: Callable[[str, str], NoReturn]) -> list[re.Match[str]]:
    """Return the tokens of a text, blanks behind the last left out; `refuse` is told of what is none, and why."""
    found, place, end = list[re.Match[str]](), 0, len(text.rstrip())
    while place < end:
        match = token.match(text, place)
        if match is None:
            refuse(text, f"{text[place:].strip()!r} is no part of one")
        found.append(match)
        place = match.end()
    return found
