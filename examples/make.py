"""Make the example model files with Keras 3: `python examples/make.py`, for maintainers.

The large ones are architectures without weights (JSON); the small ones are whole `.keras` files with weights.
"""

from pathlib import Path

import keras
import numpy as np
from keras import layers

HERE = Path(__file__).parent


def stripes_cnn() -> keras.Model:
    """Train a small convolutional network that tells the direction of stripes in noisy 16×16 pictures."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 4, 512)
    y, x = np.mgrid[:16, :16]
    angles = labels[:, None, None] * np.pi / 4
    waves = np.sin((x * np.cos(angles) + y * np.sin(angles)) * 1.5 + rng.uniform(0, 6, (512, 1, 1)))
    images = (waves + rng.normal(0, 0.5, waves.shape))[..., None]
    model = keras.Sequential(
        [
            layers.Input((16, 16, 1), name="picture"),
            layers.Conv2D(8, 3, padding="same", activation="relu", name="conv1"),
            layers.MaxPooling2D(name="pool1"),
            layers.Conv2D(16, 3, padding="same", use_bias=False, name="conv2"),
            layers.BatchNormalization(name="norm2"),
            layers.Activation("relu", name="relu2"),
            layers.GlobalAveragePooling2D(name="average"),
            layers.Dropout(0.2, name="dropout"),
            layers.Dense(4, activation="softmax", name="direction"),
        ],
        name="stripes",
    )
    model.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, epochs=12, verbose=2)
    return model


def siamese() -> keras.Model:
    """Build a pair of equal encoders that share their weights, compared by the distance of their codes."""
    picture = layers.Input((28, 28, 1), name="picture")
    x = layers.Conv2D(8, 3, strides=2, activation="relu", name="conv1")(picture)
    x = layers.Conv2D(8, 3, strides=2, activation="relu", name="conv2")(x)
    x = layers.GlobalAveragePooling2D(name="average")(x)
    encoder = keras.Model(picture, layers.Dense(16, name="code")(x), name="encoder")
    left, right = layers.Input((28, 28, 1), name="left"), layers.Input((28, 28, 1), name="right")
    distance = keras.ops.abs(encoder(left) - encoder(right))
    same = layers.Dense(1, activation="sigmoid", name="same")(distance)
    return keras.Model([left, right], same, name="siamese")


def main() -> None:
    """Write every example file."""
    for name, build in (("resnet50", "ResNet50"), ("mobilenet_v2", "MobileNetV2")):
        keras.backend.clear_session()
        model = getattr(keras.applications, build)(weights=None)
        (HERE / f"{name}.json").write_text(model.to_json(), encoding="utf-8")
    for build in (stripes_cnn, siamese):
        keras.backend.clear_session()
        keras.utils.set_random_seed(0)
        build().save(HERE / f"{build.__name__}.keras")


if __name__ == "__main__":
    main()
