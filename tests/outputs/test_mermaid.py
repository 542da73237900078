import re
from html import unescape

import pytest
from hypothesis import given
from outputs.diagrams import diagrams, plain, texts, tricky, words

from cutaway.diagram import Box, Entry, Group, Legend, Link, one_line
from cutaway.errors import CutawayWarning, UnsupportedError
from cutaway.outputs.mermaid import LINKS, TEXT, to_mermaid
from cutaway.record import replace
from cutaway.theme import PAPER


def shown(label: str) -> str:
    """Return what a reader sees of a label: Mermaid's escapes are those of HTML with another sign."""
    text = unescape(re.sub(r"#(\d+);", r"&#\1;", re.sub(r"<[^>]*>", "", label)))
    return text.replace("\u2060", "")


def label(text: str) -> str:
    """Return how a text is written as that of a box."""
    return re.search(r'n0\("<b>(.*)</b>"\)', to_mermaid([plain(text)]))[1]


@given(texts)
def test_every_text_is_seen_as_it_is(text):
    assert shown(label(text)).split() == one_line(text).split()


@given(texts)
def test_nothing_in_a_label_means_something(text):
    found = label(text)
    assert not set('"<>&%`*[]{}|~$@;:#') & set(re.sub(r"#\d+;", "", found))
    assert not re.match(r"\s*(\d+[.)]( |$)|[-+=])", found)
    assert found


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Conv 3\u00d73, 64/2 (same)", "Conv 3\u00d73, 64/2 (same)"),
        ("conv2d_1", "conv2d_1"),
        ("_private_", "#95;private#95;"),
        ('say "x"', "say #34;x#34;"),
        ("1. first", "1#46; first"),
        ("-1", "#45;1"),
        ("a-b+c=d", "a-b+c=d"),
        ("0.5.", "0.5."),
        ("2)", "2#41;"),
        ("back\\n", "back#92;\u2060n"),
        ("", " "),
    ],
)
def test_only_what_must_be_is_escaped(text, written):
    assert label(text) == written


@given(diagrams())
def test_every_box_link_and_group_is_there(diagram):
    lines = to_mermaid([diagram]).splitlines()
    assert sum(re.match(r" +n\d+[(\[]", line) is not None for line in lines) == len(diagram.boxes)
    assert sum(" -->" in line and re.match(r" +n\d+ -->", line) is not None for line in lines) == len(diagram.links)
    assert sum(line.strip() == "end" for line in lines) == len(diagram.groups)
    assert sum(re.match(r" +subgraph g\d+\[", line) is not None for line in lines) == len(diagram.groups)


def test_the_whole_text_of_a_small_diagram():
    boxes = (
        Box(id="x", lines=(words("x"),), role="input"),
        Box(id="a", lines=(words("Dense 4"), words("relu", is_title=False)), role="dense", form="stack", group="g"),
        Box(id="+", lines=(words("+"),), role="merge", form="round"),
        Box(id="avg", lines=(words("avg"),), role="merge", form="round"),
        Box(id="d", lines=(words("Dropout"),), role="regularization", note="only in training"),
    )
    links = (
        Link(id="1", source="x", target="a", label="4\u00d74"),
        Link(id="2", source="a", target="+"),
        Link(id="3", source="a", target="+"),
        Link(id="4", source="+", target="avg", is_pale=True),
        Link(id="5", source="avg", target="d"),
    )
    legend = Legend(
        title='a "net"', facts="5 layers", entries=(Entry(words="add", role="merge", sign="+"),),
        notes=("Shapes stand where they change.",), description="From x; to d.",
    )  # fmt: skip
    diagram = replace(
        plain(theme=replace(PAPER, palette={**PAPER.palette, "edge.pale": "#C0FFEE"})),
        boxes=boxes,
        links=links,
        groups=(Group(id="g", caption="block"),),
        legend=legend,
        direction="right",
    )
    assert to_mermaid([diagram]) == (
        "---\n"
        'title: "a \\"net\\" \u00b7 5 layers"\n'
        "---\n"
        "flowchart LR\n"
        "  accDescr: From x to d.\n"
        '  n0("<b>x</b>"):::input\n'
        '  n2(("<b>#43;</b>")):::merge\n'
        '  n3(["<b>avg</b>"]):::merge\n'
        '  n4("<b>Dropout</b>"):::regularization\n'
        '  subgraph g0["block"]\n'
        "    direction LR\n"
        '    n1[["<b>Dense 4</b><br/>relu"]]:::dense\n'
        "  end\n"
        '  n0 -->|"4\u00d74"| n1\n'
        "  n1 --> n2\n"
        "  n1 --> n2\n"
        "  n2 --> n3\n"
        "  n3 --> n4\n"
        '  n4n["only in training"]:::note\n'
        "  n4 -.- n4n\n"
        '  legend["#43; add<br/>Shapes stand where they change."]:::note\n'
        "  n4 ~~~ legend\n"
        "  classDef input fill:#FFFFFF,stroke:#3B4252,stroke-width:0.9px,color:#1F2630\n"
        "  classDef dense fill:#F5E0D5,stroke:#BE4704,stroke-width:0.9px,color:#1F2630\n"
        "  classDef merge fill:#FFFFFF,stroke:#3B4252,stroke-width:0.9px,color:#1F2630\n"
        "  classDef regularization fill:#FFFFFF,stroke:#7A8490,stroke-width:0.9px,color:#1F2630,"
        "stroke-dasharray:2.4 1.8\n"
        "  classDef region fill:#F6F8FA,stroke:#D3DAE2,color:#5C6673\n"
        "  class g0 region\n"
        "  classDef note fill:none,stroke:none,color:#5C6673,text-align:left\n"
        "  linkStyle default stroke:#4A5563\n"
        "  linkStyle 3 stroke:#C0FFEE\n"
    )


