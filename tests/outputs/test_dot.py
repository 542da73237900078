import html
import re
import warnings
from collections import Counter

import pydot
import pytest
from hypothesis import given, settings
from outputs.diagrams import TRICKY, diagrams, plain, tricky, words

from cutaway.diagram import Box, Entry, Group, Legend, Link, Port, one_line
from cutaway.outputs.dot import to_dot
from cutaway.record import replace
from cutaway.theme import DARK, PAPER


def parsed(diagram) -> pydot.Dot:
    """Read the text of a diagram with a parser that is not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyparsing's, of what pydot calls
        (found,) = pydot.graph_from_dot_data(to_dot(diagram))
    return found


def plain_name(quoted: str) -> str:
    return quoted[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def nodes(graph) -> list[pydot.Node]:
    own = [node for node in graph.get_nodes() if node.get_name() not in {"node", "edge", "graph"}]
    own = [node for node in own if node.get("style") != "invis"]
    return own + [node for each in graph.get_subgraphs() for node in nodes(each)]


def clusters(graph) -> list[pydot.Subgraph]:
    found = [each for each in graph.get_subgraphs() if each.get_name().strip('"').startswith("cluster")]
    return [each for cluster in found for each in (cluster, *clusters(cluster))]


def said(label: str) -> str:
    """Return the words of a label with markup."""
    return html.unescape(re.sub(r"<[^>]*>", "", label[1:-1]))


@settings(max_examples=25, deadline=None)
@given(diagrams())
def test_a_parser_finds_every_box_link_and_group(diagram):
    graph = parsed(diagram)
    named = nodes(graph)
    assert len({node.get_name() for node in named}) == len(named) == len(diagram.boxes)
    assert len({each.get_name() for each in clusters(graph)}) == len(diagram.groups)
    assert len(graph.get_edges()) == len(diagram.links)
    told = Counter(said(node.get_label()).replace(" ", "") for node in named)
    parts = [[*box.inputs, *box.lines, *box.outputs] for box in diagram.boxes]
    if diagram.direction in {"up", "left"}:
        parts = [[*box.outputs, *box.lines, *box.inputs] for box in diagram.boxes]
    meant = ["".join([each.name if isinstance(each, Port) else each.text for each in part]) for part in parts]
    assert told == Counter([one_line(text).replace(" ", "") for text in meant])


@given(diagrams())
def test_the_same_diagram_is_the_same_text(diagram):
    assert to_dot(diagram) == to_dot(replace(diagram))


@pytest.mark.parametrize(
    "name", ["conv1", 'a"b', "back\\", "a\\\\b", "\u5377\u79ef", "a:b", "", "<b>", "a&amp;b", "node"]
)
def test_boxes_have_the_ids_of_the_graph(name):
    assert [plain_name(node.get_name()) for node in nodes(parsed(plain(name)))] == [name]


def test_ids_that_look_alike_are_told_apart():
    assert [plain_name(node.get_name()) for node in nodes(parsed(plain("a", "a\0", "a\1")))] == ["a", "a (2)", "a (3)"]


def test_words_are_set_as_the_figure_sets_them():
    box = Box(id="a", lines=(words("Conv 3\u00d73"), words("64 & <relu>", is_title=False)), role="convolution")
    text = to_dot(replace(plain(), boxes=(box,)))
    detail = '<FONT POINT-SIZE="7" COLOR="#5C6673">64 &amp; &lt;relu&gt;</FONT>'
    assert f"label=<<B>Conv 3\u00d73</B><BR/>{detail}>" in text
    assert 'fillcolor="#DCEAF6", color="#0072B2", class="convolution"' in text


@pytest.mark.parametrize(
    ("direction", "rankdir", "order"),
    [("down", "TB", "qwo"), ("up", "BT", "owq"), ("right", "LR", "qwo"), ("left", "RL", "owq")],
)
def test_ports_lie_where_the_links_come_from(direction, rankdir, order):
    box = Box(
        id="a", lines=(words("w"),), role="dense",
        inputs=(Port(id="i0", name="q"),), outputs=(Port(id="o0", name="o"),),
    )  # fmt: skip
    link = Link(id="l", source="a", target="a", source_port="o0", target_port="i0")
    diagram = replace(plain(), boxes=(box,), links=(link,), direction=direction)
    assert f"rankdir={rankdir}," in to_dot(diagram)
    assert '"a":o0 -> "a":i0;' in to_dot(diagram)
    assert said(nodes(parsed(diagram))[0].get_label()) == order


def test_parallel_links_are_kept():
    link = Link(id="1", source="a", target="b", label="64")
    diagram = replace(plain("a", "b"), links=(link, replace(link, id="2", label="")))
    assert to_dot(diagram).count('"a" -> "b"') == 2
    assert "strict" not in to_dot(diagram)
    assert "concentrate" not in to_dot(diagram)


def test_what_is_special_looks_special():
    lines = (words("a"),)
    boxes = (
        Box(id="stack", lines=lines, role="dense", form="stack"),
        Box(id="sign", lines=(words("+"),), role="merge", form="round"),
        Box(id="pill", lines=(words("avg"),), role="merge", form="round"),
        Box(id="dashed", lines=lines, role="regularization"),
        Box(id="noted", lines=lines, role="dense", note="see <here>"),
    )
    links = (Link(id="l", source="stack", target="sign", is_pale=True),)
    theme = replace(PAPER, palette={**PAPER.palette, "edge.pale": "#C0FFEE"})
    diagram = replace(plain(theme=theme), boxes=boxes, links=links)
    lines_of = {each.partition(" [")[0].strip(' "'): each for each in to_dot(diagram).splitlines()}
    assert "peripheries=2" in lines_of["stack"]
    assert "shape=circle" in lines_of["sign"]
    assert "shape=circle" not in lines_of["pill"]
    assert 'style="filled,rounded,dashed"' in lines_of["dashed"]
    assert "xlabel=<" in lines_of["noted"]
    assert "see &lt;here&gt;" in lines_of["noted"]
    assert 'color="#C0FFEE"' in lines_of['stack" -> "sign']


def test_a_dark_page_is_dark():
    assert 'bgcolor="#161B22"' in to_dot(plain("a", theme=DARK))
    assert 'fillcolor="#4D2918"' in to_dot(plain("a", theme=DARK))


def test_the_heading_says_title_facts_and_what_colours_and_signs_mean():
    legend = Legend(
        title="net <1>",
        facts="7 layers",
        entries=(Entry(words="dense", role="dense"), Entry(words="add", role="merge", sign="+")),
        notes=("/2 is a stride of 2.",),
        description='says "all"',
    )
    text = to_dot(replace(plain("a"), legend=legend))
    heading = re.search(r"label=<(<TABLE.*)>, labelloc=t", text)[1]
    rows = [html.unescape(re.sub(r"<[^>]*>", "", row)).split() for row in heading.split("<TR>")]
    assert [row for row in rows if row] == [
        ["net", "<1>"],
        ["7", "layers"],
        ["dense", "+", "add"],
        ["/2", "is", "a", "stride", "of", "2."],
    ]
    assert 'BGCOLOR="#F5E0D5" COLOR="#BE4704"' in heading
    assert r'tooltip="says \"all\""' in text
    assert "label" not in to_dot(plain("a")).splitlines()[1]


def test_groups_lie_in_groups():
    box = Box(id="a", lines=(words("a"),), role="dense", group="in")
    groups = (Group(id="out", caption="outer & more"), Group(id="in", caption="inner", parent="out"))
    (outer,) = parsed(replace(plain(), boxes=(box,), groups=groups)).get_subgraphs()
    (inner,) = outer.get_subgraphs()
    assert plain_name(outer.get_name()) == "cluster_out"
    assert plain_name(inner.get_name()) == "cluster_in"
    assert [plain_name(node.get_name()) for node in inner.get_nodes() if node.get_name() != "graph"] == ["a"]


def test_a_thousand_groups_in_each_other():
    groups = tuple(Group(id=f"g{n}", caption="g", parent=f"g{n - 1}" if n else None) for n in range(5000))
    box = Box(id="a", lines=(words("a"),), role="dense", group="g4999")
    assert to_dot(replace(plain(), boxes=(box,), groups=groups)).count("subgraph") == 5000


def test_graphviz_is_not_asked_for_the_best_of_very_many():
    links = tuple(Link(id=str(n), source="a", target="b") for n in range(1001))
    assert "nslimit=1" in to_dot(replace(plain("a", "b"), links=links))
    assert "nslimit" not in to_dot(replace(plain("a", "b"), links=links[1:]))


def test_nothing_tricky_is_left_out():
    graph = parsed(tricky())
    assert len(nodes(graph)) == len(clusters(graph)) == len(TRICKY)


def test_lines_of_sentences_are_about_equally_long():
    legend = Legend(notes=("one two three " * 8 + "of 2.",), explanations=("Block: Conv → add skip.",))
    text = to_dot(replace(plain("a"), legend=legend))
    lines = re.findall(r">([^<>]+)</FONT><BR", text)
    assert lines[-1] == "Block: Conv → add skip."
    assert len(lines) == 3
    assert abs(len(lines[0]) - len(lines[1])) < 10


def test_what_has_a_head_is_a_table():
    lines = (words("add"), *[words(text, is_title=False) for text in ("(None, 4)", "(None, 5)")])
    rows = tuple([replace(line, head=head) for line, head in zip(lines, (None, "in", ""), strict=True)])
    text = to_dot(replace(plain(), boxes=(Box(id="a", lines=rows, role="merge"),)))
    assert '<TR><TD COLSPAN="2"><B>add</B></TD></TR>' in text
    assert re.search(r'<TR><TD ALIGN="LEFT"><FONT[^>]*>in</FONT></TD><TD ALIGN="LEFT"><FONT[^>]*> \(None, 4\)', text)
    assert re.search(r'<TR><TD ALIGN="LEFT"><FONT[^>]*> </FONT></TD><TD ALIGN="LEFT"><FONT[^>]*> \(None, 5\)', text)


def test_a_round_box_with_a_table_is_no_sign():
    lines = (replace(words("4"), head="in"),)
    boxes = (
        Box(id="a", lines=lines, role="merge", form="round"),
        Box(id="b", lines=(words("+"),), role="merge", form="round"),
    )
    assert [node.get("shape") for node in nodes(parsed(replace(plain(), boxes=boxes)))] == [None, "circle"]


def test_boxes_whose_inputs_have_an_order_keep_it():
    boxes = tuple([replace(box, is_ordered=box.id == "c") for box in plain("a", "b", "c").boxes])
    graph = parsed(replace(plain(), boxes=boxes))
    assert [node.get("ordering") for node in nodes(graph)] == [None, None, "in"]


@pytest.mark.parametrize(("direction", "count"), [("down", 1), ("up", 0), ("right", 0), ("left", 0)])
def test_the_caption_of_a_group_that_links_enter_has_room_beside_them(direction, count):
    boxes = tuple(
        [replace(box, group={"a": None, "b": "g", "c": "lone"}[box.id]) for box in plain("a", "b", "c").boxes]
    )
    groups = (Group(id="g", caption="a caption"), Group(id="lone", caption="no link enters"))
    diagram = replace(
        plain(), boxes=boxes, groups=groups, links=(Link(id="l", source="a", target="b"),), direction=direction
    )
    text = to_dot(diagram)
    assert text.count("style=invis];") == text.count("rank=same") == count
    if count:
        assert '"cluster_g:caption" -> "b" [style=invis];' in text


def test_the_room_of_a_caption_is_beside_the_box_where_links_enter():
    boxes = tuple([replace(box, group={"a": None, "b": "g", "c": "h"}[box.id]) for box in plain("a", "b", "c").boxes])
    groups = (Group(id="g", caption="outer"), Group(id="h", caption="inner", parent="g"))
    links = (Link(id="in", source="a", target="c"), Link(id="on", source="c", target="b"))
    text = to_dot(replace(plain(), boxes=boxes, groups=groups, links=links))
    found = re.findall(r'"(cluster_.:caption)" -> "(.)" \[style=invis\]', text)
    assert found == [("cluster_g:caption", "c"), ("cluster_h:caption", "c")]
