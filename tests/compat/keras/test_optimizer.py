"""What an optimizer keeps, where a file leaves open what is trained."""

import io

import h5py
import numpy as np
import pytest
from summary_text import printed
from weights_files import archive, tree, values

from cutaway.compat.keras import print_summary

BARE, OF_DENSE = 2, 2 + 2 * (4 * 3 + 3)


def net(optimizer="Adam", **frozen):
    """Return the config of a compiled chain of a layer of Keras' own and one of a custom class."""
    start = {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "x", "batch_shape": [None, 4]}}
    dense = {"name": "dense", "units": 3, "trainable": not frozen.get("dense")}
    own = {"name": "own", "trainable": not frozen.get("own")}
    layers = [
        start,
        {"module": "keras.layers", "class_name": "Dense", "config": dense},
        {"module": None, "class_name": "Own", "registered_name": "mine>Own", "config": own},
    ]
    compiled = {"optimizer": {"class_name": optimizer, "config": {"learning_rate": 0.1}}}
    config = {"name": "net", "layers": layers}
    return {"module": "keras", "class_name": "Sequential", "config": config, "compile_config": compiled}


def stored(variables):
    """Return a file of the weights of the chain and of the variables of an optimizer."""
    content = io.BytesIO(tree(layers__dense=[values(4, 3), values(3)], layers__own=[values(5)]))
    with h5py.File(content, "a") as file:
        for number, shape in enumerate(variables):
            file[f"optimizer/vars/{number}"] = np.zeros(shape, "float32" if number else "int64")
    return content.getvalue()


def sums(path):
    (text,) = printed(lambda **given: print_summary(str(path), **given))
    return [line.split(": ")[1] for line in text.splitlines() if " params: " in line]


def test_where_nothing_tells_what_is_trained_the_stored_variables_count(tmp_path):
    slots = [(), (), *[(4, 3)] * 2, *[(3,)] * 2, *[(5,)] * 2]
    path = archive(tmp_path / "net.keras", net(), model_weights_h5=stored(slots))
    assert sums(path) == [
        "62 (252.00 B)",
        "at least 15 (at least 60.00 B)",
        "?",
        f"{OF_DENSE + 10} (172.00 B)",
    ]


@pytest.mark.parametrize(
    ("variables", "frozen", "least"),
    [
        ([(), ()], {}, OF_DENSE),  # not trained yet
        ([], {}, OF_DENSE),
        ([(), (), *[(4, 3)] * 2, *[(3,)] * 2, *[(5,)] * 2], {"dense": True}, BARE),  # which was frozen afterwards
    ],
)
def test_stored_variables_that_are_others_than_are_made_do_not_count(tmp_path, variables, frozen, least):
    path = archive(tmp_path / "net.keras", net(**frozen), model_weights_h5=stored(variables))
    assert sums(path)[-1].startswith(f"at least {least} (at least ")
    assert sums(path)[0].startswith(f"at least {20 + least} (at least ")


def test_what_is_trained_does_not_matter_to_an_optimizer_that_keeps_nothing_of_it(tmp_path):
    path = archive(tmp_path / "net.keras", net("SGD"), model_weights_h5=stored([]))
    assert sums(path)[-1] == f"{BARE} (12.00 B)"


def test_what_is_frozen_is_told(tmp_path):
    path = archive(tmp_path / "net.keras", net(own=True), model_weights_h5=stored([]))
    assert sums(path)[1:] == ["15 (60.00 B)", "5 (20.00 B)", f"{OF_DENSE} (132.00 B)"]


def test_an_optimizer_of_another_class_keeps_what_is_stored(tmp_path):
    path = archive(tmp_path / "net.keras", net("Mine", own=True), model_weights_h5=stored([(), (), (4, 3), (3,)]))
    assert sums(path)[-1] == "17 (72.00 B)"


@pytest.mark.framework
@pytest.mark.filterwarnings("ignore")
def test_a_trained_model_with_a_custom_layer_keeps_what_keras_says(tmp_path, monkeypatch):
    import keras

    @keras.saving.register_keras_serializable()
    class Doubling(keras.layers.Layer):
        def build(self, shape):
            self.kernel = self.add_weight(shape=(shape[-1], 2 * shape[-1]), name="kernel")

        def call(self, x):
            return keras.ops.matmul(x, self.kernel)

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4), Doubling(), keras.layers.Dense(2)])
    model.compile("adam", "mean_squared_error")
    model.fit(np.ones((4, 4)), np.ones((4, 2)), verbose=0)
    model.save(tmp_path / "net.keras")
    monkeypatch.setenv("COLUMNS", "240")
    (theirs,) = printed(keras.models.load_model(tmp_path / "net.keras").summary)
    (ours,) = printed(lambda **given: print_summary(tmp_path / "net.keras", **given))
    told, untold = theirs.splitlines(), ours.splitlines()
    assert [told[place] for place in (-4, -1)] == [untold[place] for place in (-4, -1)]
    assert untold[:-4] == told[:-4]
    assert [line.split(": ")[1] for line in untold[-3:-1]] == ["at least 38 (at least 152.00 B)", "?"]
