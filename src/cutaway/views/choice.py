"""Check what a caller chose: the options of a view against its fields, names against those that there are."""

from collections.abc import Iterable, Mapping
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from cutaway.errors import InputError
from cutaway.views.option import options


def checked(view: type, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the `given` options as the fields of `view`, which users call `name`, hold them.

    Raises InputError for an unknown option or a value of the wrong type or outside of what is allowed.
    """
    known = options(view)
    for option in given:
        if option not in known:
            raise InputError(f"unknown option {option!r} of the view {name!r}: {unknown(option, known)}")
    return {option: _value(option, value, known[option][1]) for option, value in given.items()}


def unknown(name: object, known: Iterable[str]) -> str:
    """Say what is allowed instead of an unknown name, and which of it was perhaps meant."""
    from difflib import get_close_matches

    names = list(known)
    close = get_close_matches(name.lower(), names, n=1) if isinstance(name, str) else []
    meant = f"did you mean {close[0]!r}? " if close else ""
    return f"{meant}allowed: {', '.join(map(repr, names))}"


def words_of(kind: object) -> tuple[str, ...]:
    """Return the words that an option of this type takes; none where it takes anything else."""
    if get_origin(kind) is tuple:
        return words_of(get_args(kind)[0])
    return get_args(kind) if get_origin(kind) is Literal else ()


def _value(option: str, value: object, kind: object) -> object:
    """Return `value` as an option of type `kind` holds it: `str | None`, `tuple[Literal[…], ...]` and the like."""
    if get_origin(kind) is tuple:
        return _set_of_words(option, value, words_of(kind))
    if words := words_of(kind):
        if value not in words:
            raise InputError(f"cannot use {option}={value!r}: {unknown(value, words)}")
        return value
    allowed = get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)
    if type(value) not in allowed or (type(value) is int and value < 0):
        raise InputError(f"cannot use {option}={value!r}: give {' or '.join(map(_in_words, allowed))}")
    return value


def _set_of_words(option: str, value: object, words: tuple[str, ...]) -> tuple[str, ...]:
    """Accept a list of words, or a text with commas between them."""
    if isinstance(value, str):
        value = [word.strip() for word in value.split(",") if word.strip()]
    if not isinstance(value, list | tuple | set | frozenset):
        raise InputError(f"cannot use {option}={value!r}: give a list of words; {unknown(None, words)}")
    for word in value:
        if word not in words:
            raise InputError(f"cannot use {option} with {word!r}: {unknown(word, words)}")
    return tuple(word for word in words if word in value)


def _in_words(kind: object) -> str:
    names = {bool: "True or False", int: "a whole number (0 or more)", str: "a text", NoneType: "None"}
    return names.get(kind, str(kind)) if isinstance(kind, type) else str(kind)
