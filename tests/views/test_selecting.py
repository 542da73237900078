"""Options that select nodes are checked as they are given, in Python and behind flags."""

import pytest

import cutaway
from cutaway.cli import main
from cutaway.colors import contrast
from cutaway.errors import InputError
from cutaway.faults import faults
from cutaway.scene import Group, Text
from cutaway.style import Style
from cutaway.views.selecting import parsed
from gallery import model


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("selectors", "kind:dense or x*", "kind:dense or x*"),
        ("styles", "kind:dense=#abc", {"kind:dense": Style(fill="#abc")}),
        ("styles", "units=64=fill:#abc,label:a=b", {"units=64": Style(fill="#abc", label="a=b")}),
        ("styles", "units=64=navy", {"units=64": Style(fill="navy")}),
        ("notes", "conv1=a = b", {"conv1": "a = b"}),
        ("notes", "(units=64 and (use_bias=no))=text", {"(units=64 and (use_bias=no))": "text"}),
        ("notes", "/a=b/=text", {"/a=b/": "text"}),
        ("notes", '"a=b"=text', {'"a=b"': "text"}),
        ("captions", "Encoder=enc_*", {"Encoder": "enc_*"}),
        ("captions", "Wide=units=64", {"Wide": "units=64"}),
    ],
)
def test_a_flag_is_read(form, text, expected):
    assert parsed(form, text) == expected


@pytest.mark.parametrize(
    ("form", "text", "words"),
    [
        ("selectors", "kind:x", "there is no kind 'x'"),
        ("styles", "kind:dense", "cannot read 'kind:dense': give it as 'kind:convolution=fill:#abc'"),
        ("styles", "=#abc", "cannot read '=#abc'"),
        ("notes", "conv1=", "cannot read 'conv1=': give it as 'conv1=the text'"),
        ("captions", "Encoder", "cannot read 'Encoder': give it as 'Encoder=enc_*'"),
    ],
)
def test_what_no_flag_may_say(form, text, words):
    with pytest.raises(InputError) as caught:
        parsed(form, text)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"highlight": "a b"}, "cannot read 'a b' as a selector"),
        ({"mute": 5}, "cannot select by a value of type 'int'"),
        ({"hide": ["a", "("]}, "cannot read '(' as a selector"),
        ({"style": "red"}, "cannot use style='red': give a mapping such as {'kind:convolution': …}"),
        ({"style": {"a b": "red"}}, "cannot read 'a b' as a selector"),
        ({"style": {"a": "rd"}}, "cannot use the colour 'rd'"),
        ({"notes": {"a": 5}}, "cannot use notes with 5 for 'a': give a text"),
        ({"notes": {"a": " "}}, "cannot use notes with ' ' for 'a': give a text"),
        ({"captions": ["a"]}, "cannot use captions=['a']: give a mapping such as {'Encoder': 'enc_*'}"),
        ({"captions": {5: "a"}}, "cannot use captions with the caption 5: give a text"),
        ({"captions": {"A": "("}}, "cannot read '(' as a selector"),
    ],
)
def test_what_is_refused_before_anything_is_read(options, words):
    with pytest.raises(InputError) as caught:
        cutaway.draw("no such file.keras", **options)
    assert words in str(caught.value)


def test_flags_and_options_draw_the_same(tmp_path):
    source, target = model("transformer.json"), tmp_path / "x.svg"
    flags = ["--highlight", "kind:attention", "--highlight", "Add", "--mute", "Dropout", "--hide", "op:LayerNorm*"]
    flags += ["--style", "Dense=fill:#abc", "--style", "kind:merge=navy", "--captions", "MLP=Dense"]
    flags += ["--notes", "kind:attention=new", "--notes", "Add=sum"]
    assert main(["draw", str(source), "-o", str(target), *flags]) == 0
    figure = cutaway.draw(
        source,
        highlight=["kind:attention", "Add"],
        mute="Dropout",
        hide="op:LayerNorm*",
        style={"Dense": {"fill": "#abc"}, "kind:merge": Style(fill="navy")},
        captions={"MLP": lambda node: node.op == "Dense"},
        notes={"kind:attention": "new", "Add": "sum"},
    )
    assert target.read_text(encoding="utf-8") == figure.svg()


def test_a_flag_that_cannot_be_read_is_a_usage_error(capsys):
    assert main(["draw", "x.json", "--style", "kind:dns=#abc"]) == 2
    assert "error: argument --style: there is no kind 'dns': did you mean 'dense'?" in capsys.readouterr().err


def test_a_note_without_room_on_the_page_stands_in_the_legend():
    note = "every position looks at those before it"
    figure = cutaway.draw(model("transformer.json"), width="6cm", notes={"kind:attention": note})
    assert faults(figure.scene, figure.graph) == ()
    legend = next(mark for mark in figure.scene.marks if isinstance(mark, Group) and mark.part == "legend")
    said = " ".join(mark.text for mark in legend.marks if isinstance(mark, Text))
    assert said.endswith(f"Attention (attention): {note}")


def test_a_strong_fill_recedes_too():
    figure = cutaway.draw(model("transformer.json"), style={"Dense": "navy"}, mute="Dense")
    palette = figure.scene.palette
    assert contrast(palette["style.0.pale"], palette["page"]) < 1.35
    assert contrast(palette["style.0.pale.ink"], palette["style.0.pale"]) >= 4.5
