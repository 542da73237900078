"""Costs of models that nobody here wrote: papers, and that nothing that can be known is missing."""

import warnings
from pathlib import Path

import pytest
from corpus_rows import stored

from cutaway.analysis.complete import complete
from cutaway.analysis.measures import Measures
from cutaway.errors import CutawayWarning
from cutaway.graph import Graph, Node
from cutaway.sources import read

pytestmark = pytest.mark.corpus

SIZES = ("002", "004", "006", "008", "016", "032", "040", "064", "080", "120", "160", "320")
# Radosavovic et al. 2020, "Designing Network Design Spaces", Tables 2 and 3: multiply-adds in billions, "flops (B)".
REGNET_X = (0.2, 0.4, 0.6, 0.8, 1.6, 3.2, 4.0, 6.5, 8.0, 12.1, 15.9, 31.7)
REGNET_Y = (0.2, 0.4, 0.6, 0.8, 1.6, 3.2, 4.0, 6.4, 8.0, 12.1, 15.9, 32.3)
WITHOUT_A_RULE = frozenset(("Lambda", "RNN", "TimeDistributed", "Bidirectional"))
"""Built-in classes that may hold anything."""


def completed(path: Path) -> Graph:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CutawayWarning)
        return complete(read(str(path)), verify=False)


@pytest.mark.parametrize(
    ("name", "billions"),
    [
        *((f"k215_RegNetX{size}", cost) for size, cost in zip(SIZES, REGNET_X, strict=True)),
        *((f"k215_RegNetY{size}", cost) for size, cost in zip(SIZES, REGNET_Y, strict=True)),
        ("VGG19", 19.6),  # He et al. 2016, Section 3.3
        ("EfficientNetB2", 1.0),  # Tan & Le 2019, Table 2
        ("EfficientNetB3", 1.8),
    ],
)
def test_networks_cost_what_their_papers_say(corpus: Path, name: str, billions: float) -> None:
    total = Measures(completed(corpus / "applications" / f"{name}.json.gz"))["macs"].total()
    assert total.value is not None
    assert (round(total.value / 1e9, 1), total.exact) == (billions, True)


def test_nothing_is_unknown_where_all_sizes_are_known(corpus: Path) -> None:
    counted = once = doubtful = 0
    for row, path in stored(corpus, "json"):
        if not row.holds_graph:
            continue
        graph = completed(path)
        measures = Measures(graph)
        macs, memory = measures["macs"], measures["memory"]
        for node in graph.nodes:
            if not node.custom and node.op not in WITHOUT_A_RULE and node.inputs and _is_known(node):
                counted += 1
                assert macs[node.id].value is not None, (path.name, node)
                doubtful += not macs[node.id].exact  # behind layers that may have put windows into the batch
                found = memory[node.id].value or 0
                # Behind a reshape that puts another axis into the batch there are several for each sample.
                assert found, (path.name, node)
                assert found % _bytes(node) == 0, (path.name, node)
                once += found == _bytes(node)
    assert once > counted * 0.99 > 75_000
    assert doubtful < counted * 0.01


def _is_known(node: Node) -> bool:
    """Tell whether a layer's sizes are all known but the batch, in types of four bytes."""
    ports = (*node.inputs, *node.outputs)
    return (
        node.trainable is not None
        and all(
            port.tensor.shape
            and port.tensor.dtype == "float32"
            and all(isinstance(dim, int) for dim in port.tensor.shape[1:])
            for port in ports
        )
        and all(port.tensor.shape[0] is None for port in ports if port.tensor.shape)
    )


def _bytes(node: Node) -> int:
    total = 0
    for port in node.outputs:
        size = 4
        for dim in (port.tensor.shape or ())[1:]:
            size *= dim if isinstance(dim, int) else 1
        total += size
    return total
