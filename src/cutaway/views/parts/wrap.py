"""Break texts into lines that fit; nothing is ever cut off."""

import re
from collections.abc import Callable, Iterable, Sequence

from cutaway.ruler import Face, FaceWeight, width

_NUMBER = r"\d+(?:\.\d+)*(?:e[+-]?\d+)?"
_PRODUCT = rf"(?:[×÷+/] ?|− ?)?[-−]?{_NUMBER}(?:(?: ?[×/+²³] ?| ?– ?| → | [a-z]+ × ){_NUMBER})*[²³]?"
_COUNTED = rf"{_NUMBER} × (?=\S)"
_PIECE = rf"(?:{_COUNTED})?(?:(?<![A-Za-z_]){_PRODUCT}|[A-Z]*[^A-Z _/.:-]*)[,;)]*(?:[ _.:-]|(?<! )/|/(?!\d))*"
_WHOLE = rf"(?:{_COUNTED})?(?:{_PRODUCT}|[A-Za-z]?[a-z0-9]{{1,13}})[,;)]*"
"""Patterns, compiled when more than plain words has to be broken: that takes as long as to set a paragraph.

A set of more than two characters beyond Latin-1 would be slow.
"""
_SIGNS = "×÷+/−–→-²³"
"""What joins a number to what is before or behind it."""
_TIED = "_.:-"
"""What belongs to the word before it."""
_BEHIND = " _/.:-"
_SHORT = 6
"""Characters of a word that is not broken at its humps: `ReLU`."""
_HALVINGS = 6
"""So often a width is halved until lines are even: to a hundredth of it."""
_WIDER = 1.6
"""So many times the limit an item of a list may be to stay whole."""
_LONGEST = 20
"""Characters: what is longer may be broken between any two, though it be a number."""


def listed(phrases: Sequence[str], size: float, face: Face, limit: float) -> tuple[str, ...]:
    """Set the items of a list into lines as `joined` does; lines end with commas, and items stay whole if they can."""
    longest = max([width(f"{phrase},", size, face) for phrase in phrases], default=0.0)
    room = min(longest, _WIDER * limit) if longest > limit else limit
    items = [*[f"{phrase}," for phrase in phrases[:-1]], *phrases[-1:]]
    return _set(items, " ", size, face, room)


def joined(phrases: Iterable[str], size: float, face: Face, limit: float) -> tuple[str, ...]:
    """Set phrases into lines separated by commas, each line within `limit` points where a phrase allows it."""
    return _set(phrases, ", ", size, face, limit)


def _set(items: Iterable[str], between: str, size: float, face: Face, limit: float) -> tuple[str, ...]:
    """Set items into lines of at most `limit` points, with a text `between` those of one line."""
    lines: list[str] = []
    for item in items:
        longer = f"{lines[-1]}{between}{item}" if lines else item
        if lines and width(longer, size, face) <= limit:
            lines[-1] = longer
        else:
            lines.extend(broken(item, size, face, limit))
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
    for stretch in _stretches(text):
        longer = lines[-1] + stretch
        if width(longer.rstrip(), size, face, weight) <= limit:
            lines[-1] = longer
            continue
        for piece in _pieces(stretch):
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


def _stretches(text: str) -> list[str]:
    """Part a text at those spaces behind which a line may begin, whatever stands beside them."""
    words = text.split(" ")
    found = [words[0]]
    for before, word, after in zip(words, words[1:], (*words[2:], ""), strict=False):
        if (
            not (before and word)
            or before[-1] in _SIGNS
            or word[0] in _TIED
            or (word[0] == "/" and not word[1:2].isdecimal())
            or word == "×"
            or (before[-1].isdigit() and (word[0] in _SIGNS or after == "×"))
        ):
            found[-1] += f" {word}"
        else:
            found[-1] += " "
            found.append(word)
    return found


def _pieces(stretch: str) -> list[str]:
    """Part a stretch where a line may be broken."""
    bare = _bare(stretch)
    if bare.removeprefix("/").isdecimal() or (bare.isalpha() and (bare[1:] == bare[1:].lower() or bare.isupper())):
        return [stretch]
    words: list[list[str]] = [[]]
    for piece in re.findall(_PIECE, stretch):
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
