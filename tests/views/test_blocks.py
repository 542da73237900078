"""The `blocks` view: what it says and where, and that no graph makes it commit a hard fault."""

from itertools import pairwise

import pytest
from dot_models import branching
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graphs import chain, graphs, node

import cutaway
from cutaway.faults import faults
from cutaway.graph import Edge, Graph, Output, Port, Scope
from cutaway.page import Page
from cutaway.record import replace
from cutaway.scene import Group, Scene, Text
from cutaway.theme import PAPER, THEMES
from cutaway.typed import parts
from cutaway.views.blocks import Blocks, Fact, MeasureName, SizeName


def draw(graph: Graph, **options) -> Scene:
    scene = Blocks(**options)(graph, PAPER, Page())
    assert faults(scene, graph) == ()
    return scene


def groups(scene: Scene, part: str) -> dict[str, Group]:
    return {mark.ref: mark for mark in scene.marks if isinstance(mark, Group) and mark.part == part}


def texts(*marks) -> list[str]:
    found = []
    for mark in marks:
        if isinstance(mark, Group):
            found += texts(*mark.marks)
        elif isinstance(mark, Text):
            found.append(mark.text)
    return found


measures = st.sampled_from([None, *parts(MeasureName)])
views = st.builds(
    Blocks,
    show=st.lists(st.sampled_from(parts(Fact)), unique=True).map(tuple),
    direction=st.sampled_from(["down", "up", "right", "left"]),
    depth=st.sampled_from([None, 0, 1]),
    color_by=measures,
    size_by=st.sampled_from(parts(SizeName)) | measures,
    numbers=st.booleans(),
)


@pytest.mark.filterwarnings("ignore::cutaway.CutawayWarning")  # drawn shapes do not fit the operations
@settings(max_examples=80)
@given(graphs(), views, st.sampled_from(sorted(THEMES)))
def test_no_graph_makes_a_hard_fault(graph, view, theme):
    assert faults(view(graph, THEMES[theme], Page()), graph) == ()


def test_a_shape_stands_where_it_changes():
    shapes = ((None, 8, 8, 3), (None, 8, 8, 16), (None, 8, 8, 16), (None, 8, 8, 10))
    scene = draw(chain("Conv2D", "Dropout", "Dense", shapes=shapes))
    assert {ref: texts(mark) for ref, mark in groups(scene, "label").items()} == {
        "conv2d_1:0->dropout_2:0": ["8²×16"],
    }
    assert texts(groups(scene, "node")["input"]) == ["input", "8²×3"]
    assert texts(groups(scene, "output")["dense_3"]) == ["output", "8²×10"]


def test_shapes_can_be_left_out():
    scene = draw(chain("Conv2D", shapes=((None, 8, 8, 3), (None, 8, 8, 16))), show=())
    assert groups(scene, "label") == {}
    assert texts(groups(scene, "node")["conv2d_1"]) == ["Conv 3×3", "16"]


def test_names_and_dtypes_are_shown_on_request():
    scene = draw(chain("Conv2D", shapes=((None, 8, 8, 3), (None, 8, 8, 16))), show=("names", "dtypes"))
    assert texts(groups(scene, "node")["conv2d_1"]) == ["Conv 3×3", "16", "conv2d_1"]
    assert texts(groups(scene, "node")["input"]) == ["input", "float32"]


def nested() -> Graph:
    names = ("encoder/a", "encoder/b", "encoder#2/a", "encoder#2/b")
    nodes = [node("input", "InputLayer", 0, shape=(None, 10))]
    nodes += [node(name, "Dense", 1, shape=(None, 10), scope=name.split("/")[0]) for name in names]
    edges = [Edge(source=one.id, target=other.id) for one, other in pairwise(nodes)]
    scopes = tuple(Scope(id=name, name="encoder", op="Functional") for name in ("encoder", "encoder#2"))
    output = Output(name="b", node="encoder#2/b")
    return Graph(
        name="nested", nodes=tuple(nodes), edges=tuple(edges), scopes=scopes, inputs=("input",), outputs=(output,)
    )


def test_a_nested_model_is_a_captioned_region():
    scene = draw(nested())
    assert {ref: texts(mark) for ref, mark in groups(scene, "scope").items()} == {
        "encoder": ["encoder, shared"],
        "encoder#2": ["encoder, shared"],
    }
    assert "Shared: one set of weights, called more than once." in texts(*scene.marks)


def test_a_closed_model_says_what_it_stands_for():
    scene = draw(nested(), depth=0)
    assert groups(scene, "scope") == {}
    closed = groups(scene, "node")["encoder"]
    assert texts(closed) == ["encoder", "2 layers, shared"]
    assert set(closed.stands_for) == {"encoder/a", "encoder/b", "encoder/a:0->encoder/b:0"}


