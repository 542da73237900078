"""Weights by formula against those of live models of Keras 3 and tf_keras: keys, shapes, types, what is trained."""

import pytest
from graph_facts import by_key
from keras2_zoo import ZOO as ZOO_2
from keras2_zoo import several_deep, wrappers
from sources.live.test_model import ZOO as GRAPHS_3
from sources.stored.test_stored_keras import ZOO as WEIGHTS_3
from sources.stored.test_stored_keras import saved, shared_cell

from cutaway import read
from cutaway.analysis.complete import complete
from cutaway.sources.complete import read_complete

pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore:.*absl|.*HDF5|.*compile_metrics|.*layer.*:UserWarning"),
]
ZOO_3 = list({build.__name__: build for build in [*GRAPHS_3, *WEIGHTS_3]}.values())
OPEN = {"Scale", "AddMetric", "AddLoss"}
"""Classes of which no formula knows the weights."""


def differences(live, formed):
    """Return where the weights of a live model and those by formula differ: those that both know."""
    one, other = by_key(live), by_key(formed)
    assert one.keys() == other.keys()
    custom = {node.id for node in live.nodes if node.op in OPEN}
    assert not [node for node in one if other[node] is None and node not in custom]
    known = [node for node in one if one[node] is not None and other[node] is not None]
    return {node: (one[node], other[node]) for node in known if one[node] != other[node]}


@pytest.mark.parametrize("build", ZOO_3, ids=lambda build: build.__name__)
@pytest.mark.filterwarnings("error::cutaway.errors.CutawayWarning", "ignore:the weights of 'a', 'b' stay unknown")
def test_formulas_give_the_weights_of_a_live_model(keras, build, tmp_path):
    model = build(keras)
    live = read(model)
    path = saved(model, tmp_path / "net.keras")
    if build is not shared_cell:  # nothing but the numbers that are stored tells that two layers have one cell
        assert differences(live, read_complete(path, weights=False)) == {}
    assert differences(live, read_complete(path)) == {}
    assert differences(live, complete(live)) == {}


@pytest.mark.parametrize("build", ZOO_2, ids=lambda build: build.__name__)
def test_formulas_give_the_weights_of_a_live_model_of_keras_2(tf_keras, build, tmp_path):
    model = build(tf_keras)
    live = read(model)
    assert differences(live, complete(live)) == {}
    if build is several_deep:  # no text tells that one model is in two others; its weights do
        assert differences(live, read_complete(saved(model, tmp_path / "net.keras"))) == {}
        return
    found = differences(live, read_complete(model.to_json(), weights=False))
    if build is wrappers:  # only a file names what is in a TimeDistributed
        live_keys, formed = found.pop("each")
        assert (sorted(live_keys), sorted(formed)) == (
            ["each/bias", "each/kernel"],
            ["each/dense/bias", "each/dense/kernel"],
        )
    assert found == {}
