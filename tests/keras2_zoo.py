"""Models of tf_keras, one builder for each kind, that the tests of live models read in several ways."""

from keras_parts import custom, nested_and_shared, sequence_to_sequence, unbuilt_chain


def functional(keras):
    layers = keras.layers
    x = image = keras.Input((8, 8, 3), name="image")
    x = layers.Conv2D(4, 3, activation="relu", kernel_regularizer="l2", name="c")(x)
    y = layers.BatchNormalization(name="bn")(x, training=False)
    x = layers.Add(name="sum")([x, y])
    x = layers.GlobalAveragePooling2D(name="gap")(x)
    return keras.Model(image, layers.Dense(3, activation="softmax", name="out")(x), name="net")


def chain(keras):
    layers = [keras.layers.LSTM(3, input_shape=(5, 4), name="l"), keras.layers.Dense(2, name="d")]
    return keras.Sequential(layers, name="seq")


def chain_from_an_input(keras):
    return keras.Sequential([keras.Input((4,), name="x"), keras.layers.Dense(2, name="d")], name="seq")


def built_chain(keras):
    model = unbuilt_chain(keras)
    model.build((None, 4))
    return model


def several_deep(keras):
    i = keras.Input((4,), name="i")
    inner = keras.Model(i, keras.layers.Dense(4, name="d")(i), name="inner")
    j = keras.Input((4,), name="j")
    middle = keras.Model(j, inner(inner(j)), name="middle")
    x = keras.Input((4,), name="x")
    last = keras.Sequential([middle, keras.layers.ReLU(name="r")], name="chain")
    return keras.Model(x, last(middle(x)), name="outer")


def operations(keras):
    import tensorflow as tf

    x = keras.Input((4, 4), name="x")
    y = tf.matmul(x, tf.transpose(x, (0, 2, 1))) / 2.0 + 1
    y = tf.where(y[:, 0, ::2] > 0, y[..., 0, 1:3], 0.0)
    y = tf.concat([y, tf.cast(tf.cast(y, tf.float16), "float32"), -y], axis=1)
    parts = tf.split(y, 3, axis=1)
    return keras.Model(x, tf.stack([parts[2], parts[0]], axis=1) * tf.constant([1.0, 2.0]), name="ops")


def functions(keras):
    import tensorflow as tf

    x = keras.Input((4,), name="x")
    y = keras.backend.sum(keras.activations.gelu(tf.nn.relu(x)), axis=1, keepdims=True)
    y = tf.reshape(tf.concat([y, x], -1), (tf.shape(x)[0], -1))
    y = tf.squeeze(tf.expand_dims(tf.tile(tf.clip_by_value(y, 0, 1), [1, 2]), 1), axis=[1])
    a, b = tf.unstack(tf.stack([y, y]), num=2)
    z = tf.one_hot(tf.argmax(a * b, -1), 3)
    return keras.Model(x, [tf.math.add_n([z, z, z]), tf.nn.softmax(z)], name="functions")


def ragged(keras):
    x = keras.Input((None,), ragged=True, dtype="int64", name="x")
    y = keras.layers.Embedding(10, 4, name="e")(x).to_tensor()
    return keras.Model(x, keras.layers.GlobalAveragePooling1D(name="gap")(y), name="ragged")


def preprocessing(keras):
    layers = keras.layers
    x, words = keras.Input((4,), name="x"), keras.Input((1,), dtype="string", name="words")
    tokens = layers.TextVectorization(vocabulary=["a", "b"], output_sequence_length=6, name="tokens")(words)
    kinds = layers.StringLookup(vocabulary=["a", "b"], output_mode="one_hot", name="kinds")(words)
    norm = layers.Normalization(mean=0.0, variance=1.0, name="norm")(x)
    y = layers.Flatten(name="flat")(layers.Embedding(10, 4, name="e")(tokens))
    return keras.Model([x, words], layers.Concatenate(name="all")([norm, y, kinds]), name="preprocessing")


def losses(keras):
    import tensorflow as tf

    x = keras.Input((4,), name="x")
    y = keras.layers.Dense(3, name="d")(x)
    model = keras.Model(x, y, name="losses")
    model.add_loss(tf.reduce_mean(y))
    model.add_metric(tf.reduce_sum(y), name="total")
    return model


def chains_in_a_chain(keras):
    layers = keras.layers
    first = keras.Sequential([layers.Conv2D(2, 3, input_shape=(8, 8, 1), name="c")], name="first")
    last = keras.Sequential([layers.Dense(3, name="d")], name="last")
    return keras.Sequential([first, layers.Flatten(name="flat"), last], name="seq")


