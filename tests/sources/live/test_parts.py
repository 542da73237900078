"""Parts of a user's own classes in live models that have a graph, opened as those of subclassed models are."""

import warnings

import pytest
from keras_parts import block_of, residual_of

from cutaway.analysis.check import check
from cutaway.analysis.shapes import infer
from cutaway.errors import CutawayWarning
from cutaway.sources import read_live

pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


def opened(model):
    graph, items = read_live(model, parts=True)
    assert check(graph) == ()
    return graph, items


def shared(keras):
    """Return a model that calls one part twice, on images of two sizes."""
    x, part = keras.Input((8, 8, 3), name="x"), residual_of(keras)(3, name="part")
    return keras.Model(x, part(keras.layers.MaxPooling2D(name="pool")(part(x))), name="net")


def branching(keras):
    """Return a class of parts that look at values, which are not there while a model is made."""

    class Branching(keras.layers.Layer):
        def __init__(self, **config):
            super().__init__(**config)
            self.one, self.other = keras.layers.Dense(4, name="one"), keras.layers.Dense(4, name="other")

        def build(self, shape):
            self.scale = self.add_weight(shape=(1,), name="scale")
            self.one.build(shape)
            self.other.build(shape)
            self.built = True

        def call(self, x):
            return (self.one if float(x[0, 0]) > 0 else self.other)(x)

        def compute_output_spec(self, x):
            return keras.KerasTensor(x.shape, x.dtype)

    return Branching


def test_each_call_of_a_part_is_a_scope_with_its_own_shapes(keras):
    model = shared(keras)
    graph, items = opened(model)
    assert [(scope.id, scope.op) for scope in graph.scopes] == [("part", "Residual"), ("part#2", "Residual")]
    shapes = {node.id: node.outputs[0].tensor.shape for node in graph.nodes}
    assert shapes["part/conv"] == (None, 8, 8, 3)
    assert shapes["part#2/conv"] == (None, 4, 4, 3)
    conv = model.get_layer("part").conv
    assert items["part/conv"] is items["part#2/conv"] is conv
    weights = {node.id: [weight.key for weight in node.weights] for node in graph.nodes}
    assert weights["part/conv"] == weights["part#2/conv"] == ["part/conv/kernel", "part/conv/bias"]
    assert {(edge.source, edge.target) for edge in graph.edges} >= {("part/add", "pool"), ("x", "part/conv")}


def test_a_part_stays_one_node_unless_it_is_to_be_opened(keras):
    graph, _ = read_live(shared(keras))
    assert [node.id for node in graph.nodes] == ["x", "part", "part#2", "pool"]
    assert graph.scopes == ()


def test_parts_in_nested_models_and_chains_are_opened(keras):
    block = block_of(keras)
    inner = keras.Sequential([keras.Input((5, 8)), block(8, name="first")], name="inner")
    x = keras.Input((5, 8), name="x")
    graph, _ = opened(keras.Model(x, block(8, name="second")(inner(x))))
    assert [scope.id for scope in graph.scopes] == ["inner", "inner/first", "inner/first/feed", "second", "second/feed"]


@pytest.mark.filterwarnings("ignore:.*does not have a `build")
def test_what_a_wrapper_calls_for_each_time_step_is_opened(keras):
    x = keras.Input((7, 8, 8, 3), name="x")
    part = residual_of(keras)(3, name="part")
    part.compute_output_shape = lambda shape: shape
    graph, _ = opened(keras.Model(x, keras.layers.TimeDistributed(part, name="each")(x)))
    shapes = {node.id: node.outputs[0].tensor.shape for node in graph.nodes}
    assert shapes["each/conv"] == (None, 8, 8, 3)
    assert shapes["each/each"] == (None, 7, 8, 8, 3)


@pytest.mark.filterwarnings("ignore:.*does not have a `build")
@pytest.mark.parametrize("is_open", [False, True])
def test_a_part_that_needs_the_batch_is_opened_with_the_sizes_that_are_known(keras, is_open):
    ops = keras.ops

    class Padded(keras.layers.Layer):
        def __init__(self):
            super().__init__(name="part")
            self.inner = keras.layers.Dense(4, name="inner")

        def call(self, x):
            steps = ops.shape(x)[1] if is_open else 1
            return self.inner(x) + ops.zeros((ops.shape(x)[0], steps, 1))

    x = keras.Input((None, 8) if is_open else (5, 8), name="x")
    with warnings.catch_warnings():
        warnings.simplefilter("error", CutawayWarning)
        graph, _ = opened(keras.Model(x, Padded()(x)))
    length = None if is_open else 5
    assert {node.id: node.outputs[0].tensor.shape for node in graph.nodes} == {
        "x": (None, length, 8), "part/inner": (None, length, 4), "part/add": (None, length, 4),
    }  # fmt: skip