@pytest.mark.parametrize(("direction", "word"), [("down", "TB"), ("up", "BT"), ("right", "LR"), ("left", "RL")])
def test_directions(direction, word):
    assert f"flowchart {word}\n" in to_mermaid([replace(plain("a"), direction=direction)])


def test_colours_that_are_no_kinds_are_explained():
    palette = {**PAPER.palette, "heat.0": "#112233", "heat.0.stroke": "#445566"}
    entries = (Entry(words="convolution", role="convolution"), Entry(words="1 k – 10 k", role="heat.0"))
    diagram = replace(plain("a", theme=replace(PAPER, palette=palette)), legend=Legend(entries=entries))
    text = to_mermaid([diagram])
    assert '    k0["1 k – 10 k"]:::heat_0\n' in text
    assert "  n0 ~~~ colors\n" in text
    assert "classDef heat_0 fill:#112233,stroke:#445566" in text
    assert "convolution" not in text


def test_words_of_the_language_are_no_classes():
    palette = {**PAPER.palette, "style.0": "#112233", "style.0.stroke": "#445566"}
    box = Box(id="a", lines=(words("a"),), role="style.0")
    text = to_mermaid([replace(plain(theme=replace(PAPER, palette=palette)), boxes=(box,))])
    assert ":::own_0" in text
    assert "classDef own_0 fill:#112233,stroke:#445566" in text


def many(count: int, length: int = 1):
    """Return a diagram of so many links between two boxes, whose names are so long."""
    links = tuple(Link(id=str(place), source="a", target="b") for place in range(count))
    boxes = tuple(Box(id=each, lines=(words(each * length),), role="dense") for each in "ab")
    return replace(plain(), name="net", boxes=boxes, links=links, folded=f"folded to {count} links")


def test_as_much_as_mermaid_draws():
    assert to_mermaid([many(LINKS)]).count(" --> ") == LINKS


@pytest.mark.parametrize(
    ("large", "why"),
    [
        (many(LINKS + 1), "it has 501 links, and Mermaid draws no more than 500"),
        (many(1, TEXT), r"it has \d+ characters, and Mermaid draws no more than 50000"),
    ],
)
class TestLimits:
    def test_more_is_folded_further(self, large, why):
        told = f"^the Mermaid diagram of 'net' is folded to 3 links: as in the figure, {why}$"
        with pytest.warns(CutawayWarning, match=told):
            assert to_mermaid([large, large, many(3), many(2)]) == to_mermaid([many(3)])

    def test_what_cannot_be_folded_is_refused(self, large, why):
        with pytest.raises(UnsupportedError, match=f"^cannot write 'net' as Mermaid: {why}.*fold='auto'.*\\.dot"):
            to_mermaid(iter([large]))


def test_characters_are_counted_as_javascript_does():
    with pytest.raises(UnsupportedError, match=r"it has 5\d\d\d\d characters"):
        to_mermaid([plain("\U0001f600" * 25_000)])


def test_notes_are_links_too():
    noted = tuple(replace(box, note="see") for box in many(0).boxes)
    with pytest.raises(UnsupportedError, match="it has 501 links"):
        to_mermaid([replace(many(LINKS - 1), boxes=noted)])


def test_everything_tricky_is_one_line_each():
    text = to_mermaid([tricky()])
    assert "\0" not in text
    assert all(line.isprintable() for line in text.replace("\u2060", "").splitlines())
