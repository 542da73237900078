"""The values of weights beside a Graph, and what is said of them."""

import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given as sampled
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from keras_configs import called, given, layer, model, tensor
from weights_files import archive, tree, values

import cutaway
from cutaway.errors import InputError
from cutaway.weights import statistics

NET = model("net", [given("x"), layer("Dense", "d", called(tensor("x")), units=3)], ["x", 0, 0], ["d", 0, 0])
KERNEL, BIAS = values(4, 3), np.array([0.0, 0.0, 3.0], "float32")


@pytest.fixture
def path(tmp_path):
    return archive(tmp_path / "net.keras", NET, model_weights_h5=tree(layers__dense=[KERNEL, BIAS]))


def test_values_are_read_by_their_keys(path):
    weights = cutaway.read_weights(path)
    assert list(weights) == ["d/kernel", "d/bias"]
    assert weights.of("d") == ("d/kernel", "d/bias")
    assert weights.of("x") == ()
    assert np.array_equal(weights["d/kernel"], KERNEL)
    assert weights.graph == cutaway.read(path, weights=True)
    assert repr(weights) == f"<cutaway.Weights of {str(path)!r}: 2>"
    with pytest.raises(ValueError, match="read-only"):
        weights["d/bias"][0] = 1


def test_statistics_are_those_of_the_values(path):
    said = cutaway.read_weights(path).statistics("d/bias")
    assert (said.count, said.finite, said.minimum, said.maximum, said.mean) == (3, 3, 0.0, 3.0, 1.0)
    assert said.deviation == pytest.approx(math.sqrt(2))
    assert said.sparsity == pytest.approx(2 / 3)


@sampled(arrays.arrays(st.sampled_from(["float32", "float16", "int8", "bool"]), arrays.array_shapes(min_side=0)))
def test_statistics_of_any_array_are_those_of_numpy_over_finite_values(array):
    said = statistics(array)
    finite = array[np.isfinite(array)].astype("float64")
    assert (said.count, said.finite) == (array.size, finite.size)
    if not finite.size:
        assert said.mean is None is said.sparsity
        return
    assert (said.minimum, said.maximum) == (finite.min(), finite.max())
    assert said.mean == pytest.approx(finite.mean())
    assert said.deviation == pytest.approx(finite.std(), abs=abs(finite).max() * 1e-7)
    assert said.sparsity == pytest.approx((finite == 0).mean())


def test_what_is_not_there_is_told_with_what_is(path):
    weights = cutaway.read_weights(path)
    with pytest.raises(InputError, match=r"has no weight 'e': it has 'd/kernel', 'd/bias'$"):
        weights["e"]
    assert weights.get("e") is None
    assert "e" not in weights
    with pytest.raises(InputError, match="has no node 'e': it has 'x', 'd'"):
        weights.of("e")


def test_a_file_that_changed_or_went_is_told(path):
    weights = cutaway.read_weights(path)
    archive(path, NET, model_weights_h5=tree(layers__dense=[values(4, 3), values(3), values(9)]))
    with pytest.raises(InputError, match=r"net.keras'.* has changed since its weights were listed; read it again"):
        weights["d/kernel"]
    path.unlink()
    with pytest.raises(InputError, match=r"net.keras'.* No such file"):
        weights["d/kernel"]


def test_what_holds_no_weights_has_none_in_it():
    weights = cutaway.read_weights(NET)
    assert (len(weights), repr(weights)) == (0, "<cutaway.Weights of the model 'net': 0>")


@pytest.mark.parametrize(
    ("show", "told", "loaded"),
    [("shapes", "parameters", "False"), ("parameters", "15 parameters", "False"), ("statistics", "±", "True")],
)
def test_a_figure_reads_weights_only_where_it_says_something_of_their_values(path, show, told, loaded):
    code = f"import sys, cutaway; print({told!r} in cutaway.draw({str(path)!r}, show={show!r}).svg())"
    code += "; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(show != "shapes"), loaded]
