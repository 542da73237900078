"""Immutable values: what a frozen, slotted, keyword-only dataclass is, at a fraction of its cost at start-up.

Drawing a model from the command line takes less time than defining the types of this package as dataclasses did:
`import dataclasses` brings `inspect` (7 ms), and each dataclass compiles six functions and is made twice to have slots
(0.4 to 0.6 ms; there are over a hundred). Records share the code of theirs and are made once (0.02 ms). To everybody
else they are dataclasses: `dataclasses.fields`, `replace` and `asdict` work on them, and type checkers know them by
`dataclass_transform` (PEP 681).
"""

import sys
from collections.abc import Callable, Mapping
from types import CodeType, FunctionType

from cutaway.record_forms import MISSING, SETTERS, all_set, equal, hashed, init_code, made_or_given, new_code, values_of
from cutaway.typed import Any, TypeVar, dataclass_transform

T = TypeVar("T")


class RecordField:
    """What one field is, besides its name and annotation."""

    __slots__ = ("default", "factory", "metadata")

    def __init__(self, default: object, factory: Callable[[], object] | None, metadata: Mapping[str, Any]) -> None:
        self.default = default
        self.factory = factory
        self.metadata = metadata


def field(
    *,
    default: Any = MISSING,  # noqa: ANN401 - a field's default has the field's type
    default_factory: Callable[[], Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> Any:  # noqa: ANN401
    """Describe a field, as `dataclasses.field` does."""
    return RecordField(default, default_factory, metadata or {})


class RecordType(type):
    """The type of records: it makes the annotations of a class slots, and arguments of its `__init__`."""

    __record_fields__: Mapping[str, RecordField]

    def __new__(  # noqa: PLR0913 - what is said beside a class
        cls,
        name: str,
        bases: tuple[type, ...],
        space: dict[str, Any],
        *,
        kw_only: bool = True,
        frozen: bool = True,
        eq: bool = True,
        many: bool = False,
    ) -> "RecordType":
        """Make a record: frozen, compared and hashed by value, its fields given by name, unless said otherwise.

        It has the fields of those that it is derived from before its own, and is made as quickly as they are.
        """
        own = fields = _taken_fields(space)
        is_checked = "__post_init__" in space
        for base in bases:
            if isinstance(base, RecordType) and base.__record_fields__:
                fields = {**base.__record_fields__, **fields}
                is_checked = is_checked or hasattr(base, "__post_init__")
                many = many or "__new__" in vars(base)
        names = tuple(fields)
        values = values_of(names)
        space["__slots__"] = tuple(own)
        space["__record_fields__"] = fields
        space["__record_values__"] = values  # for the class alone: of a value, it would be a method
        space["__match_args__"] = () if kw_only else names
        if not frozen:
            space |= _SETTABLE
        if eq:
            space.setdefault("__eq__", equal(values))
            space.setdefault("__hash__", hashed(values) if frozen else None)
        defaults = _defaults(name, fields, kw_only=kw_only)
        held: dict[str, Any] = {}
        if many:
            space["__init__"] = object.__init__
        else:
            code = init_code(names, kw_only=kw_only, is_checked=is_checked)
            space["__init__"] = _function(name, code, held, defaults, kw_only=kw_only)
        made: Any = super().__new__(cls, name, bases, space)
        if not many:
            held.update(_setters(made, fields, is_checked=is_checked))
        elif is_checked or MISSING in defaults.values():
            raise TypeError(f"{name} works out some of what it holds, so there cannot be many of it")
        else:
            held["opened"] = super().__new__(cls, name, (made,), dict(_OPEN))
            made.__new__ = _function(name, new_code(names, kw_only=kw_only), held, defaults, kw_only=kw_only)
        return made  # type: ignore[no-any-return]


def fields_of(cls: type) -> Mapping[str, RecordField]:
    """Return the fields of a record by name, in order."""
    found: Mapping[str, RecordField] = cls.__record_fields__  # type: ignore[attr-defined]
    return found


def replace(value: T, /, **changes: Any) -> T:  # noqa: ANN401 - each has the type of its field
    """Return a copy of a record with some fields changed."""
    kind: Any = type(value)
    made: T = kind(**dict(zip(kind.__record_fields__, kind.__record_values__(value)), **changes))  # noqa: B905 - as above
    return made


def _taken_fields(space: dict[str, Any]) -> dict[str, RecordField]:
    """Return the fields in the namespace of a class, and take their defaults out of it: they are no slots."""
    found: dict[str, RecordField] = {}
    for name in _annotations(space):
        default = space.pop(name, MISSING)
        if default is MISSING:
            found[name] = _PLAIN
        else:
            found[name] = default if isinstance(default, RecordField) else RecordField(default, None, _NONE)
    return found


def _annotations(space: Mapping[str, Any]) -> Mapping[str, object]:
    """Return the annotations in the namespace of a class."""
    given: Mapping[str, object] | None = space.get("__annotations__")
    if given is not None or not _IS_TOLD_LATE:
        return given or _NONE
    import annotationlib  # type: ignore[import-not-found,unused-ignore]

    annotate = annotationlib.get_annotate_from_class_namespace(space)
    if annotate is None:
        return _NONE
    form = annotationlib.Format.FORWARDREF
    return annotationlib.call_annotate_function(annotate, form)  # type: ignore[no-any-return,unused-ignore]


def _defaults(owner: str, fields: Mapping[str, RecordField], *, kw_only: bool) -> dict[str, Any]:
    """Return the defaults of fields; MISSING for one that is made where none is given."""
    found: dict[str, Any] = {}
    for name, item in fields.items():
        if item.factory is not None:
            found[name] = MISSING
        elif item.default is not MISSING:
            found[name] = item.default
        elif found and not kw_only:
            raise TypeError(f"{owner}.{name} has no default but follows a field that has one")
    return found


def _function(
    owner: str, code: CodeType, held: dict[str, Any], defaults: dict[str, Any], *, kw_only: bool
) -> Callable[..., Any]:
    """Return the function that makes a record from its fields; what it needs besides is `held`."""
    made: Any = FunctionType(code, held, code.co_name)
    made.__kwdefaults__ = defaults if kw_only else None
    made.__defaults__ = None if kw_only else tuple(defaults.values())
    made.__qualname__ = f"{owner}.{code.co_name}"
    return made  # type: ignore[no-any-return]


def _setters(made: type, fields: Mapping[str, RecordField], *, is_checked: bool) -> Mapping[str, Any]:
    """Return what the `__init__` of a record calls, by the names that it has there."""
    puts = [getattr(made, name).__set__ for name in fields]
    for place, item in enumerate(fields.values()):
        if item.factory is not None:
            puts[place] = made_or_given(puts[place], item.factory)
    if is_checked or len(puts) > len(SETTERS):
        return {"set_all": all_set(dict(zip(fields, puts, strict=True)))}
    return dict(zip(SETTERS, puts))  # noqa: B905 - told how strictly, it takes three times as long


def _repr(self: Any) -> str:  # noqa: ANN401 - any record
    return (
        f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in fields_of(type(self)))})"
    )


