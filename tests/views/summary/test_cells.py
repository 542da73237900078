from dataclasses import replace

import pytest
from small_graphs import chain
from summary_models import cells, layer, model, weight

from cutaway.graph import Edge, Port, Scope
from cutaway.table import Cell
from cutaway.views.summary import summary_table
from cutaway.views.summary.choice import choice
from cutaway.views.summary.columns import COLUMNS


def test_a_nested_model_has_no_stride_of_its_own():
    table = summary_table(
        model(layer("s/a", scope="s"), scopes=(Scope(id="s", name="s", op="Model"),)), choice("stride")
    )
    assert table.rows[0].cells[0].text == "–"


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


def test_of_a_model_with_a_layer_that_does_not_say_it_is_not_known():
    untold = replace(layer("s/b", trainable=None, scope="s"), weights=None)
    nodes = (layer("s/a", weight((2,), "s/a"), scope="s"), untold)
    table = summary_table(model(*nodes, scopes=(Scope(id="s", name="s", op="Model"),)), choice("trainable"))
    assert [row.cells[0].text for row in table.rows] == ["?", "yes", "?"]


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
    flat = cells(
        summary_table(model(*nodes, scopes=scopes), choice(columns="name,parameters", sort="memory")), "parameters"
    )
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


def test_names_with_commas_are_told_apart():
    nodes = [replace(layer(name), outputs=(Port(name="0"),)) for name in ("a, b", "c", "d")]
    edges = (Edge(source="a, b", target="d"), Edge(source="c", target="d", target_port=1))
    table = summary_table(replace(model(*nodes), edges=edges), choice("connected_to"))
    assert table.rows[2].cells[0] == Cell(text='"a, b", c', value=("a, b", "c"))


@pytest.mark.parametrize("key", COLUMNS)
def test_every_column_says_something_of_every_row(key):
    for row in summary_table(chain("Conv2D", "Dense"), choice([key])).rows:
        assert row.cells[0].text
