"""A chain that is not built is drawn, with a warning that says how to build it."""

import warnings

import pytest
from keras_configs import called, chain, given, layer, model, tensor

import cutaway
from cutaway.errors import CutawayWarning

UNBUILT = chain("net", [layer("Dense", "d", units=2)])


def test_it_says_how_to_build_it():
    with pytest.warns(CutawayWarning, match=r"in 'net' are unknown.*model\.build\(.*input_shape=") as told:
        figure = cutaway.draw(UNBUILT)
    assert len(told) == 1
    assert [node.name for node in figure.graph.nodes] == ["d"]


def test_a_model_without_layers_is_told():
    with pytest.warns(CutawayWarning, match="'none' has no layers, so that nothing is drawn of it"):
        cutaway.draw(chain("none", []))


def test_nothing_is_said_of_others():
    built = model("net", [given("x"), layer("Dense", "d", called(tensor("x")))], [["x", 0, 0]], [["d", 0, 0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cutaway.draw(built)
        cutaway.draw(UNBUILT, input_shape=(4,))
        cutaway.draw(cutaway.read(UNBUILT))
