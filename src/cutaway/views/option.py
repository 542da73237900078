"""Options of a view: one field of its record each, from which flags, reference and validation are derived."""

from collections.abc import Iterable, Mapping
from math import inf
from typing import Any, get_type_hints

from cutaway.record import RecordField, field, fields_of
from cutaway.views import VIEWS, load


def option(
    default: Any,  # noqa: ANN401 - a field's default has the field's type
    text: str,
    metavar: str = "",
    words: Mapping[str, str] | None = None,
    form: str = "",
    bounds: tuple[float, float] = (-inf, inf),
) -> Any:  # noqa: ANN401
    """Declare one option of a view: its default, and the sentence that documents it everywhere.

    `words` say what each of the words means that the option takes, where these do not speak for themselves. An option
    of a `form` takes what its type cannot say, and is checked by `selecting.FORMS`. A number is within its `bounds`.
    """
    facts = {"help": text, "metavar": metavar, "words": words or {}, "form": form, "bounds": bounds}
    return field(default=default, metadata=facts)


def bounded(bounds: tuple[float, float]) -> str:
    """Write what a number within `bounds` may be."""
    least, most = bounds
    if most == inf:
        return "a number" if least == -inf else f"a number, {least:g} or more"
    return f"a number, {most:g} or less" if least == -inf else f"a number, {least:g} to {most:g}"


def explained(words: Iterable[str], metadata: Mapping[str, Any]) -> list[str]:
    """Return the words that an option takes, each with what it means, given the metadata of the option's field."""
    meanings: Mapping[str, str] = metadata["words"]
    return [f"{word}: {meanings[word]}" if word in meanings else word for word in words]


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
