"""Live models of Keras 3 of every kind that a summary tells apart; each builder is given `keras`."""

from keras_parts import block_of


def subclass(keras):
    class Net(keras.Model):
        def __init__(self):
            super().__init__(name="net")
            self.a = keras.layers.Dense(3, name="a")
            self.b = keras.Sequential([keras.layers.Dense(2, name="c")], name="b")
            self.bn = keras.layers.BatchNormalization(name="bn")

        def call(self, x):
            return self.bn(self.b(self.a(x)))

    return Net()


def subclass_called_on_data(keras):
    model = subclass(keras)
    model(keras.ops.zeros((2, 4)))
    return model


def subclass_built(keras):
    model = subclass(keras)
    model.build((None, 4))
    return model


def subclass_called_on_a_symbol(keras):
    model = subclass(keras)
    model(keras.Input((4,)))
    return model


def subclass_in_a_graph(keras):
    x = keras.Input((4,), name="x")
    return keras.Model(x, keras.layers.Dense(2, name="d")(subclass(keras)(x)))


def layers_in_layers(keras):
    block, x = block_of(keras), keras.Input((5, 8), name="x")
    return keras.Model(x, block(8, name="second")(block(8, name="first")(x)))


def low_rank(keras):
    layers = [keras.layers.Dense(8, name="d"), keras.layers.EinsumDense("ab,bc->ac", (4,), name="e")]
    model = keras.Sequential([keras.Input((8,)), *layers])
    layers[0].enable_lora(2)
    return model


def quantized(keras):
    model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(8, name="d"), keras.layers.Dense(4, name="e")])
    model.quantize("int8")
    return model


def empty(keras):
    return keras.Sequential(name="empty")


def unbuilt(keras):
    return keras.Sequential([keras.layers.Dense(3, name="a"), keras.layers.Dropout(0.1, name="b")], name="seq")


def an_input_alone(keras):
    return keras.Sequential([keras.Input((3,), name="x")], name="x_alone")


def pipeline(keras):
    layers = keras.layers
    x = keras.Input((8, 8, 3), name="x")
    return keras.Model(x, layers.Pipeline([layers.RandomFlip(), layers.Rescaling(2.0)], name="line")(x))


def trained(keras):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, name="d"), keras.layers.Dropout(0.2, name="r")])
    model.compile("adam", "mean_squared_error")
    model.fit(keras.ops.zeros((2, 4)), keras.ops.zeros((2, 3)), verbose=0)
    return model


def names_of_all_kinds(keras):
    layers = keras.layers
    x = keras.Input((4,), name="x")
    ends = [layers.Dense(3, name="a b")(x), layers.Dense(3, name="é€中文")(x)]
    return keras.Model(x, layers.Add(name="s[1] t")(ends), name="odd [name] with spaces")


def dicts(keras):
    layers = keras.layers
    a, b = keras.Input((4,), name="a"), keras.Input((3,), name="b")
    both = layers.Concatenate(name="both")([a, b])
    return keras.Model({"b": b, "a": a}, {"z": layers.Dense(1, name="z")(both), "y": layers.Dense(2, name="y")(both)})


def several_outputs(keras):
    layers = keras.layers
    x = keras.Input((None, 4), name="x")
    y, h, _ = layers.LSTM(3, return_state=True, return_sequences=True, name="l")(x)
    _, scores = layers.MultiHeadAttention(2, 3, name="m")(y, y, return_attention_scores=True)
    return keras.Model(x, [y, h, scores])


def models_in_models(keras):
    def model(depth):
        x = keras.Input((4,), name=f"x{depth}")
        y = keras.layers.Dense(4, name=f"d{depth}")(x)
        return keras.Model(x, model(depth - 1)(y) if depth else y, name=f"m{depth}")

    return model(4)


def a_frozen_model_in_a_model(keras):
    model = models_in_models(keras)
    model.get_layer("m3").trainable = False
    return model


def a_tensor_twice(keras):
    x = keras.Input((4,), name="x")
    return keras.Model(x, keras.layers.Add(name="sum")([x, x]))


def operations(keras):
    x = keras.Input((4, 4), name="x")
    y = keras.ops.matmul(x, keras.ops.transpose(x, (0, 2, 1))) / 2.0 + 1
    return keras.Model(x, keras.ops.split(y[:, 0], 2, axis=-1)[1], name="ops")


ZOO = [
    subclass,
    subclass_called_on_data,
    subclass_built,
    subclass_called_on_a_symbol,
    subclass_in_a_graph,
    layers_in_layers,
    low_rank,
    quantized,
    empty,
    unbuilt,
    an_input_alone,
    pipeline,
    trained,
    names_of_all_kinds,
    dicts,
    several_outputs,
    models_in_models,
    a_frozen_model_in_a_model,
    a_tensor_twice,
    operations,
]
