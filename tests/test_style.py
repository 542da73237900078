"""Styles are read from texts, mappings and records, and refuse what they cannot be."""

import pytest

from cutaway.errors import InputError
from cutaway.style import Style, hexadecimal, over, style


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("#abc", Style(fill="#abc")),
        (" navy ", Style(fill=" navy ")),
        ("fill:#abc", Style(fill="#abc")),
        ("fill:#abc,stroke:red", Style(fill="#abc", stroke="red")),
        ("fill: #abc; pattern: diagonal", Style(fill="#abc", pattern="diagonal")),
        ("label:a, b: c, note:d; e", Style(label="a, b: c", note="d; e")),
        ("emphasis:mute,visibility:hidden,legend:x", Style(emphasis="mute", visibility="hidden", legend="x")),
        ({"fill": "#abc"}, Style(fill="#abc")),
        ({}, Style()),
        (Style(label="x"), Style(label="x")),
    ],
)
def test_a_style_is_read(given, expected):
    assert style(given) == expected


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("fil:#abc", "unknown property 'fil' of a style, in 'fil:#abc': did you mean 'fill'\\? allowed: 'fill', "),
        ("bleu", "cannot use the colour 'bleu': give '#1f77b4', '#abc' or a name; did you mean 'blue'"),
        ("fill:#12", "cannot use the colour '#12'"),
        ("pattern:dots", "cannot use the pattern 'dots': allowed: 'none', 'horizontal'"),
        ("emphasis:strong", "cannot use the emphasis 'strong': allowed: 'none', 'highlight', 'mute'"),
        ("visibility:no", "cannot use the visibility 'no': allowed: 'shown', 'hidden'"),
        ({"colour": "red"}, "unknown property 'colour' of a style: "),
        ({"fill": 5}, "cannot use the fill 5: give a text"),
        (5, "cannot use a value of type 'int' as a style"),
    ],
)
def test_what_is_no_style(wrong, words):
    with pytest.raises(InputError, match=words):
        style(wrong)


def test_colours_are_written_in_full():
    assert hexadecimal("#aBc") == "#AABBCC"
    assert hexadecimal("#a1b2c3") == "#A1B2C3"
    assert hexadecimal("Orange") == "#FFA500"


def test_the_upper_style_wins_where_it_says_something():
    assert over(Style(fill="red"), Style(fill="blue", label="x")) == Style(fill="red", label="x")
    assert over(Style(), Style(fill="blue")) == Style(fill="blue")
