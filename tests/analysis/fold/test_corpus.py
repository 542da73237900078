"""Every model of the corpus that is too large for a figure: folded to one that is not, and unfolded again."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_rows import FORMS, stored
from fold_accounts import drawn_or_accounted, too_large, unaccounted, unfolds

from cutaway.analysis.check import check
from cutaway.analysis.fold import fold
from cutaway.analysis.reduction import Reducing, reduced
from cutaway.graph import Graph
from cutaway.sources import read

pytestmark = [pytest.mark.corpus, pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")]

EXCEPTIONS: dict[str, int] = {}
"""Models with more than 40 boxes, and how many blocks that differ from each other they have: there are none."""


def large(corpus: Path) -> Iterator[tuple[str, Graph]]:
    """Return every model of more than 60 nodes, from the first of its files."""
    seen = set()
    for form in FORMS:
        for row, path in stored(corpus, form):
            if row.id not in seen:
                graph = read(path)
                if len(graph.nodes) > 60:
                    seen.add(row.id)
                    yield row.id, graph


def test_every_large_model_is_folded_to_a_readable_number_of_boxes(corpus: Path) -> None:
    wrong = []
    models = 0
    for name, graph in large(corpus):
        models += 1
        folded = fold(graph)
        wrong += [f"{name}: {len(folded.graph.nodes)} boxes"] * (len(folded.graph.nodes) > EXCEPTIONS.get(name, 40))
        wrong += [f"{name}: {box} is too large" for box in too_large(folded)]
        wrong += [f"{name}: {fault}" for fault in check(folded.graph)]
        wrong += [f"{name}: not accounted for: {unaccounted(folded)[:5]}"] * bool(unaccounted(folded))
        wrong += [] if unfolds(folded) else [f"{name} does not unfold"]
    assert not wrong, "\n".join(wrong)
    assert models > 240


def test_every_large_model_is_simplified_and_folded_to_a_readable_number_of_boxes(corpus: Path) -> None:
    """As a figure draws it: what goes into its layer or is a small mark first, then the repeats of what is left."""
    wrong = []
    for name, graph in large(corpus):
        left = reduced(graph, Reducing(fold="auto", simplify="auto"))
        told = Counter(drawn_or_accounted(graph, left.graph, left.stands_for))
        largest = len(graph.nodes) / 3
        nodes = {node.id for node in graph.nodes}
        wrong += [f"{name}: {len(left.graph.nodes)} boxes"] * (len(left.graph.nodes) > EXCEPTIONS.get(name, 40))
        wrong += [f"{name}: {fault}" for fault in check(left.graph)]
        wrong += [f"{name}: {each} is told of {count} times" for each, count in told.items() if count != 1][:5]
        wrong += [
            f"{name}: {block.id} is too large"
            for block in left.blocks.values()
            if block.count == 1 and len(nodes.intersection(left.stands_for.get(block.id, ()))) > largest
        ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("depth", [0, 1, 9])
def test_every_depth_accounts_for_everything(depth: int, corpus: Path) -> None:
    wrong = []
    for place, (name, graph) in enumerate(large(corpus)):
        if place % 4 == 0:
            folded = fold(graph, depth)
            wrong += [f"{name}: {fault}" for fault in (*check(folded.graph), *unaccounted(folded))]
    assert not wrong, "\n".join(wrong)


def blocks(corpus: Path, name: str, layers: int) -> list[int]:
    """Return the numbers of equal blocks in the runs of a model whose blocks have that many layers."""
    graph = read(corpus / name)
    folded = fold(graph)
    return [each.count for each in folded.blocks.values() if each.count > 1 and len(each.instances[0]) == layers]


@pytest.mark.parametrize(
    ("model", "sizes"),
    [("DenseNet121", [6, 12, 24, 16]), ("DenseNet169", [6, 12, 32, 32]), ("DenseNet201", [6, 12, 48, 32])],
)
def test_dense_blocks_are_those_of_the_paper(model: str, sizes: list[int], corpus: Path) -> None:
    """Huang et al. 2017, table 1; a layer is normalization, activation, convolution, twice, and a concatenation."""
    assert blocks(corpus, f"applications/{model}.json.gz", 7) == sizes


def test_efficientnet_is_seven_stages_of_mbconv(corpus: Path) -> None:
    """Tan and Le 2019, table 1: stages 2 to 8 of 1, 2, 2, 3, 3, 4 and 1 layers, the first of each unlike the others."""
    folded = fold(read(corpus / "applications/EfficientNetB0.json.gz"))
    stages: Counter[str] = Counter()
    for block in folded.blocks.values():
        if block.name.startswith("block"):
            stages[block.name[5]] += block.count
    assert [*stages.values()] == [1, 2, 2, 3, 3, 4, 1]


@pytest.mark.parametrize(
    ("model", "sizes"), [("DenseNet121", [6, 12, 24, 16]), ("EfficientNetB0", [1, 1, 1, 1, 1, 1, 2, 1, 2, 1, 3, 1])]
)
def test_merged_layers_change_no_blocks(model: str, sizes: list[int], corpus: Path) -> None:
    """The same tables; the transitions between dense blocks, and the stems and heads, are single layers then."""
    left = reduced(read(corpus / f"applications/{model}.json.gz"), Reducing(fold="auto", simplify="auto"))
    assert [block.count for block in left.blocks.values()] == sizes


def test_resnet_of_the_wild_is_four_stages(corpus: Path) -> None:
    """He et al. 2016, table 1: 3, 4, 6 and 3 blocks; ten layers in a block, twelve in one with a projection."""
    name = "wild/files/tensorspace-team_tensorspace_examples_resnet50_resnet50Model_model.json"
    assert blocks(corpus, name, 10) == [2, 3, 5, 2]


def test_a_gpt2_of_the_corpus_is_its_blocks(corpus: Path) -> None:
    (block,) = fold(read(corpus / "thirdparty/tf215/kecam_GPT2_Base.json.gz")).blocks.values()
    assert (block.count, block.name, block.is_open) == (2, "blocks", True)
