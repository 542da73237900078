"""Texts from models, made harmless wherever people read them, and as wide as a terminal shows them."""

_ACCENTS = frozenset({"Mn", "Me"})
"""What stands on the character before it."""


def printable(text: str) -> str:
    r"""Write what cannot be seen, or steers a terminal or the direction of writing, as an escape: `\x1b`, `\u202e`."""
    if text.isprintable():
        return text
    return "".join([each if each.isprintable() else _escape(each) for each in text])


def _escape(character: str) -> str:
    return character.encode("ascii", "backslashreplace").decode() if character > "\x7f" else repr(character)[1:-1]


def width(text: str) -> int:
    """Return how many cells of a terminal a printable text takes: two for a wide character, none for an accent."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(0 if category(each) in _ACCENTS else 2 if east_asian_width(each) in "WF" else 1 for each in text)


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """Fill a text with spaces to a number of cells; `right` puts it at the right end."""
    air = " " * (cells - width(text))
    return air + text if right else text + air
