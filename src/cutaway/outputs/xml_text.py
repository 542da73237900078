"""Text inside XML: every string becomes well-formed, short and free of what XML cannot hold."""

import math
import re

from cutaway.errors import InternalError
from cutaway.ruler import BREAKS

SPECIAL = re.compile(r'[&<>"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]')
"""What does not always stand for itself; listing the rest instead would take 5 ms to compile."""

NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
UNFIT_FOR_ID = re.compile(r"[^A-Za-z0-9_.-]+")


def content(text: str) -> str:
    """Escape one line of text; breaks become spaces, and what XML cannot hold vanishes."""
    return SPECIAL.sub(_content, text)


def attribute(text: str) -> str:
    """Escape the value of an attribute so that a parser reads the same string; what XML cannot hold becomes U+FFFD."""
    return SPECIAL.sub(_attribute, text)


def name(text: str) -> str:
    """Make an id: letters, digits, `_`, `.` and `-`."""
    return UNFIT_FOR_ID.sub("-", text).strip("-") or "x"


def number(value: float, places: int = 2) -> str:
    """Write a number with at most `places` decimals and no exponent."""
    if not math.isfinite(value):
        raise InternalError(f"a coordinate of the scene is {value}")
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
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
