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


s0 = s1 = s2 = s3 = s4 = s5 = s6 = s7 = s8 = s9 = s10 = s11 = s12 = s13 = _unset

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
    lambda self, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9: (
        s0(self, v0)
        or s1(self, v1)
        or s2(self, v2)
        or s3(self, v3)
        or s4(self, v4)
        or s5(self, v5)
        or s6(self, v6)
        or s7(self, v7)
        or s8(self, v8)
        or s9(self, v9)
    ),
    lambda self, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10: (
        s0(self, v0)
        or s1(self, v1)
        or s2(self, v2)
        or s3(self, v3)
        or s4(self, v4)
        or s5(self, v5)
        or s6(self, v6)
        or s7(self, v7)
        or s8(self, v8)
        or s9(self, v9)
        or s10(self, v10)
    ),
    lambda self, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11: (
        s0(self, v0)
        or s1(self, v1)
        or s2(self, v2)
        or s3(self, v3)
        or s4(self, v4)
        or s5(self, v5)
        or s6(self, v6)
        or s7(self, v7)
        or s8(self, v8)
        or s9(self, v9)
        or s10(self, v10)
        or s11(self, v11)
    ),
    lambda self, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12: (
        s0(self, v0)
        or s1(self, v1)
        or s2(self, v2)
        or s3(self, v3)
        or s4(self, v4)
        or s5(self, v5)
        or s6(self, v6)
        or s7(self, v7)
        or s8(self, v8)
        or s9(self, v9)
        or s10(self, v10)
        or s11(self, v11)
        or s12(self, v12)
    ),
    lambda self, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13: (
        s0(self, v0)
        or s1(self, v1)
        or s2(self, v2)
        or s3(self, v3)
        or s4(self, v4)
        or s5(self, v5)
        or s6(self, v6)
        or s7(self, v7)
        or s8(self, v8)
        or s9(self, v9)
        or s10(self, v10)
        or s11(self, v11)
        or s12(self, v12)
        or s13(self, v13)
    ),
)
"""By the number of fields."""
SETTERS = ("s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13")
"""What a record calls the setters of its fields, in their order, where it has no more of these."""


def form(size: int, *, is_checked: bool) -> CodeType:
    """Return the code of an `__init__` for so many fields, which calls `__post_init__` where `is_checked`.

    Many fields are set in a loop over the arguments, whose names the record puts in: `set_all` comes with the setters.
    """
    if size <= len(SETTERS) and not is_checked:
        return _FORMS[size].__code__
    code = (_checked if is_checked else _unchecked).__code__
    return code.replace(co_nlocals=1 + size, co_varnames=("self", *[f"v{place}" for place in range(size)]))


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
