"""The kinds of models that figures of networks are asked for, by name; each builder is given `keras`.

They are those with which the peers were tried by hand: eight applications, and a small one of each other kind. The
small ones lie in `hands_on.json.gz`, as Keras 3.15 writes them, but for the subclassed one, of which it writes nothing.
"""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from keras_parts import residual_of, sampling_of

FILE = Path(__file__).with_suffix(".json.gz")
APPLICATIONS = (
    "VGG16",
    "ResNet50",
    "InceptionV3",
    "MobileNetV2",
    "EfficientNetB0",
    "NASNetMobile",
    "DenseNet121",
    "ConvNeXtTiny",
)


def unet(keras):
    layers = keras.layers
    x = image = keras.Input((64, 64, 3), name="image")
    skips = []
    for filters in (16, 32):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        skips.append(x)
        x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(64, 3, padding="same", activation="relu")(x)
    for filters, skip in zip((32, 16), reversed(skips), strict=True):
        x = layers.Concatenate()([layers.UpSampling2D()(x), skip])
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return keras.Model(image, layers.Conv2D(1, 1, activation="sigmoid", name="mask")(x), name="unet")


def mimo(keras):
    layers = keras.layers
    left, right = keras.Input((16,), name="left"), keras.Input((None, 8), name="right")
    more = keras.Input((4,), name="more")
    both = layers.Concatenate(name="both")([layers.Dense(8, name="d")(left), layers.LSTM(8, name="l")(right), more])
    ends = [layers.Dense(1, name="price")(both), layers.Dense(3, activation="softmax", name="label")(both)]
    return keras.Model([left, right, more], ends, name="mimo")


def lstm(keras):
    layers = keras.layers
    stack = [layers.Embedding(1000, 128), layers.LSTM(64, return_sequences=True), layers.LSTM(32), layers.Dense(1)]
    return keras.Sequential([keras.Input((100,), dtype="int32", name="words"), *stack], name="lstm")


def transformer(keras):
    layers = keras.layers
    x = words = keras.Input((64,), dtype="int32", name="words")
    x = layers.Embedding(1000, 128)(x)
    for _ in range(2):
        y = layers.MultiHeadAttention(4, 32)(x, x)
        x = layers.LayerNormalization()(layers.Add()([x, layers.Dropout(0.1)(y)]))
        y = layers.Dense(128)(layers.Dense(512, activation="relu")(x))
        x = layers.LayerNormalization()(layers.Add()([x, layers.Dropout(0.1)(y)]))
    x = layers.GlobalAveragePooling1D()(x)
    return keras.Model(words, layers.Dense(2, activation="softmax")(x), name="transformer")


def unbuilt(keras):
    layers = keras.layers
    stack = [layers.Conv2D(8, 3), layers.MaxPooling2D(), layers.Flatten(), layers.Dense(16), layers.Dense(4)]
    return keras.Sequential(stack, name="unbuilt")


def nested(keras):
    layers = keras.layers
    image = keras.Input((16, 16, 3), name="image")
    inner = keras.Sequential(
        [keras.Input((16, 16, 3)), layers.Conv2D(8, 3, padding="same"), layers.MaxPooling2D()], name="encoder"
    )
    head = layers.Dense(4, name="head")(layers.Flatten(name="flat")(inner(image)))
    return keras.Model(image, head, name="nested")


def siamese(keras):
    layers = keras.layers
    tower = keras.Sequential(
        [keras.Input((28, 28, 1)), layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(8)], name="tower"
    )
    left, right = keras.Input((28, 28, 1), name="left"), keras.Input((28, 28, 1), name="right")
    distance = layers.Subtract(name="distance")([tower(left), tower(right)])
    return keras.Model([left, right], layers.Dense(1, name="same")(distance), name="siamese")


def shared_layers(keras):
    layers = keras.layers
    dense = layers.Dense(8, name="shared")
    left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
    return keras.Model([left, right], layers.Add(name="sum")([dense(left), dense(right)]), name="shared_layers")


def custom(keras):
    layers = keras.layers
    x = keras.Input((8, 8, 4), name="x")
    y = residual_of(keras)(4, name="residual")(x)
    return keras.Model(x, layers.Dense(2, name="end")(layers.Flatten(name="flat")(y)), name="custom")


