"""Keras 2 configs in short, in the form that Keras 2.15 writes them; older forms by changing those."""


def end(name, call=0, output=0, /, **kwargs):
    """Return a tensor as the first argument of a call holds it."""
    return [name, call, output, kwargs]


def layer(op, name, *nodes, **config):
    return {
        "class_name": op,
        "config": {"name": name, "trainable": True, "dtype": "float32", **config},
        "name": name,
        "inbound_nodes": list(nodes),
    }


def function(name, tf, node, op="TFOpLambda"):
    """Return a layer that calls a function of TensorFlow."""
    return layer(op, name, node, function=tf)


def given(name, shape=(None, 4)):
    settings = {"batch_input_shape": list(shape), "dtype": "float32", "sparse": False, "ragged": False, "name": name}
    return {"class_name": "InputLayer", "config": settings, "name": name, "inbound_nodes": []}


def model(name, layers, inputs, outputs, *nodes, op="Functional"):
    settings = {"name": name, "trainable": True, "layers": layers, "input_layers": inputs, "output_layers": outputs}
    return {"class_name": op, "config": settings, "name": name, "inbound_nodes": list(nodes)}


def chain(name, layers, *nodes, **config):
    settings = {"name": name, "layers": layers, **config}
    return {"class_name": "Sequential", "config": settings, "name": name, "inbound_nodes": list(nodes)}


def net(*layers, inputs=("x",), outputs=None):
    """Return a model with inputs and `layers`; its output is the last layer's unless said otherwise."""
    return model(
        "net",
        [*map(given, inputs), *layers],
        [[name, 0, 0] for name in inputs],
        [[layers[-1]["name"], 0, 0]] if outputs is None else outputs,
    )


def encoder(*nodes, name="enc"):
    """Return a nested model of two layers: a Dense, and an Add of it and the input."""
    inner = [given("i"), layer("Dense", "d", [end("i")]), layer("Add", "s", [end("i"), end("d")])]
    return model(name, inner, [["i", 0, 0]], [["s", 0, 0]], *nodes)
