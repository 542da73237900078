import pytest

from cutaway.graph import Kind
from cutaway.sources.kinds import _FUNCTIONS, _LAYERS, _OPERATIONS, layer_kind, operation_kind


@pytest.mark.parametrize("tables", [[_LAYERS], [_OPERATIONS, _FUNCTIONS]], ids=["layers", "operations"])
def test_no_class_is_of_two_kinds(tables):
    names = [name for table in tables for entry in table.values() for name in entry.split()]
    assert len(names) == len(set(names))


def test_a_wrapper_is_of_the_kind_of_what_it_wraps():
    assert layer_kind("TimeDistributed", {"layer": {"class_name": "Dense", "config": {}}}) is Kind.DENSE
    assert layer_kind("TimeDistributed", {"layer": {"class_name": "Mine", "config": {}}}) is Kind.OTHER
    assert layer_kind("TimeDistributed", {"layer": {"class_name": "InputLayer"}}) is Kind.OTHER
    assert layer_kind("SpectralNormalization", {"layer": {"class_name": "Mine"}}) is Kind.NORMALIZATION
    assert layer_kind("Bidirectional", {"layer": {"class_name": "LSTM"}}) is Kind.RECURRENT


def test_a_custom_class_is_not_judged_by_its_name():
    assert layer_kind("MyDense", {}) is Kind.OTHER
    assert layer_kind("QConv2D", {}) is Kind.OTHER


def test_an_operation_on_one_tensor_merges_nothing():
    assert operation_kind("Add", 2) is Kind.MERGE
    assert operation_kind("Add", 1) is Kind.OTHER
    assert operation_kind("Relu", 1) is Kind.ACTIVATION


@pytest.mark.framework
def test_every_layer_of_keras_has_a_kind():
    import inspect

    import keras

    from cutaway.sources.kinds import LAYERS

    names = {each.__name__ for each in vars(keras.layers).values() if inspect.isclass(each)} - {"InputSpec"}
    assert len(names) >= 130
    assert names - set(LAYERS) == set()


@pytest.mark.framework
def test_every_operation_in_the_table_is_one_of_keras():
    from importlib import import_module

    from cutaway.sources.configs.keras2_functions import _NAMES
    from cutaway.sources.kinds import OPERATIONS

    modules = [import_module(f"keras.src.ops.{name}") for name in ("numpy", "nn", "math", "core", "linalg", "image")]
    modules.append(import_module("keras.src.ops.einops"))
    assert [name for name in (*OPERATIONS, *_NAMES) if not any(hasattr(module, name) for module in modules)] == []
