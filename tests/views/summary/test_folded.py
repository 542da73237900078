"""A folded summary: the blocks of the figure as rows, with the sums of all that they stand for."""

import json
import warnings
from collections import Counter

import pytest
from paper_models import gpt2, resnet

import cutaway
from cutaway.analysis.measures import Measures
from cutaway.analysis.reduction import Reducing, reduced
from cutaway.graph import Weight
from cutaway.record import replace
from cutaway.views.summary import summary_table
from cutaway.views.summary.choice import choice

RESNET50 = "examples/resnet50.json"


def rows(table):
    """Return the rows of a table as what stands in their columns."""
    keys = [column.key for column in table.columns]
    return {row.id: dict(zip(keys, row.cells, strict=True)) for row in table.rows}


def test_blocks_are_rows_with_their_count():
    found = rows(cutaway.summarize(RESNET50, fold="auto").table)
    assert [cells["count"].text for cells in found.values() if cells["operation"].text == "Bottleneck"] == [
        "1", "× 2", "1", "× 3", "1", "× 5", "1", "× 2",
    ]  # fmt: skip
    assert found["conv1_conv"]["operation"].text == "ZeroPadding2D + Conv2D + BatchNormalization + Activation"
    assert len(found) == 13


@pytest.mark.parametrize("fold", ["auto", 0, 1, {"Bottleneck": "Conv2D{3} > Add"}])
@pytest.mark.parametrize("measure", ["parameters", "macs", "memory", "weight_memory"])
@pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")
def test_rows_add_up_to_the_whole_model(fold, measure):
    summary = cutaway.summarize(RESNET50, fold=fold, columns=["name", measure])
    around = {row.parent for row in summary.table.rows}
    told = [row.cells[1].value or 0 for row in summary.table.rows if row.id not in around]
    assert sum(told) == Measures(summary.graph)[measure].total().value > 0


def test_a_row_is_the_sum_of_what_the_block_stands_for():
    summary = cutaway.summarize(RESNET50, fold="auto", columns="macs,parameters")
    reduction = reduced(summary.graph, Reducing(fold="auto", simplify="auto"))
    measures = Measures(summary.graph)
    found = rows(summary.table)
    nodes = {node.id for node in summary.graph.nodes}
    assert set(reduction.blocks) <= set(found)
    for block in reduction.blocks:
        told = [each for each in reduction.stands_for[block] if each in nodes]
        for measure in ("macs", "parameters"):
            assert found[block][measure].value == measures[measure].total(told).value > 0


def test_a_block_that_is_drawn_open_has_its_layers_below_it():
    graph = gpt2()
    weighted = [
        replace(node, weights=(Weight(key=node.id, shape=(5,), dtype="float32", trainable=True),))
        for node in graph.nodes
    ]
    table = summary_table(replace(graph, nodes=tuple(weighted)), choice("count,parameters", fold="auto"))
    (block,) = [row for row in table.rows if row.id in {each.parent for each in table.rows}]
    inner = [row for row in table.rows if row.parent == block.id]
    assert block.cells[0].text == "× 12"
    assert {row.cells[0].text for row in inner} == {"× 12"}
    assert block.cells[1].value == sum(row.cells[1].value for row in inner) == 12 * 7 * 5


def test_a_block_is_unfolded_by_the_id_of_its_row():
    found = rows(cutaway.summarize(RESNET50, fold="auto", unfold="conv4_block").table)
    assert "conv4_block" not in found
    assert len(found) > 13


def test_every_format_tells_the_count():
    summary = cutaway.summarize(RESNET50, fold="auto")
    told = {row["id"]: row["count"] for row in json.loads(summary.json())["rows"]}
    assert Counter(told.values()) == {1: 9, 2: 2, 3: 1, 5: 1}
    assert "conv4_block,,conv4_block,5,Bottleneck," in summary.csv()
    for text in (summary.text(), summary.markdown(), summary.html()):
        assert "× 5" in text
    assert "A row with × N stands for N equal blocks" in summary.text()


def test_a_small_model_is_left_as_it_is():
    plain = cutaway.summarize("examples/siamese.keras", columns="name,parameters")
    folded = cutaway.summarize("examples/siamese.keras", columns="name,parameters", fold="auto")
    assert folded.csv() == plain.csv()


def test_sorted_rows_are_blocks():
    table = cutaway.summarize(RESNET50, fold="auto", sort="parameters", top=2).table
    assert [row.id for row in table.rows] == ["conv5_block", "conv5_block1"]


def test_other_ways_to_fold_are_refused():
    with pytest.raises(cutaway.CutawayError, match="cannot use fold='most'"):
        cutaway.summarize(resnet(), fold="most")


def test_a_pattern_that_is_found_nowhere_is_said():
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        cutaway.summarize(resnet(), fold={"Cell": "GRU > Dense"})
    assert ["found nowhere" in str(each.message) for each in told] == [True]
