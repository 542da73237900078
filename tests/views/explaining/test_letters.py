"""Letters for numbers that differ, and what tells blocks apart that are called the same."""

from cutaway.views.explaining.boxes import Letters
from cutaway.views.explaining.explained import Said, apart


def test_equal_texts_stay_as_they_are():
    assert Letters().text(["Conv 3×3", "Conv 3×3"]) == "Conv 3×3"


def test_numbers_become_letters_and_equal_lists_of_them_one_letter():
    letters = Letters()
    assert letters.text(["64 → 256", "128 → 512"]) == "a → b"
    assert letters.text(["Conv 3×3", "Conv 5×5"]) == "Conv k×k"
    assert letters.phrases([["256", "BN"], ["512", "BN"]]) == ("b", "BN")
    assert letters.values == {"a": ["64", "128"], "b": ["256", "512"], "k": ["3", "5"]}


def test_a_letter_is_used_again_where_only_some_say_its_values():
    letters = Letters()
    letters.text(["64", "128", "256"])
    assert letters.text([None, "128", "256"]) == "a"
    assert letters.text([None, "128", "512"]) == "b"


def test_what_only_some_say_stands_in_parentheses():
    letters = Letters()
    assert letters.phrases([["64", "BN"], ["64", "/2", "BN"]]) == ("64", "(/2)", "BN")
    assert letters.partial == {"/2": (1,)}


def test_nothing_that_any_says_is_left_out():
    letters = Letters()
    assert letters.phrases([["64", "3", "ReLU"], ["64", "5", "GELU"]]) == ("64", "a", "(ReLU)", "(GELU)")
    assert letters.partial == {"ReLU": (0,), "GELU": (1,)}


def test_texts_of_other_words_are_not_one():
    assert Letters().text(["ReLU", "GELU"]) is None


def box(*phrases, count=""):
    return Said(titles=("Cell",), blocks=((phrases, count),), by_member=(phrases,))


def test_blocks_of_one_name_are_told_apart_by_what_their_boxes_say():
    assert apart(box("84 channels", "/2"), [box("168 channels", "/2")]) == "84 channels"
    assert apart(box("84 channels", count="× 5"), [box("84 channels")]) == "× 5"
    assert apart(box("84 channels"), [box("84 channels")]) == ""
    assert apart(box("84 channels"), [box("84 channels", count="× 5")]) == "single"


def test_values_in_one_ratio_are_told_by_it():
    letters = Letters()
    letters.values |= {"a": ["16", "24", "40"], "b": ["96", "144", "240"], "c": ["4", "6", "10"], "d": ["3", "5", "3"]}
    assert letters.multiple("b", ["a"]) == "6a"
    assert letters.multiple("c", ["a"]) == "a/4"
    assert letters.multiple("d", ["a", "b"]) is None
    letters.values["e"] = [None, "24", "40"]
    assert letters.multiple("e", ["a"]) is None


def test_a_letter_means_one_thing_in_all_drawings_of_a_figure():
    first = Letters()
    assert first.text(["16 → 24", "24 → 40"]) == "a → b"
    second = Letters(first.lists)
    assert second.text(["24 → 8", "40 → 8"]) == "b → 8"
    assert second.text(["1", "2"]) == "c"
    assert second.text(["Conv 3×3", "Conv 5×5"]) == "Conv k×k"
    assert Letters(second.lists).text(["Conv 3×5", "Conv 5×7"]) == "Conv k×m"
