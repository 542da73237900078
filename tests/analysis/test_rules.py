"""Rules that users give for layers of their own: what they may say, and what is told of those that fail."""

import json
import re

import pytest
from weights_files import archive, tree, values

from cutaway.analysis.complete import complete
from cutaway.analysis.count import count
from cutaway.analysis.rules import LayerRule, layer_rules, multiply_adds
from cutaway.analysis.shapes.call import Call, call_of
from cutaway.errors import InputError
from cutaway.graph import Graph, Tensor
from cutaway.sources import read
from cutaway.sources.complete import read_complete


def chain(shape=(None, 4), op="Doubling", **attributes):
    """Return a model of a layer of a user's own and one of Keras'."""
    return read(json.dumps(config(op, shape, **attributes)))


def config(op, shape=(None, 4), **attributes):
    layers = [
        {
            "class_name": "InputLayer",
            "module": "keras.layers",
            "config": {"name": "x", "batch_shape": shape, "dtype": "float32"},
        },
        {
            "class_name": op,
            "module": None,
            "config": {"name": "own", "trainable": True, "dtype": "float32", **attributes},
        },
        {
            "class_name": "Dense",
            "module": "keras.layers",
            "config": {"name": "dense", "trainable": True, "dtype": "float32", "units": 3},
        },
    ]
    return {"class_name": "Sequential", "module": "keras", "config": {"name": "net", "layers": layers}}


def double(call):
    return (*call.shape[:-1], 2 * call.shape[-1])


def output(graph: Graph, place: int = 1) -> Tensor:
    return graph.nodes[place].outputs[0].tensor


def test_a_function_is_a_rule_of_shapes_and_those_behind_follow():
    graph = complete(chain(), rules={"Doubling": double})
    assert output(graph) == Tensor(shape=(None, 8), dtype="float32")
    assert output(graph, 2).shape == (None, 3)
    assert [weight.shape for weight in graph.nodes[2].weights] == [(8, 3), (3,)]
    assert graph.nodes[1].weights is None
    assert not count(graph.nodes).exact


def test_a_rule_may_tell_weights_and_multiply_adds():
    rule = LayerRule(
        outputs=double,
        weights=lambda call: {"kernel": [call.shape[-1], 8], "~steps": ()},
        multiply_adds=lambda call: call.shape[-1] * call.attributes["factor"],
    )
    graph = complete(chain(factor=8), rules={"Doubling": rule})
    kernel, steps = graph.nodes[1].weights
    assert (kernel.key, kernel.shape, kernel.dtype, kernel.trainable) == ("own/kernel", (4, 8), "float32", True)
    assert (steps.key, steps.shape, steps.trainable) == ("own/steps", (), False)
    found = count(graph.nodes)
    assert (found.total, found.trainable, found.exact) == (4 * 8 + 1 + 8 * 3 + 3, 4 * 8 + 8 * 3 + 3, True)
    assert multiply_adds({"Doubling": rule}, call_of(graph.nodes[1], {})) == 32


def test_a_frozen_layer_trains_no_weight_of_its_rule():
    rule = LayerRule(weights=lambda _: {"kernel": (2,)})
    graph = complete(chain(trainable=False), rules={"Doubling": rule})
    assert [weight.trainable for weight in graph.nodes[1].weights] == [False]


def test_a_rule_may_give_several_outputs_with_types():
    several = {"Doubling": lambda call: [call.shape, Tensor(shape=(None, 1), dtype="int32")]}
    assert output(complete(chain(), rules=several)) == Tensor(shape=(None, 4), dtype="float32")
    typed = {"Doubling": lambda _: Tensor(shape=(None, 1), dtype="int32")}
    assert output(complete(chain(), rules=typed)) == Tensor(shape=(None, 1), dtype="int32")


def test_a_custom_class_has_none_of_the_rules_of_the_one_whose_name_it_bears():
    graph = complete(chain(op="Dense", units=7))
    assert output(graph).shape is None
    assert graph.nodes[1].weights is None
    own = complete(chain(op="Dense", units=7), rules={"Dense": lambda call: (*call.shape[:-1], 5)})
    assert output(own).shape == (None, 5)
    assert output(own, 2).shape == (None, 5)  # the rule is for all of that name


def test_what_is_stored_wins():
    graph = complete(chain(), rules={"Doubling": double})
    told = r"the file says that 'output' of Doubling 'own' is .*, but by your rule it is .*; the file's is shown"
    with pytest.warns(match=told):
        again = complete(graph, rules={"Doubling": lambda call: (None, 1)})
    assert again == graph


def test_a_rule_goes_before_the_built_in_one_and_only_it_is_blamed():
    with pytest.warns(match=r"the weights of Dense 'dense' are \(4, 3\) and \(3,\), but by your rule they are \(2,\);"):
        complete(
            complete(chain(op="Own"), rules={"Own": same}), rules={"Dense": LayerRule(weights=lambda _: {"k": (2,)})}
        )
    with pytest.warns(match=r"'dense' is .*, 9.*, but by its attributes and inputs it is .*, 3"):
        complete(complete(chain(op="Own"), rules={"Own": same, "Dense": lambda _: (None, 9)}), rules={"Own": same})


def same(call):
    return call.shape


