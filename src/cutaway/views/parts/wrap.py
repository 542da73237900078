"""Break texts into lines that fit; nothing is ever cut off."""

from collections.abc import Callable, Iterable
from re import findall

from cutaway.ruler import Face, FaceWeight, width


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

    A word that exceeds the limit by no more than `slack` times is not broken.
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


def _pieces(text: str) -> list[str]:
    return findall(r"[A-Z]*[^A-Z _/.:-]*[ _/.:-]*", text)


def _fitting(piece: str, fits: Callable[[str], bool]) -> list[str]:
    if not piece or fits(piece):
        return [piece]
    parts: list[str] = [""]
    for character in piece:
        if parts[-1] and not fits(parts[-1] + character):
            parts.append("")
        parts[-1] += character
    return parts
