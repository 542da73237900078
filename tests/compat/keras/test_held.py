"""What layers of a user's own classes hold, as far as files tell, in the figures of `plot_model`."""

import warnings

import pytest
from keras_configs import called, chain, given, layer, model, tensor
from keras_parts import residual_of
from plotted import texts

from cutaway.analysis.check import check
from cutaway.compat.keras import model_to_dot, plot_model
from cutaway.compat.keras.held import held_in
from cutaway.errors import CutawayWarning
from cutaway.faults import faults
from cutaway.graph import Edge, Graph, Kind, Node, Port, Scope, Weight
from cutaway.record import replace

DENSE = {"module": "keras.layers", "class_name": "Dense", "config": {"name": "squeeze", "trainable": True, "units": 2}}
POLICY = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}}


def with_a_part(**config):
    part = layer("Gate", "gate", called(tensor("x")), module="mine", dense=DENSE, policy=POLICY, units=2, **config)
    layers = [given("x"), part, layer("Dense", "last", called(tensor("gate")), units=3)]
    return model("net", layers, [["x", 0, 0]], [["last", 0, 0]])


def weight(key):
    return Weight(key=key, shape=(2,), dtype="float32", trainable=True)


def test_layers_in_a_configuration_stand_beside_the_one_that_holds_them():
    with pytest.warns(CutawayWarning, match="nothing tells how the layers in 'gate' hang together"):
        found = plot_model(with_a_part(), None, expand_nested=True, show_layer_names=True)
    assert faults(found.scene, found.graph) == ()
    assert [(node.id, node.op, node.scope) for node in found.graph.nodes] == [
        ("x", "InputLayer", None),
        ("gate#itself", "Gate", "gate"),
        ("gate/squeeze", "Dense", "gate"),
        ("last", "Dense", None),
    ]
    assert [(edge.source, edge.target) for edge in found.graph.edges] == [("x", "gate#itself"), ("gate#itself", "last")]


def test_several_layers_in_a_list_are_all_there():
    convs = [{**DENSE, "config": DENSE["config"] | {"name": name}} for name in ("one", "two")]
    with pytest.warns(CutawayWarning, match="hang together"):
        found = plot_model(with_a_part(dense_layers=convs), None, expand_nested=True)
    assert [node.id for node in found.graph.nodes][2:5] == ["gate/squeeze", "gate/one", "gate/two"]


def test_layers_that_are_called_the_same_are_told_apart():
    nameless = {**DENSE, "config": {"units": 2, "name": ""}}
    given_in = {**DENSE, "class_name": "InputLayer"}
    part = with_a_part(other=DENSE, nameless=nameless, given_in=given_in)
    again = layer("Gate", "gate", called(tensor("x")), called(tensor("gate")), module="mine", dense=DENSE, other=DENSE)
    twice = model("net", [given("x"), again], [["x", 0, 0]], [["gate", 1, 0]])
    with pytest.warns(CutawayWarning, match="hang together"):
        one, two = (plot_model(source, None, expand_nested=True).graph for source in (part, twice))
    assert check(one) == check(two) == ()
    assert [node.id for node in one.nodes][2:5] == ["gate/squeeze", "gate/squeeze#2", "gate/nameless"]
    assert [(node.id, node.layer) for node in two.nodes][-2:] == [
        ("gate#2/squeeze", "gate/squeeze"),
        ("gate#2/squeeze#2", "gate/squeeze#2"),
    ]


def test_a_layer_that_is_not_opened_stays_one_box_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = plot_model(with_a_part(), None)
    assert [node.id for node in found.graph.nodes] == ["x", "gate", "last"]


def test_weights_tell_of_layers_at_any_depth():
    keys = ["part/scale", "part/a/kernel", "part/a/bias", "part/layers/b/0", "part/rest/c/kernel"]
    node = Node(
        id="part#2",
        name="part",
        op="Mine",
        inputs=(Port(name="x"),),
        outputs=(Port(name="y"),),
        weights=tuple(map(weight, keys)),
        layer="part",
        custom=True,
    )
    found = held_in(node)
    owned = [(each.id, each.name, [weight.key for weight in each.weights]) for each in found.nodes]
    assert owned == [
        ("part#2#itself", "part", ["part/scale"]),
        ("part#2/a", "a", ["part/a/kernel", "part/a/bias"]),
        ("part#2/layers/b", "b", ["part/layers/b/0"]),
        ("part#2/rest", "rest", ["part/rest/c/kernel"]),
    ]
    assert [held_in(each) is None for each in found.nodes] == [True, True, True, False]
    assert [each.id for each in held_in(found.nodes[3]).nodes] == ["part#2/rest/c"]


def test_weights_of_another_owner_tell_nothing():
    node = Node(id="part", name="part", op="Mine", weights=(weight("other/a/kernel"),), custom=True)
    assert held_in(node) is None


