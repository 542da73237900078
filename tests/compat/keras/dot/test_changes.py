"""What callers change in an object of pydot is in its picture."""

import re
import warnings

import pydot
import pytest
from dot_models import branching, drawn, nested
from keras_configs import called, chain, given, layer, model, tensor

from cutaway.compat.keras import model_to_dot
from cutaway.compat.keras.dot.picture import picture
from cutaway.compat.keras.dot.sketch import Asked
from cutaway.compat.keras.plotting import Plotting, plotted
from cutaway.errors import CutawayWarning
from cutaway.faults import faults
from cutaway.scene import Text
from cutaway.sources import read

WHOLE = r'<path[^>]*fill="{}"'


def dot_of(source=None, **options):
    return model_to_dot(branching() if source is None else source, **options)


def node(dot, name):
    return dot.get_node(name)[0]


def figure(dot):
    """Return the figure of a Dot, which has no faults."""
    found = picture(dot, Asked()).figure
    assert faults(found.scene, found.graph) == ()
    return found


def texts(dot):
    return texts_of(drawn(dot))


def texts_of(svg):
    return re.findall(r">([^<>]+)</text>", svg)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"show_shapes": True, "rankdir": "LR"},
        {"show_layer_names": False},
        {"expand_nested": True, "show_dtype": True},
    ],
)
def test_a_dot_that_nobody_changed_is_what_plot_model_draws(options):
    for source in (branching(), nested()):
        plotting = Plotting(generation=3, **({"show_layer_names": True} | options))
        assert drawn(model_to_dot(source, **options)) == plotted(read(source), plotting).svg()


@pytest.mark.parametrize(("name", "value"), [("rankdir", "RL"), ("rankdir", "BT"), ("splines", "spline")])
def test_what_the_graph_says_of_its_lines_is_what_plot_model_draws(name, value):
    dot = dot_of()
    dot.set(name, value)
    assert drawn(dot) == drawn(dot_of(**{name: value}))
    assert drawn(dot) != drawn(dot_of())


def test_dots_per_inch_are_those_of_the_graph():
    small, large = dot_of(dpi=50), dot_of(dpi=50)
    large.set_dpi("100")
    assert abs(width(large.create_png()) - 2 * width(small.create_png())) <= 1
    assert width(small.create_png(prog=["dot", "-Gdpi=100"])) == width(large.create_png())


def width(png):
    return int.from_bytes(png[16:20], "big")


def test_new_nodes_and_edges_are_drawn():
    dot = dot_of()
    dot.add_node(pydot.Node("more", label="One more"))
    dot.add_edge(pydot.Edge(node(dot, "sum"), "more", label="why"))
    dot.add_edge(pydot.Edge("more", "nobody"))
    found = figure(dot)
    assert {"One more", "why", "nobody"} <= set(texts(dot))
    assert len(found.graph.edges) == 7


def test_nodes_and_edges_that_are_deleted_are_gone():
    dot = dot_of()
    assert dot.del_edge("a", "b")
    assert dot.del_edge("b", "b#2")
    assert dot.del_node("b")
    found = figure(dot)
    assert [each.id for each in found.graph.nodes] == ["x", "a", "b#2", "sum"]
    assert [(edge.source, edge.target) for edge in found.graph.edges] == [("x", "a"), ("a", "sum"), ("b#2", "sum")]


def sequential():
    """Return a Sequential with an input."""
    return chain("chained", [given("x"), layer("Dense", "one", units=4), layer("Dense", "two", units=4)])


def tapped():
    """Return a model that gives what it computes on the way, and its last tensor twice."""
    layers = [
        given("x"),
        *[layer("Dense", to, called(tensor(at)), units=4) for at, to in (("x", "one"), ("one", "two"))],
    ]
    return model("tapped", layers, [["x", 0, 0]], [["one", 0, 0], ["two", 0, 0], ["two", 0, 0]])


