"""Records behave as frozen, slotted dataclasses do."""

import copy
import dataclasses
import inspect
import pickle
from pprint import pformat

import pytest

from cutaway.record import Record, RecordType, field, replace


class Place(Record):
    x: float
    y: float = 2.0
    tags: list[str] = field(default_factory=list, metadata={"help": "words"})

    @property
    def double(self) -> float:
        return 2 * self.x


class Pair(Record, kw_only=False):
    one: int
    other: int = 0


class Span(Record, kw_only=False, many=True):
    start: int
    end: int = 0


class Counter(Record, frozen=False):
    count: int = 0


class Checked(Record):
    size: int

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError(self.size)


class Empty(Record):
    pass


def test_fields_defaults_and_factories():
    place = Place(x=1.0)
    assert (place.x, place.y, place.tags, place.double) == (1.0, 2.0, [], 2.0)
    assert place.tags is not Place(x=1.0).tags
    assert repr(place) == "Place(x=1.0, y=2.0, tags=[])"


QUICK = [2, 3, 4, 5, 6, 7, 8, 14]


@pytest.mark.parametrize("kw_only", [True, False])
@pytest.mark.parametrize(
    ("size", "many"), [(size, False) for size in (0, 1, 2, 5, 9, 10, 14, 30)] + [(size, True) for size in QUICK]
)
def test_any_number_of_fields_can_be_given(size, many, kw_only):
    names = [f"field{place}" for place in range(size)]
    kind = RecordType("Kind", (Record,), {"__annotations__": dict.fromkeys(names, int)}, kw_only=kw_only, many=many)
    values = range(100, 100 + size)
    made = kind(**dict(zip(names, values, strict=True))) if kw_only else kind(*values)
    assert [getattr(made, name) for name in names] == list(values)
    assert repr(made) == f"Kind({', '.join(f'{name}={value}' for name, value in zip(names, values, strict=True))})"
    assert type(made) is kind
    for name in names:
        with pytest.raises(AttributeError, match=f"cannot change '{name}'"):
            setattr(made, name, 0)


def test_a_record_of_many_is_like_any_other():
    span = Span(1, end=2)
    assert (span, hash(span), Span(1)) == (Span(1, 2), hash(Span(start=1, end=2)), Span(1, 0))
    assert replace(span, end=5) == dataclasses.replace(span, end=5) == Span(1, 5) != span
    assert pickle.loads(pickle.dumps(span)) == copy.deepcopy(span) == span  # noqa: S301
    assert str(inspect.signature(Span)) == "(start, end=0)"
    assert not hasattr(span, "__dict__")
    with pytest.raises(AttributeError, match="cannot change 'end': Span is immutable"):
        del span.end
    for wrong in ((), (1, 2, 3)):
        with pytest.raises(TypeError, match=r"Span\.__new__"):
            Span(*wrong)


def test_what_is_derived_from_a_record_of_many_is_one_too():
    class Named(Span, kw_only=False):
        name: str = ""

        @property
        def length(self) -> int:
            return self.end - self.start

    named = Named(1, 4, "a")
    assert (named.length, named.name, type(named)) == (3, "a", Named)
    assert named == Named(start=1, end=4, name="a") != Span(1, 4)
    with pytest.raises(AttributeError, match="cannot change 'name'"):
        named.name = "b"


def test_there_cannot_be_many_of_a_record_that_works_out_what_it_holds():
    with pytest.raises(TypeError, match="Made works out"):

        class Made(Record, many=True):
            name: str
            tags: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="Tested works out"):

        class Tested(Span):
            def __post_init__(self) -> None:
                pass

    with pytest.raises(TypeError, match="no quick form for 1 fields"):

        class Single(Record, many=True):
            name: str


def test_arguments_are_checked():
    with pytest.raises(TypeError, match="x"):
        Place()
    with pytest.raises(TypeError):
        Place(1.0)
    with pytest.raises(TypeError, match="z"):
        Place(x=1.0, z=2)
    with pytest.raises(ValueError, match="-1"):
        Checked(size=-1)


def test_a_positional_field_without_a_default_cannot_follow_one_that_has_one():
    with pytest.raises(TypeError, match="two has no default"):

        class Wrong(Record, kw_only=False):
            one: int = 1
            two: int


def test_records_are_immutable_and_slotted():
    pair = Pair(1, 2)
    with pytest.raises(AttributeError, match="cannot change 'one': Pair is immutable"):
        pair.one = 3
    with pytest.raises(AttributeError):
        del pair.one
    with pytest.raises(AttributeError):
        object.__setattr__(pair, "third", 3)
    counter = Counter()
    counter.count += 1
    assert counter == Counter(count=1)
    with pytest.raises(TypeError):
        hash(counter)


def test_a_record_has_the_fields_of_those_that_it_is_derived_from():
    class Triple(Pair, kw_only=False):
        third: int = 3

    class Named(Counter, frozen=False):
        name: str

    assert (Triple(1), Triple(1, 2, 4)) == (Triple(1, 0, 3), replace(Triple(1, 2), third=4))
    assert [item.name for item in dataclasses.fields(Triple)] == ["one", "other", "third"]
    assert repr(Named(name="a")) == f"{Named.__qualname__}(count=0, name='a')"
    with pytest.raises(AttributeError):
        object.__setattr__(Triple(1), "fourth", 4)


def test_records_that_are_not_compared_are_themselves_alone():
    class Own(Record, eq=False):
        size: int

    own = Own(size=1)
    assert own == own != Own(size=1)  # noqa: PLR0124
    assert {own: 1}[own] == 1


def test_records_compare_by_value_and_kind():
    assert Pair(1, 2) == Pair(1, 2) != Pair(2, 1)
    assert hash(Pair(1, 2)) == hash(Pair(1, 2))
    assert Pair(1, 2) != (1, 2)
    assert Empty() == Empty()
    assert Empty() != Checked(size=1)


def test_records_are_copied_and_pickled():
    pair = Pair(1, 2)
    assert pickle.loads(pickle.dumps(pair)) == pair  # noqa: S301
    assert copy.deepcopy(Place(x=1.0, tags=["a"])) == Place(x=1.0, tags=["a"])
    assert replace(pair, other=5) == Pair(1, 5)
    with pytest.raises(TypeError):
        replace(pair, third=5)


def test_records_match_patterns():
    match Pair(1, 2):
        case Pair(one, other=other):
            assert (one, other) == (1, 2)


def test_the_standard_library_takes_records_for_dataclasses():
    assert dataclasses.is_dataclass(Place)
    assert [(item.name, item.metadata.get("help")) for item in dataclasses.fields(Place)] == [
        ("x", None),
        ("y", None),
        ("tags", "words"),
    ]
    assert dataclasses.replace(Pair(1, 2), one=4) == Pair(4, 2)
    assert dataclasses.asdict(Pair(1, 2)) == {"one": 1, "other": 2}
    assert pformat([Pair(1, 2)]) == f"[{Pair(1, 2)!r}]"
