"""Make the model files of the gallery with Keras 3: `python gallery/models/make.py`, for maintainers.

They hold architectures only (`Model.to_json()`), no weights; the larger ones are compressed. ResNet50, MobileNetV2 and
the siamese model lie in `examples`.
"""

import gzip
from pathlib import Path

import keras
from classics import alexnet, gan, lenet5, sentiment, vae
from keras import layers, ops
from papers import bert, gpt2, swin, t5, unet_2015, whisper

HERE = Path(__file__).parent


def vgg16() -> keras.Model:
    """Return VGG16 as Keras ships it."""
    return keras.applications.VGG16(weights=None)


def inception_v3() -> keras.Model:
    """Return InceptionV3 as Keras ships it."""
    return keras.applications.InceptionV3(weights=None)


def densenet121() -> keras.Model:
    """Return DenseNet121 as Keras ships it."""
    return keras.applications.DenseNet121(weights=None)


def efficientnet_b0() -> keras.Model:
    """Return EfficientNetB0 as Keras ships it."""
    return keras.applications.EfficientNetB0(weights=None)


def nasnet_large() -> keras.Model:
    """Return NASNetLarge as Keras ships it."""
    return keras.applications.NASNetLarge(weights=None)


def convnext_tiny() -> keras.Model:
    """Return ConvNeXtTiny as Keras ships it."""
    return keras.applications.ConvNeXtTiny(weights=None)


def mlp() -> keras.Model:
    """Build a multilayer perceptron for flattened digits."""
    stack = [
        layers.Input((784,), name="pixels"),
        layers.Dense(256, activation="relu"),
        layers.Dropout(0.3),
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.3),
        layers.Dense(10, activation="softmax", name="digit"),
    ]
    return keras.Sequential(stack, name="mlp")


def two_convolutions(x: keras.KerasTensor, filters: int) -> keras.KerasTensor:
    """Apply the double convolution of a U-Net."""
    for _ in range(2):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization()(x)
        x = layers.ReLU()(x)
    return x


def unet() -> keras.Model:
    """Build a U-Net with three resolutions (Ronneberger, Fischer, Brox 2015)."""
    image = layers.Input((128, 128, 3), name="image")
    x, skips = image, []
    for filters in (32, 64, 128):
        x = two_convolutions(x, filters)
        skips.append(x)
        x = layers.MaxPooling2D()(x)
    x = two_convolutions(x, 256)
    for filters, skip in zip((128, 64, 32), reversed(skips), strict=True):
        x = layers.Conv2DTranspose(filters, 2, strides=2)(x)
        x = layers.Concatenate()([skip, x])
        x = two_convolutions(x, filters)
    mask = layers.Conv2D(1, 1, activation="sigmoid", name="mask")(x)
    return keras.Model(image, mask, name="unet")


def transformer() -> keras.Model:
    """Build one encoder block with the norms in front (Vaswani et al. 2017, section 3.1; Xiong et al. 2020)."""
    sequence = layers.Input((None, 256), name="sequence")
    x = layers.LayerNormalization(name="norm1")(sequence)
    x = layers.MultiHeadAttention(num_heads=8, key_dim=32, dropout=0.1, name="attention")(x, x, use_causal_mask=True)
    attended = layers.Add(name="add1")([sequence, layers.Dropout(0.1)(x)])
    x = layers.LayerNormalization(name="norm2")(attended)
    x = layers.Dense(1024, activation="gelu", name="widen")(x)
    x = layers.Dropout(0.1)(layers.Dense(256, name="narrow")(x))
    return keras.Model(sequence, layers.Add(name="add2")([attended, x]), name="transformer_block")


def autoencoder() -> keras.Model:
    """Build an autoencoder out of two nested models; the decoder holds a nested model itself."""
    image = layers.Input((28, 28, 1), name="image")
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(image)
    x = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")(x)
    encoder = keras.Model(image, layers.Dense(16, name="code")(layers.Flatten()(x)), name="encoder")
    upsample = keras.Sequential(
        [
            layers.Input((7, 7, 32)),
            layers.Conv2DTranspose(32, 3, strides=2, padding="same", activation="relu"),
            layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu"),
        ],
        name="upsample",
    )
    code = layers.Input((16,), name="code")
    x = layers.Reshape((7, 7, 32))(layers.Dense(7 * 7 * 32, activation="relu")(code))
    picture = layers.Conv2D(1, 3, padding="same", activation="sigmoid", name="picture")(upsample(x))
    decoder = keras.Model(code, picture, name="decoder")
    whole = layers.Input((28, 28, 1), name="image")
    return keras.Model(whole, decoder(encoder(whole)), name="autoencoder")


