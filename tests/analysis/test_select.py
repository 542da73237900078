"""Selectors mean the nodes that their words say, and say what they cannot mean."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_graphs import graphs

from cutaway.analysis.select import select, selector
from cutaway.errors import CutawayWarning, InputError
from cutaway.graph import Graph, Kind, Node, Scope


def one(name: str, op: str, kind: Kind = Kind.OTHER, scope: str | None = None, **attributes) -> Node:
    trainable = attributes.pop("trainable", None)
    return Node(
        id=f"{scope}/{name}" if scope else name,
        name=name,
        op=op,
        kind=kind,
        scope=scope,
        attributes=attributes,
        trainable=trainable,
        computes=attributes.pop("computes", None),
    )


MODEL = Graph(
    name="m",
    nodes=(
        one("image", "InputLayer", Kind.INPUT),
        one("conv1", "Conv2D", Kind.CONVOLUTION, kernel_size=(3, 3), strides=(2, 2), activation="relu", use_bias=False),
        one("conv2", "Conv2D", Kind.CONVOLUTION, kernel_size=(1, 3), activation=None, trainable=False, rate=0.5),
        one("my layer (old)", "Custom"),
        one("dense", "Dense", Kind.DENSE, scope="encoder", units=64, trainable=True),
        one("norm", "LayerNormalization", Kind.NORMALIZATION, scope="encoder/block", epsilon=1e-6),
        one("tf.nn.relu", "TFOpLambda", Kind.ACTIVATION, computes="Relu"),
    ),
    scopes=(
        Scope(id="encoder", name="encoder", op="Functional"),
        Scope(id="encoder/block", name="block", op="Sequential", parent="encoder"),
    ),
)


def chosen(given_, graph=MODEL) -> set[str]:
    return {name.rsplit("/", 1)[-1] for name in selector(given_)(graph)}


CONVOLUTIONS, INSIDE = {"conv1", "conv2"}, {"dense", "norm"}
EVERYTHING = {"image", "my layer (old)", "tf.nn.relu"} | CONVOLUTIONS | INSIDE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("conv1", {"conv1"}),
        ("conv?", CONVOLUTIONS),
        ("con*2", {"conv2"}),
        ("*", EVERYTHING),
        ("Conv2D", CONVOLUTIONS),
        ("Conv2D*", CONVOLUTIONS),
        ("Relu", {"tf.nn.relu"}),
        ("tf.nn.relu", {"tf.nn.relu"}),
        ("tf?nn?relu", {"tf.nn.relu"}),
        ("encoder/dense", {"dense"}),
        ("encoder/*", INSIDE),
        ("encoder", INSIDE),
        ("block", {"norm"}),
        ("in:block", {"norm"}),
        ("in:enc*", INSIDE),
        ("op:conv*", set()),
        ("op:*Norm*", {"norm"}),
        ("name:Conv2D", set()),
        ("name:dense", {"dense"}),
        ("kind:convolution", CONVOLUTIONS),
        ("kind:Convolution", CONVOLUTIONS),
        ("kernel_size=3x3", {"conv1"}),
        ("kernel_size=3×3", {"conv1"}),
        ("kernel_size=(3, 3)", {"conv1"}),
        ("kernel_size=3", {"conv1"}),
        ("kernel_size=1x3", {"conv2"}),
        ("units=64", {"dense"}),
        ("units=64x64", set()),
        ("rate=.5", {"conv2"}),
        ("epsilon=0.000001", {"norm"}),
        ("activation=relu", {"conv1"}),
        ("activation=ReLU", {"conv1"}),
        ("activation=re*", {"conv1"}),
        ("activation='relu'", {"conv1"}),
        ("activation=none", {"conv2"}),
        ("trainable=no", {"conv2"}),
        ("trainable=yes", {"dense"}),
        ("use_bias=false", {"conv1"}),
        ("use_bias=0", set()),
        ("/^conv\\d$/", CONVOLUTIONS),
        ("/n.rm|den/", INSIDE),
        ("/a\\/d/", set()),
        ("/r\\/d/", {"dense"}),
        ('"my layer (old)"', {"my layer (old)"}),
        ("'conv?'", set()),
        ("not *", set()),
        ("not not conv1", {"conv1"}),
        ("conv1 or dense", {"conv1", "dense"}),
        ("conv* and not strides=2", {"conv2"}),
        ("conv1 or conv2 and strides=2", {"conv1"}),
        ("(conv1 or conv2) and strides=2", {"conv1"}),
        ("not(conv1 or in:encoder)and kind:convolution", {"conv2"}),
    ],
)
def test_a_text_means(text, names):
    assert chosen(text) == names


def test_other_things_that_mean_nodes():
    class Conv2D:
        name = "conv2"

        def get_config(self):
            return {}

    assert chosen(Conv2D) == CONVOLUTIONS
    assert chosen(Conv2D()) == {"conv2"}
    assert chosen(lambda node: node.attributes.get("units", 0) > 10) == {"dense"}
    assert chosen({"kind": "convolution", "kernel_size": (3, 3)}) == {"conv1"}
    assert chosen({"use_bias": False, "strides": [2, 2]}) == {"conv1"}
    assert chosen({"use_bias": 0}) == set()
    assert chosen(["conv1", Conv2D, lambda node: node.op == "Dense"]) == CONVOLUTIONS | {"dense"}
    assert chosen([]) == set()
    assert chosen(selector("conv1")) == {"conv1"}


def test_a_class_means_those_derived_from_it():
    class Layer:
        pass

    class Conv2D(Layer):
        pass

    class Between(Layer):
        pass

    class Dense(Between, Conv2D):
        pass

    assert chosen(Layer) == CONVOLUTIONS | {"dense"}
    assert chosen(Between) == {"dense"}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("", "cannot read '' as a selector: it is empty"),
        ("(a", "a parenthesis is not closed"),
        ("a)", "there is '\\)' where 'and' or 'or' is expected"),
        ("my layer", "there is 'layer' where 'and' or 'or' is expected; put names with spaces in quotes"),
        ("a and", "it ends where a name is expected"),
        ("or a", "there is 'or' where a name is expected"),
        ("not", "it ends where a name is expected"),
        ('a or "b', "'\"b' is no part of one"),
        ("kind:convlution", "there is no kind 'convlution': did you mean 'convolution'\\? allowed: 'input', "),
        (
            "knd:dense",
            "'knd:dense' as a selector: did you mean 'kind'\\? allowed: .* before a colon; put a name in quo",
        ),
        ("op:", "nothing follows the colon"),
        ("/(/", "/\\(/ is no regular expression: missing \\)"),
        ("(" * 2000 + "a" + ")" * 2000, "more than 100 parentheses"),
        ("not " * 2000 + "a", "more than 100 parentheses"),
        (5, "cannot select by a value of type 'int': give a text"),
        (None, "cannot select by a value of type 'NoneType'"),
        ({5: 1}, "cannot select by 5: the keys of a mapping are texts"),
        (["a", 5], "cannot select by a value of type 'int'"),
    ],
)
def test_what_means_nothing(wrong, words):
    with pytest.raises(InputError, match=words):
        selector(wrong)


def test_a_function_that_raises_is_named_with_the_node():
    def wide(node):
        return node.attributes["units"] > 10

    with pytest.raises(InputError, match="cannot select with wide: asked about the node 'image' it raised KeyError"):
        selector(wide)(MODEL)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("input", "highlight='input' selects nothing in 'm'; did you mean 'kind:input'?"),
        ("imag", "highlight='imag' selects nothing in 'm'; did you mean 'image'?"),
        ("op:Conv2d", "highlight='op:Conv2d' selects nothing in 'm'; did you mean 'Conv2D'?"),
        ("kernel_siz=3", "highlight='kernel_siz=3' selects nothing in 'm'; did you mean 'kernel_size'?"),
        ("zzz", "highlight='zzz' selects nothing in 'm'"),
    ],
)
def test_what_selects_nothing_warns(text, words):
    with pytest.warns(CutawayWarning) as caught:
        assert select(text, MODEL, "highlight") == frozenset()
    assert [str(warning.message) for warning in caught] == [words]


@given(graphs(), st.sampled_from(["n1", "n?", "in:s1", "kind:input", "op:Dense", "/[02468]$/"]))
def test_not_means_the_others(graph, text):
    every = {node.id for node in graph.nodes}
    some, others = selector(text)(graph), selector(f"not {text}")(graph)
    assert some | others == every
    assert not some & others
    assert selector(f"{text} and not {text}")(graph) == frozenset()
    assert selector(f"{text} or not {text}")(graph) == every


@given(st.text(alphabet="ab*?/()[]='\" :ornotand\\", max_size=12))
def test_any_text_means_something_or_is_refused(text):
    found = None
    with suppress(InputError):
        found = selector(text)(MODEL)
    assert found is None or found <= {node.id for node in MODEL.nodes}
