"""A summary is the same whichever way it is asked for, saved whole or not at all, and shows itself in a notebook."""

import inspect
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from keras_configs import called, given, layer, model, tensor
from small_graphs import chain

import cutaway
from cutaway.analysis.rules import LayerRule
from cutaway.errors import CutawayWarning, InputError
from cutaway.graph import Graph
from cutaway.outputs.tables import TABLE_OUTPUTS
from cutaway.views.summary.columns import COLUMNS

EXAMPLES = Path(__file__).parents[1] / "examples"
MODELS = Path(__file__).parent / "models"
RESNET = EXAMPLES / "resnet50.json"
SIAMESE = EXAMPLES / "siamese.keras"


def test_a_file_is_summarized_whole():
    summary = cutaway.summarize(RESNET)
    text = str(summary)
    assert "\npredictions          Dense                   (?, 1000)           2,049,000  avg_pool\n" in text
    assert "\nParameters       25,636,712\n  trainable      25,583,592\n  non-trainable      53,120\n" in text
    assert repr(summary) == "<cutaway.Summary of 'resnet50': 177 rows>"
    assert isinstance(summary.graph, Graph)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_standard_output_need_not_have_all_characters(monkeypatch, encoding):
    summary = cutaway.summarize(RESNET)
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n"))
    sys.stdout.write(f"{summary}\n")
    sys.stdout.flush()
    shown = sys.stdout.buffer.getvalue().decode(encoding)
    assert shown.replace("–", "-") == f"{summary.text()}\n".replace("–", "-")


def test_a_graph_is_summarized():
    assert cutaway.summarize(chain("Dense")).table.rows[1].id == "dense_1"


def test_the_largest_layers_are_found():
    summary = cutaway.summarize(RESNET, columns="name,macs", sort="macs", top=2)
    assert [row.name for row in summary.table.rows] == ["conv1_conv", "conv2_block1_2_conv"]
    totals = json.loads(summary.json())["totals"]
    assert totals["parameters"] == 25_636_712
    assert totals["flops"] == 2 * totals["macs"]


def test_nested_models_are_closed_on_request():
    rows = cutaway.summarize(SIAMESE, depth=0).table.rows
    assert [row.name for row in rows] == ["left", "right", "encoder", "encoder#2", "subtract", "absolute", "same"]
    assert rows[3].shared_with == "encoder"


def test_values_of_weights_are_read_when_a_column_tells_of_them():
    rows = json.loads(cutaway.summarize(SIAMESE, columns=["name", "minimum", "sparsity"]).json())["rows"]
    assert rows[0]["minimum"] is None
    assert -1 < rows[-1]["minimum"] < 0
    assert 0 <= rows[-1]["sparsity"] < 1


def test_values_that_no_file_holds_are_not_known():
    with pytest.warns(CutawayWarning, match="statistics of weights stay unknown: '.*resnet50.json' holds none") as said:
        summary = cutaway.summarize(RESNET, columns="mean", top=3, weights=True)
    assert len(said) == 1
    assert [row.cells[0].text for row in summary.table.rows] == ["–", "–", "?"]


def test_values_are_not_in_a_graph():
    with pytest.warns(CutawayWarning, match="statistics of weights stay unknown: a graph holds no values"):
        cutaway.summarize(cutaway.read(SIAMESE), sort="mean")


@pytest.mark.parametrize("make", [cutaway.summarize, cutaway.draw, cutaway.report])
def test_weights_that_are_asked_for_and_not_there_are_told_of_once(make):
    with pytest.warns(CutawayWarning, match="no stored weights are read, .*resnet50.json' holds none") as said:
        make(RESNET, weights=True)
    assert len(said) == 1


def test_what_is_assumed_is_declared():
    layers = [given("x", (None, None, 4)), layer("LSTM", "l", called(tensor("x", shape=(None, None, 4))), units=2)]
    config = json.dumps(model("net", layers, ["x", 0, 0], ["l", 0, 0]))
    for assume, text, value in ((7, "7 for open sizes", 7), ({"x": (9, 4)}, "x (9, 4)", {"x": [9, 4]})):
        summary = cutaway.summarize(config, assume=assume)
        assert "Assumed" in summary.text()
        assert json.loads(summary.json())["assumed"] == value
        drawn = cutaway.draw(config, assume=assume).svg()
        assert all(text in page for page in (summary.text(), drawn, cutaway.report(config, assume=assume).html()))
    assert "assumed" not in cutaway.summarize(config).json()


def test_values_that_nobody_wants_are_not_read():
    assert cutaway.summarize(SIAMESE, columns="name,mean", weights=False).table.rows[-1].cells[1].text == "?"


def test_weights_of_a_graph_cannot_be_read():
    with pytest.raises(InputError, match=r"cannot read 'x.weights.h5' for a graph"):
        cutaway.summarize(chain("Dense"), weights="x.weights.h5")


