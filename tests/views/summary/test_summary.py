from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras_configs import called, tensor
from keras_configs import given as stored_input
from keras_configs import layer as stored_layer
from keras_configs import model as stored_model
from small_graphs import chain
from summary_models import cells, layer, model, weight, weighted

from cutaway.analysis.complete import complete
from cutaway.analysis.count import count
from cutaway.errors import InputError
from cutaway.graph import Scope
from cutaway.sources import read
from cutaway.table import Cell
from cutaway.views.summary import summary_table
from cutaway.views.summary.choice import Choice, choice
from cutaway.views.summary.columns import COLUMNS
from cutaway.weights import Weights

NUMBERS = [name for name, offer in COLUMNS.items() if offer.is_number]

few = settings(max_examples=30)


@few
@given(weighted())
def test_totals_are_the_same_to_whatever_depth_models_are_opened(graph):
    tables = [summary_table(graph, Choice(depth=depth)) for depth in (0, 1, None)]
    assert tables[0].totals == tables[1].totals == tables[2].totals
    assert tables[0].facts == tables[1].facts == tables[2].facts


@few
@given(weighted())
def test_a_row_says_the_same_whether_its_model_is_open_or_closed(graph):
    keys = tuple(key for key in COLUMNS if key not in {"connected_to", "parameters"})
    whole = {row.id: row.cells for row in summary_table(graph, Choice(columns=keys)).rows}
    for depth in (0, 1):
        for row in summary_table(graph, Choice(columns=keys, depth=depth)).rows:
            assert row.cells == whole[row.id]


@few
@given(weighted())
def test_parameters_of_a_model_are_those_in_it_once(graph):
    found = cells(summary_table(graph), "parameters")
    for scope in graph.scopes:
        within = [node for node in graph.nodes if f"{node.scope}/".startswith(f"{scope.id}/")]
        expected = count(within)
        cell = found[scope.id]
        assert cell.value == (expected.total if expected.exact else None)
        assert cell.least is None or cell.least <= expected.total


@few
@given(weighted())
def test_shared_weights_are_those_of_the_row_that_is_named(graph):
    table = summary_table(graph)
    keys = {node.id: {weight.key for weight in node.weights or ()} for node in graph.nodes}
    place = {row.id: number for number, row in enumerate(table.rows)}
    for row in table.rows:
        if row.shared_with is not None:
            assert place[row.shared_with] < place[row.id]
            if row.id in keys:
                assert keys[row.id]
                assert keys[row.id] & keys[row.shared_with]


@few
@given(weighted(), st.sampled_from(["parameters", "trainable_parameters", "weight_memory", "memory"]))
def test_sorting_keeps_every_layer_and_puts_the_largest_first(graph, key):
    table = summary_table(graph, Choice(sort=key, columns=("name", key)))
    once = {row.id for row in summary_table(graph).rows if row.shared_with is None or key == "memory"}
    assert sorted(row.id for row in table.rows) == sorted(node.id for node in graph.nodes if node.id in once)
    values = [cell.value if cell.least is None else cell.least for cell in cells(table, key).values()]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=True)
    assert None not in values[: len(known)]


def test_calls_of_one_layer_are_one_row_where_it_is_sorted_by_weights():
    again = replace(layer("a#2", weight((3, 4), "a/kernel")), name="a")
    graph = model(layer("a", weight((3, 4), "a/kernel")), again, layer("b", weight((2,), "b/kernel")))
    by_weights = summary_table(graph, Choice(sort="parameters", top=2))
    assert [row.id for row in by_weights.rows] == ["a", "b"]
    assert "Shared weights are counted once and have one row, that of their first call." in by_weights.notes
    assert len(summary_table(graph, Choice(sort="memory")).rows) == 3


@few
@given(weighted(), st.integers(1, 20))
def test_what_is_left_out_is_said(graph, top):
    whole, table = summary_table(graph), summary_table(graph, Choice(top=top))
    assert table.rows == whole.rows[:top]
    assert table.totals == whole.totals
    left = len(whole.rows) - top
    assert (left > 0) == any(note.startswith(f"{left} more row") for note in table.notes)


def test_what_is_unknown_is_a_question_mark_and_makes_totals_at_least():
    unknown = replace(layer("b"), weights=None)
    table = summary_table(model(layer("a", weight((3, 4), "a/kernel")), unknown))
    assert [cell.text for cell in cells(table, "parameters").values()] == ["12", "?"]
    total = next(fact.cell for fact in table.totals if fact.key == "parameters")
    assert (total.text, total.value, total.least) == ("at least 12 (1 layer unknown)", None, 12)


def test_at_least_nothing_is_unknown():
    total = next(
        fact.cell
        for fact in summary_table(model(layer("a"), replace(layer("b"), weights=None))).totals
        if fact.key == "parameters"
    )
    assert (total.text, total.value, total.least) == ("? (1 layer unknown)", None, None)


def test_of_what_is_at_least_so_much_not_all_is_known():
    windows = chain("Windows", "Dense", shapes=((None, 8, 8, 16), (None, 4, 4, 16), (None, 4, 4, 10)))
    table = summary_table(windows, Choice(columns=("macs", "memory")))
    assert [cell.text for cell in cells(table, "macs").values()] == ["0", "?", "≥ 2.56 k"]
    total = next(fact.cell for fact in table.totals if fact.key == "macs")
    assert (total.text, total.least) == ("at least 2.56 k (2 layers not wholly known)", 2560)


