from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graphs import chain
from summary_models import weighted

from cutaway.analysis.count import count
from cutaway.errors import InputError
from cutaway.graph import Edge, Graph, Node, Port, Scope, Weight
from cutaway.table import Cell
from cutaway.views.summary import summary_table
from cutaway.views.summary.choice import Choice, choice
from cutaway.views.summary.columns import COLUMNS

NUMBERS = [name for name, offer in COLUMNS.items() if offer.is_number]

few = settings(max_examples=30)


def cells(table, key):
    place = [column.key for column in table.columns].index(key)
    return {row.id: row.cells[place] for row in table.rows}


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
    assert sorted(row.id for row in table.rows) == sorted(node.id for node in graph.nodes)
    values = [cell.value if cell.least is None else cell.least for cell in cells(table, key).values()]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=True)
    assert None not in values[: len(known)]


@few
@given(weighted(), st.integers(1, 20))
def test_what_is_left_out_is_said(graph, top):
    whole, table = summary_table(graph), summary_table(graph, Choice(top=top))
    assert table.rows == whole.rows[:top]
    assert table.totals == whole.totals
    left = len(whole.rows) - top
    assert (left > 0) == any(note.startswith(f"{left} more row") for note in table.notes)


def weight(size, key="kernel", trainable=True):
    return Weight(key=key, shape=size, dtype="float32", trainable=trainable)


def model(*nodes: Node, scopes: tuple[Scope, ...] = ()) -> Graph:
    return Graph(name="net", nodes=nodes, scopes=scopes)


def layer(name, *weights, trainable=True, scope=None):
    return Node(id=name, name=name, op="Dense", weights=weights, trainable=trainable, scope=scope)


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


def test_a_nested_model_has_no_stride_of_its_own():
    table = summary_table(
        model(layer("s/a", scope="s"), scopes=(Scope(id="s", name="s", op="Model"),)), choice("stride")
    )
    assert table.rows[0].cells[0].text == "–"


@pytest.mark.parametrize(("length", "is_said"), [(None, True), (7, False)])
def test_costs_that_depend_on_open_sizes_say_so(length, is_said):
    table = summary_table(chain("Custom", shapes=((None, length, 3), (None, length, 4))))
    assert ("Costs that depend on open sizes are unknown; assume fills these in." in table.notes) == is_said


@pytest.mark.parametrize(
    ("frozen", "word"), [((), "yes"), (("s/a",), "partly"), (("s/a", "s/b"), "no")], ids=["none", "one", "all"]
)
def test_a_model_is_trained_as_its_layers_are(frozen, word):
    layers = [
        layer(name, weight((2, 2), name, trainable=name not in frozen), trainable=name not in frozen, scope="s")
        for name in ("s/a", "s/b")
    ]
    bare = layer("s/c", scope="s")
    graph = model(*layers, bare, scopes=(Scope(id="s", name="s", op="Functional"),))
    table = summary_table(graph, choice("name,trainable"))
    assert [cell.text for cell in cells(table, "trainable").values()] == [
        word,
        *["no" if each.id in frozen else "yes" for each in layers],
        "–",
    ]


def test_a_layer_of_which_a_part_is_trained_is_trained():
    table = summary_table(
        model(layer("a", weight((2,), "a/gamma"), weight((2,), "a/mean", trainable=False))),
        choice("trainable,trainable_parameters,non_trainable_parameters"),
    )
    assert [cell.text for cell in table.rows[0].cells] == ["yes", "2", "2"]


def test_a_second_call_is_shared_with_the_first():
    first, second = layer("a", weight((2, 2), "a/kernel")), layer("a#2", weight((2, 2), "a/kernel"))
    table = summary_table(model(first, second))
    found = cells(table, "parameters")["a#2"]
    assert (found.text, found.value) == ("shared with a", 4)
    assert table.rows[1].shared_with == "a"
    assert "Shared weights are counted once in the totals." in table.notes


def test_in_a_shared_model_only_the_model_names_the_other():
    nodes = [
        layer(f"{scope}/{name}", weight((2, 2), f"s/{name}"), scope=scope) for scope in ("s", "s#2") for name in "ab"
    ]
    scopes = tuple(Scope(id=scope, name="s", op="Functional") for scope in ("s", "s#2"))
    found = cells(summary_table(model(*nodes, scopes=scopes)), "parameters")
    texts = ["8", "4", "4", "shared with s", "shared", "shared"]
    assert [cell.text for cell in found.values()] == texts
    flat = cells(summary_table(model(*nodes, scopes=scopes), choice(sort="parameters")), "parameters")
    assert flat["s#2/a"].text == "shared with s/a"


def test_a_shared_layer_that_a_closed_model_hides_goes_by_the_model():
    nodes = (layer("s/a", weight((2, 2), "s/a"), scope="s"), layer("b", weight((2, 2), "s/a")))
    graph = model(*nodes, scopes=(Scope(id="s", name="s", op="Functional"),))
    assert cells(summary_table(graph, choice(depth=0)), "parameters")["b"].text == "shared with s"


def test_shapes_keep_all_axes():
    table = summary_table(chain("Custom", "Custom", shapes=((None, 8, 8, 16), (None, None, 64), None)))
    assert [cell.text for cell in cells(table, "output_shape").values()] == ["(?, 8, 8, 16)", "(?, ?, 64)", "?"]
    assert cells(table, "output_shape")["custom_1"].value == ((None, None, 64),)
    assert "? is a size that is not fixed, or not known." in table.notes


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


def test_names_with_commas_are_told_apart():
    nodes = [replace(layer(name), outputs=(Port(name="0"),)) for name in ("a, b", "c", "d")]
    edges = (Edge(source="a, b", target="d"), Edge(source="c", target="d", target_port=1))
    table = summary_table(replace(model(*nodes), edges=edges), choice("connected_to"))
    assert table.rows[2].cells[0] == Cell(text='"a, b", c', value=("a, b", "c"))


def test_flow_that_is_not_known_is_said():
    graph = replace(chain("Dense", "Dense"), edges=())
    assert "How the data flows between these layers is not known." in summary_table(graph).notes


def test_columns_stand_in_the_order_of_the_caller():
    table = summary_table(chain("Dense"), choice(" parameters, name,parameters"))
    assert [column.key for column in table.columns] == ["parameters", "name"]


@pytest.mark.parametrize("key", COLUMNS)
def test_every_column_says_something_of_every_row(key):
    for row in summary_table(chain("Conv2D", "Dense"), choice([key])).rows:
        assert row.cells[0].text


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
