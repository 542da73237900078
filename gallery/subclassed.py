"""A subclassed model, traced live.

A class with a `call` method has no data flow that a file could hold: its file holds only the arguments of its
constructor. The live model does: its call is traced with a symbolic input of the given shape, nothing is computed, and
the skip and the arithmetic inside `call` come out as they are.
"""

from typing import Any

from cutaway import Figure, draw

NEEDS_KERAS = True


def build() -> Any:  # noqa: ANN401 - a Keras model, whose types are not there without Keras
    """Build a residual classifier for short signals by subclassing."""
    import keras
    from keras import layers

    class SignalClassifier(keras.Model):
        def __init__(self) -> None:
            super().__init__(name="signal_classifier")
            self.stem = layers.Conv1D(32, 7, strides=2, padding="same", activation="relu", name="stem")
            self.inner = layers.Conv1D(32, 3, padding="same", activation="relu", name="inner")
            self.outer = layers.Conv1D(32, 3, padding="same", name="outer")
            self.average = layers.GlobalAveragePooling1D(name="average")
            self.label = layers.Dense(5, activation="softmax", name="label")

        def call(self, signal: Any) -> Any:  # noqa: ANN401 - a tensor of whatever back end
            x = self.stem(signal)
            x = keras.ops.relu(x + self.outer(self.inner(x)))
            return self.label(self.average(x))

    return SignalClassifier()


def figure() -> Figure:
    return draw(build(), input_shape=(None, 256, 1))
