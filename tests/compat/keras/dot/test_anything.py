"""Whatever callers write into an object of pydot is drawn, or refused by an error of ours; never by another."""

import warnings

import pydot
from dot_models import nested
from hypothesis import given, settings
from hypothesis import strategies as st

from cutaway.compat.keras import model_to_dot
from cutaway.compat.keras.dot.colors import rgba
from cutaway.compat.keras.dot.html_label import html_label
from cutaway.compat.keras.dot.picture import picture
from cutaway.compat.keras.dot.sketch import Asked
from cutaway.compat.keras.dot.text_label import record_label, text_label
from cutaway.faults import faults

MARKS = st.text(alphabet='ab|{}<>\\ "/\n=&;:é', max_size=30)
PIECES = [
    *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", '<td colspan="3">', '<td rowspan="-1">', "<td/>", "<i>"),
    *('<td colspan="inf">', '<td rowspan="1e9">', '<table bgcolor="black">', '<font point-size="nan">'),
    *("<b>", "</b>", "<br/>", '<font point-size="x">', "</font>", "&lt;", "&nonsense;", "text", " ", "<!-- x -->"),
]
TAGS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
NAMES = st.sampled_from(["x", "end", "inner/one", "inner#2/two", "new", "other:port", '"quoted"', "1", "node"])
SHAPES = st.sampled_from(
    ["ellipse", "diamond", "record", "Mrecord", "plaintext", "point", "house", "circle", "unheard"]
)
STYLES = st.sampled_from(["filled", "dashed,bold", "invis", "rounded,filled", "", "setlinewidth(3)"])
COLORS = st.sampled_from(["red", "#abc", "0.5 0.5 0.5", "gray12", "nonsense", "red:blue", "transparent", ""])
NUMBERS = st.sampled_from(["2", "0", "-3", "inf", "nan", "1e308", "x", "1 equally", ""])
LABELS = MARKS | TAGS.map("<{}>".format)
SIZES = {"fontsize": NUMBERS, "width": NUMBERS, "height": NUMBERS, "penwidth": NUMBERS}
VALUES = {"label": LABELS, "shape": SHAPES, "style": STYLES, "color": COLORS, "fillcolor": COLORS, **SIZES}
ATTRIBUTES = st.fixed_dictionaries({}, optional=VALUES)
EDGE = st.tuples(NAMES, NAMES, st.fixed_dictionaries({}, optional={k: VALUES[k] for k in ("label", "style", "color")}))


@given(MARKS, st.booleans())
def test_any_text_is_a_label(text, across):
    plain = "".join(text.split()).replace("\\", "")
    said = "".join(line.text for line in record_label(text, "n", "g", across=across).lines)
    assert set(said) - set(" ng\\|{}<>") <= set(plain)
    text_label(text, "n", "g")
    rgba(text)


@given(TAGS)
def test_any_tags_are_a_label(text):
    said = " ".join(line.text for line in html_label(text).lines)
    assert said.count("text") <= text.count("text")


@settings(max_examples=30)
@given(
    st.lists(st.tuples(NAMES, ATTRIBUTES), max_size=4),
    st.lists(EDGE, max_size=4),
    st.lists(NAMES, max_size=2),
    st.fixed_dictionaries({}, optional={"nodesep": NUMBERS, "ranksep": NUMBERS}),
)
def test_any_changes_are_drawn_without_faults(nodes, edges, deleted, gaps):
    dot = model_to_dot(nested(), expand_nested=True)
    for name, value in gaps.items():
        dot.set(name, value)
    for name in deleted:
        dot.del_node(name)
    for name, attributes in nodes:
        dot.add_node(pydot.Node(name, **attributes))
    for source, target, attributes in edges:
        dot.add_edge(pydot.Edge(source, target, **attributes))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figure = picture(dot, Asked()).figure
        found = faults(figure.scene, figure.graph)
    if not any("invis" in str(attributes) for *_, attributes in (*nodes, *edges)):
        bare = any(attributes.get("shape") == "plaintext" for _, attributes in nodes)  # nothing, where it says nothing
        assert {fault.rule for fault in found} <= ({"missing"} if bare else set())
