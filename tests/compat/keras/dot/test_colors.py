import pytest

from cutaway.compat.keras.dot.colors import is_plain, readable_on, rgba
from cutaway.scene import Rgba


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#ff8000", Rgba(255, 128, 0)),
        ("#F80", Rgba(255, 136, 0)),
        ("#ff800080", Rgba(255, 128, 0, 128 / 255)),
        ("red", Rgba(255, 0, 0)),
        ("LightGrey", Rgba(211, 211, 211)),
        ("green", Rgba(0, 255, 0)),
        ("maroon", Rgba(176, 48, 96)),
        ("gray50", Rgba(128, 128, 128)),
        ("red2", Rgba(238, 0, 0)),
        ("brown1", Rgba(255, 64, 64)),
        ("0.0 1.0 1.0", Rgba(255, 0, 0)),
        ("0.333,1,0.5", Rgba(0, 128, 0)),
        ("red:blue", Rgba(255, 0, 0)),
        ("/x11/navy", Rgba(0, 0, 128)),
        ("transparent", Rgba(255, 255, 255, 0.0)),
        ("nonsense", None),
        ("red7", None),
        ("", None),
        (None, None),
    ],
)
def test_colours_are_those_of_graphviz(text, expected):
    assert rgba(text) == expected


def test_lists_and_schemes_are_not_drawn_as_they_are():
    assert is_plain("red")
    assert is_plain("/x11/navy")
    assert not any(map(is_plain, ["red:blue", "red;0.3:blue", "/blues9/3", "nonsense"]))


def test_text_can_be_read_on_any_ground():
    assert readable_on("navy").ink == Rgba(255, 255, 255)
    assert readable_on("yellow").ink != Rgba(255, 255, 255)
    assert readable_on("transparent") is None
