"""Check what a caller chose: options of a view, a font, names among those that there are."""

import os
from collections.abc import Iterable, Mapping, Sequence
from math import inf, isfinite
from types import NoneType
from typing import get_type_hints

from cutaway.errors import InputError, unknown
from cutaway.record import RecordField, fields_of
from cutaway.ruler import Face, face_from_files
from cutaway.typed import Any, form, parts
from cutaway.views import VIEWS, load


def checked(view: type, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the `given` options as the fields of `view`, which users call `name`, hold them.

    Raises InputError for an unknown option or a value of the wrong type or outside of what is allowed.
    """
    known = options(view)
    for option in given:
        if option not in known:
            others = views_with(option)
            instead = f"it is one of {' and '.join(map(repr, others))}; " if others else ""
            raise InputError(f"unknown option {option!r} of the view {name!r}: {instead}{unknown(option, known)}")
    return {option: _checked(option, value, *known[option]) for option, value in given.items()}


def face(font: Any) -> Face:  # noqa: ANN401 - checked here
    """Return the typeface of one TrueType file, or of two: regular and bold. Raises InputError for anything else."""
    files: Sequence[Any] = font if isinstance(font, list | tuple) else [font]
    if not 0 < len(files) < 3 or not all(isinstance(file, str | os.PathLike) for file in files):
        raise InputError(f"cannot use font={font!r}: give the path of a TrueType file, or two paths: (regular, bold)")
    return face_from_files(*map(os.fsdecode, files))


def options(view: type) -> dict[str, tuple[RecordField, Any]]:
    """Return the view's options by name: the field (default, help in its metadata) and its resolved type.

    Types are bool, int | None, float | None, str | None, a Literal, or a tuple of a Literal (a set of words); those of
    options of a form are not looked at.
    """
    hints = get_type_hints(view)
    return {name: (item, hints[name]) for name, item in fields_of(view).items() if "help" in item.metadata}


def views_with(name: str) -> list[str]:
    """Return the names of the views that have an option."""
    return [view for view in VIEWS if name in options(load(view))]


def explained(words: Iterable[str], metadata: Mapping[str, Any]) -> list[str]:
    """Return the words that an option takes, each with what it means, given the metadata of the option's field."""
    meanings: Mapping[str, str] = metadata["words"]
    return [f"{word}: {meanings[word]}" if word in meanings else word for word in words]


def words_of(kind: object) -> tuple[str, ...]:
    """Return the words that an option of this type takes; none where it takes anything else."""
    made = form(kind)
    if made in {"tuple", "Union"}:
        return words_of(parts(kind)[0])
    return parts(kind) if made == "Literal" else ()


def _checked(option: str, value: object, item: RecordField, kind: object) -> object:
    """Return `value` as a field of type `kind`, or of a form, holds it."""
    form = item.metadata["form"]
    if not form:
        return within(option, fitting(option, value, kind), item.metadata["bounds"])
    if value is None and item.default is None:
        return None
    from cutaway.views.selecting import FORMS

    return FORMS[form](option, value)


def fitting(option: str, value: object, kind: object) -> object:
    """Return `value` as an option of type `kind` holds it: `str | None`, `tuple[Literal[…], ...]` and the like.

    Raises InputError for what does not fit.
    """
    if form(kind) == "tuple":
        return set_of_words(option, value, words_of(kind))
    if words := words_of(kind):
        if value not in words and (value is not None or NoneType not in parts(kind)):
            raise InputError(f"cannot use {option}={value!r}: {unknown(value, words)}")
        return value
    allowed = parts(kind) if form(kind) == "Union" else (kind,)
    if float in allowed and type(value) is int:
        value = float(value)
    if (
        type(value) not in allowed
        or (type(value) is int and value < 0)
        or (type(value) is float and not isfinite(value))
    ):
        raise InputError(f"cannot use {option}={value!r}: give {' or '.join(map(_in_words, allowed))}")
    return value


def bounded(bounds: tuple[float, float]) -> str:
    """Write what a number within `bounds` may be."""
    least, most = bounds
    if most == inf:
        return "a number" if least == -inf else f"a number, {least:g} or more"
    return f"a number, {most:g} or less" if least == -inf else f"a number, {least:g} to {most:g}"


def within(option: str, value: object, bounds: tuple[float, float]) -> object:
    """Return a number that is within `bounds`, or whatever is none. Raises InputError for one that is not."""
    if isinstance(value, int | float) and not isinstance(value, bool) and not bounds[0] <= value <= bounds[1]:
        raise InputError(f"cannot use {option}={value!r}: give {bounded(bounds)}")
    return value


def set_of_words(option: str, value: object, words: tuple[str, ...]) -> tuple[str, ...]:
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
    names = {
        bool: "True or False",
        int: "a whole number (0 or more)",
        float: "a number",
        str: "a text",
        NoneType: "None",
    }
    return names.get(kind, str(kind)) if isinstance(kind, type) else str(kind)
