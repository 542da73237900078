"""What the folded blocks of a figure are called: never two of different patterns alike."""

from collections import defaultdict

import paper_models
import pytest
from paper_models import Net

from cutaway.analysis.reduction import Reducing, reduced
from cutaway.analysis.shapes import infer
from cutaway.graph import Graph
from cutaway.sources import read
from cutaway.views.block_names import block_names, enumerated
from gallery import model


def names(graph: Graph, most: int = 12) -> list[tuple[str, ...]]:
    """Return title and details of each block, in the order of the flow; no two patterns have the same."""
    reduction = reduced(infer(graph, verify=False), Reducing(most=most))
    found, patterns = block_names(reduction), defaultdict(set)
    for identity, name in found.items():
        patterns[name.title, name.details].add(reduction.blocks[identity].pattern)
    assert all(len(same) == 1 for same in patterns.values())
    return [(name.title, *name.details) for name in found.values()]


def towers(*inner: dict[str, object]) -> Graph:
    """Return a model of named parts, each a hidden unit of one custom class with attributes of its own."""
    net = Net("net")
    x = net.add("InputLayer")
    for place, attributes in enumerate(inner):
        for _ in range(6):
            y = net.add("Dense", net.add("Mystery", net.add("LayerNormalization", x), **attributes), units=8)
            x = net.add("Add", x, y)
        x = net.add("Dense", x, units=16 + place)
        x = net.add("Dense", x, units=8)
    return net.graph(x)


def test_blocks_that_differ_in_what_a_layer_says_say_it():
    said = names(towers({"rate": 0.1}, {"rate": 0.2}))
    told = {words[-1] for words in said if "Mystery rate" in words[-1]}
    assert told == {"with Mystery rate 0.1", "with Mystery rate 0.2"}


def test_blocks_that_differ_in_what_no_layer_says_are_numbered():
    said = names(towers({"secret": "one"}, {"secret": "two"}))
    assert {words[0][-3:] for words in said if words[0].endswith(")")} == {"(1)", "(2)"}


@pytest.mark.parametrize("model", [paper_models.gpt2, paper_models.swin, paper_models.t5, paper_models.whisper])
def test_no_two_patterns_of_a_paper_have_one_name(model):
    assert names(model())


def test_a_row_of_blocks_that_widen_says_from_what_to_what_it_leads():
    found = names(read(model("densenet121.json.gz")), most=40)
    assert ("Dense layer", "64 → 256", "growth 32") in found
    assert ("Dense layer", "512 → 1024", "growth 32") in found


def test_phrases_that_begin_alike_say_so_once():
    assert enumerated(["width 64", "width 96–128"]) == "width 64, 96–128"
    assert enumerated(["× 5", "× 8", "× 14"]) == "× 5, 8, 14"
    assert enumerated(["stride 2", "projected skip"]) == "stride 2, projected skip"
    assert enumerated(["stride 2"]) == "stride 2"
    assert enumerated(["/2", "/2"]) == "/2, /2"
