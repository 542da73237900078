"""Text inside XML: every string becomes well-formed, short and free of what XML cannot hold."""

import re
from math import isfinite

from cutaway.errors import InternalError
from cutaway.ruler import BREAKS

SPECIAL = r'[&<>"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]'
"""What does not always stand for itself; listing the rest instead would take 5 ms to compile.

Few figures hold text that needs it, so `re` compiles it when it is first used.
"""

NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}

FIT_FOR_ID = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"
UNFIT_FOR_ID = bytes(range(256)).translate(None, FIT_FOR_ID)
SPACED = bytes.maketrans(UNFIT_FOR_ID, b" " * len(UNFIT_FOR_ID))


def content(text: str) -> str:
    """Escape one line of text; breaks become spaces, and what XML cannot hold vanishes."""
    if text.isprintable():
        if "&" in text or "<" in text or ">" in text:
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return text
    return re.sub(SPECIAL, _content, text)


def attribute(text: str) -> str:
    """Escape the value of an attribute so that a parser reads the same string; what XML cannot hold becomes U+FFFD."""
    if text.isprintable():
        if "&" in text or "<" in text or '"' in text:
            text = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        return text.replace(">", "&gt;")  # which is in the names of edges
    return re.sub(SPECIAL, _attribute, text)


def name(text: str) -> str:
    """Make an id: letters, digits, `_`, `.` and `-`."""
    if text.isascii() and text.isidentifier():
        return text
    words = text.encode("ascii", "replace").translate(SPACED).split()
    return b"-".join(words).decode().strip("-") or "x"


def number(value: float, shape: str = ".2f") -> str:
    """Write a number with at most the decimals of `shape` (at least one) and no exponent."""
    if not isfinite(value):
        raise InternalError(f"a coordinate of the scene is {value}")
    text = f"{value:{shape}}"
    if text[-1] == "0":  # one in ten
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _content(match: re.Match[str]) -> str:
    character = match[0]
    if character == '"':
        return character
    return NAMED.get(character) or (" " if character in BREAKS else "")


def _attribute(match: re.Match[str]) -> str:
    character = match[0]
    if character in BREAKS or "\x7f" <= character <= "\x9f":
        return f"&#{ord(character)};"
    return NAMED.get(character) or "\N{REPLACEMENT CHARACTER}"