def merge(inputs: int, op: str = "Add") -> Graph:
    nodes = [node("input", "InputLayer", 0, shape=(None, 10))]
    nodes += [node(f"branch{place}", "Dense", 1, shape=(None, 10)) for place in range(inputs)]
    nodes.append(node("merge", op, inputs, shape=(None, 10 * inputs if op == "Concatenate" else 10)))
    edges = [Edge(source="input", target=f"branch{place}") for place in range(inputs)]
    edges += [Edge(source=f"branch{place}", target="merge", target_port=place) for place in range(inputs)]
    return Graph(
        name="merge",
        nodes=tuple(nodes),
        edges=tuple(edges),
        inputs=("input",),
        outputs=(Output(name="merge", node="merge"),),
    )


@pytest.mark.parametrize("inputs", [2, 3, 4, 9])
@pytest.mark.parametrize("direction", ["down", "right"])
def test_a_merge_is_a_small_circle_with_its_sign(inputs, direction):
    scene = draw(merge(inputs), direction=direction)
    assert texts(groups(scene, "node")["merge"]) == ["+"]
    assert "add" in texts(*scene.marks)


def test_a_merge_of_several_outputs_is_a_box():
    """No merge of Keras gives two tensors, but a custom layer may be called as one."""
    nodes = (
        *(node(name, "InputLayer", 0) for name in "ab"),
        replace(node("m", "Add", 2), outputs=(Port(name="o"),) * 2),
    )
    nodes += (node("c", "Dense", 1), node("d", "Dense", 1))
    edges = [Edge(source=name, target="m", target_port=port) for port, name in enumerate("ab")]
    edges += [Edge(source="m", source_port=port, target=name) for port, name in enumerate("cd")]
    graph = Graph(name="m", nodes=nodes, edges=tuple(edges), inputs=("a", "b"))
    scene = draw(graph)
    assert faults(scene, graph) == ()
    assert texts(groups(scene, "node")["m"]) == ["Add"]


def test_the_key_says_which_call_of_a_layer_is_meant():
    scene = draw(cutaway.read(branching()), numbers=True, fold="none")
    (key,) = [mark for mark in scene.marks if isinstance(mark, Group) and mark.part == "key"]
    assert [mark.text for mark in key.marks][1::2] == ["x", "a", "b", "b, call 2", "sum"]


def test_numbers_come_with_a_key():
    scene = draw(merge(2, "Concatenate"), numbers=True)
    assert texts(groups(scene, "node")["merge"]) == ["4", "‖"]
    key = texts(*(mark for mark in scene.marks if isinstance(mark, Group) and mark.part == "key"))
    assert list(zip(key[::2], key[1::2], strict=True)) == [
        ("1", "input"),
        ("2", "branch0"),
        ("3", "branch1"),
        ("4", "merge"),
    ]


def test_title_and_legend_can_be_left_out():
    graph = chain("Dense")
    bare = draw(graph, title="", legend=False)
    assert {mark.part for mark in bare.marks if isinstance(mark, Group)} == {"node", "edge", "output"}
    assert "My model" in texts(*draw(graph, title="My model").marks)
    assert bare.width < 120


def test_the_description_says_what_the_model_is():
    shapes = ((None, 8, 8, 3), (None, 8, 8, 16), (None, 8, 8, 10))
    scene = draw(chain("Conv2D", "Dense", shapes=shapes))
    assert scene.description == "chain (Model) from input 8²×3 to dense_2 8²×10: 1 Conv2D, 1 Dense."


@pytest.mark.parametrize(
    ("op", "name", "shown"),
    [
        ("Dense", "dense", "output"),
        ("Dense", "dense_12", "output"),
        ("Conv2DTranspose", "conv2d_transpose_3", "output"),
        ("GlobalAveragePooling2D", "global_average_pooling2d", "output"),
        ("LSTM", "lstm_1", "output"),
        ("Dense", "predictions", "predictions"),
        ("Dense", "dense_head", "dense_head"),
    ],
)
@pytest.mark.filterwarnings("ignore::cutaway.CutawayWarning")
def test_a_lone_output_that_keras_named_is_the_output(op, name, shown):
    last = node(name, op, 1, shape=(None, 10))
    graph = Graph(
        name="m",
        nodes=(node("input_layer_4", "InputLayer", 0, shape=(None, 10)), last),
        edges=(Edge(source="input_layer_4", target=name),),
        inputs=("input_layer_4",),
        outputs=(Output(name=name, node=name),),
    )
    scene = draw(graph)
    assert texts(groups(scene, "output")[name])[0] == shown
    assert texts(groups(scene, "node")["input_layer_4"])[0] == "input"


def test_layers_without_a_known_flow_say_so():
    alone = Graph(name="m", nodes=(node("a", "Dense", 0, shape=(None, 10)), node("b", "Dense", 0, shape=(None, 10))))
    assert "How the data flows between these layers is not known." in texts(*draw(alone).marks)
