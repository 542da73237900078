"""Receptive fields and strides: each family by hand, and through branches."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from analysis.cost.test_costs import FLOAT, graph, port

from cutaway.analysis.complete import complete
from cutaway.analysis.cost import costs
from cutaway.graph import Edge, Graph, Kind, Node, Port, PortRef, Scope, ScopePort
from cutaway.sources import read
from cutaway.sources.attributes import plain

IMAGE = (None, 32, 24, 3)
CONV = ("Conv2D", {"filters": 4, "kernel_size": 3, "padding": "same"})
HALF = ("Conv2D", {"filters": 4, "kernel_size": 3, "strides": 2, "padding": "same"})

WIDE = ("Conv2D", {"filters": 4, "kernel_size": 4})
HALVES, THIRDS, QUARTERS = [(Fraction(1, parts),) * 2 for parts in (2, 3, 4)]


def last(shape, *layers):
    found = list(costs(graph(shape, *layers)).values())[-1]
    return found.receptive_field, found.stride, found.effective_stride


@pytest.mark.parametrize(
    ("layers", "field", "stride", "jump"),
    [
        ([CONV], (3, 3), (1, 1), (1, 1)),
        ([HALF, CONV], (7, 7), (1, 1), (2, 2)),
        ([("Conv2D", {"filters": 4, "kernel_size": [3, 5], "dilation_rate": 2})], (5, 9), (1, 1), (1, 1)),
        ([("MaxPooling2D", {"pool_size": [2, 3]})], (2, 3), (2, 3), (2, 3)),
        ([HALF, ("UpSampling2D", {"size": 2})], (3, 3), (Fraction(1, 2),) * 2, (1, 1)),
        ([("UpSampling2D", {"size": 2})], (1, 1), (Fraction(1, 2),) * 2, (Fraction(1, 2),) * 2),
        ([HALF, ("UpSampling2D", {"size": 2, "interpolation": "bilinear"})], (5, 5), (Fraction(1, 2),) * 2, (1, 1)),
        (
            [HALF, ("Conv2DTranspose", {"filters": 4, "kernel_size": 3, "strides": 2, "padding": "same"})],
            (5, 5),
            (Fraction(1, 2),) * 2,
            (1, 1),
        ),
        ([HALF, ("Resizing", {"height": 32, "width": 24})], (5, 5), (Fraction(1, 2),) * 2, (1, 1)),
        ([CONV, ("ZeroPadding2D", {"padding": 1}), ("Cropping2D", {"cropping": 1})], (3, 3), (), (1, 1)),
        ([CONV, ("BatchNormalization", {}), ("Dense", {"units": 5})], (3, 3), (), (1, 1)),
        ([CONV, ("GlobalAveragePooling2D", {}), ("Dense", {"units": 5})], (32, 24), (), ()),
        ([CONV, ("Flatten", {})], (3, 3), (), ()),
        ([CONV, ("AdaptiveAveragePooling2D", {"output_size": 4})], (10, 8), (8, 6), (8, 6)),
        ([HALF, ("UpSampling2D", {"size": 2}), CONV], (5, 5), (1, 1), (1, 1)),
        # By perturbing single pixels: a window hits as many places between which the finer ones lie as it can.
        ([("Conv2DTranspose", {"filters": 4, "kernel_size": 4, "strides": 2}), WIDE], (4, 4), (1, 1), HALVES),
        ([HALF, ("Conv2DTranspose", {"filters": 4, "kernel_size": 4, "strides": 2}), WIDE], (9, 9), (1, 1), (1, 1)),
        ([("Conv2DTranspose", {"filters": 4, "kernel_size": 3, "strides": 3}), CONV], (2, 2), (1, 1), THIRDS),
        ([("UpSampling2D", {"size": 2}), CONV, ("UpSampling2D", {"size": 2}), CONV], (3, 3), (1, 1), QUARTERS),
        ([("UpSampling2D", {"size": 2, "interpolation": "bilinear"}), CONV], (3, 3), (1, 1), HALVES),
        ([CONV, ("Softmax", {"axis": 1})], (32, 3), (), ()),
        ([CONV, ("Softmax", {})], (3, 3), (), (1, 1)),
        ([CONV, ("Mystery", {}), CONV], None, None, None),
        ([CONV, ("Reshape", {"target_shape": [768, 4]})], (3, 3), (), None),
        ([CONV, ("Reshape", {"target_shape": [768, 4]}), ("LSTM", {"units": 3})], (32, 24), (), ()),
        ([CONV, ("Reshape", {"target_shape": [32, 24, 4]})], (3, 3), (), (1, 1)),
    ],
)
def test_each_family_sees_by_its_rule(layers, field, stride, jump):
    assert last(IMAGE, *layers) == (field, stride, jump)


def test_a_text_is_seen_word_by_word():
    embedding = ("Embedding", {"input_dim": 10, "output_dim": 4})
    window = ("Conv1D", {"filters": 4, "kernel_size": 3})
    assert last((None, 9), embedding, window) == ((3,), (1,), (1,))
    assert last((None, 9), embedding, ("Bidirectional", {})) == ((9,), (), ())


def test_vectors_have_no_axes_to_see_along():
    assert last((None, 9), ("Dense", {"units": 3})) == ((), (), ())


def test_the_whole_of_an_input_of_unknown_size_is_unknown():
    assert last((None, None, None, 3), CONV, ("GlobalMaxPooling2D", {})) == (None, (), ())


def branched(*paths):
    """Return a graph whose paths part from an input and meet in a sum."""
    nodes = [Node(id="x", name="x", op="InputLayer", kind=Kind.INPUT, outputs=(port(IMAGE),))]
    edges = []
    for place, path in enumerate(paths):
        before = "x"
        for step, (op, attributes) in enumerate(path):
            settings = plain({"dtype": FLOAT, "data_format": "channels_last", **attributes})
            name, ins = f"p{place}_{step}", (Port(name="inputs"),)
            nodes.append(
                Node(id=name, name=name, op=op, inputs=ins, outputs=(port(None),), attributes=settings, trainable=True)
            )
            edges.append(Edge(source=before, target=name))
            before = name
        edges.append(Edge(source=before, target="sum", target_port=place))
    ins = tuple(Port(name=f"input {place}") for place in range(len(paths)))
    nodes.append(Node(id="sum", name="sum", op="Add", inputs=ins, outputs=(port(None),), trainable=True))
    return complete(Graph(name="g", nodes=tuple(nodes), edges=tuple(edges), inputs=("x",)), verify=False)


def test_of_several_paths_the_largest_counts():
    wide = ("Conv2D", {"filters": 4, "kernel_size": [1, 7], "padding": "same"})
    point = ("Conv2D", {"filters": 4, "kernel_size": 1})
    found = costs(branched([CONV, CONV], [wide], [point]))["sum"]
    assert (found.receptive_field, found.effective_stride) == ((5, 7), (1, 1))


def test_one_unknown_path_makes_all_unknown():
    assert costs(branched([CONV], [("Mystery", {})]))["sum"].receptive_field is None


def test_a_gate_over_the_image_lets_see_all_of_it_at_the_stride_of_the_other_path():
    pooled = ("GlobalAveragePooling2D", {"keepdims": True})
    found = costs(branched([HALF], [pooled]))["sum"]
    assert (found.receptive_field, found.effective_stride) == ((32, 24), (2, 2))


def test_a_model_at_each_step_sees_one_step():
    film = (None, 5, *IMAGE[1:])
    config = {"dtype": FLOAT, "data_format": "channels_last", "filters": 4, "kernel_size": 3}
    inner = {"layer": {"class_name": "Conv2D", "config": config}}
    assert last(film, ("TimeDistributed", inner)) == ((1, 3, 3), (1, 1), (1, 1, 1))
    assert last(film, ("TimeDistributed", {"layer": {"class_name": "Flatten", "config": {}}}))[0] == (1, 1, 1)


def test_a_scope_that_runs_at_each_step_costs_as_often():
    film = (None, 5, *IMAGE[1:])
    conv = plain({"dtype": FLOAT, "data_format": "channels_last", "filters": 4, "kernel_size": 3})
    one = (Port(name="inputs"),)
    nodes = (
        Node(id="x", name="x", op="InputLayer", kind=Kind.INPUT, outputs=(port(film),)),
        Node(id="t/i", name="i", op="InputLayer", inputs=one, outputs=(port(None),), scope="t", trainable=True),
        Node(
            id="t/c",
            name="c",
            op="Conv2D",
            inputs=one,
            outputs=(port(None),),
            attributes=conv,
            scope="t",
            trainable=True,
        ),
        Node(id="t/t", name="t", op="TimeDistributed", inputs=one, outputs=(port(None),), scope="t", trainable=True),
    )
    scope = Scope(
        id="t",
        name="t",
        op="TimeDistributed",
        inputs=(ScopePort(name="i", ends=(PortRef("t/i", 0),)),),
        outputs=(ScopePort(name="o", ends=(PortRef("t/t", 0),)),),
    )
    edges = tuple(Edge(source=one.id, target=other.id) for one, other in pairwise(nodes))
    found = costs(complete(Graph(name="g", nodes=nodes, edges=edges, scopes=(scope,), inputs=("x",)), verify=False))
    assert found["t/c"].multiply_adds == 5 * 30 * 22 * 4 * 27
    assert found["t/c"].activation_bytes == found["t/t"].activation_bytes == 5 * 30 * 22 * 4 * 4
    assert found["t/t"].multiply_adds == 0
    assert found["t/t"].receptive_field == (1, 3, 3)


def test_a_convolution_over_steps_sees_through_a_window_for_each_of_them():
    layer = ("ConvLSTM2D", {"filters": 4, "kernel_size": 3, "strides": 2, "padding": "same"})
    assert last((None, 5, 64, 48, 3), layer) == ((5, 3 + 4 * 2 * 2, 3 + 4 * 2 * 2), (2, 2), ())


def test_of_an_image_with_its_channels_in_front_the_axes_behind_are_seen():
    window = ("Conv2D", {"filters": 4, "kernel_size": [3, 5], "data_format": "channels_first"})
    pooling = ("GlobalAveragePooling2D", {"data_format": "channels_first"})
    assert last((None, 3, 32, 24), window) == ((3, 5), (1, 1), (1, 1))
    assert last((None, 3, 32, 24), window, pooling) == ((32, 24), (), ())


@pytest.mark.parametrize(("node", "field"), [("conv2d_9", 84), ("conv2d_10", 92), ("conv2d_13", 100)])
def test_a_u_net_sees_what_single_pixels_change(node, field):
    """Counted over the outputs that change where one element of the input does, all kernels being ones."""
    unet = complete(read(Path(__file__).parents[3] / "gallery/models/unet.json"), verify=False)
    assert costs(unet)[node].receptive_field == (field, field)
