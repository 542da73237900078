"""What figures say of simplified models: merged layers in boxes, helpers as small circles, sums, sentences."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras_configs import chain, layer
from keras_configs import given as from_input
from random_graphs import layers

import cutaway
from cutaway.analysis.measures import Measures
from cutaway.analysis.reduction import Reducing, reduced
from cutaway.analysis.simplify import AUTO, WORDS
from cutaway.faults import faults
from cutaway.graph import Graph
from cutaway.linting import lint
from cutaway.page import Page
from cutaway.scene import Group, Scene, Text
from cutaway.theme import PAPER
from cutaway.views.blocks import Blocks

RESNET = Path(__file__).parent.parent.parent / "examples" / "resnet50.json"


def texts(mark) -> list[str]:
    if isinstance(mark, Text):
        return [mark.text]
    return [text for each in mark.marks for text in texts(each)] if isinstance(mark, Group) else []


def groups(scene: Scene, part: str) -> dict[str, Group]:
    return {mark.ref: mark for mark in scene.marks if isinstance(mark, Group) and mark.part == part}


def said(scene: Scene) -> dict[str, list[str]]:
    return {ref: texts(mark) for ref, mark in groups(scene, "node").items()}


def foot(scene: Scene) -> list[str]:
    return [text for mark in scene.marks if isinstance(mark, Group) and mark.part == "legend" for text in texts(mark)]


@pytest.fixture(scope="module")
def resnet() -> Graph:
    return cutaway.read(RESNET)


def model(*written: tuple[str, dict]) -> Graph:
    """Return a Sequential of layers, each by its class and configuration, behind an input of images."""
    listed = [layer(name, f"{name.lower()}_{place}", **config) for place, (name, config) in enumerate(written)]
    return cutaway.read(chain("model", [from_input("image", (None, 32, 32, 3)), *listed]))


CONV = {
    "filters": 64,
    "kernel_size": [7, 7],
    "strides": [2, 2],
    "padding": "valid",
    "dilation_rate": [1, 1],
    "groups": 1,
    "use_bias": True,
    "data_format": "channels_last",
}
STEM = (
    ("ZeroPadding2D", {"padding": [[3, 3], [3, 3]], "data_format": "channels_last"}),
    ("Conv2D", CONV),
    ("BatchNormalization", {"axis": [3], "center": True, "scale": True}),
    ("LeakyReLU", {"negative_slope": 0.1}),
    ("SpatialDropout2D", {"rate": 0.2}),
    ("Flatten", {"data_format": "channels_last"}),
    ("Dense", {"units": 10, "use_bias": True}),
    ("Activation", {"activation": "softmax"}),
)


def test_boxes_say_what_is_merged_in_the_order_of_the_flow():
    scene = Blocks(simplify=AUTO)(model(*STEM), PAPER, Page())
    boxes = said(scene)
    assert boxes["conv2d_1"] == ["Conv 7×7", "64, /2", "BN, Leaky ReLU, slope 0.1"]
    assert boxes["dense_6"] == ["Dense 10", "softmax"]
    assert (boxes["spatialdropout2d_4"], boxes["flatten_5"]) == (["d"], ["r"])
    assert groups(scene, "node")["conv2d_1"].title == (
        "conv2d_1 (Conv2D) → 16²×64; merged: zeropadding2d_0 (ZeroPadding2D) → conv2d_1 (Conv2D) → "
        "batchnormalization_2 (BatchNormalization) → leakyrelu_3 (LeakyReLU)"
    )


def test_the_legend_counts_what_is_merged_and_explains_the_circles():
    scene = Blocks(simplify=AUTO)(model(*STEM), PAPER, Page())
    words = foot(scene)
    merged = "before: 1 batch normalization (BN), 2 activations; into the following layer: 1 zero padding."
    assert merged in " ".join(words)
    assert "Small circles: 1 dropout, 1 reshape." in " ".join(words)
    assert [words[words.index(sign) + 1] for sign in ("d", "r")] == ["dropout", "reshaping"]


def test_what_is_left_out_is_counted():
    scene = Blocks(simplify=("no-dropouts", "no-reshapes"))(model(*STEM), PAPER, Page())
    assert "Left out: 1 dropout, 1 reshape." in " ".join(foot(scene))
    assert "flatten_5" not in said(scene)


def test_without_activations_none_is_told():
    scene = Blocks(simplify=AUTO, show=("shapes",))(model(*STEM), PAPER, Page())
    assert said(scene)["conv2d_1"] == ["Conv 7×7", "64, /2, BN"]


def test_a_figure_of_a_small_model_is_as_it_was():
    graph = model(*STEM)
    assert Blocks(simplify="auto")(graph, PAPER, Page()) == Blocks(simplify="none")(graph, PAPER, Page())


def test_a_large_one_counts_all_of_the_model(resnet):
    words = " ".join(foot(Blocks(fold="none", simplify="auto")(resnet, PAPER, Page())))
    assert "before: 53 batch normalizations (BN), 33 activations; into the following layer: 2 zero paddings." in words


@pytest.mark.parametrize("name", ["parameters", "macs", "memory", "weight_memory"])
@pytest.mark.parametrize("fold", ["none", "auto"])
def test_boxes_have_the_sum_of_all_that_they_are(resnet, name, fold):
    """Each number of the whole is that of all boxes together, each of which has what its members have."""
    from cutaway.analysis.complete import complete

    known = complete(resnet)
    reduction = reduced(known, Reducing(fold=fold, simplify="auto"))
    measured = Measures(known)[name]
    opened = [node for block in reduction.blocks.values() if block.is_open for node in block.nodes]
    members = [each for node in reduction.graph.nodes for each in reduction.members(node.id)]
    assert len(members) == len(set(members))
    assert set(members) | set(opened) == {node.id for node in known.nodes}
    if not opened:
        parts = [measured.total(reduction.members(node.id)).value for node in reduction.graph.nodes]
        assert sum(part or 0 for part in parts) == measured.total().value


def test_the_sum_stands_in_the_box():
    scene = Blocks(simplify=AUTO, show=("parameters", "macs"))(model(*STEM), PAPER, Page())
    assert said(scene)["conv2d_1"][-2:] == ["9.73 k parameters", "2.41 M multiply–adds"]
    kernel, normalization = 7 * 7 * 3 * 64 + 64, 4 * 64
    assert kernel + normalization == 9728


def test_weights_of_all_merged_layers_are_listed():
    lines = said(Blocks(simplify=AUTO, show=("weights",))(model(*STEM), PAPER, Page()))["conv2d_1"]
    heads = ["kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance"]
    assert [line for line in lines if line in heads] == heads


@settings(max_examples=60)
@given(layers(), st.sets(st.sampled_from(WORDS)), st.sampled_from(["down", "right"]))
def test_figures_have_no_faults(graph, words, direction):
    scene = Blocks(simplify=tuple(words), direction=direction)(graph, PAPER, Page())
    assert faults(scene, graph) == ()


def test_nothing_is_merged_silently():
    from cutaway.figure import Figure

    found = lint(Figure(graph=model(*STEM), view=Blocks(simplify=AUTO), theme=PAPER))
    assert [fault for fault in found if fault.rule in {"silent-fold", "legend-missing", "legend-idle"}] == []
