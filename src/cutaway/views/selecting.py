"""Options that take more than a word or a number: what is given from Python, and what stands for it on a command line.

Most of them select nodes.
"""

import re
from collections.abc import Callable, Mapping
from math import inf

from cutaway.analysis.select import selector
from cutaway.errors import InputError, unknown
from cutaway.record import fields_of
from cutaway.style import Style, hexadecimal, style
from cutaway.typed import Any

_PROPERTIES = "|".join(fields_of(Style))


def selectors(_: str, value: object) -> object:
    """Return what selects nodes, if it can."""
    selector(value)
    return value


def styles(option: str, value: object) -> Mapping[Any, Style]:
    """Return styles by what selects the nodes that have them."""
    return {key: style(each) for key, each in _by_selector(option, value).items()}


def notes(option: str, value: object) -> Mapping[Any, str]:
    """Return texts by what selects the nodes beside which they stand."""
    found = _by_selector(option, value)
    for key, text in found.items():
        if not isinstance(text, str) or not text.strip():
            raise InputError(f"cannot use {option} with {text!r} for {key!r}: give a text")
    return found


def captions(option: str, value: object) -> Mapping[str, Any]:
    """Return what selects the nodes of regions, by captions."""
    if not isinstance(value, Mapping):
        raise _no_mapping(option, value, "{'Encoder': 'enc_*'}")
    for caption, chosen in value.items():
        if not isinstance(caption, str) or not caption.strip():
            raise InputError(f"cannot use {option} with the caption {caption!r}: give a text")
        selector(chosen)
    return dict(value)


def folds(option: str, value: object) -> object:
    """Return how blocks are folded: a word, a depth, or patterns by their names."""
    if value is True or value is False:
        return "auto" if value else "none"
    if value in ("auto", "none") or (type(value) is int and value >= 0):
        return value
    patterns = [value] if isinstance(value, str) else value
    if isinstance(patterns, list | tuple):
        named = [_split(text) if isinstance(text, str) else ("", "") for text in patterns]
        patterns = dict(named) if all(map(all, named)) else None
    if not isinstance(patterns, Mapping) or not all(
        isinstance(text, str) for pair in patterns.items() for text in pair
    ):
        raise InputError(
            f"cannot use {option}={value!r}: give 'auto', 'none', a depth, or patterns with names such as "
            "{'ConvBN': 'Conv2D > BatchNormalization'}"
        )
    return dict(patterns)


def simplified(option: str, value: object) -> object:
    """Return what is merged or left out: a word for all, or several words."""
    if value in ("auto", "none"):
        return value
    if value is True or value is False:
        return "auto" if value else "none"
    from cutaway.analysis.simplify import WORDS
    from cutaway.views.choice import set_of_words

    if not isinstance(value, str | list | tuple | set | frozenset):
        raise InputError(f"cannot use {option}={value!r}: give 'auto', 'none', or a list of {', '.join(WORDS)}")
    return set_of_words(option, value, WORDS)


def ids(option: str, value: object) -> tuple[str, ...]:
    """Return the ids of a list, or the only one."""
    found = (value,) if isinstance(value, str) else value
    if not isinstance(found, list | tuple) or not all(isinstance(each, str) for each in found):
        raise InputError(f"cannot use {option}={value!r}: give an id, or several in a list")
    return tuple(found)


def color(option: str, value: object) -> str:
    """Return a colour as `#RRGGBB`."""
    if not isinstance(value, str):
        raise InputError(f"cannot use {option}={value!r}: give a colour, such as '#1f77b4' or 'orange'")
    return hexadecimal(value)


def caps(option: str, value: object) -> Mapping[str, float]:
    """Return the greatest lengths by what they are for."""
    from cutaway.views.sizing.sizes import CAPS

    if not isinstance(value, Mapping):
        raise _no_mapping(option, value, "{'channels': 60}")
    for name, most in value.items():
        if name not in CAPS:
            raise InputError(f"cannot use {option} for {name!r}: {unknown(name, CAPS)}")
        if isinstance(most, bool) or not isinstance(most, int | float) or not 0 < most < inf:
            raise InputError(f"cannot use {option} with {most!r} for {name!r}: give a number above 0")
    return dict(value)


def worded(option: str, value: object) -> object:
    """Return what says something of each node: a function of a node, or the name of one of the usual texts."""
    from cutaway.views.texts import TEXTS

    if callable(value):
        return value
    if value not in TEXTS:
        raise InputError(f"cannot use {option}={value!r}: {unknown(value, TEXTS)}, or a function of a node")
    return value


FORMS: Mapping[str, Callable[[str, object], object]] = {
    "selectors": selectors,
    "styles": styles,
    "notes": notes,
    "captions": captions,
    "fold": folds,
    "simplify": simplified,
    "ids": ids,
    "color": color,
    "caps": caps,
    "text": worded,
}
"""How the value of an option of each form is checked, given the option's name."""


def parsed(form: str, text: str) -> object:
    """Read what stands behind the flag of an option of a form. Raises InputError for what cannot be read."""
    if form == "ids":
        return text
    if form == "fold":
        return folds("fold", int(text) if text.isdecimal() else text)
    if form in {"selectors", "simplify", "color", "text"}:
        return FORMS[form](form, text)
    head, tail = _split_style(text) if form == "styles" else _split(text)
    if not head or not tail:
        raise InputError(
            f"cannot read {text!r}: give it as {_EXAMPLES[form]!r}, a selector that holds '=' in parentheses"
        )
    return FORMS[form](form, {head: _number(tail) if form == "caps" else tail})


_EXAMPLES = {
    "styles": "kind:convolution=fill:#abc",
    "notes": "conv1=the text",
    "captions": "Encoder=enc_*",
    "caps": "channels=60",
}


def _number(text: str) -> float | str:
    """Return a text as a number, if it is one."""
    try:
        return float(text)
    except ValueError:
        return text


def _split_style(text: str) -> tuple[str, str]:
    """Split at the '=' before the first property, or else at the last one."""
    found = re.search(rf"=\s*(?:{_PROPERTIES})\s*:", text)
    if found:
        return text[: found.start()].strip(), text[found.start() + 1 :].strip()
    head, _, tail = text.rpartition("=")
    return head.strip(), tail.strip()


def _split(text: str) -> tuple[str, str]:
    """Split at the first '=' that is not in parentheses, quotes or a regular expression."""
    skipped = r"\((?:[^()]|\([^()]*\))*\)|\"[^\"]*\"|'[^']*'|^/(?:\\.|[^/\\])+/|."
    for found in re.finditer(skipped, text, re.DOTALL):
        if found[0] == "=":
            return text[: found.start()].strip(), text[found.end() :].strip()
    return "", ""


def _by_selector(option: str, value: object) -> Mapping[Any, Any]:
    if not isinstance(value, Mapping):
        raise _no_mapping(option, value, "{'kind:convolution': …}")
    for key in value:
        selector(key)
    return dict(value)


def _no_mapping(option: str, value: object, example: str) -> InputError:
    return InputError(f"cannot use {option}={value!r}: give a mapping such as {example}")
