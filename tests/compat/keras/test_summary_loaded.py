"""Summaries of files, against those that Keras 3 and tf_keras print once they have loaded them."""

import keras2_zoo
import keras3_zoo
import pytest
from summary_text import printed, same

import cutaway
from cutaway.compat.keras import print_summary

pytestmark = [pytest.mark.framework, pytest.mark.filterwarnings("ignore")]

OPTIONS = [{"line_length": 230}, {"line_length": 220, "expand_nested": True, "show_trainable": True}]

IN_THREE = [
    keras3_zoo.unbuilt,
    keras3_zoo.an_input_alone,
    keras3_zoo.trained,
    keras3_zoo.names_of_all_kinds,
    keras3_zoo.dicts,
    keras3_zoo.several_outputs,
    keras3_zoo.models_in_models,
    keras3_zoo.a_frozen_model_in_a_model,
    keras3_zoo.a_tensor_twice,
    keras2_zoo.functional,
    keras2_zoo.chain,
    keras2_zoo.built_chain,
    keras2_zoo.nested_and_shared,
    keras2_zoo.preprocessing,
    keras2_zoo.chains_in_a_chain,
    keras2_zoo.dicts_in_each_other,
    keras2_zoo.a_mask_laid_on_a_model,
    keras2_zoo.one_layer_on_several_shapes,
    keras2_zoo.sequence_to_sequence,
    keras2_zoo.cells,
    keras2_zoo.inputs_by_name,
    keras2_zoo.frozen,
    keras2_zoo.part_of_another,
]
FILES = [(build, suffix) for suffix in (".keras", ".h5", ".json") for build in IN_THREE]
FILES += [(keras3_zoo.operations, suffix) for suffix in (".keras", ".json")]  # HDF5 loses whose class they are
IN_TWO = [
    keras2_zoo.functional,
    keras2_zoo.chain,
    keras2_zoo.chain_from_an_input,
    keras2_zoo.built_chain,
    keras2_zoo.unbuilt_chain,
    keras2_zoo.nested_and_shared,
    keras2_zoo.preprocessing,
    keras2_zoo.chains_in_a_chain,
    keras2_zoo.a_mask_laid_on_a_model,
    keras2_zoo.one_layer_on_several_shapes,
    keras2_zoo.sequence_to_sequence,
    keras2_zoo.cells,
    keras2_zoo.masked,
    keras2_zoo.mixed_precision,
    keras2_zoo.frozen,
    keras2_zoo.part_of_another,
]
OPTIMIZERS = [
    ("SGD", {}),
    ("SGD", {"momentum": 0.9, "use_ema": True}),
    ("RMSprop", {"momentum": 0.9, "centered": True}),
    ("Adam", {"amsgrad": True}),
    ("AdamW", {"gradient_accumulation_steps": 2}),
    *((name, {}) for name in ("Adadelta", "Adagrad", "Adamax", "Nadam", "Ftrl", "Adafactor", "Lion", "Lamb")),
]


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")


def loaded(module, model, path):
    """Return the model that Keras makes of a file, which is written first; None for what it cannot write."""
    if path.suffix == ".json":
        path.write_text(model.to_json(), "utf-8")
        return module.models.model_from_json(model.to_json())
    try:
        model.save(path)
    except ValueError:  # HDF5 holds no model without weights
        return None
    return module.models.load_model(path)


def check(whole, path):
    for options in OPTIONS:
        theirs = printed(whole.summary, **options)
        assert same(theirs, printed(lambda **given: print_summary(path, **given), **options)), options


@pytest.mark.parametrize(("build", "suffix"), FILES, ids=lambda value: getattr(value, "__name__", value))
def test_a_summary_of_a_file_is_that_of_keras_3(keras, build, suffix, tmp_path):
    keras.utils.clear_session()
    whole = loaded(keras, build(keras), tmp_path / f"net{suffix}")
    assert whole is not None
    check(whole, tmp_path / f"net{suffix}")


@pytest.mark.parametrize("suffix", [".keras", ".h5", ".json"])
@pytest.mark.parametrize("build", IN_TWO, ids=lambda build: build.__name__)
def test_a_summary_of_a_file_is_that_of_keras_2(tf_keras, build, suffix, tmp_path):
    tf_keras.backend.clear_session()
    whole = loaded(tf_keras, build(tf_keras), tmp_path / f"net{suffix}")
    if whole is None:
        assert build is keras2_zoo.unbuilt_chain
        return
    check(whole, tmp_path / f"net{suffix}")


@pytest.mark.parametrize("suffix", [".keras", ".h5", ".json"])
@pytest.mark.parametrize(("name", "options"), OPTIMIZERS)
@pytest.mark.parametrize("policy", ["float32", "mixed_float16"])
def test_variables_of_an_optimizer_are_counted_as_keras_makes_them(keras, name, options, policy, suffix, tmp_path):
    keras.utils.clear_session()
    keras.config.set_dtype_policy(policy)
    layers = keras.layers
    model = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.BatchNormalization(), layers.Dense(2)])
    model.layers[-1].trainable = False
    model.compile(getattr(keras.optimizers, name)(**options), "mean_squared_error")
    if (name, suffix) == ("Lamb", ".h5"):  # which Keras does not find again
        return
    check(loaded(keras, model, tmp_path / f"net{suffix}"), tmp_path / f"net{suffix}")


def test_a_graph_of_a_live_model_is_listed_as_the_model(keras):
    for build in (keras2_zoo.functional, keras2_zoo.nested_and_shared, keras3_zoo.models_in_models):
        model = build(keras)
        graph = cutaway.read(model)
        theirs = printed(model.summary, line_length=200)
        assert printed(lambda graph=graph, **given: print_summary(graph, **given), line_length=200) == theirs
