"""Models for the tests of `model_to_dot`, as configurations."""

from keras_configs import called, given, layer, model, tensor


def branching(**names):
    """Return a model with a branch and a layer that is called twice; `names` are those of its layers."""
    x, a, b = (names.get(each, each) for each in "xab")
    layers = [
        given(x, (None, 8)),
        layer("Dense", a, called(tensor(x, shape=(None, 8))), units=4, activation="relu"),
        layer("Dense", b, called(tensor(a)), called(tensor(b)), units=4, trainable=False),
        layer("Add", "sum", called([tensor(a), tensor(b, 1)])),
    ]
    return model("net", layers, [[x, 0, 0]], [["sum", 0, 0]])


def nested():
    """Return a model with another in it, which is called twice."""
    inner = model(
        "inner",
        [
            given("i"),
            layer("Dense", "one", called(tensor("i")), units=4),
            layer("Dense", "two", called(tensor("one")), units=4),
        ],
        [["i", 0, 0]],
        [["two", 0, 0]],
        called(tensor("x")),
        called(tensor("inner")),
    )
    return model(
        "outer", [given("x"), inner, layer("ReLU", "end", called(tensor("inner", 1)))], [["x", 0, 0]], [["end", 0, 0]]
    )


def drawn(dot, **asked):
    """Return the text of the picture of a Dot, as SVG."""
    return dot.create_svg(**asked).decode()