@pytest.mark.parametrize(("length", "is_said"), [(None, True), (7, False)])
def test_costs_that_depend_on_open_sizes_say_so(length, is_said):
    table = summary_table(chain("Custom", shapes=((None, length, 3), (None, length, 4))))
    assert ("Costs that depend on open sizes are unknown; assume fills these in." in table.notes) == is_said


def test_a_chain_needs_no_connections():
    assert [column.key for column in summary_table(chain("Dense", "Dense")).columns] == [
        "name",
        "operation",
        "output_shape",
        "parameters",
    ]


def test_the_column_of_sorting_is_shown():
    keys = [column.key for column in summary_table(chain("Dense"), choice(sort="macs")).columns]
    assert keys == ["name", "operation", "output_shape", "parameters", "macs"]


def test_an_optimizer_stands_apart():
    kept = (weight((3, 4), "optimizer/momentum"), weight((), "optimizer/iteration"))
    for optimizer, cell in ((None, Cell(text="")), ((), Cell(text="", value=0)), (kept, Cell(text="13", value=13))):
        found = {fact.key: fact.cell for fact in summary_table(model(layer("a")), optimizer=optimizer).totals}
        assert found["optimizer_parameters"] == cell
        assert found["parameters"].value == 0


def test_flow_that_is_not_known_is_said():
    graph = replace(chain("Dense", "Dense"), edges=())
    assert "How the data flows between these layers is not known." in summary_table(graph).notes


def test_columns_stand_in_the_order_of_the_caller():
    table = summary_table(chain("Dense"), choice(" parameters, name,parameters"))
    assert [column.key for column in table.columns] == ["parameters", "name"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"columns": "name,parametres"}, "unknown column 'parametres': did you mean 'parameters'"),
        ({"columns": [3]}, "unknown column 3: allowed"),
        ({"columns": ""}, "there is none"),
        ({"columns": 3}, "give names in a list"),
        ({"sort": "mac"}, "cannot sort by 'mac': did you mean 'macs'"),
        ({"sort": "name"}, "cannot sort by 'name'"),
        ({"top": 0}, "cannot use top=0: give a whole number, 1 or more"),
        ({"top": True}, "cannot use top=True"),
        ({"depth": -1}, "cannot use depth=-1: give a whole number, 0 or more"),
        ({"depth": "1"}, "cannot use depth='1'"),
    ],
)
def test_a_choice_that_cannot_be_made_says_what_is_allowed(arguments, said):
    with pytest.raises(InputError, match=said.replace("(", r"\(")):
        choice(**arguments)


def test_values_that_are_not_finite_are_told_of_where_values_are():
    graph = model(layer("a", weight((3,), "a/kernel")), layer("a#2", weight((3,), "a/kernel")))
    store = Weights(graph, "here", {"a/kernel": lambda: np.float32([1, 3, np.nan])})
    table = summary_table(graph, choice("name,mean"), store=store)
    assert [row.cells[1].text for row in table.rows] == ["2", "2"]
    assert "1 value is not finite, and left out: in a." in table.notes
    assert not [note for note in summary_table(graph, store=store).notes if "finite" in note]


def test_a_model_has_the_values_of_all_weights_in_it_each_once():
    nodes = (layer("s/a", weight((2,), "a/w"), scope="s"), layer("s/a#2", weight((2,), "a/w"), scope="s"))
    graph = model(*nodes, layer("s/b", weight((2,), "b/w"), scope="s"), scopes=(Scope(id="s", name="s", op="Model"),))
    values = {"a/w": [1, 2], "b/w": [3, 6]}
    store = Weights(graph, "here", {key: lambda held=held: np.float32(held) for key, held in values.items()})
    for depth in (0, None):
        assert summary_table(graph, choice("name,mean", depth=depth), store=store).rows[0].cells[1].value == 3
    unknown = Weights(graph, "here", {"a/w": lambda: np.float32([1, 2])})
    assert summary_table(graph, choice("name,mean"), store=unknown).rows[0].cells[1].text == "?"
    bare = model(layer("s/r", scope="s"), scopes=graph.scopes)
    assert summary_table(bare, choice("name,mean"), store=store).rows[0].cells[1].text == "–"


def test_unknown_ones_among_rows_that_are_left_out_are_told():
    steps = stored_layer("LSTM", "steps", called(tensor("x", shape=(None, None, 4))), units=3)
    layers = [
        stored_input("x", (None, None, 4)),
        steps,
        stored_layer("Dense", "d", called(tensor("steps", shape=(None, 3))), units=2),
    ]
    graph = complete(read(stored_model("net", layers, ["x", 0, 0], ["d", 0, 0])))
    notes = " ".join(summary_table(graph, Choice(sort="macs", top=1)).notes)
    assert "2 more rows not shown, of which 1 may be larger (unknown: steps); the totals" in notes
    notes = " ".join(summary_table(graph, Choice(sort="parameters", top=1)).notes)
    assert "2 more rows not shown; the totals" in notes