@pytest.mark.framework
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_a_saved_part_shows_the_layers_that_its_weights_tell_of(suffix, keras, tmp_path):
    x = keras.Input((8, 8, 3), name="x")
    part = residual_of(keras)(3, name="part")
    keras.Model(x, keras.layers.Flatten(name="flat")(part(x))).save(tmp_path / f"net{suffix}")
    with pytest.warns(CutawayWarning, match="nothing tells how the layers in 'part' hang together"):
        found = plot_model(tmp_path / f"net{suffix}", None, expand_nested=True, show_trainable=True)
    assert [node.id for node in found.graph.nodes] == ["x", "part#itself", "part/conv", "flat"]
    assert [weight.shape for weight in found.graph.nodes[2].weights] == [(3, 3, 3, 3), (3,)]


@pytest.mark.framework
@pytest.mark.parametrize("generation", ["keras", "tf_keras"])
def test_a_dot_has_a_cluster_for_a_live_part(generation, request):
    keras = request.getfixturevalue(generation)
    x, part = keras.Input((8, 8, 3), name="x"), residual_of(keras)(3, name="part")
    model = keras.Model(x, part(part(x)), name="net")
    found = model_to_dot(model, expand_nested=True)
    first, second = found.get_subgraphs()
    assert [each.get_label() for each in (first, second)] == ["part", "part"]
    assert first.get_nodes()[0].get_name() == str(id(part.conv))
    assert second.get_nodes()[0].get_name() == f"{id(part.conv)}_2"
    assert model_to_dot(model).get_subgraphs() == []


def test_a_chain_without_flow_into_its_part_is_opened():
    part = layer("Gate", "gate", module="mine", dense=DENSE)
    with pytest.warns(CutawayWarning):
        found = plot_model(chain("net", [part]), None, expand_nested=True)
    assert [node.id for node in found.graph.nodes] == ["gate#itself", "gate/squeeze"]


def told(found):
    """Return the sentences of a figure's legend, whose lines are broken, in one text."""
    return " ".join(text for mark in found.scene.marks for text in texts(mark))


def test_a_region_says_that_the_flow_in_it_is_not_known():
    with pytest.warns(CutawayWarning, match="hang together"):
        found = plot_model(with_a_part(), None, expand_nested=True)
    assert "gate, Gate, flow not known" in told(found)
    assert "flow not known" not in told(plot_model(with_a_part(), None))
    with pytest.warns(CutawayWarning, match="hang together"):
        dot = model_to_dot(with_a_part(), expand_nested=True)
    assert [each.get_label() for each in dot.get_subgraphs()] == ["gate, flow not known"]
    assert "label" not in dot.get_attributes()


class TestLayersThatNothingConnects:
    def graph(self, **told):
        node = Node(id="a", name="a", op="Dense", **told)
        return Graph(name="net", nodes=(node, replace(node, id="b", name="b")))

    def test_a_figure_says_so_whatever_is_open(self):
        part, edge = Scope(id="part", name="part", op="Sequential"), Edge(source="part/c", target="part/d")
        inner = [Node(id=f"part/{name}", name=name, op="Dense", scope="part") for name in "cd"]
        graph = replace(self.graph(), nodes=(*self.graph().nodes, *inner), scopes=(part,), edges=(edge,))
        assert "How the data flows between these layers is not known." in told(plot_model(graph, None))
        said = "How the data flows to and from what stands without connections is not known."
        assert said in told(plot_model(graph, None, expand_nested=True))
        dot = model_to_dot(graph, expand_nested=True)
        assert dot.get_label() == said
        dot.set_bgcolor("white")
        assert "<title>net</title>" in dot.create_svg().decode()
        assert model_to_dot(graph, subgraph=True).get_label() == "net, flow not known"

    def test_a_part_of_a_known_flow_says_nothing(self):
        ends = [Node(id=name, name=name, op="Dense", inputs=(Port(name="x"),)) for name in "ab"]
        start = Node(id="x", name="x", op="InputLayer", kind=Kind.INPUT, outputs=(Port(name="x"),))
        scopes = tuple(Scope(id=f"in {name}", name=f"in {name}", op="Sequential") for name in "ab")
        nodes = (start, *[replace(end, scope=scope.id) for end, scope in zip(ends, scopes, strict=True)])
        edges = tuple(Edge(source="x", target=name) for name in "ab")
        graph = Graph(name="net", nodes=nodes, edges=edges, scopes=scopes, inputs=("x",))
        found = plot_model(graph, None, layer_range=["in a", "in b"])
        assert (len(found.graph.nodes), found.graph.edges) == (2, ())
        assert "is not known" not in told(found)
        assert "is not known" in told(plot_model(self.graph(), None, layer_range=["a", "b"]))

    def test_layers_without_weights_are_missing_where_only_weights_tell_of_layers(self):
        said = "Where the flow is not known, layers without weights are not shown"
        assert said in told(plot_model(self.graph(weights=(weight("a/0"),)), None))
        assert said in model_to_dot(self.graph(weights=(weight("a/0"),))).get_label()
        assert said not in told(plot_model(self.graph(weights=(weight("a/0"),), attributes={"units": 2}), None))
