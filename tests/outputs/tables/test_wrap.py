import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.outputs.tables.cells import width
from cutaway.outputs.tables.wrap import widths, wrap


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("one two", 7, ["one two"]),
        ("one two", 5, ["one", "two"]),
        ("one  two", 4, ["one", "two"]),
        ("block_1_expand", 9, ["block_1_", "expand"]),
        ("GlobalAveragePooling2D", 14, ["GlobalAverage", "Pooling2D"]),
        ("encoder/conv1", 10, ["encoder/", "conv1"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("(?, 224, 3)", 8, ["(?, 224,", "3)"]),
        ("畳み込み", 4, ["畳み", "込み"]),
        ("", 3, [""]),
    ],
)
def test_lines_break_between_words_and_parts_of_words(text, room, lines):
    assert wrap(text, room) == lines


@given(st.text(st.sampled_from("aB_ /字"), max_size=40), st.integers(2, 12))
def test_lines_fit_and_lose_nothing(text, room):
    lines = wrap(text, room)
    assert all(width(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_very_long_name_is_broken_in_time_that_grows_with_it():
    assert len(wrap("a" * 200_000, 20)) == 10_000


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 60)), min_size=1, max_size=6), st.integers(1, 200))
def test_columns_share_the_room(pairs, room):
    least = [low for low, _ in pairs]
    natural = [low + more for low, more in pairs]
    found = widths(natural, least, room)
    if sum(least) > room:
        assert found is None
        return
    assert found is not None
    assert sum(found) <= room
    assert all(low <= size <= high for low, size, high in zip(least, found, natural, strict=True))
    if sum(found) + len(found) <= room:
        assert list(found) == natural
