"""Models that `plot_model` is tried on, and what its figures say."""

from keras_configs import called, chain, given, layer, model, tensor

from cutaway.compat.keras import plot_model
from cutaway.faults import faults
from cutaway.figure import Figure
from cutaway.scene import Group, Text

CONVOLUTION = {"filters": 4, "kernel_size": [3, 3], "strides": [1, 1], "padding": "valid", "activation": "relu"}
LSTM = {"units": 3, "return_sequences": False, "return_state": False, "activation": "tanh"}


def net():
    """Return a model with a nested one, a frozen layer and a tensor that is used twice."""
    head = chain(
        "head",
        [given("head_in"), layer("Dense", "inner", units=4, activation="linear")],
        called(tensor("flat", shape=(None, 144))),
    )
    frozen = layer("Dense", "frozen", called(tensor("head")), units=4, activation="softmax")
    frozen["config"]["trainable"] = False
    layers = [
        given("image", (None, 8, 8, 1)),
        layer("Conv2D", "conv", called(tensor("image", shape=(None, 8, 8, 1))), **CONVOLUTION),
        layer("Flatten", "flat", called(tensor("conv", shape=(None, 6, 6, 4)))),
        head,
        frozen,
        layer("Add", "twice", called([tensor("frozen"), tensor("frozen")])),
    ]
    return model("net", layers, [["image", 0, 0]], [["twice", 0, 0]])


def skipping():
    """Return a chain with a skip, the line of which leads around a box."""
    layers = [
        given("x"),
        *[layer("Dense", to, called(tensor(at)), units=4) for at, to in (("x", "one"), ("one", "two"))],
    ]
    layers.append(layer("Add", "sum", called([tensor("one"), tensor("two")])))
    return model("skipping", layers, [["x", 0, 0]], [["sum", 0, 0]])


def wrapped():
    """Return a model with a layer for each time step, and one in both directions."""
    inner = {"module": "keras.layers", "class_name": "Dense", "config": {"name": "step", "units": 5}}
    ways = {
        key: {"module": "keras.layers", "class_name": "LSTM", "config": {"name": f"{name}_lstm", **LSTM}}
        for key, name in (("layer", "forward"), ("backward_layer", "backward"))
    }
    return chain(
        "wrapped",
        [
            given("words", (None, 7, 4)),
            layer("TimeDistributed", "each", layer=inner),
            layer("Bidirectional", "both", merge_mode="concat", **ways),
        ],
    )


def figure(*args, source=None, **keywords) -> Figure:
    """Return what is drawn: without hard faults, unless there are to be no lines, which is one for each of them."""
    found = plot_model(source or net(), None, *args, **keywords)
    unlined = "none" in args or keywords.get("splines") in {"none", ""}
    assert all(fault.rule == "missing" and unlined for fault in faults(found.scene, found.graph))
    return found


def boxes(found: Figure) -> dict[str, list[str]]:
    """Return what the boxes of nodes say, by their ids."""
    marks = [mark for mark in found.scene.marks if isinstance(mark, Group) and mark.part == "node"]
    return {mark.ref: texts(mark) for mark in marks}


def texts(mark) -> list[str]:
    if isinstance(mark, Text):
        return [mark.text]
    return [text for each in getattr(mark, "marks", ()) for text in texts(each)]


def places(found: Figure) -> dict[str, tuple[float, float]]:
    """Return where the titles of boxes stand."""
    marks = [mark for mark in found.scene.marks if isinstance(mark, Group) and mark.part == "node"]
    first = {mark.ref: next(each for each in mark.marks if isinstance(each, Text)) for mark in marks}
    return {name: (text.at.x, text.at.y) for name, text in first.items()}


def edges(found: Figure) -> list[Group]:
    return [mark for mark in found.scene.marks if isinstance(mark, Group) and mark.part == "edge"]


def keys(found: Figure) -> list[str]:
    return [
        text for mark in found.scene.marks if isinstance(mark, Group) and mark.part == "key" for text in texts(mark)
    ]


def columns(found: Figure) -> tuple[set[float], set[float]]:
    """Return where the heads and the texts of tables begin in all boxes."""
    marks = [mark for mark in found.scene.marks if isinstance(mark, Group) and mark.part == "node"]
    texts = [each for mark in marks for each in mark.marks if isinstance(each, Text) and each.anchor == "start"]
    heads = {round(each.at.x, 3) for each in texts if each.text in {"in", "out", "activation", "trainable"}}
    return heads, {round(each.at.x, 3) for each in texts} - heads