def subclassed(keras):
    class Net(keras.Model):
        def __init__(self) -> None:
            super().__init__(name="subclassed")
            self.conv = keras.layers.Conv2D(8, 3, name="conv")
            self.flat = keras.layers.Flatten(name="flat")
            self.drop = keras.layers.Dropout(0.5, name="drop")
            self.end = keras.layers.Dense(4, name="end")

        def call(self, x):
            return self.end(self.drop(self.flat(self.conv(x))))

    model = Net()
    model.build((None, 8, 8, 3))
    return model


def subgraph(keras):
    whole = keras.applications.VGG16(weights=None)
    return keras.Model(whole.input, whole.get_layer("block3_pool").output, name="subgraph")


def transfer(keras):
    base = keras.applications.MobileNetV2(input_shape=(96, 96, 3), include_top=False, weights=None)
    base.trainable = False
    x = keras.layers.GlobalAveragePooling2D(name="mean")(base.output)
    return keras.Model(base.input, keras.layers.Dense(5, name="label")(x), name="transfer")


def multiuse_base(keras):
    layers = keras.layers
    x = keras.Input((8,), name="x")
    middle = layers.Dense(8, name="base")
    other = keras.Input((8,), name="other")
    keras.Model(other, middle(other))  # the layer is a part of this model, too
    return keras.Model(x, layers.Dense(2, name="end")(middle(x)), name="multiuse_base")


def functional_ops(keras):
    x = keras.Input((8,), name="x")
    y = keras.ops.relu(keras.layers.Dense(8, name="d")(x) + 1.0)
    y = keras.ops.concatenate([y, x], axis=-1)
    return keras.Model(x, keras.layers.Dense(2, name="end")(y), name="functional_ops")


def conv3d(keras):
    layers = keras.layers
    stack = [layers.Conv3D(8, 3), layers.MaxPooling3D(), layers.Flatten(), layers.Dense(4)]
    return keras.Sequential([keras.Input((16, 32, 32, 1), name="clip"), *stack], name="conv3d")


def conv1d(keras):
    layers = keras.layers
    stack = [layers.Conv1D(16, 5), layers.MaxPooling1D(), layers.Flatten(), layers.Dense(4)]
    return keras.Sequential([keras.Input((128, 4), name="signal"), *stack], name="conv1d")


def vae(keras):
    layers = keras.layers
    x = image = keras.Input((28, 28, 1), name="image")
    x = layers.Dense(16)(layers.Flatten()(layers.Conv2D(8, 3, strides=2, padding="same")(x)))
    mean, variance = layers.Dense(2, name="mean")(x), layers.Dense(2, name="log_variance")(x)
    x = layers.Reshape((14, 14, 8))(layers.Dense(14 * 14 * 8)(sampling_of(keras)(name="code")(mean, variance)))
    return keras.Model(image, layers.Conv2DTranspose(1, 3, strides=2, padding="same", name="picture")(x), name="vae")


def lenet5(keras):
    layers = keras.layers
    stack = [layers.Conv2D(6, 5), layers.AveragePooling2D(2), layers.Conv2D(16, 5), layers.AveragePooling2D(2)]
    stack += [layers.Flatten(), layers.Dense(120), layers.Dense(84), layers.Dense(10)]
    return keras.Sequential([keras.Input((32, 32, 1), name="image"), *stack], name="lenet5")


def one_layer(keras):
    return keras.Sequential([keras.Input((4,), name="x"), keras.layers.Dense(2, name="d")], name="one_layer")


SMALL: tuple[Callable[[Any], Any], ...] = (
    unet,
    mimo,
    lstm,
    transformer,
    unbuilt,
    nested,
    siamese,
    shared_layers,
    custom,
    subclassed,
    subgraph,
    transfer,
    multiuse_base,
    functional_ops,
    conv3d,
    conv1d,
    vae,
    lenet5,
    one_layer,
)
NAMES = (*APPLICATIONS, *(build.__name__ for build in SMALL))


def live(keras: Any, name: str) -> Any:
    """Build one of them."""
    if name in APPLICATIONS:
        return getattr(keras.applications, name)(weights=None)
    return next(build for build in SMALL if build.__name__ == name)(keras)


def stored() -> dict[str, dict[str, Any]]:
    """Return the configurations of the small ones by their names."""
    found: dict[str, dict[str, Any]] = json.loads(gzip.decompress(FILE.read_bytes()))
    return found
