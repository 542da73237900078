"""Stored weights of every form, in small files written by hand."""

import json

import numpy as np
import pytest
from hypothesis import given as sampled
from hypothesis import settings
from hypothesis import strategies as st
from keras_configs import called, chain, given, layer, model, tensor
from weights_files import archive, listed, tree, values

from cutaway import read
from cutaway.analysis.check import check
from cutaway.errors import CutawayWarning, InputError
from cutaway.sources.stored.names import expected

DENSE = [values(4, 3), values(3)]
NORM = [values(3), values(3), values(3), values(3)]
NET = model(
    "net",
    [
        given("x"),
        layer("Dense", "first", called(tensor("x")), called(tensor("x")), units=3),
        layer("BatchNormalization", "norm", called(tensor("first"))),
        layer("Activation", "act", called(tensor("norm")), activation="relu"),
        layer("Dense", "second", called(tensor("act")), units=5, use_bias=False),
    ],
    ["x", 0, 0],
    ["second", 0, 0],
)
TOLD = {
    "layers__dense": ("first", DENSE),
    "layers__dense_1": ("second", [values(3, 5)]),
    "layers__batch_normalization": ("norm", NORM),
    "layers__activation": ("act", []),
    "optimizer": ("adam", [values(4, 3)]),
}
WANTED = {
    "x": [],
    "first": [("first/kernel", (4, 3), True), ("first/bias", (3,), True)],
    "norm": [
        ("norm/gamma", (3,), True),
        ("norm/beta", (3,), True),
        ("norm/moving_mean", (3,), False),
        ("norm/moving_variance", (3,), False),
    ],
    "act": [],
    "second": [("second/kernel", (3, 5), True)],
}


def told(graph):
    assert check(graph) == ()
    return {
        node.name: None if node.weights is None else [(each.key, each.shape, each.trainable) for each in node.weights]
        for node in graph.nodes
    }


def untold(groups):
    return {path: arrays for path, (_, arrays) in groups.items()}


def test_a_tree_that_tells_names_is_matched_by_them(tmp_path):
    graph = read(archive(tmp_path / "net.keras", NET, model_weights_h5=tree(**TOLD)), weights=True)
    assert told(graph) == WANTED
    calls = {node.id: node.weights for node in graph.nodes}
    assert calls["first"] == calls["first#2"]
    assert {weight.dtype for weight in calls["norm"]} == {"float32"}


def test_a_custom_layer_may_have_any_weights_whatever_it_is_called(tmp_path):
    own = {"module": None, "class_name": "Dense", "config": {"name": "d", "units": 9}, "registered_name": "Dense"}
    layers = [layer("TimeDistributed", "t", called(tensor("x")), layer=own), own | called_as("d", tensor("t"))]
    config = model("net", [given("x"), *layers], ["x", 0, 0], ["d", 0, 0])
    groups = {"layers__t__layer": ("d", [values(4, 3)]), "layers__t": ("t", []), "layers__d": ("d", [values(3)])}
    graph = read(archive(tmp_path / "net.keras", config, model_weights_h5=tree(**groups)), weights=True)
    assert told(graph) == {"x": [], "t": [("t/d/0", (4, 3), None)], "d": [("d/0", (3,), None)]}


def called_as(name, *args):
    return {"name": name, "inbound_nodes": [called(*args)]}


def test_a_tree_without_names_is_matched_by_the_order_of_layers(tmp_path):
    graph = read(archive(tmp_path / "net.keras", NET, model_weights_h5=tree(**untold(TOLD))), weights=True)
    assert told(graph) == WANTED


def test_a_tree_of_tensorflow_2_12_counts_layers_with_weights_twice(tmp_path):
    groups = {
        path.replace("layers", "_layer_checkpoint_dependencies").replace("dense_1", "dense_2"): arrays
        for path, arrays in untold(TOLD).items()
    }
    assert told(read(archive(tmp_path / "net.keras", NET, model_weights_h5=tree(**groups)), weights=True)) == WANTED


