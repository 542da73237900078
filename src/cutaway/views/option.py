"""Options of a view: one dataclass field each, from which flags, reference and validation are derived."""

from dataclasses import Field, field, fields
from typing import Any, get_type_hints


def option(default: Any, text: str, metavar: str = "") -> Any:  # noqa: ANN401 - a field's default has the field's type
    """Declare one option of a view: its default, and the sentence that documents it everywhere."""
    return field(default=default, metadata={"help": text, "metavar": metavar})


def options(view: type) -> dict[str, tuple[Field[Any], Any]]:
    """Return the view's options by name: the field (default, help in its metadata) and its resolved type.

    Types are bool, int | None, str | None, a Literal, or a tuple of a Literal (a set of words).
    """
    hints = get_type_hints(view)
    return {item.name: (item, hints[item.name]) for item in fields(view) if "help" in item.metadata}
