"""Models and parts of models that are made alike with either Keras, some in a user's own classes."""


def custom(keras):
    class Scale(keras.layers.Layer):
        def __init__(self, factor, **config):
            super().__init__(**config)
            self.factor = factor

        def call(self, left, right=None):
            return left * self.factor if right is None else left * right

        def get_config(self):
            return super().get_config() | {"factor": self.factor}

    x = keras.Input((4,), name="x")
    scale = Scale(2.0, name="scale")
    return keras.Model(x, scale(scale(x), right=x), name="custom")


def block_of(keras):
    class Block(keras.layers.Layer):
        def __init__(self, width, **config):
            super().__init__(**config)
            self.attention = keras.layers.MultiHeadAttention(2, width // 2, name="attention")
            self.feed = keras.Sequential(
                [keras.layers.Dense(16, name="wide"), keras.layers.Dense(width, name="back")], name="feed"
            )

        def call(self, x, training=None):
            x = x + self.attention(x, x)
            return x + self.feed(x)

    return Block


def partly_thawed(keras, *, whole):
    """Return a model of which a part, or the whole, is frozen, and then the last layer of the part thawed."""
    part = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4), keras.layers.Dense(5)], name="part")
    x = keras.Input((4,))
    model = keras.Model(x, keras.layers.Dense(6)(part(x)))
    (part if whole else model).trainable = False
    part.layers[-1].trainable = True
    return model


def residual_of(keras):
    class Residual(keras.layers.Layer):
        def __init__(self, filters, **config):
            super().__init__(**config)
            self.filters = filters
            self.conv = keras.layers.Conv2D(filters, 3, padding="same", name="conv")

        def call(self, x):
            return x + self.conv(x)

        def get_config(self):
            return super().get_config() | {"filters": self.filters}

    return Residual


def sampling_of(keras):
    class Sampling(keras.layers.Layer):
        def call(self, mean, log_variance):
            return mean + keras.ops.exp(log_variance / 2) * keras.random.normal(keras.ops.shape(mean))

    return Sampling


def nested_and_shared(keras):
    frozen = keras.layers.Dense(4, name="frozen", trainable=False)
    encoder = keras.Sequential([keras.Input((8,)), frozen, keras.layers.Dropout(0.1, name="drop")], name="enc")
    a, b = keras.Input((8,), name="a"), keras.Input((8,), name="b")
    both = keras.layers.Concatenate(name="both")([encoder(a), encoder(b)])
    inside = keras.Input((8,), name="inside")
    head = keras.Model(inside, [keras.layers.Dense(2, name="h")(inside), inside], name="head")
    return keras.Model([a, b], head(both), name="siamese")


def unbuilt_chain(keras):
    return keras.Sequential([keras.layers.Dense(3, name="a"), keras.layers.Dense(2, name="b")], name="seq")


def sequence_to_sequence(keras):
    layers = keras.layers
    source, target = keras.Input((None, 5), name="source"), keras.Input((None, 5), name="target")
    _, h, c = layers.LSTM(6, return_state=True, name="encoder")(source)
    y = layers.LSTM(6, return_sequences=True, name="decoder")(target, initial_state=[h, c])
    y = layers.MultiHeadAttention(2, 3, name="mha")(y, value=y, use_causal_mask=True)
    y = layers.Bidirectional(layers.GRU(3), name="both")(y)
    return keras.Model({"source": source, "target": target}, {"y": y, "state": h}, name="seq2seq")


def model_of(keras, flow, **layers):
    """Return a subclassed model that holds `layers` and does what `flow` does with them."""

    class Net(keras.Model):
        def __init__(self):
            super().__init__(name="net")
            for name, layer in layers.items():
                setattr(self, name, layer)

        def call(self, x):
            return flow(self, x)

    return Net()