@pytest.mark.parametrize("source", [branching, sequential, tapped])
def test_the_picture_has_the_nodes_of_the_object_and_no_others(source):
    dot = dot_of(source())
    names = {each.get_name() for each in dot.get_nodes()} - {"node"}
    assert len(re.findall('data-part="node"', drawn(dot))) == len(names)
    assert "output" not in re.findall('data-part="([^"]*)"', drawn(dot))
    for name in names:
        assert dot.del_node(name)
    for edge in dot.get_edges():
        assert dot.del_edge(edge.get_source(), edge.get_destination())
    assert figure(dot).graph.nodes == ()
    assert not re.findall('data-part="(?:node|edge|output)"', drawn(dot))


def test_models_that_are_merged_have_no_boxes_for_their_outputs():
    dot = dot_of()
    for each in dot_of(tapped()).get_nodes()[1:]:
        dot.add_node(pydot.Node(f"other/{each.get_name()}", label=each.get_label()))
    dot.add_edge(pydot.Edge("sum", "other/x"))
    names = {each.get_name() for each in dot.get_nodes()} - {"node"}
    assert len(re.findall('data-part="node"', drawn(dot))) == len(names)
    assert "output" not in re.findall('data-part="([^"]*)"', drawn(dot))


def test_outputs_that_are_used_further_on_are_told():
    dot = dot_of(tapped())
    assert "Also an output of the model: one." in texts(dot)
    node(dot, "two").set_fillcolor("gold")
    assert "Also an output of the model: one." in texts(dot)
    assert not any("output of the model" in text for text in texts(dot_of()))


def test_an_edge_to_a_deleted_node_is_drawn_and_told():
    dot = dot_of()
    dot.del_node("b")
    with pytest.warns(CutawayWarning, match="'b'.*bare names"):
        assert "b" in texts(dot)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("plain", {"plain"}),
        ("1 &lt; 2 &#38; &amp;amp; &nothing;", {"1 &lt; 2 &amp; &amp;amp; &amp;nothing;"}),
        ("two\nlines", {"two", "lines"}),
        (r"two\nlines", {"two", "lines"}),
        ("<<b>bold</b> text>", {"bold", "text"}),
        ("a|{b|c}", {"a", "b", "c"}),
        ('say "x" & <y>', {'say "x" &amp;'}),
        ('"quoted"', {"quoted"}),
        (r"\N", {"a"}),
    ],
)
def test_new_labels_are_read(label, expected):
    dot = dot_of()
    node(dot, "a").set_label(label)
    figure(dot)
    assert expected <= {text.strip() for text in texts(dot)}
    assert "Dense" not in texts(dot)[: texts(dot).index("b")]


def test_labels_in_the_form_of_keras_stay_in_the_look_of_the_others():
    dot = dot_of(show_shapes=True)
    node(dot, "a").set_label(node(dot, "a").get_label().replace("Dense", "Linear").replace("8", "9"))
    found = figure(dot)
    assert {"a", "Linear", "(None, 9)"} <= set(texts(dot))
    assert [each.fill for each in found.scene.palette and boxes(found, "a")] == ["dense"]


def boxes(found, name):
    """Return the paths that a node is drawn with."""
    group = next(mark for mark in found.scene.marks if getattr(mark, "ref", "") == name and mark.part == "node")
    return [mark for mark in group.marks if hasattr(mark, "segments")]


def outline(dot, name="a"):
    return boxes(figure(dot), name)[0]


def hexed(color):
    return f"#{color.red:02x}{color.green:02x}{color.blue:02x}"


def test_fills_strokes_and_styles_are_the_callers():
    dot = dot_of()
    one = node(dot, "a")
    usual = outline(dot)
    one.set_fillcolor("gold")
    one.set_style("filled,dashed")
    one.set_color("red")
    one.set_penwidth(3)
    path = outline(dot)
    assert hexed(path.fill) == "#ffd700"
    assert hexed(path.stroke.paint) == "#ff0000"
    assert path.stroke.dash
    assert path.stroke.width == pytest.approx(3 * usual.stroke.width)


def test_a_fill_needs_no_style_and_a_style_no_fill():
    dot = dot_of()
    node(dot, "a").set_fillcolor("#102030")
    node(dot, "b").set_style("filled")
    node(dot, "sum").set_style("filled")
    node(dot, "sum").set_color("blue")
    assert hexed(outline(dot).fill) == "#102030"
    assert hexed(outline(dot, "b").fill) == "#d3d3d3"
    assert hexed(outline(dot, "sum").fill) == "#0000ff"