ROWS = {
    "x": {},
    "first": {"first/kernel:0": DENSE[0], "first/bias:0": DENSE[1]},
    "norm": dict(
        zip((f"norm/{name}:0" for name in ("gamma", "beta", "moving_mean", "moving_variance")), NORM, strict=True)
    ),
    "act": {},
    "second": {"second/kernel:0": values(3, 5)},
}


@pytest.mark.parametrize("split", [0, 2])
def test_a_list_is_matched_by_the_names_of_layers(tmp_path, split):
    (tmp_path / "net.h5").write_bytes(listed(ROWS, config=NET, split=split))
    assert told(read(tmp_path / "net.h5", weights=True)) == WANTED


SHAPES = {"Dense": [(3, 3), (3,)], "LayerNormalization": [(3,), (3,)], "BatchNormalization": [(3,)] * 4, "ReLU": []}
GROUPS = {"Dense": "dense", "LayerNormalization": "layer_normalization", "BatchNormalization": "batch_normalization"}


@settings(max_examples=25)
@sampled(st.lists(st.sampled_from(sorted(SHAPES)), max_size=9))
def test_names_order_and_rows_give_any_chain_the_same_weights(tmp_path_factory, ops):
    folder = tmp_path_factory.mktemp("chain")
    config = chain("net", [given("x", (None, 3)), *(layer(op, f"l{place}", units=3) for place, op in enumerate(ops))])
    by_name, by_order, rows, counts = {}, {}, {}, dict.fromkeys(SHAPES, 0)
    for place, op in enumerate(ops):
        group = f"layers__{GROUPS.get(op, 're_lu')}" + (f"_{counts[op]}" if counts[op] else "")
        counts[op] += 1
        arrays = [values(*shape, start=place + 1) for shape in SHAPES[op]]
        by_name[group] = (f"l{place}", arrays)
        by_order[group] = arrays
        names = [each.name for each in expected(op, {})]
        rows[f"l{place}"] = {f"l{place}/{name}:0": array for name, array in zip(names, arrays, strict=True)}
    archive(folder / "name.keras", config, model_weights_h5=tree(**by_name))
    archive(folder / "order.keras", config, model_weights_h5=tree(**by_order))
    (folder / "rows.h5").write_bytes(listed(rows, config=config))
    found = [told(read(folder / name, weights=True)) for name in ("name.keras", "order.keras", "rows.h5")]
    assert found[0] == found[1] == found[2]
    assert [[shape for _, shape, _ in found[0][f"l{place}"]] for place in range(len(ops))] == [SHAPES[op] for op in ops]


def test_weights_beside_a_config_are_given_by_their_path(tmp_path):
    (tmp_path / "list.h5").write_bytes(listed(ROWS, root=""))
    (tmp_path / "tree.weights.h5").write_bytes(tree(**TOLD))
    for name in ("list.h5", "tree.weights.h5"):
        for source in (NET, json.dumps(NET)):
            assert told(read(source, weights=tmp_path / name)) == WANTED
    with pytest.warns(CutawayWarning, match="no stored weights are read, .*: the configuration holds none"):
        assert told(read(NET, weights=True))["first"] is None


def test_weights_of_another_model_are_refused(tmp_path):
    (tmp_path / "tree.weights.h5").write_bytes(tree(layers__conv2d=[values(3, 3, 1, 2), values(2)]))
    (tmp_path / "list.h5").write_bytes(listed({"other": {"other/kernel:0": values(7, 3)}}, root=""))
    for name in ("tree.weights.h5", "list.h5"):
        with pytest.raises(InputError, match=r"no weights for 'net': .* holds those of another model \('"):
            read(NET, weights=tmp_path / name)


