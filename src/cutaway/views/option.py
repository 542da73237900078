"""Options of a view: one field of its record each, from which flags, reference and validation are derived."""

from typing import Any, get_type_hints

from cutaway.record import RecordField, field, fields_of


def option(default: Any, text: str, metavar: str = "") -> Any:  # noqa: ANN401 - a field's default has the field's type
    """Declare one option of a view: its default, and the sentence that documents it everywhere."""
    return field(default=default, metadata={"help": text, "metavar": metavar})


def options(view: type) -> dict[str, tuple[RecordField, Any]]:
    """Return the view's options by name: the field (default, help in its metadata) and its resolved type.

    Types are bool, int | None, str | None, a Literal, or a tuple of a Literal (a set of words).
    """
    hints = get_type_hints(view)
    return {name: (item, hints[name]) for name, item in fields_of(view).items() if "help" in item.metadata}
