"""Names that annotations are written with stand for those of `typing`, whether it is loaded or not."""

import typing
from collections.abc import Callable, Mapping
from types import NoneType

import pytest

from cutaway import typed
from cutaway.typed import Any, Generic, Literal, Protocol, TypeVar, form, parts

WORDS = Literal["a", "b"]
LATIN = typing.Literal["a", "b"]


@pytest.mark.parametrize("name", sorted({*typed.__all__} - {"form", "parts"}))
def test_each_name_is_one_of_typing(name):
    assert hasattr(typing, name)


@pytest.mark.parametrize(
    ("kind", "made", "of"),
    [
        (int, "", ()),
        (WORDS, "Literal", ("a", "b")),
        (Literal["z", WORDS], "Literal", ("z", "a", "b")),
        (WORDS | None, "Union", (WORDS, NoneType)),
        (str | Any, "Union", (str, Any)),
        (int | str | None, "Union", (int, str, NoneType)),
        (tuple[WORDS, ...], "tuple", (WORDS, ...)),
        (Mapping[str, Any], "Mapping", (str, Any)),
        (LATIN, "Literal", ("a", "b")),
        (tuple[LATIN, ...], "tuple", (LATIN, ...)),
    ],
)
def test_types_are_taken_apart(kind, made, of):
    assert form(kind) == made
    assert parts(kind) == of


def test_names_are_put_together_with_types_and_say_what_they_are():
    assert repr(Callable[[Any], WORDS | None]).endswith("Callable[[Any], Union[Literal['a', 'b'], <class 'NoneType'>]]")


def test_classes_are_derived_from_names_for_type_checkers_alone():
    item = TypeVar("item", int, str)

    class Drawing(Protocol):
        pass

    class Row(Generic[item]):
        pass

    assert Drawing.__mro__ == (Drawing, object)
    assert isinstance(Row[int](), Row)


def test_a_value_that_no_case_is_for_is_told():
    with pytest.raises(AssertionError, match="no case for 'x'"):
        typed.assert_never("x")