def test_sharded_weights_are_put_together(tmp_path):
    one = {path: given for path, given in TOLD.items() if path != "layers__dense"}
    index = json.dumps({"weight_map": {"/layers/dense/vars": ["b.h5"], "/layers/dense_1/vars": ["a.h5", "b.h5"]}})
    parts = {"a.h5": tree(**one), "b.h5": tree(layers__dense=TOLD["layers__dense"])}
    archive(tmp_path / "net.keras", NET, model_weights_json=index, **parts)
    (tmp_path / "net.weights.json").write_text(index)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "config.json").write_text(json.dumps(NET))
    (tmp_path / "folder" / "model.weights.json").write_text(index)
    for name, content in parts.items():
        (tmp_path / name).write_bytes(content)
        (tmp_path / "folder" / name).write_bytes(content)
    assert told(read(tmp_path / "net.keras", weights=True)) == WANTED
    assert told(read(tmp_path / "folder", weights=True)) == WANTED
    assert told(read(NET, weights=tmp_path / "net.weights.json")) == WANTED


def test_a_nested_model_shares_out_its_row_and_a_frozen_part_is_not_trained(tmp_path):
    frozen = {"trainable": False}
    inner = [
        given("i"),
        layer("Dense", "d", called(tensor("i")), units=3, **frozen),
        layer("Dense", "e", called(tensor("d")), **frozen),
    ]
    part = model("part", inner, ["i", 0, 0], ["e", 0, 0], called(tensor("x")), trainable=False)
    whole = model("net", [given("x"), part], ["x", 0, 0], ["part", 1, 0])
    wanted = [("part/d/kernel", (4, 3), False), ("part/d/bias", (3,), False)]
    row = {"part/d/kernel:0": DENSE[0], "d_b": DENSE[1], "e/kernel": values(3, 2), "e/bias": values(2)}
    (tmp_path / "net.h5").write_bytes(listed({"x": {}, "part": row}, config=whole))
    found = told(read(tmp_path / "net.h5", weights=True))
    assert [weight[1:] for weight in found["d"]] == [weight[1:] for weight in wanted]
    assert found["e"] == [("part/e/kernel", (3, 2), False), ("part/e/bias", (2,), False)]
    nested = {
        "layers__functional__layers__dense": DENSE,
        "layers__functional__layers__dense_1": [values(3, 2), values(2)],
    }
    found = told(read(archive(tmp_path / "net.keras", whole, model_weights_h5=tree(**nested)), weights=True))
    assert found["d"] == wanted
    plain = {"kernel": DENSE[0], "bias": DENSE[1]}
    one = model("part", inner[:2], ["i", 0, 0], ["d", 0, 0], called(tensor("x")))
    whole = model("net", [given("x"), one], ["x", 0, 0], ["part", 1, 0])
    (tmp_path / "plain.h5").write_bytes(listed({"part": plain}, config=whole))
    assert [weight[0] for weight in told(read(tmp_path / "plain.h5", weights=True))["d"]] == [
        "part/d/kernel",
        "part/d/bias",
    ]


def test_names_with_slashes_and_layers_in_layers_are_told_apart(tmp_path):
    inner = [
        given("i"),
        layer("Dense", "block/dense", called(tensor("i")), units=3),
        layer("Block", "block", called(tensor("block/dense")), module="mine"),
        layer("Dense", "dense", called(tensor("block")), units=2),
    ]
    part = model("part", inner, ["i", 0, 0], ["dense", 0, 0], called(tensor("x")))
    row = {
        "part/block/dense/kernel:0": values(4, 3),
        "part/block/dense/bias:0": values(3),
        "part/block/inner/dense/kernel:0": values(3, 3),
        "part/dense/kernel:0": values(3, 2),
        "part/dense/bias:0": values(2),
    }
    whole = model("net", [given("x"), part], ["x", 0, 0], ["part", 1, 0])
    (tmp_path / "net.h5").write_bytes(listed({"part": row}, config=whole))
    found = told(read(tmp_path / "net.h5", weights=True))
    assert {name: [weight[0] for weight in weights or ()] for name, weights in found.items() if weights} == {
        "block/dense": ["part/block/dense/kernel", "part/block/dense/bias"],
        "block": ["part/block/inner/dense/kernel"],
        "dense": ["part/dense/kernel", "part/dense/bias"],
    }


