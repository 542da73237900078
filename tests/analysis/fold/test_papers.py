"""The blocks that papers draw are those that are found. Each list was written down from the paper, not from a run."""

import paper_models
import pytest

from cutaway.analysis.fold import fold
from cutaway.analysis.reduction import Reducing, reduced
from cutaway.analysis.repeat import levels, runs
from cutaway.analysis.simplify import simplify

SELF = ["MultiHeadAttention", "Add"]
GPT2 = ["LayerNormalization", *SELF, "LayerNormalization", "Dense", "Dense", "Add"]
BERT = ["MultiHeadAttention", "Dropout", "Add", "LayerNormalization", "Dense", "Dense", "Dropout", "Add"]
T5_ENCODER = ["RMSNormalization", *SELF, "RMSNormalization", "Dense", "Dense", "Add"]
T5_DECODER = ["RMSNormalization", *SELF, *T5_ENCODER]
WHISPER_DECODER = ["LayerNormalization", *SELF, *GPT2]
SWIN = [
    "LayerNormalization",
    "WindowAttention",
    "StochasticDepth",
    "Add",
    "LayerNormalization",
    "Dense",
    "Dense",
    "Add",
]
BOTTLENECK = ["Conv2D", "BatchNormalization", "ReLU"] * 2 + ["Conv2D", "BatchNormalization", "Add", "ReLU"]


def found(graph):
    """Return the outermost runs, each as the number of its blocks and the operations in one."""
    level = levels(graph)[None]
    ops = {node.id: node.op for node in graph.nodes}
    return [(run.count, [ops[item] for item in level.items[run.start : run.start + run.period]]) for run in runs(level)]


RUNS = {
    "gpt2": (paper_models.gpt2(), [(12, GPT2)]),
    "bert": (paper_models.bert(), [(12, [*BERT, "LayerNormalization"])]),
    "t5": (paper_models.t5(), [(6, T5_ENCODER), (6, T5_DECODER)]),
    "whisper": (paper_models.whisper(), [(4, GPT2), (4, WHISPER_DECODER)]),
    "swin": (paper_models.swin(), [(3, SWIN * 2)]),
    "unet": (paper_models.unet(), [(2, ["Conv2D", "ReLU"])] * 9),
    "resnet": (paper_models.resnet(), [(count, BOTTLENECK) for count in (2, 3, 5, 2)]),
}


@pytest.mark.parametrize("name", RUNS)
def test_the_runs_are_those_of_the_paper(name):
    graph, expected = RUNS[name]
    assert found(graph) == expected


def test_a_resnet_is_four_stages_of_three_four_six_and_three_blocks():
    folded = fold(RUNS["resnet"][0])
    blocks = [(block.count, len(block.instances[0])) for block in folded.blocks.values()]
    assert [block for block in blocks if block[1] > 5] == [
        (1, 12), (2, 10), (1, 12), (3, 10), (1, 12), (5, 10), (1, 12), (2, 10),
    ]  # fmt: skip


def test_a_swin_is_twelve_blocks_of_which_three_pairs_repeat():
    blocks = [(block.count, len(block.instances[0])) for block in fold(RUNS["swin"][0]).blocks.values()]
    assert [block for block in blocks if block[1] >= 8] == [(1, 8)] * 4 + [(3, 16)] + [(1, 8)] * 2


def test_a_decoder_of_one_kind_of_block_is_drawn_with_one_open():
    folded = fold(RUNS["gpt2"][0])
    (block,) = folded.blocks.values()
    assert (block.is_open, block.label, block.sharing) == (True, "× 12", "own weights")
    assert [node.op for node in folded.graph.nodes if node.scope == block.id] == GPT2
    assert len(folded.graph.nodes) == 6 + len(GPT2)


SIMPLE_BERT = ["MultiHeadAttention", "Dropout", "Add", "LayerNormalization", "Dense", "Dense", "Dropout", "Add"]

SIMPLIFIED = {
    "gpt2": [(12, GPT2)],
    "bert": [(12, [*SIMPLE_BERT, "LayerNormalization"])],
    "t5": [(6, T5_ENCODER), (6, T5_DECODER)],
    "whisper": [(4, GPT2), (4, WHISPER_DECODER)],
    "swin": [(3, SWIN * 2)],
    "unet": [],  # two layers with their activations are as readable as one × 2
    "resnet": [(count, ["Conv2D", "Conv2D", "Conv2D", "Add", "ReLU"]) for count in (2, 3, 5, 2)],
}
"""The same with activations and normalizations merged into layers, if they are batch normalizations."""


@pytest.mark.parametrize("name", RUNS)
def test_the_runs_are_those_of_the_paper_when_layers_are_merged(name):
    assert found(simplify(RUNS[name][0]).graph) == SIMPLIFIED[name]


def test_a_simplified_resnet_is_four_stages_with_the_first_block_of_each_told_apart():
    left = reduced(RUNS["resnet"][0], Reducing(fold="auto", simplify="auto"))
    assert [(block.count, len(block.instances[0])) for block in left.blocks.values()] == [
        (1, 6), (2, 5), (1, 6), (3, 5), (1, 6), (5, 5), (1, 6), (2, 5),
    ]  # fmt: skip


@pytest.mark.parametrize("name", RUNS)
def test_every_figure_is_small_enough(name):
    assert len(fold(RUNS[name][0]).graph.nodes) <= 40
