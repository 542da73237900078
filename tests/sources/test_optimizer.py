"""The variables of optimizers, as files of every form and live models have them."""

from importlib import import_module

import h5py
import numpy as np
import pytest

from cutaway.errors import InputError
from cutaway.sources.optimizer import optimizer_weights


def test_a_tree_holds_them_in_the_order_of_their_numbers(tmp_path):
    path = tmp_path / "net.weights.h5"
    with h5py.File(path, "w") as file:
        for number, shape in enumerate([(), *[(4, 3)] * 10, (2,)]):
            file[f"optimizer/vars/{number}"] = np.zeros(shape, "float32")
        file["optimizer/inner/vars/0"] = np.zeros((), "int64")
        file["layers/dense/vars/0"] = np.zeros((4, 3), "float32")
    found = optimizer_weights(path)
    assert [weight.key for weight in found[:3]] == ["optimizer/inner/vars/0", "optimizer/vars/0", "optimizer/vars/1"]
    assert [weight.shape for weight in found] == [(), (), *[(4, 3)] * 10, (2,)]
    assert found[0].dtype == "int64"
    assert {weight.trainable for weight in found} == {False}


def test_a_list_holds_them_by_name(tmp_path):
    path = tmp_path / "net.h5"
    with h5py.File(path, "w") as file:
        file["optimizer_weights/adam/kernel_momentum"] = np.zeros((4, 3), "float32")
        file["model_weights/dense/kernel"] = np.zeros((4, 3), "float32")
    assert [(weight.key, weight.shape) for weight in optimizer_weights(str(path))] == [
        ("optimizer/adam/kernel_momentum", (4, 3))
    ]


def test_what_holds_no_weights_holds_none(tmp_path):
    (tmp_path / "net.json").write_text("{}")
    for source in (tmp_path / "net.json", {}, "{}", "class_name: Sequential\nconfig: []\n", object()):
        assert optimizer_weights(source) == ()


def test_a_file_that_is_damaged_or_missing_is_told(tmp_path):
    (tmp_path / "net.h5").write_bytes(b"\x89HDF\r\n\x1a\n and nothing")
    with pytest.raises(InputError, match=r"net\.h5"):
        optimizer_weights(tmp_path / "net.h5")
    with pytest.raises(InputError, match=r"cannot read .*none"):
        optimizer_weights(tmp_path / "none.keras")


@pytest.mark.framework
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["keras", "tf_keras"])
def test_a_live_model_has_those_that_it_saves(name, tmp_path):
    keras = import_module(name)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
    assert optimizer_weights(model) == ()
    model.compile("adam", "mse")
    model.fit(np.zeros((2, 4)), np.zeros((2, 3)), verbose=0)
    live = optimizer_weights(model)
    for path in (tmp_path / "net.keras", tmp_path / "net.h5"):
        model.save(path)
        stored = optimizer_weights(path)
        assert sorted(weight.shape for weight in stored) == sorted(weight.shape for weight in live), path.suffix
    assert sum(weight.shape == (4, 3) for weight in live) == 2