def test_weights_of_no_layer_are_told(tmp_path):
    stored = {
        "net.keras": tree(**TOLD, extra=[values(2)]),
        "net.h5": listed(ROWS | {"extra": {"w": values(2)}}, config=NET),
    }
    archive(tmp_path / "net.keras", NET, model_weights_h5=stored["net.keras"])
    (tmp_path / "net.h5").write_bytes(stored["net.h5"])
    for name in stored:
        with pytest.warns(CutawayWarning, match=r"that are no layer's in the figure, and are not counted: 'extra'"):
            assert told(read(tmp_path / name, weights=True)) == WANTED


def recurrent(names):
    cell = {"class_name": "LSTMCell", "config": {"name": "cell", "units": 4}}
    layers = [layer("RNN", name, called(tensor("x")), cell=cell) for name in names]
    return model("net", [given("x", (None, 5, 3)), *layers], ["x", 0, 0], [[name, 0, 0] for name in names])


CELL = [values(3, 16), values(4, 16), values(16)]


def test_a_shared_cell_is_one_cell_in_both_layers(tmp_path):
    stored = tree(layers__rnn=("r1", []), layers__rnn_1=("r2", []), layers__rnn__cell=("cell", CELL))
    paths = [f"r1/cell/{name}" for name in ("kernel", "recurrent_kernel", "bias")]
    row = dict(zip(paths, CELL, strict=True))
    archive(tmp_path / "net.keras", recurrent(["r1", "r2"]), model_weights_h5=stored)
    (tmp_path / "net.h5").write_bytes(listed({"r1": row, "r2": row}, config=recurrent(["r1", "r2"])))
    for name in ("net.keras", "net.h5"):
        found = told(read(tmp_path / name, weights=True))
        assert found["r1"] == found["r2"] == [(path, CELL[place].shape, True) for place, path in enumerate(paths)]


def sharing_chains():
    """Return two chains with one layer in both, and one more in the second."""
    shared, own = layer("Dense", "d", units=3), layer("Dense", "e", units=3)
    parts = [
        chain("left", [given("i"), shared], called(tensor("x"))),
        chain("right", [given("j"), shared, own], called(tensor("left", shape=(None, 3)))),
    ]
    return model("net", [given("x", (None, 3)), *parts], ["x", 0, 0], ["right", 0, 0])


@pytest.mark.parametrize("number", ["", "_1"], ids=["not counted again", "counted again"])
def test_a_layer_met_again_has_the_weights_of_its_first_place(tmp_path, number):
    stored = tree(
        layers__sequential__layers__dense=[values(3, 3), values(3)],
        **{f"layers__sequential_1__layers__dense{number}": [values(3, 3, start=9), values(3)]},
    )
    nodes = read(archive(tmp_path / "net.keras", sharing_chains(), model_weights_h5=stored), weights=True).nodes
    keys = {node.id: [weight.key for weight in node.weights] for node in nodes}
    assert keys["right/d"] == keys["left/d"] == ["left/d/kernel", "left/d/bias"]
    assert keys["right/e"] == ["right/e/kernel", "right/e/bias"]


def test_a_shared_model_is_told_from_a_layer_that_looks_the_same(tmp_path):
    """Two layers are of the class, name and config of the lost one, and only one is in a model of that name."""
    twin = layer("Dense", "d", units=3)
    block = chain("block", [given("i", (None, 3)), twin])
    parts = [
        chain("block", [given("i", (None, 3)), twin], called(tensor("x"))),
        chain("outer", [given("j", (None, 3)), block, twin], called(tensor("block", shape=(None, 3)))),
    ]
    config = model("net", [given("x", (None, 3)), *parts], ["x", 0, 0], ["outer", 0, 0])
    stored = tree(
        layers__sequential=("block", []),
        layers__sequential__layers__dense=("d", [values(3, 3), values(3)]),
        layers__sequential_1=("outer", []),
        layers__sequential_1__layers__dense=("d", [values(3, 3, start=9), values(3)]),
    )
    nodes = read(archive(tmp_path / "net.keras", config, model_weights_h5=stored), weights=True).nodes
    keys = {node.id: [weight.key for weight in node.weights] for node in nodes}
    assert keys["outer/block/d"] == keys["block/d"] == ["block/d/kernel", "block/d/bias"]
    assert keys["outer/d"] == ["outer/d/kernel", "outer/d/bias"]


