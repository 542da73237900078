"""What the methods of records are made of: for `__init__` a function for each number of fields, compiled beforehand.

Compiling is what makes a dataclass slow to define. Each record has the setters and the names of its own fields put in.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from types import CodeType

from cutaway.typed import Any


class Missing:
    """The default of a field that has none."""

    __slots__ = ()


MISSING = Missing()


def _unset(_: object, __: object) -> Any:  # noqa: ANN401 - as mypy takes it for a mistake to use what is None
    """Stand for the setter of a field, which returns None."""


s0 = s1 = s2 = s3 = s4 = s5 = s6 = s7 = s8 = _unset

_FORMS: tuple[Callable[..., None], ...] = (
    lambda self: None,  # noqa: ARG005 - as they all have it
    lambda self, v0: s0(self, v0),  # noqa: PLW0108 - the setter comes later
    lambda self, v0, v1: s0(self, v0) or s1(self, v1),
    lambda self, v0, v1, v2: s0(self, v0) or s1(self, v1) or s2(self, v2),
    lambda self, v0, v1, v2, v3: s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3),
    lambda self, v0, v1, v2, v3, v4: s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4),
    lambda self, v0, v1, v2, v3, v4, v5: (
        s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4) or s5(self, v5)
    ),
    lambda self, v0, v1, v2, v3, v4, v5, v6: (
        s0(self, v0) or s1(self, v1) or s2(self, v2) or s3(self, v3) or s4(self, v4) or s5(self, v5) or s6(self, v6)
    ),
    lambda self, v0, v1, v2, v3, v4, v5, v6, v7: (
        s0(self, v0)
        or s1(self, v1)
        or s2(self, v2)
        or s3(self, v3)
        or s4(self, v4)
        or s5(self, v5)
        or s6(self, v6)
        or s7(self, v7)
    ),
    lambda self, v0, v1, v2, v3, v4, v5, v6, v7, v8: (
        s0(self, v0)
        or s1(self, v1)
        or s2(self, v2)
        or s3(self, v3)
        or s4(self, v4)
        or s5(self, v5)
        or s6(self, v6)
        or s7(self, v7)
        or s8(self, v8)
    ),
)
"""By the number of fields."""
SETTERS = ("s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8")
"""What a record calls the setters of its fields, in their order, where it has no more of these."""


def init_code(names: Sequence[str], *, kw_only: bool, is_checked: bool) -> CodeType:
    """Return the code of an `__init__` for some fields, which calls `__post_init__` where `is_checked`.

    Many fields are set in a loop over the arguments; the setters, or `set_all`, come with the function.
    """
    size = len(names)
    form: Any = _FORMS[size] if size <= len(SETTERS) else _unchecked
    return (_checked if is_checked else form).__code__.replace(
        co_name="__init__",
        co_nlocals=1 + size,
        co_varnames=("self", *names),
        co_argcount=1 if kw_only else 1 + size,
        co_kwonlyargcount=size if kw_only else 0,
    )


def _unchecked(self: Any) -> None:  # noqa: ANN401 - any record
    set_all(self, locals())


def _checked(self: Any) -> None:  # noqa: ANN401
    set_all(self, locals())
    self.__post_init__()


def set_all(_: object, __: object) -> None:
    """Stand for what sets all fields of a record to the arguments of its `__init__`."""


def all_set(puts: Mapping[str, Callable[[Any, Any], None]]) -> Callable[[object, Mapping[str, Any]], None]:
    """Return what sets all fields, given the arguments by name."""

    def set_all(self: object, given: Mapping[str, Any]) -> None:
        for name, put in puts.items():
            put(self, given[name])

    return set_all


def made_or_given(put: Callable[[Any, Any], None], make: Callable[[], object]) -> Callable[[Any, Any], None]:
    """Return a setter that makes the value where none is given."""

    def set_one(self: object, value: object) -> None:
        put(self, make() if value is MISSING else value)

    return set_one


def opened() -> Any:  # noqa: ANN401
    """Stand for the class of records whose fields can still be set."""


def _new2(cls: type, v0: object, v1: object) -> object:
    self = opened()
    self.f0, self.f1 = v0, v1
    self.__class__ = cls
    return self


def _new3(cls: type, v0: object, v1: object, v2: object) -> object:
    self = opened()
    self.f0, self.f1, self.f2 = v0, v1, v2
    self.__class__ = cls
    return self


def _new4(cls: type, v0: object, v1: object, v2: object, v3: object) -> object:
    self = opened()
    self.f0, self.f1, self.f2 = v0, v1, v2
    self.f3 = v3
    self.__class__ = cls
    return self


def _new5(cls: type, v0: object, v1: object, v2: object, v3: object, v4: object) -> object:
    self = opened()
    self.f0, self.f1, self.f2 = v0, v1, v2
    self.f3, self.f4 = v3, v4
    self.__class__ = cls
    return self


def _new6(cls: type, v0: object, v1: object, v2: object, v3: object, v4: object, v5: object) -> object:  # noqa: PLR0913, PLR0917
    self = opened()
    self.f0, self.f1, self.f2 = v0, v1, v2
    self.f3, self.f4, self.f5 = v3, v4, v5
    self.__class__ = cls
    return self


def _new7(cls: type, v0: object, v1: object, v2: object, v3: object, v4: object, v5: object, v6: object) -> object:  # noqa: PLR0913, PLR0917
    self = opened()
    self.f0, self.f1, self.f2 = v0, v1, v2
    self.f3, self.f4, self.f5 = v3, v4, v5
    self.f6 = v6
    self.__class__ = cls
    return self


def _new8(  # noqa: PLR0913, PLR0917
    cls: type, v0: object, v1: object, v2: object, v3: object, v4: object, v5: object, v6: object, v7: object
) -> object:
    self = opened()
    self.f0, self.f1, self.f2 = v0, v1, v2
    self.f3, self.f4, self.f5 = v3, v4, v5
    self.f6, self.f7 = v6, v7
    self.__class__ = cls
    return self


def _new10(  # noqa: PLR0913, PLR0917
    cls: type,
    v0: object, v1: object, v2: object, v3: object, v4: object,
    v5: object, v6: object, v7: object, v8: object, v9: object,
) -> object:  # fmt: skip
    self = opened()
    self.f0, self.f1, self.f2 = v0, v1, v2
    self.f3, self.f4, self.f5 = v3, v4, v5
    self.f6, self.f7, self.f8 = v6, v7, v8
    self.f9 = v9
    self.__class__ = cls
    return self


def _new14(  # noqa: PLR0913, PLR0917
    cls: type,
    v0: object, v1: object, v2: object, v3: object, v4: object, v5: object, v6: object,
    v7: object, v8: object, v9: object, v10: object, v11: object, v12: object, v13: object,
) -> object:  # fmt: skip
    self = opened()
    self.f0, self.f1, self.f2 = v0, v1, v2
    self.f3, self.f4, self.f5 = v3, v4, v5
    self.f6, self.f7, self.f8 = v6, v7, v8
    self.f9, self.f10, self.f11 = v9, v10, v11
    self.f12, self.f13 = v12, v13
    self.__class__ = cls
    return self


_NEWS: Mapping[int, Callable[..., Any]] = {
    2: _new2, 3: _new3, 4: _new4, 5: _new5, 6: _new6, 7: _new7, 8: _new8, 10: _new10, 14: _new14,
}  # fmt: skip
"""By the number of fields."""


def new_code(names: Sequence[str], *, kw_only: bool) -> CodeType:
    """Return the code of a `__new__` for some fields, which sets them by their names while the class is `opened`.

    A setter takes ten times as long, but needs no second class. Raises TypeError for a number of fields without a form.
    """
    size = len(names)
    if size not in _NEWS:
        raise TypeError(f"there is no quick form for {size} fields")
    return _NEWS[size].__code__.replace(
        co_name="__new__",
        co_varnames=("cls", *names, "self"),
        co_names=("opened", *names, "__class__"),
        co_argcount=1 if kw_only else 1 + size,
        co_kwonlyargcount=size if kw_only else 0,
    )


def values_of(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives the values of all fields; `attrgetter`, which is faster, gives no tuple of fewer than two."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple([getattr(value, name) for name in names])


def equal(values: Callable[[Any], Any]) -> Callable[[object, object], bool]:
    """Return what compares two records by what `values` gives of them."""

    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(values(self) == values(other))

    return __eq__


def hashed(values: Callable[[Any], Any]) -> Callable[[object], int]:
    """Return what hashes a record by what `values` gives of it."""
    return lambda self: hash((self.__class__, values(self)))
