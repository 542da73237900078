"""Models that textbooks draw, in the sizes of their papers, out of Keras' own layers."""

import keras
from keras import layers, ops


def lenet5() -> keras.Model:
    """Build LeNet-5 (LeCun, Bottou, Bengio, Haffner 1998, section II.B), its last layer as softmax."""
    stack = [
        layers.Input((32, 32, 1), name="image"),
        layers.Conv2D(6, 5, activation="tanh", name="c1"),
        layers.AveragePooling2D(2, name="s2"),
        layers.Conv2D(16, 5, activation="tanh", name="c3"),
        layers.AveragePooling2D(2, name="s4"),
        layers.Flatten(name="flatten"),
        layers.Dense(120, activation="tanh", name="c5"),
        layers.Dense(84, activation="tanh", name="f6"),
        layers.Dense(10, activation="softmax", name="digit"),
    ]
    return keras.Sequential(stack, name="lenet5")


def alexnet() -> keras.Model:
    """Build AlexNet on one device (Krizhevsky 2014; sizes of Krizhevsky, Sutskever, Hinton 2012, section 3.5)."""
    stack = [
        layers.Input((227, 227, 3), name="image"),
        layers.Conv2D(96, 11, strides=4, activation="relu", name="conv1"),
        layers.MaxPooling2D(3, strides=2, name="pool1"),
        layers.Conv2D(256, 5, padding="same", activation="relu", name="conv2"),
        layers.MaxPooling2D(3, strides=2, name="pool2"),
        layers.Conv2D(384, 3, padding="same", activation="relu", name="conv3"),
        layers.Conv2D(384, 3, padding="same", activation="relu", name="conv4"),
        layers.Conv2D(256, 3, padding="same", activation="relu", name="conv5"),
        layers.MaxPooling2D(3, strides=2, name="pool5"),
        layers.Flatten(name="flatten"),
        layers.Dense(4096, activation="relu", name="fc6"),
        layers.Dropout(0.5, name="drop6"),
        layers.Dense(4096, activation="relu", name="fc7"),
        layers.Dropout(0.5, name="drop7"),
        layers.Dense(1000, activation="softmax", name="fc8"),
    ]
    return keras.Sequential(stack, name="alexnet")


@keras.saving.register_keras_serializable(package="gallery")
class Sampling(layers.Layer):
    """Draw a code from its distribution (Kingma, Welling 2014, section 2.4)."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.seed = keras.random.SeedGenerator(0)

    def call(self, mean: keras.KerasTensor, log_variance: keras.KerasTensor) -> keras.KerasTensor:
        """Return the mean with noise of this variance."""
        return mean + ops.exp(log_variance / 2) * keras.random.normal(ops.shape(mean), seed=self.seed)


def vae() -> keras.Model:
    """Build a convolutional variational autoencoder of digits (Kingma, Welling 2014)."""
    x = image = layers.Input((28, 28, 1), name="image")
    for filters in (32, 64):
        x = layers.Conv2D(filters, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Dense(64, activation="relu")(layers.Flatten()(x))
    mean, log_variance = layers.Dense(2, name="mean")(x), layers.Dense(2, name="log_variance")(x)
    x = Sampling(name="code")(mean, log_variance)
    x = layers.Reshape((7, 7, 64))(layers.Dense(7 * 7 * 64, activation="relu")(x))
    for filters in (64, 32):
        x = layers.Conv2DTranspose(filters, 3, strides=2, padding="same", activation="relu")(x)
    picture = layers.Conv2DTranspose(1, 3, padding="same", activation="sigmoid", name="picture")(x)
    return keras.Model(image, [picture, mean, log_variance], name="vae")


def gan() -> keras.Model:
    """Build the chain in which a generator learns against a discriminator (Radford, Metz, Chintala 2016)."""
    generator = [
        layers.Input((100,), name="noise"),
        layers.Dense(7 * 7 * 128, name="project"),
        layers.Reshape((7, 7, 128), name="grid"),
        layers.BatchNormalization(),
        layers.ReLU(),
        layers.Conv2DTranspose(64, 5, strides=2, padding="same", use_bias=False, name="widen1"),
        layers.BatchNormalization(),
        layers.ReLU(),
        layers.Conv2DTranspose(1, 5, strides=2, padding="same", activation="tanh", name="widen2"),
    ]
    discriminator = [
        layers.Input((28, 28, 1), name="picture"),
        layers.Conv2D(64, 5, strides=2, padding="same", name="narrow1"),
        layers.LeakyReLU(0.2),
        layers.Conv2D(128, 5, strides=2, padding="same", name="narrow2"),
        layers.LeakyReLU(0.2),
        layers.Flatten(),
        layers.Dense(1, activation="sigmoid", name="real"),
    ]
    noise = layers.Input((100,), name="noise")
    image = keras.Sequential(generator, name="generator")(noise)
    return keras.Model(noise, keras.Sequential(discriminator, name="discriminator")(image), name="gan")


def sentiment() -> keras.Model:
    """Build a reader of reviews: two LSTM layers over words (Hochreiter, Schmidhuber 1997)."""
    stack = [
        layers.Input((80,), dtype="int32", name="words"),
        layers.Embedding(20000, 128, name="embedding"),
        layers.LSTM(128, return_sequences=True, name="lstm1"),
        layers.LSTM(64, name="lstm2"),
        layers.Dropout(0.5, name="dropout"),
        layers.Dense(1, activation="sigmoid", name="positive"),
    ]
    return keras.Sequential(stack, name="sentiment")