def test_a_model_and_a_layer_in_it_of_one_name_are_told_apart(tmp_path):
    inner = [given("i"), layer("Dense", "a", units=4), layer("Dense", "a_1", units=4)]
    config = model("net", [given("x"), chain("a", inner, called(tensor("x")))], ["x", 0, 0], ["a", 0, 0])
    row = {
        f"a/{name}/{part}": values(*size)
        for name in ("a_1", "a")
        for part, size in (("kernel", (4, 4)), ("bias", (4,)))
    }
    (tmp_path / "net.h5").write_bytes(listed({"a": row}, config=config))
    nodes = {node.id: node for node in read(tmp_path / "net.h5", weights=True).nodes}
    for name in ("a/a", "a/a_1"):
        assert [weight.key for weight in nodes[name].weights] == [f"{name}/kernel", f"{name}/bias"]


def test_the_first_layer_with_a_weight_gives_it_its_key_in_a_list_too(tmp_path):
    inner = model(
        "in", [given("i"), layer("Dense", "d", called(tensor("i")))], ["i", 0, 0], ["d", 0, 0], called(tensor("x"))
    )
    last = layer("Dense", "d", called(tensor("in", shape=(None, 4))))
    row = {"d/kernel": values(4, 4), "d/bias": values(4)}
    whole = model("net", [given("x"), inner, last], ["x", 0, 0], ["d", 0, 0])
    (tmp_path / "net.h5").write_bytes(listed({"in": row, "d": row}, config=whole))
    nodes = {node.id: node for node in read(tmp_path / "net.h5", weights=True).nodes}
    for name in ("in/d", "d"):
        assert [weight.key for weight in nodes[name].weights] == ["in/d/kernel", "in/d/bias"]


def test_weights_of_one_name_with_other_values_are_two(tmp_path):
    rows = {name: {"d/kernel": values(4, 3, start=start), "d/bias": values(3)} for name, start in (("a", 1), ("b", 2))}
    parts = [
        model(
            name, [given("i"), layer("Dense", "d", called(tensor("i")))], ["i", 0, 0], ["d", 0, 0], called(tensor("x"))
        )
        for name in rows
    ]
    whole = model("net", [given("x"), *parts], ["x", 0, 0], [["a", 1, 0], ["b", 1, 0]])
    (tmp_path / "net.h5").write_bytes(listed(rows, config=whole))
    nodes = {node.id: node for node in read(tmp_path / "net.h5", weights=True).nodes}
    assert [weight.key for weight in nodes["a/d"].weights] == ["a/d/kernel", "a/d/bias"]
    assert [weight.key for weight in nodes["b/d"].weights] == ["b/d/kernel", "b/d/bias"]


def test_weights_are_shared_where_all_that_two_layers_have_of_one_name_is_equal(tmp_path):
    """The kernels of all three are equal, the biases of the last two."""
    rows = {
        name: {"d/kernel": values(4, 3), "d/bias": values(3, start=start)}
        for name, start in zip("abc", (1, 2, 2), strict=True)
    }
    parts = [
        model(
            name, [given("i"), layer("Dense", "d", called(tensor("i")))], ["i", 0, 0], ["d", 0, 0], called(tensor("x"))
        )
        for name in rows
    ]
    whole = model("net", [given("x"), *parts], ["x", 0, 0], [[name, 1, 0] for name in rows])
    (tmp_path / "net.h5").write_bytes(listed(rows, config=whole))
    keys = {node.id: [weight.key for weight in node.weights] for node in read(tmp_path / "net.h5", weights=True).nodes}
    assert keys["a/d"] == ["a/d/kernel", "a/d/bias"]
    assert keys["b/d"] == keys["c/d"] == ["b/d/kernel", "b/d/bias"]