def dicts_in_each_other(keras):
    a = keras.Input((4,), name="a")
    z, y = keras.layers.Dense(2, name="z")(a), keras.layers.Dense(3, name="y")(a)
    inner = keras.Model(a, {"z": z, "b": {"y": y}}, name="inner")
    x = keras.Input((4,), name="x")
    given = inner(x)
    return keras.Model({"x": x}, {"o": given["b"]["y"], "p": [given["z"], x]}, name="dicts")


def a_mask_laid_on_a_model(keras):
    i = keras.Input((5, 3), name="i")
    inner = keras.Model(i, keras.layers.LSTM(4, name="l")(i), name="inner")
    x, mask = keras.Input((5, 3), name="x"), keras.Input((5,), dtype="bool", name="mask")
    return keras.Model([x, mask], inner(x, mask=mask), name="mask")


def one_layer_on_several_shapes(keras):
    a, b = keras.Input((None, 4), name="a"), keras.Input((4,), name="b")
    dense = keras.layers.Dense(3, name="d")
    return keras.Model([a, b], [dense(a), dense(b)], name="shapes")


def wrappers(keras):
    layers = keras.layers
    frame = keras.Sequential([keras.Input((6, 6, 1)), layers.Conv2D(2, 3, name="c"), layers.Flatten()], name="f")
    x = keras.Input((10, 6, 6, 1), name="x")
    y = layers.TimeDistributed(frame, name="td")(x)
    y = layers.TimeDistributed(layers.Dense(3, name="dense"), name="each")(y)
    return keras.Model(x, layers.Lambda(lambda value: value * 2, name="double")(y), name="wrappers")


def cells(keras):
    layers = keras.layers
    x = keras.Input((7, 3), name="x")
    y = layers.RNN([layers.LSTMCell(4), layers.GRUCell(5)], return_sequences=True, name="stack")(x)
    forth = layers.LSTM(3, return_sequences=True, return_state=True)
    y, *states = layers.Bidirectional(forth, name="ways")(y)
    y = layers.Bidirectional(layers.LSTM(3), name="back")(y, initial_state=states)
    return keras.Model(x, y, name="cells")


def inputs_by_name(keras):
    p, q = keras.Input((4,), name="p"), keras.Input((4,), name="q")
    minus = keras.layers.Subtract(name="minus")([p, q])
    inner = keras.Model({"q": q, "p": p}, {"two": minus, "one": q}, name="inner")
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    given = inner({"p": b, "q": a})
    return keras.Model([a, b], [given["two"], keras.layers.ReLU(name="r")(given["one"])], name="named")


def masked(keras):
    layers = keras.layers
    words = keras.Input((5,), name="words")
    x = layers.Embedding(9, 3, mask_zero=True, name="e")(words)  # its mask is handed on by Keras itself
    query, value = layers.Dense(3, name="q")(x), layers.Masking(name="m")(x)
    y, scores = layers.Attention(name="att")([query, value], return_attention_scores=True)
    return keras.Model(words, [layers.LSTM(4, name="l")(y), scores], name="masked")


def mixed_precision(keras):
    x = keras.Input((4,), name="x")
    y = keras.layers.Dense(2, dtype="mixed_float16", name="d")(x)
    return keras.Model(x, keras.layers.Activation("softmax", dtype="float32", name="a")(y), name="mixed")


def frozen(keras):
    model = nested_and_shared(keras)
    model.trainable = False
    return model


def subclass_with_a_graph(keras):
    class Net(keras.Model):
        def train_step(self, data):
            return super().train_step(data)

    x = keras.Input((4,), name="x")
    return Net(x, keras.layers.Dense(2, name="d")(x), name="net")


def part_of_another(keras):
    whole = functional(keras)
    return keras.Model(whole.inputs, whole.get_layer("sum").output, name="features")


ZOO = [
    functional,
    chain,
    chain_from_an_input,
    built_chain,
    unbuilt_chain,
    nested_and_shared,
    several_deep,
    operations,
    functions,
    ragged,
    preprocessing,
    losses,
    chains_in_a_chain,
    dicts_in_each_other,
    a_mask_laid_on_a_model,
    one_layer_on_several_shapes,
    sequence_to_sequence,
    wrappers,
    cells,
    inputs_by_name,
    masked,
    custom,
    mixed_precision,
    frozen,
    subclass_with_a_graph,
    part_of_another,
]