def stored(tmp_path):
    """Return an archive of the chain with its weights."""
    model = config("Doubling")
    weights = tree(layers__doubling=[values(4, 8)], layers__dense=[values(8, 3), values(3)])
    return archive(tmp_path / "net.keras", model, model_weights_h5=weights)


@pytest.mark.parametrize("weights", [None, True])
def test_stored_weights_win_over_those_of_a_rule(tmp_path, weights):
    rule = LayerRule(outputs=double, weights=lambda _: {"k": (5, 5)})
    told = r"the weights of Doubling 'own' are \(4, 8\), but by your rule they are \(5, 5\); the former are counted"
    with pytest.warns(match=told):
        graph = read_complete(stored(tmp_path), rules={"Doubling": rule}, weights=weights)
    assert [weight.shape for weight in graph.nodes[1].weights] == [(4, 8)]


def test_those_of_a_rule_count_where_stored_ones_are_not_to_be_read(tmp_path):
    rule = LayerRule(outputs=double, weights=lambda _: {"k": (5, 5)})
    graph = read_complete(stored(tmp_path), rules={"Doubling": rule}, weights=False)
    assert [weight.shape for weight in graph.nodes[1].weights] == [(5, 5)]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("doubling", "no layer of 'net' is of that class; did you mean 'Doubling'?"),
        ("mine>Dublin", "did you mean 'Doubling'?"),
        ("Xyz", "no layer of 'net' is of that class; its custom classes are 'Doubling'"),
    ],
)
def test_a_rule_for_which_there_is_no_layer_is_told(name, why):
    with pytest.warns(match=re.escape(f"the rule for {name!r} is not used: ") + ".*" + re.escape(why)):
        complete(chain(), rules={name: double})


def test_a_rule_of_a_nested_model_is_told():
    inner = config("Doubling")
    inner["config"]["name"] = "inner"
    whole = {"class_name": "Sequential", "module": "keras", "config": {"name": "net", "layers": [inner]}}
    with pytest.warns(match="the rule for 'Sequential' is not used: it is the class of a nested model"):
        complete(read(json.dumps(whole)), rules={"Sequential": double, "Doubling": double})


def test_a_rule_of_a_layer_inside_of_another_is_used():
    inner = {"class_name": "Doubling", "module": None, "config": {"name": "inner"}}
    graph = complete(chain((None, 7, 4), op="Wrap", layer=inner), rules={"Doubling": double, "Wrap": same})
    assert output(graph).shape == (None, 7, 4)


def test_a_class_may_stand_for_its_name():
    class Doubling:
        pass

    assert output(complete(chain(), rules={Doubling: double})).shape == (None, 8)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "cannot use a LayerRule that says nothing: give one or more of outputs, weights, multiply_adds"),
        ({"multiply_adds": 3}, "cannot use multiply_adds=3 in a LayerRule: give a function of one call of the layer"),
        ({"outputs": (None, 3)}, r"cannot use outputs=\(None, 3\) in a LayerRule"),
        ({"weights": Call}, "cannot use weights=<class"),
    ],
)
def test_what_says_nothing_is_refused_at_once(said, told):
    with pytest.raises(InputError, match=told):
        LayerRule(**said)


def test_where_an_input_is_unknown_a_rule_may_fail():
    assert output(complete(chain(shape=(None, None)), rules={"Doubling": double})).shape is None
    kept = {"Doubling": lambda call: (call.shape[0], 9)}
    assert output(complete(chain(shape=(None, None)), rules=kept)).shape == (None, 9)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (lambda call: call.shape[9], "outputs of 'Doubling' failed on the layer 'own': it raised IndexError"),
        (lambda call: "many", "it returned 'many', which is no shape"),
        (lambda call: (None, -1), "which is no shape"),
        (lambda call: (None, 1.5), "which is no shape"),
        (lambda call: [(None, 2), 3.5], "which is no shape"),
        (lambda call: 7, "it returned 7"),
        (lambda: (), "it raised TypeError"),
        (LayerRule(weights=lambda call: [3, 4]), "weights of 'Doubling' failed on the layer 'own': it returned"),
        (LayerRule(weights=lambda call: {"kernel": "wide"}), "no dict of shapes by the names of weights"),
        (LayerRule(weights=lambda call: {1: (2,)}), "no dict of shapes by the names of weights"),
        (LayerRule(weights=lambda call: 1 / 0), "it raised ZeroDivisionError"),
    ],
)
def test_a_rule_that_fails_is_told_with_its_layer(rule, said):
    with pytest.raises(InputError, match=said.replace("(", r"\(")):
        complete(chain(), rules={"Doubling": rule})


@pytest.mark.parametrize("found", [-1, 1.5, "many", True])
def test_multiply_adds_are_a_number(found):
    rules = layer_rules({"Mine": LayerRule(multiply_adds=lambda call: found)})
    with pytest.raises(InputError, match="the rule for multiply_adds of 'Mine' failed on the layer 'm'"):
        multiply_adds(rules, Call(op="custom>Mine", name="m"))


@pytest.mark.parametrize("rules", [[double], "Doubling", {"Doubling": (None, 8)}, {3: double}, {"Doubling": Call}])
def test_what_is_no_rule_is_refused(rules):
    with pytest.raises(InputError, match="cannot use the rule"):
        complete(chain(), rules=rules)