def _refuse(self: object, name: str, *_: object) -> None:
    raise AttributeError(f"cannot change {name!r}: {type(self).__name__} is immutable; use replace(value, {name}=...)")


def _reduce(self: object) -> tuple[Callable[..., object], tuple[type, dict[str, Any]]]:
    return _rebuilt, (type(self), {name: getattr(self, name) for name in fields_of(type(self))})


def _rebuilt(kind: type, values: Mapping[str, Any]) -> object:
    return kind(**values)


class _OfDataclass:
    """What makes a record a dataclass to the standard library, worked out when somebody asks, and then kept there."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, _: object, owner: type) -> object:
        found = getattr(_twin(owner), self.name)
        setattr(owner, self.name, found)
        return found


def _twin(owner: type) -> type:
    """Return a dataclass with the fields of a record."""
    import dataclasses
    from functools import partial

    items = []
    told = {key: value for kind in owner.__mro__ for key, value in _annotations(vars(kind)).items()}
    for name, item in fields_of(owner).items():
        given: dict[str, Any] = {"metadata": item.metadata}
        if item.factory is not None:
            given["default_factory"] = item.factory
        elif type(item.default).__hash__ is None:  # which dataclasses take for something that may change
            given["default_factory"] = partial(_same, item.default)
        elif item.default is not MISSING:
            given["default"] = item.default
        items.append((name, told.get(name, Any), dataclasses.field(**given)))
    return dataclasses.make_dataclass(owner.__name__, items, frozen=True, kw_only=True)


def _same(value: T) -> T:
    return value


_NONE: Mapping[str, Any] = {}
_IS_TOLD_LATE = sys.version_info >= (3, 14)
"""Whether the annotations of a class are made when somebody asks for them (PEP 649)."""
_PLAIN = RecordField(MISSING, None, _NONE)
_SETTABLE: Mapping[str, Any] = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
_OPEN: Mapping[str, Any] = {"__slots__": (), "__new__": object.__new__, **_SETTABLE}
"""What lets the fields of a record be set, in a class derived from it."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Record(metaclass=RecordType, eq=False):
    """The base of all values between the stages.

    `class Box(Record)` is frozen, compared and hashed by value, and its fields are given by name; `kw_only=False`,
    `frozen=False` and `eq=False` beside `Record` say otherwise. What a large figure has by the thousand is `many=True`:
    one takes up to two thirds less time to make, and the class twice the time to define.
    """

    __dataclass_fields__ = _OfDataclass("__dataclass_fields__")
    __dataclass_params__ = _OfDataclass("__dataclass_params__")
    __reduce__ = _reduce
    __repr__ = _repr
    __setattr__ = _refuse
    __delattr__ = _refuse
