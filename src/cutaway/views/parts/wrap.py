"""Break texts into lines that fit; nothing is ever cut off."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from cutaway.ruler import Face, FaceWeight, width

_NUMBER: Final = r"\d+(?:\.\d+)*(?:e[+-]?\d+)?"
_PRODUCT: Final = rf"(?:[×÷+/] ?|− ?)?[-−]?{_NUMBER}(?:(?: ?[×/+²³] ?| ?– ?| → | [a-z]+ × ){_NUMBER})*[²³]?"
_COUNTED: Final = rf"{_NUMBER} × (?=\S)"
_PIECE: Final = rf"(?:{_COUNTED})?(?:(?<![A-Za-z_]){_PRODUCT}|[A-Z]*[^A-Z _/.:-]*)[,;)]*(?:[ _.:-]|(?<! )/|/(?!\d))*"
_WHOLE: Final = rf"(?:{_COUNTED})?(?:{_PRODUCT}|[A-Za-z]?[a-z0-9]{{1,13}})[,;)]*"
"""Patterns, compiled when a text has to be broken; a set of more than two characters beyond Latin-1 would be slow."""
_BEHIND: Final = " _/.:-"
_SHORT: Final = 6
"""Characters of a word that is not broken at its humps: `ReLU`."""
_HALVINGS: Final = 6
"""So often a width is halved until lines are even: to a hundredth of it."""
_LONGEST: Final = 20
"""Characters: what is longer may be broken between any two, though it be a number."""


def joined(phrases: Iterable[str], size: float, face: Face, limit: float) -> tuple[str, ...]:
    """Set phrases into lines separated by commas, each line within `limit` points where a phrase allows it."""
    lines: list[str] = []
    for phrase in phrases:
        longer = f"{lines[-1]}, {phrase}" if lines else phrase
        if lines and width(longer, size, face) <= limit:
            lines[-1] = longer
        else:
            lines.extend(broken(phrase, size, face, limit))
    return tuple(lines)


def broken(
    text: str, size: float, face: Face, limit: float, weight: FaceWeight = 400, *, slack: float = 1.0
) -> tuple[str, ...]:
    """Break one text at spaces, underscores, slashes and humps where it exceeds `limit`, else between characters.

    A number, a product (`12 heads × 64`) and a word of ordinary length stay whole, however narrow the room; so does
    anything that exceeds the limit by no more than `slack` times.
    """
    if width(text, size, face, weight) <= limit:
        return (text,)
    lines: list[str] = [""]
    for piece in _pieces(text):
        if lines[-1] and width((lines[-1] + piece).rstrip(), size, face, weight) > limit:
            lines.append("")
        for part in _fitting(piece, lambda part: width(part.rstrip(), size, face, weight) <= slack * limit):
            if lines[-1] and width((lines[-1] + part).rstrip(), size, face, weight) > limit:
                lines.append("")
            lines[-1] += part
    return tuple(stripped for line in lines if (stripped := line.strip())) or (text,)


def evenly(sentences: Iterable[str], size: float, face: Face, limit: float) -> tuple[str, ...]:
    """Set sentences in as few lines as `limit` allows: whole ones, else lines that are as narrow as they can be."""
    whole: list[str] = []
    for sentence in sentences:
        longer = f"{whole[-1]} {sentence}" if whole else sentence
        if whole and width(longer, size, face) <= limit:
            whole[-1] = longer
        else:
            whole.append(sentence)
    text = " ".join(whole)
    count = len(broken(text, size, face, limit))
    if len(whole) <= count and all(width(line, size, face) <= limit for line in whole):
        return tuple(whole)
    low, high = limit / 2, limit
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if len(broken(text, size, face, middle)) <= count else (middle, high)
    return broken(text, size, face, high)


def _pieces(text: str) -> list[str]:
    words: list[list[str]] = [[]]
    for piece in re.findall(_PIECE, text):
        if words[-1] and not words[-1][-1][-1:].isalnum():
            words.append([])
        words[-1].append(piece)
    return [
        piece for word in words for piece in (word if len(_bare("".join(word))) > _SHORT else ["".join(word)]) if piece
    ]


def _bare(piece: str) -> str:
    return piece.rstrip(_BEHIND).rstrip(",;)")


def _fitting(piece: str, fits: Callable[[str], bool]) -> list[str]:
    bare = piece.rstrip(_BEHIND)
    is_short = len(_bare(piece)) <= _SHORT and _bare(piece).isalnum()
    if not piece or fits(piece) or is_short or (len(bare) <= _LONGEST and re.fullmatch(_WHOLE, bare)):
        return [piece]
    parts: list[str] = [""]
    for character in piece:
        if parts[-1] and not fits(parts[-1] + character):
            parts.append("")
        parts[-1] += character
    return parts