def inks(dot):
    group = next(mark for mark in figure(dot).scene.marks if getattr(mark, "ref", "") == "a" and mark.part == "node")
    return {hexed(mark.fill) for mark in group.marks if isinstance(mark, Text)}


def test_text_stays_readable_on_a_dark_fill():
    dot = dot_of()
    node(dot, "a").set_fillcolor("navy")
    assert inks(dot) == {"#ffffff"}
    node(dot, "a").set_fontcolor("yellow")
    assert inks(dot) == {"#ffff00"}


@pytest.mark.parametrize("shape", ["ellipse", "diamond", "hexagon", "circle", "triangle", "house", "point", "octagon"])
def test_shapes_are_drawn_with_lines_up_to_them(shape):
    dot, usual = dot_of(), outline(dot_of())
    node(dot, "a").set_shape(shape)
    assert type(outline(dot).segments) is not type(usual.segments)


def test_a_shape_without_an_outline_has_none():
    dot = dot_of()
    node(dot, "a").set_shape("plaintext")
    assert outline(dot).stroke is None
    assert outline(dot).fill is None


def test_defaults_of_nodes_are_those_of_all_of_them():
    dot = dot_of()
    dot.set_node_defaults(fillcolor="pink", style="filled")
    assert [hexed(outline(dot, name).fill) for name in ("a", "sum")] == ["#ffc0cb", "#ffc0cb"]
    other = dot_of()
    other.get_node("node")[0].set_color("red")
    assert hexed(outline(other).stroke.paint) == "#ff0000"
    third = dot_of()
    third.set_node_defaults(color="red")
    third.add_node(pydot.Node("red"))
    third.set_node_defaults(color="blue")
    third.add_node(pydot.Node("blue"))
    strokes = {name: outline(third, name).stroke.paint for name in ("a", "+ red", "+ blue")}
    assert [hexed(strokes["+ red"]), hexed(strokes["+ blue"]), strokes["a"]] == ["#ff0000", "#0000ff", "dense.stroke"]


def line(dot, place):
    found = figure(dot)
    name = found.graph.edges[place].id
    group = next(mark for mark in found.scene.marks if getattr(mark, "ref", "") == name and mark.part == "edge")
    return group.marks


def test_lines_are_in_the_callers_colours_and_have_the_heads_that_he_wants():
    dot = dot_of()
    edge = dot.get_edge("a", "sum")[0]
    before = line(dot, 3)
    edge.set_color("red")
    edge.set_penwidth(6)
    edge.set_style("dotted")
    path, head = line(dot, 3)
    assert hexed(path.stroke.paint) == hexed(head.fill) == "#ff0000"
    assert path.stroke.dash
    assert path.stroke.width == pytest.approx(3 * before[0].stroke.width)
    edge.set_dir("none")
    assert len(line(dot, 3)) == 1
    edge.set_dir("both")
    assert len(line(dot, 3)) == 3
    edge.set_style("invis")
    with pytest.raises(AssertionError, match="neither drawn"):
        figure(dot)


def test_clusters_are_regions():
    dot = model_to_dot(nested(), expand_nested=True)
    first = dot.get_subgraphs()[0]
    first.set_label("changed")
    first.set("color", "red")
    own = pydot.Cluster("own", label="My own", bgcolor="lavender")
    own.add_node(pydot.Node("within"))
    dot.add_subgraph(own)
    found = figure(dot)
    assert {"changed", "My own", "within"} <= set(texts(dot))
    regions = {mark.ref: mark.marks[0] for mark in found.scene.marks if getattr(mark, "part", "") == "scope"}
    assert hexed(regions["inner"].stroke.paint) == "#ff0000"
    assert hexed(regions["+ cluster_own"].fill) == "#e6e6fa"


def test_sizes_are_the_callers():
    dot = dot_of()
    usual = boxes(figure(dot), "a")[0].segments.rect
    node(dot, "a").set_fontsize(28)
    larger = boxes(figure(dot), "a")[0].segments.rect
    assert larger.height > 1.2 * usual.height
    node(dot, "b").set_width(4)
    node(dot, "b").set_height(2)
    rect = boxes(figure(dot), "b")[0].segments.rect
    assert (rect.width, rect.height) == pytest.approx((144, 72))


