"""Text as LaTeX sets it, in ASCII alone: so it means the same to every engine, and in documents of any encoding."""

from unicodedata import category, normalize

from cutaway.outputs.tikz.letters import ACCENTS, GREEK_ACCENTS, LETTERS
from cutaway.ruler import BREAKS, MARKS, UNSEEN

_LIGATING = frozenset("-,")
"""What TeX joins with another of itself, into a dash or a quotation mark; other such characters have a command."""
MISSING = r"\cutawaymissing"


class Words(dict[str, str]):
    """Characters as LaTeX sets them; `lacking` are those that it cannot, each once, in order of appearance."""

    __slots__ = ("lacking",)

    def __init__(self) -> None:
        super().__init__()
        self.lacking: dict[str, None] = {}

    def __missing__(self, character: str) -> str:
        made = self[character] = self._made(character)
        return made

    def written(self, text: str) -> str:
        """Write a line of text."""
        pieces: list[str] = []
        before = " "  # so that a space at the start is kept
        for character in normalize("NFC", text):
            if character == before and character in _LIGATING:
                pieces.append("{}")
            if character in ACCENTS and before.isascii() and before.isalpha():
                pieces[-1] = f"{ACCENTS[character]}{{{pieces[-1]}}}"
                continue
            piece = self[character]
            if piece == " " and before == " ":
                piece = r"\ "
            pieces.append(piece)
            before = " " if piece == " " else character
        if pieces and pieces[-1] == " ":
            pieces[-1] = r"\ "
        return "".join(pieces)

    def _made(self, character: str) -> str:
        if character in LETTERS:
            return LETTERS[character]
        if character.isascii() and character.isprintable():
            return character
        kind = category(character)
        if kind == "Zs" or character in BREAKS:
            return " "
        if kind in UNSEEN:
            return ""
        if kind in MARKS:
            self.lacking[character] = None
            return ""
        letter, *marks = tuple(normalize("NFD", character))
        accents = GREEK_ACCENTS if "α" <= letter.lower() <= "ω" else ACCENTS
        if marks and all(mark in accents for mark in marks) and (letter.isascii() or letter in LETTERS):
            return self._accented(letter, marks, is_greek=accents is GREEK_ACCENTS)
        self.lacking[character] = None
        return f"{MISSING}{{{ord(character):04X}}}"

    def _accented(self, letter: str, marks: list[str], *, is_greek: bool) -> str:
        if is_greek:
            letter = self[letter].removeprefix(r"\ensuremath{").removesuffix("}")
            for mark in marks:
                letter = f"{GREEK_ACCENTS[mark]}{{{letter}}}"
            return rf"\ensuremath{{{letter}}}"
        written = r"\i" if letter == "i" and marks[0] not in "\u0327\u0328" else letter
        for mark in marks:
            written = f"{ACCENTS[mark]}{{{written}}}"
        return written
