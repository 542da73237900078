"""What may be said of each node beside its glyph: names, classes, shapes, or what a caller's function returns."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from cutaway.errors import InputError
from cutaway.graph import Node
from cutaway.typed import Any
from cutaway.views.spelling import shape_text

Text = str | Callable[["Node"], str]


def _shapes(node: Node) -> str:
    return ", ".join(shape_text(port.tensor.shape) for port in node.outputs)


def _name(node: Node) -> str:
    return node.name


def _type(node: Node) -> str:
    return node.operation


def _name_shape(node: Node) -> str:
    return f"{node.name}\n{_shapes(node)}"


TEXTS: Mapping[str, Callable[[Node], str]] = MappingProxyType(
    {"name": _name, "type": _type, "shape": _shapes, "name_shape": _name_shape}
)
"""What is said of a node, by the name of it."""


def text_lines(text: Any, node: Node) -> list[str]:  # noqa: ANN401 - a name or a caller's function
    """Return the lines that are said of a node. Raises InputError for a function that returns no text."""
    said = (text if callable(text) else TEXTS[text])(node)
    if not isinstance(said, str):
        raise InputError(f"cannot use what text= returns for {node.id!r}: {said!r} is no text")
    return [line.strip() for line in said.splitlines() if line.strip()]