def seq2seq() -> keras.Model:
    """Build a translator: the encoder's final states start the decoder (Sutskever, Vinyals, Le 2014)."""
    source = layers.Input((None,), dtype="int32", name="source")
    target = layers.Input((None,), dtype="int32", name="target")
    _, hidden, cell = layers.LSTM(256, return_state=True, name="encoder")(
        layers.Embedding(8000, 128, name="source_embedding")(source)
    )
    decoded = layers.LSTM(256, return_sequences=True, name="decoder")(
        layers.Embedding(8000, 128, name="target_embedding")(target), initial_state=[hidden, cell]
    )
    words = layers.Dense(8000, activation="softmax", name="words")(decoded)
    return keras.Model([source, target], words, name="seq2seq")


def tickets() -> keras.Model:
    """Build a sorter of support tickets with three inputs and two outputs."""
    title = layers.Input((None,), dtype="int32", name="title")
    body = layers.Input((None,), dtype="int32", name="body")
    tags = layers.Input((12,), name="tags")
    title_code = layers.GRU(64, name="read_title")(layers.Embedding(10000, 64, name="title_words")(title))
    words = layers.Embedding(10000, 64, name="body_words")(body)
    body_code = layers.Bidirectional(layers.LSTM(32, name="lstm"), name="read_body")(words)
    x = layers.Concatenate(name="ticket")([title_code, body_code, tags])
    priority = layers.Dense(1, activation="sigmoid", name="priority")(x)
    department = layers.Dense(4, activation="softmax", name="department")(x)
    return keras.Model([title, body, tags], [priority, department], name="tickets")


@keras.saving.register_keras_serializable(package="gallery")
class SqueezeExcite(layers.Layer):
    """Weigh the channels of a picture by what the whole picture holds (Hu, Shen, Sun 2018)."""

    def __init__(self, ratio: int = 4, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.ratio = ratio

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Make the two dense layers of the gate."""
        channels = input_shape[-1]
        self.squeeze = layers.Dense(channels // self.ratio, activation="relu")
        self.excite = layers.Dense(channels, activation="sigmoid")
        self.squeeze.build((None, channels))
        self.excite.build((None, channels // self.ratio))

    def call(self, x: keras.KerasTensor) -> keras.KerasTensor:
        """Multiply each channel by its gate."""
        return x * self.excite(self.squeeze(ops.mean(x, axis=(1, 2), keepdims=True)))

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Return the shape unchanged."""
        return input_shape

    def get_config(self) -> dict[str, object]:
        """Return the arguments of the constructor."""
        return super().get_config() | {"ratio": self.ratio}


def custom() -> keras.Model:
    """Build a classifier with a custom layer, plain arithmetic and functions of `keras.ops` between its layers."""
    image = layers.Input((64, 64, 3), name="image")
    x = layers.Conv2D(32, 3, strides=2, padding="same", name="stem")(image / 127.5 - 1.0)
    x = ops.silu(x)
    x = x + SqueezeExcite(ratio=8, name="gate1")(layers.Conv2D(32, 3, padding="same", name="conv1")(x))
    average, strongest = ops.mean(x, axis=(1, 2)), ops.max(x, axis=(1, 2))
    x = ops.concatenate([average, strongest], axis=-1)
    return keras.Model(image, layers.Dense(10, activation="softmax", name="label")(x), name="custom")


CLASSICS = (alexnet, gan, lenet5, sentiment, vae)
MODELS = (vgg16, inception_v3, mlp, unet, transformer, autoencoder, seq2seq, tickets, custom, *CLASSICS)
COMPRESSED = (densenet121, efficientnet_b0, nasnet_large, convnext_tiny, gpt2, bert, t5, whisper, swin, unet_2015)


def main() -> None:
    """Write every model file of the gallery."""
    for build in (*MODELS, *COMPRESSED):
        keras.backend.clear_session()
        text = build().to_json()
        if build in COMPRESSED:
            (HERE / f"{build.__name__}.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
        else:
            (HERE / f"{build.__name__}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
