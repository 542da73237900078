"""Styles are read from texts, mappings and records, and refuse what they cannot be."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
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
        (
            "picture:a cat.png, fit:cover, face:top, shade:20",
            Style(picture="a cat.png", fit="cover", face="top", shade=20),
        ),
        (
            "size:40,90,12,flat:yes,limit:8,gap:6",
            Style(size=(40.0, 90.0, 12.0), flat=True, limit=8, gap=(6.0, 6.0)),
        ),
        ("size: 40 × ? × 12.5; gap: 3 4.5", Style(size=(40.0, None, 12.5), gap=(3.0, 4.5))),
        (
            {"size": [None, 90, None], "gap": 2, "shade": 30.0, "flat": False},
            Style(size=(None, 90.0, None), gap=(2.0, 2.0), shade=30, flat=False),
        ),
        ({"picture": Path("pictures") / "cat.png"}, Style(picture="pictures/cat.png")),
        ({"picture": bytearray(b"png")}, Style(picture=b"png")),
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
        ({"picture": ""}, "cannot use the picture '': give the path of a file, its bytes, or a Pillow image"),
        ({"picture": 3}, "cannot use the picture 3: "),
        ("fit:scale-down", "cannot use the fit 'scale-down': allowed: 'contain', 'cover', 'fill', 'match_aspect'"),
        ("face:z", "cannot use the face 'z': allowed: 'front', 'top', 'side'"),
        ("shade:256", "cannot use the shade '256': give a whole number, 0 to 255"),
        ({"shade": 1.5}, "cannot use the shade 1.5: "),
        ({"shade": True}, "cannot use the shade True: "),
        ("gap:-1", "cannot use the gap '-1': give points such as 6, or two for before and after: 6, 12"),
        ({"gap": (1, 2, 3)}, "cannot use the gap \\(1, 2, 3\\): "),
        ({"gap": ()}, "cannot use the gap \\(\\): "),
        ({"gap": b"6"}, "cannot use the gap b'6': "),
        ({"limit": 10**400}, "cannot use the limit 1000"),
        ({"size": (1, 2j, 3)}, "cannot use the size \\(1, 2j, 3\\): "),
        ({"picture": np.zeros((2, 2, 3))}, "cannot use the picture array"),
        ("size:40,90", "cannot use the size '40,90': give three lengths in points"),
        ("size:40,90,0", "cannot use the size '40,90,0': "),
        ("size:40,90,nan", "cannot use the size '40,90,nan': "),
        ({"size": (1, 2, "wide")}, "cannot use the size \\(1, 2, 'wide'\\): "),
        ("flat:maybe", "cannot use the flat 'maybe': give True or False"),
        ({"flat": 1}, "cannot use the flat 1: "),
        ("limit:0", "cannot use the limit '0': give a whole number, 1 or more"),
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


def test_a_pillow_image_is_kept_as_it_is():
    image = SimpleNamespace(size=(1, 1), mode="RGB", convert=None, tobytes=None)  # all that is asked of one
    assert style({"picture": image}).picture is image


def test_what_looks_the_same_is_equal():
    assert Style(shade=np.int64(30), gap=np.float32(2.5)) == Style(shade=30, gap=(2.5, 2.5))
    assert Style(size=[40, 90, 12], gap=6) == Style(size=(40.0, 90.0, 12.0), gap=(6.0, 6.0))
    assert hash(Style(size=[40, 90, 12])) == hash(Style(size=(40.0, 90.0, 12.0)))