def test_a_wrapper_that_keeps_the_kernel_of_what_it_wraps_counts_it_once(tmp_path):
    inner = {"class_name": "Dense", "config": {"name": "d", "units": 3}}
    for op, own, count in (("SpectralNormalization", [DENSE[0], values(1, 3)], 3), ("Prune", [DENSE[0], values(1)], 3)):
        config = chain("net", [given("x"), layer(op, "w", layer=inner)])
        stored = tree(layers__w=("w", own), layers__w__layer=("d", DENSE))
        found = told(read(archive(tmp_path / "net.keras", config, model_weights_h5=stored), weights=True))
        assert len(found["w"]) == count, op


def test_quantised_kernels_and_their_scales_are_not_trained(tmp_path):
    stored = tree(layers__dense=("d", [np.zeros((4, 3), "int8"), values(3), values(3)]))
    policy = {"class_name": "QuantizedDTypePolicy", "config": {"mode": "int8", "source_name": "float32"}}
    config = chain("net", [given("x"), layer("Dense", "d", units=3, dtype=policy)])
    found = told(read(archive(tmp_path / "net.keras", config, model_weights_h5=stored), weights=True))
    assert [(key, trained) for key, _, trained in found["d"]] == [
        ("d/kernel", False),
        ("d/bias", True),
        ("d/kernel_scale", False),
    ]


def test_a_layer_of_an_unknown_class_has_shapes_and_no_word_on_training(tmp_path):
    stored = tree(layers__scale=("s", [values(5)]), layers__scale__inner=("dense", DENSE))
    config = chain("net", [given("x"), layer("Scale", "s", module="mine")])
    found = told(read(archive(tmp_path / "net.keras", config, model_weights_h5=stored), weights=True))
    assert found["s"] == [("s/0", (5,), None), ("s/inner/0", (4, 3), None), ("s/inner/1", (3,), None)]


def without(name):
    return {path: given for path, given in TOLD.items() if path != f"layers__{name}"}


WRONG = {
    "missing": without("dense_1"),
    "too few": TOLD | {"layers__dense_1": ("second", [])},
    "too many": TOLD | {"layers__dense_1": ("second", [values(3, 5), values(5), values(5)])},
    "another rank": TOLD | {"layers__dense_1": ("second", [values(3, 5, 1)])},
    "another size": TOLD | {"layers__dense_1": ("second", [values(3, 6)])},
}


@pytest.mark.parametrize("groups", WRONG.values(), ids=WRONG)
def test_what_does_not_fit_its_layer_is_unknown_with_one_warning(tmp_path, groups):
    path = archive(tmp_path / "net.keras", NET, model_weights_h5=tree(**groups))
    with pytest.warns(
        CutawayWarning, match=r"the weights of 'second' stay unknown: '.*net.keras' does not say"
    ) as said:
        found = told(read(path, weights=True))
    assert len(said) == 1
    assert found == WANTED | {"second": None}


def test_a_list_that_was_cut_short_leaves_layers_unknown(tmp_path):
    import h5py

    path = tmp_path / "net.h5"
    path.write_bytes(listed(ROWS, config=NET))
    with h5py.File(path, "a") as file:
        del file["model_weights/second"]
        del file["model_weights/first/first/bias:0"]
    with pytest.warns(CutawayWarning, match="the weights of 'first', 'second' stay unknown"):
        found = told(read(path, weights=True))
    assert found == WANTED | {"first": None, "second": None}


