"""Stages of the corpus: those of the papers, and everywhere sound regions. The numbers were written from the papers."""

from pathlib import Path

import pytest
from corpus_rows import FORMS, stored
from stage_facts import held, of, staged

from cutaway.analysis.regions import surround
from cutaway.sources import read

pytestmark = [pytest.mark.corpus, pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")]

PAPERS = {
    # Huang et al. 2017, table 1: dense blocks, each layer of which ends with a concatenation
    "applications/DenseNet121": ("Concatenate", [0, 6, 12, 24, 16, 0]),
    "applications/DenseNet169": ("Concatenate", [0, 6, 12, 32, 32, 0]),
    "applications/DenseNet201": ("Concatenate", [0, 6, 12, 48, 32, 0]),
    # Tan and Le 2019, table 1: the layers of stages 2 to 8, each with one depthwise convolution
    "applications/EfficientNetB0": ("DepthwiseConv2D", [0, 1, 2, 2, 3, 3, 4, 1, 0]),
    # Radosavovic et al. 2020, table 6 of the supplement (X-200MF): 1, 1, 4 and 7 blocks, each with one sum
    "applications/k215_RegNetX002": ("TFOpLambda", [0, 1, 1, 4, 7, 0]),
    # Bello et al. 2021: the stages of a ResNet
    "applications/k215_ResNetRS50": ("Add", [0, 3, 4, 6, 3, 0]),
    "applications/k215_ResNetRS200": ("Add", [0, 3, 24, 36, 3, 0]),
    # Xie et al. 2017, table 1
    "thirdparty/tf215/cm_resnext50": ("Add", [0, 3, 4, 6, 3, 0]),
    # Wang et al. 2022 (PVT v2), table 1, B0: 2 blocks in each stage, each with two sums
    "thirdparty/tf215/kecam_PVT_V2B0": ("Add", [0, 4, 4, 4, 4, 0]),
    # Simonyan and Zisserman 2015, table 1, D
    "applications/VGG16": ("Conv2D", [2, 2, 3, 3, 3, 0]),
}


@pytest.mark.parametrize("model", PAPERS)
def test_the_stages_are_those_of_the_paper(model: str, corpus: Path) -> None:
    operation, counts = PAPERS[model]
    assert [count for _, count in held(read(corpus / f"{model}.json.gz"), of(operation))] == counts


def test_numbers_in_names_are_kept_where_they_are_called_stages(corpus: Path) -> None:
    graph = read(corpus / "applications/k215_RegNetX002.json.gz")
    expected = ["stem", "stage 0", "stage 1", "stage 2", "stage 3", "head"]
    assert [stage.caption for stage in staged(graph)[1]] == expected


def test_all_stages_are_regions(corpus: Path) -> None:
    """Of all models that are too large for a figure; and most of those that are there have some."""
    models, having, seen = 0, 0, set()
    for form in FORMS:
        for row, path in stored(corpus, form):
            if row.id in seen:
                continue
            graph = read(path)
            if len(graph.nodes) > 40:
                seen.add(row.id)
                models += 1
                reduction, found = staged(graph)
                assert surround(reduction.graph, {each.caption: each.members for each in found}).graph.nodes, row.id
                assert len(found) != 1, row.id
                having += bool(found)
    assert having > models / 2
