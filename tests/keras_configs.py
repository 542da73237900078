"""Keras 3 configs in short, in the form that Keras 3.15 writes them."""

DTYPE = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": None}


def tensor(name, call=0, output=0, shape=(None, 4)):
    history = {"shape": list(shape), "dtype": "float32", "keras_history": [name, call, output]}
    return {"class_name": "__keras_tensor__", "config": history}


def called(*args, **kwargs):
    return {"args": list(args), "kwargs": kwargs}


def layer(op, name, *calls, module="keras.layers", **config):
    settings = (
        {"name": name, **config} if ".ops." in module else {"name": name, "trainable": True, "dtype": DTYPE, **config}
    )
    return {
        "module": module,
        "class_name": op,
        "config": settings,
        "registered_name": None,
        "name": name,
        "inbound_nodes": list(calls),
    }


def given(name, shape=(None, 4)):
    settings = {"batch_shape": list(shape), "dtype": "float32", "sparse": False, "ragged": False, "name": name}
    return {"module": "keras.layers", "class_name": "InputLayer", "config": settings, "name": name, "inbound_nodes": []}


def model(name, layers, inputs, outputs, *calls, op="Functional", **config):
    settings = {"name": name, "trainable": True, "layers": layers, "input_layers": inputs, "output_layers": outputs}
    return {
        "module": "keras.src.models.functional",
        "class_name": op,
        "config": settings | config,
        "registered_name": op,
        "name": name,
        "inbound_nodes": list(calls),
        "build_config": {"input_shape": None},
    }


def chain(name, layers, *calls, **config):
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": name, "trainable": True, "dtype": DTYPE, "layers": layers, **config},
        "name": name,
        "inbound_nodes": list(calls),
    }


def identity(name, *calls, read=True):
    """Return a nested model that hands on its input, and (if `read`) reads it as well."""
    layers = [given("i")]
    if read:
        layers.append(layer("Dense", "d", called(tensor("i"))))
    outputs = [["i", 0, 0], ["d", 0, 0]] if read else ["i", 0, 0]
    return model(name, layers, ["i", 0, 0], outputs, *calls)