def test_what_an_optimizer_keeps_is_told_where_the_weights_of_a_file_are_asked_for():
    for weights, text in ((True, "1"), (None, ""), (False, "")):  # it holds the number of steps, and no more
        table = cutaway.summarize(MODELS / "keras2_shared.h5", weights=weights).table
        totals = {fact.key: fact.cell.text for fact in table.totals}
        assert (totals["parameters"], totals["optimizer_parameters"]) == ("50", text)


def test_a_contradiction_in_a_file_is_told_once():
    shapes = ((None, 8, 8, 16), (None, 7, 7, 16), (None, 7, 7, 10))
    with pytest.warns(CutawayWarning) as caught:
        cutaway.summarize(chain("Conv2D", "Dense", shapes=shapes))
    assert len(caught) == 1
    assert "the file's is shown" in str(caught[0].message)


def test_rules_reach_the_numbers():
    rule = LayerRule(multiply_adds=lambda call: 7)
    summary = cutaway.summarize(chain("Mine"), columns="macs", rules={"Mine": rule})
    assert [row.cells[0].value for row in summary.table.rows] == [0, 7]


@pytest.mark.parametrize("suffix", TABLE_OUTPUTS)
def test_a_summary_is_saved_in_the_format_of_the_suffix(tmp_path, suffix):
    summary = cutaway.summarize(SIAMESE)
    wanted = {
        ".txt": f"{summary}\n",
        ".md": summary.markdown(),
        ".csv": summary.csv(),
        ".json": summary.json(),
        ".html": summary.html(),
    }
    path = tmp_path / f"net{suffix}"
    summary.save(path)
    assert wanted[suffix] in path.read_bytes().decode()


def test_a_suffix_may_be_in_capitals(tmp_path):
    cutaway.summarize(SIAMESE).save(tmp_path / "net.CSV")
    assert (tmp_path / "net.CSV").read_bytes().startswith(b"id,parent,name,")


def test_an_unknown_suffix_names_the_known_ones(tmp_path):
    with pytest.raises(InputError, match=r"suffix '\.pdf'") as caught:
        cutaway.summarize(SIAMESE).save(tmp_path / "net.pdf")
    assert all(suffix in str(caught.value) for suffix in TABLE_OUTPUTS)


def test_what_is_no_path_is_refused():
    with pytest.raises(InputError, match=r"give a path, such as 'net\.md'"):
        cutaway.summarize(SIAMESE).save(3)


def test_a_notebook_shows_a_table():
    summary = cutaway.summarize(SIAMESE)
    assert summary._repr_html_() == summary.html()


def test_the_reference_tells_every_column_and_keyword():
    text = inspect.getdoc(cutaway.summarize)
    for name in COLUMNS:
        assert re.search(rf"\b{name}\b", text[text.index("The columns") :])
    for name in inspect.signature(cutaway.summarize).parameters:
        assert re.search(rf"^{name}: ", text, re.MULTILINE)


def test_every_process_writes_the_same_bytes():
    code = (
        "import sys, cutaway; s = cutaway.summarize(sys.argv[1]);"
        "parts = s.text(), s.text(70, color=True), s.markdown(), s.csv(), s.json(), s.html();"
        "sys.stdout.buffer.write(''.join(parts).encode())"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code, str(SIAMESE)], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1] != b""


def test_plain_text_loads_nothing_heavy():
    code = (
        "import sys, cutaway; str(cutaway.summarize(sys.argv[1]));"
        "print([m for m in ('rich', 'numpy', 'pyfive', 'csv', 'difflib', 'cutaway.layered') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(RESNET)], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.framework
@pytest.mark.filterwarnings("ignore:.*__array__.*:DeprecationWarning")
def test_a_live_model_and_its_file_have_one_summary(tmp_path):
    import keras

    inputs = keras.Input((8, 8, 3), name="pixels")
    inner = keras.Sequential([keras.layers.Conv2D(4, 3), keras.layers.BatchNormalization()], name="stem")
    flat = keras.layers.Flatten()(inner(inputs))
    model = keras.Model(inputs, keras.layers.Dense(2, name="scores")(flat), name="net")
    model.compile("adam", loss="mse")
    model.optimizer.build(model.trainable_variables)
    model.save(tmp_path / "net.keras")
    columns = [name for name in COLUMNS if name != "initializers"]
    live = cutaway.summarize(model, columns=columns)
    assert live.json() == cutaway.summarize(tmp_path / "net.keras", columns=columns, weights=True).json()
    totals = json.loads(live.json())["totals"]
    assert totals["parameters"] == model.count_params()
    assert totals["optimizer_parameters"] == sum(variable.numpy().size for variable in model.optimizer.variables)