BROKEN = {
    "damaged": {"model_weights_h5": b"\x89HDF\r\n\x1a\n and no more"},
    "pickles": {"model_weights_npz": b"PK"},
    "an index of nothing": {"model_weights_json": "{}"},
    "an index of what is elsewhere": {"model_weights_json": json.dumps({"weight_map": {"/a": ["../../a.h5"]}})},
    "an index of what is missing": {"model_weights_json": json.dumps({"weight_map": {"/a": "a.h5"}})},
}


@pytest.mark.parametrize("members", BROKEN.values(), ids=BROKEN)
def test_weights_that_cannot_be_read_do_not_stop_the_figure(tmp_path, members):
    path = archive(tmp_path / "net.keras", NET, **members)
    with pytest.warns(CutawayWarning, match="the weights of 'net' stay unknown: ") as said:
        graph = read(path, weights=True)
    assert len(said) == 1
    assert graph == read(path)


def test_a_file_of_weights_that_is_not_there_is_told():
    with pytest.raises(InputError, match=r"no weights for 'net': cannot read 'none\.h5': No such file"):
        read(NET, weights="none.h5")
    with pytest.raises(InputError, match="cannot read a value of type 'int'"):
        read(NET, weights=3)


SUBCLASSED = {"class_name": "Net", "module": "mine", "registered_name": "Net", "config": {"name": "net"}}


def test_a_subclassed_model_is_the_tree_of_its_weights(tmp_path):
    stored = tree(
        head=DENSE,
        drop=[],
        blocks__dense=DENSE,
        blocks__dense_1=[values(4, 3)],
        memory__cell=CELL,
        memory=[],
        deep__inner__out=DENSE,
        deep=[values(2)],
        metrics__mean=[values(1)],
    )
    with pytest.warns(CutawayWarning, match="shown where their weights are stored, without connections") as said:
        graph = read(archive(tmp_path / "net.keras", SUBCLASSED, model_weights_h5=stored))
    assert len(said) == 1
    assert check(graph) == ()
    assert graph.edges == ()
    assert {node.id: (node.op, [weight.key.rpartition("/")[2] for weight in node.weights]) for node in graph.nodes} == {
        "blocks/dense": ("Dense", ["kernel", "bias"]),
        "blocks/dense_1": ("Dense", ["kernel"]),
        "deep/deep": ("Layer", ["0"]),
        "deep/inner/out": ("Layer", ["0", "1"]),
        "head": ("Layer", ["0", "1"]),
        "memory": ("Layer", ["0", "1", "2"]),
    }
    assert [(scope.id, scope.op, scope.parent) for scope in graph.scopes] == [
        ("blocks", "list", None),
        ("deep", "Layer", None),
        ("deep/inner", "list", "deep"),
    ]


def test_a_subclassed_model_in_a_list_is_the_tree_of_its_weights_names(tmp_path):
    rows = {
        "encoder": {"net/encoder/one/kernel:0": values(2, 2), "net/encoder/two/kernel:0": values(2, 2, start=9)},
        "head": {"net/head/kernel:0": values(2, 1), "net/encoder/one/kernel:0": values(2, 2)},
    }
    (tmp_path / "net.h5").write_bytes(listed(rows, config=SUBCLASSED))
    with pytest.warns(CutawayWarning, match="without connections"):
        graph = read(tmp_path / "net.h5")
    assert {node.id: [weight.key for weight in node.weights] for node in graph.nodes} == {
        "encoder/one": ["encoder/one/kernel"],
        "encoder/two": ["encoder/two/kernel"],
        "head/head": ["head/head/kernel"],
        "head/net/encoder/one": ["encoder/one/kernel"],
    }


@pytest.mark.parametrize(
    "members", [{}, {"model_weights_h5": tree(metrics__mean=[values(1)])}], ids=["none", "metrics"]
)
def test_a_subclassed_model_without_weights_is_one_box(tmp_path, members):
    with pytest.warns(CutawayWarning, match="it is shown as one layer"):
        graph = read(archive(tmp_path / "net.keras", SUBCLASSED, **members))
    assert [node.op for node in graph.nodes] == ["Net"]