def test_a_box_in_another_size_says_the_same():
    dot = dot_of(show_shapes=True)
    usual = texts(dot)
    node(dot, "b").set_fontsize(20)
    found = texts(dot)
    assert {"in  (None, 4)", "out  (None, 4)"} <= set(found)
    assert not any("shape:" in text for text in found)
    assert sorted("  ".join(found).split()) == sorted("  ".join(usual).split())


def test_a_hidden_cluster_leaves_what_is_in_it():
    dot = model_to_dot(nested(), expand_nested=True)
    dot.get_subgraphs()[0].set("style", "invis")
    assert texts(dot).count("inner, shared") == 1


def test_a_model_put_into_the_dot_of_another_is_a_region_in_the_same_look():
    dot = dot_of()
    dot.add_subgraph(model_to_dot(nested(), subgraph=True, expand_nested=True))
    found = figure(dot)
    assert {"outer", "inner", "one", "two", "ReLU"} <= set(texts(dot))
    assert texts(dot).count("x") == 2
    assert boxes(found, "+ outer/inner/one")[0].fill == "dense"


def test_a_title_and_a_ground_are_drawn():
    dot = dot_of()
    dot.set_label("My title")
    dot.set_bgcolor("ivory")
    assert "My title" in texts(dot)
    assert figure(dot).scene.palette["page"] == "#FFFFF0"


def test_what_has_no_picture_is_told_once():
    dot = dot_of()
    dot.set_ratio("fill")
    node(dot, "a").set_URL("https://example.org")
    node(dot, "a").set_style("wedged")
    node(dot, "a").set_shape("cylinder")
    node(dot, "a").set_label("<<i>slanted</i>>")
    node(dot, "b").set("xlabel", "beside")
    dot.get_edges()[1].set_fontcolor("red")
    dot.get_edges()[0].set_arrowhead("dot")
    dot.get_edges()[0].set_color("red:blue")
    with pytest.warns(CutawayWarning) as told:
        dot.create_svg()
    assert len(told) == 1
    words = "<i>, URL, arrowhead=dot, color=red:blue, fontcolor, ratio, shape=cylinder, style=wedged, xlabel"
    assert words in str(told[0].message)
    assert 'engine="graphviz"' in str(told[0].message)


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e300", "wide"])
@pytest.mark.parametrize("name", ["penwidth", "fontsize", "width", "height", "nodesep", "ranksep"])
def test_what_should_be_a_number_and_is_none_is_told(name, value):
    dot = dot_of()
    usual = drawn(dot)
    (dot if name.endswith("sep") else node(dot, "a")).set(name, value)
    with pytest.warns(CutawayWarning, match=f"not in the picture.*{name}={value}"):
        changed = drawn(dot)
    assert texts_of(changed) == texts_of(usual)


def test_nothing_is_told_of_what_keras_says_itself():
    dot = dot_of(show_shapes=True)
    dot.add_node(pydot.Node("more", label="more", fontname="Helvetica", border=0, margin=0))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dot.create_svg()


def test_circles_and_loops_are_drawn():
    dot = dot_of()
    dot.add_edge(pydot.Edge("sum", "a"))
    dot.add_edge(pydot.Edge("a", "a"))
    assert len(picture(dot, Asked()).figure.graph.edges) == 7
    assert drawn(dot)


def test_options_of_a_command_line_are_honoured():
    dot = dot_of()
    assert "#FFC0CB" in drawn(dot, prog=["dot", "-Nfillcolor=pink"]).upper()
    assert "#FF0000" in drawn(dot, prog=["dot", "-Ecolor=red"]).upper()
    assert drawn(dot, prog=["dot", "-Grankdir=LR", "-q", "-Kdot", "-Tsvg"]) == drawn(dot_of(rankdir="LR"))


def test_the_same_changes_give_the_same_bytes():
    def changed():
        dot = dot_of()
        dot.add_edge(pydot.Edge("sum", "more", color="red"))
        node(dot, "a").set_shape("ellipse")
        return drawn(dot)

    assert changed() == changed()
