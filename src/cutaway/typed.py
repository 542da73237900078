"""The names of `typing` that annotations are written with; while running, no more than names.

`import typing` takes 3 ms, a twentieth of drawing ResNet50 from the command line, for what nobody but a type checker
reads. Type checkers read this module as `typing` itself. What is written with the names while running can be taken
apart by `form` and `parts`: views tell from the types of their options what each of these takes. What does more
(`cast`, `runtime_checkable` …) comes from `typing`.
"""

from types import GenericAlias, NoneType, UnionType

__all__ = [
    "TYPE_CHECKING",
    "Any",
    "BinaryIO",
    "Generic",
    "Literal",
    "NoReturn",
    "ParamSpec",
    "Protocol",
    "TypeVar",
    "assert_never",
    "dataclass_transform",
    "final",
    "form",
    "parts",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import (
        Any,
        BinaryIO,
        Generic,
        Literal,
        NoReturn,
        ParamSpec,
        Protocol,
        TypeVar,
        assert_never,
        dataclass_transform,
        final,
    )


class Written:
    """A name in an annotation, and what is written with it: `Literal["a", "b"]`, `Any | None`."""

    __slots__ = ("args", "kwargs", "name")

    def __init__(self, name: str, args: tuple[object, ...] = ()) -> None:
        self.name = name
        self.args = args
        self.kwargs = ()  # as a ParamSpec has them

    def __getitem__(self, args: object) -> "Written":
        each = args if isinstance(args, tuple) else (args,)
        return Written(self.name, tuple([part for arg in each for part in _flat(self.name, arg)]))

    def __or__(self, other: object) -> "Written":
        return Written("Union", (*_flat("Union", self), *_flat("Union", other)))

    def __ror__(self, other: object) -> "Written":
        return Written("Union", (*_flat("Union", other), *_flat("Union", self)))

    def __call__(self, name: str, *_: object, **__: object) -> "Written":
        """Return a variable of this name, as TypeVar does."""
        return Written(name)

    def __mro_entries__(self, _: object) -> tuple[type, ...]:
        return ()  # a class is derived from it for type checkers alone

    def __repr__(self) -> str:
        return f"{self.name}[{', '.join(map(repr, self.args))}]" if self.args else self.name


def _flat(name: str, arg: object) -> tuple[object, ...]:
    """Return what `arg` adds to a name that it is written with: in a union, each of its kinds."""
    if form(arg) == name and name in {"Literal", "Union"}:
        return parts(arg)
    return (NoneType,) if arg is None and name == "Union" else (arg,)


def form(kind: object) -> str:
    """Return what a type is put together by: "Literal", "Union", "tuple" …; nothing for a plain one."""
    if isinstance(kind, Written):
        return kind.name
    if isinstance(kind, UnionType):
        return "Union"
    origin = getattr(kind, "__origin__", None)  # which what others write with `typing` has, too
    return "" if origin is None else str(origin.__name__)


def parts(kind: object) -> "tuple[Any, ...]":
    """Return what a type is put together from; nothing for a plain one."""
    if isinstance(kind, Written):
        return kind.args
    return tuple(getattr(kind, "__args__", ()))


if not TYPE_CHECKING:
    Any, BinaryIO, NoReturn, Literal = Written("Any"), Written("BinaryIO"), Written("NoReturn"), Written("Literal")
    ParamSpec, Protocol, TypeVar = Written("ParamSpec"), Written("Protocol"), Written("TypeVar")

    class Generic:
        """What can be written with the types that it is of."""

        __slots__ = ()
        __class_getitem__ = classmethod(GenericAlias)

    def final(kind: type) -> type:
        """Return a class that nothing is derived from, as it is."""
        return kind

    def dataclass_transform(**_: object) -> object:
        """Return what gives a class whose annotations are fields, as it is."""
        return final

    def assert_never(value: object) -> None:
        """Raise AssertionError: no case is for `value`."""
        raise AssertionError(f"no case for {value!r}")