@pytest.mark.filterwarnings("ignore:Layer 'part' looks like it has unbuilt state")
@pytest.mark.filterwarnings("ignore:.*does not have a `build")
def test_a_part_whose_calls_depend_on_an_unknown_length_shows_its_layers_beside_it(keras):
    class Stepping(keras.layers.Layer):
        def __init__(self):
            super().__init__(name="part")
            self.inner = keras.layers.Dense(4, name="inner")

        def call(self, x):
            return sum(self.inner(x[:, step]) for step in range(x.shape[1]))

        def compute_output_shape(self, shape):
            return (shape[0], 4)

    x = keras.Input((None, 8), name="x")
    with pytest.warns(
        CutawayWarning, match=r"the flow in 'part' .* \(TypeError: 'NoneType' object .*without connections"
    ):
        opened(keras.Model(x, Stepping()(x)))


def test_what_cannot_be_followed_shows_its_layers_beside_it(keras):
    x, part = keras.Input((4,), name="x"), branching(keras)(name="part")
    model = keras.Model(x, keras.layers.Dense(2, name="last")(part(part(x))))
    with pytest.warns(
        CutawayWarning, match=r"the flow in 'part' \(Branching\) is unknown: .*without connections"
    ) as told:
        graph, _ = opened(model)
    assert len(told) == 1
    ids = [f"{call}/{name}" for call in ("part", "part#2") for name in ("part", "one", "other")]
    assert [node.id for node in graph.nodes] == ["x", *ids, "last"]
    ways = [("x", "part/part"), ("part/part", "part#2/part"), ("part#2/part", "last")]
    assert sorted((edge.source, edge.target) for edge in graph.edges) == sorted(ways)
    assert [len(node.weights) for node in graph.nodes] == [0, 1, 2, 2, 1, 2, 2, 2]


@pytest.mark.filterwarnings("ignore:.*does not have a `build")
@pytest.mark.parametrize("generation", ["keras", "tf_keras"])
def test_layers_that_no_call_of_a_part_uses_stand_alone(generation, request):
    keras = request.getfixturevalue(generation)

    class Either(keras.layers.Layer):
        def __init__(self, **config):
            super().__init__(**config)
            self.one, self.other, self.idle = [keras.layers.Dense(4, name=name) for name in ("one", "other", "idle")]

        def call(self, x, at):
            self.idle(x)
            return (self.one, self.other)[at](x)

    y = keras.Input((4,), name="y")
    part = Either(name="part")
    inner = keras.Model(y, part(part(y, at=0), at=1), name="inner")
    x = keras.Input((4,), name="x")
    with pytest.warns(CutawayWarning, match="not called while tracing 'net', or not for its output: 'idle'") as told:
        graph, _ = opened(keras.Model(x, inner(x), name="net"))
    assert len(told) == 1
    ids = ["x", "inner/part/one", "inner/part/idle", "inner/part#2/other"]
    assert [node.id for node in graph.nodes] == ids
    assert [len(node.weights) for node in graph.nodes] == [0, 2, 2, 2]


def test_a_part_of_a_chain_that_is_not_built_shows_its_layers(keras):
    model = keras.Sequential([branching(keras)(name="part"), keras.layers.Dense(2, name="last")])
    graph, _ = opened(model)
    assert [node.id for node in graph.nodes] == ["part/part", "part/one", "part/other", "last"]
    assert [(edge.source, edge.target) for edge in graph.edges] == [("part/part", "last")]


@pytest.mark.parametrize("generation", ["keras", "tf_keras"])
def test_opening_parts_leaves_a_model_as_it_was_and_gives_the_same_again(generation, request):
    model = shared(request.getfixturevalue(generation))
    part = model.get_layer("part")
    with warnings.catch_warnings():
        warnings.simplefilter("error", CutawayWarning)
        before = (len(part._inbound_nodes), len(part.conv._inbound_nodes), part.conv.built, len(model.weights))
        first, second = opened(model)[0], opened(model)[0]
    after = (len(part._inbound_nodes), len(part.conv._inbound_nodes), part.conv.built, len(model.weights))
    assert first == second
    assert before == after


def cut_to(keras, make):
    """Return a part that cuts what `make` gives of its second input, if there is one, to the length of its first."""

    class Cut(keras.layers.Layer):
        def __init__(self, **config):
            super().__init__(**config)
            self.words = keras.layers.Embedding(100, 16, name="words")
            self.last = keras.layers.Dense(16, name="last")

        def build(self, *shapes):
            self.table = self.add_weight(shape=(1, 40, 16), name="table")

        def call(self, x, y=None):
            return self.last(make(self, x, y)[:, : keras.ops.shape(x)[1]] + self.words(x))

    return Cut(name="part")


@pytest.mark.parametrize("reads_a_tensor", [False, True])
def test_what_is_cut_to_an_unknown_length_is_of_unknown_length(keras, reads_a_tensor):
    x, y = keras.Input((None,), name="x"), keras.Input((40, 16), name="y")
    part = cut_to(keras, lambda part, x, y: part.table if y is None else y)
    given = [x, y] if reads_a_tensor else [x]
    graph, _ = opened(keras.Model(given, part(*given), name="net"))
    shapes = {node.id: node.outputs[0].tensor.shape for node in infer(graph, verify=False).nodes}
    inside = {key: shape for key, shape in shapes.items() if key.startswith("part/") and shape is not None}
    assert {"part/words", "part/add", "part/last"} <= set(inside)
    wrong = {key: shape for key, shape in inside.items() if len(shape) == 3 and shape != (None, None, 16)}
    assert wrong == {}
