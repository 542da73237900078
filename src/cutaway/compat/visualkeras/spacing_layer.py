"""`SpacingDummyLayer`, an identity layer that widens the gap in a layered figure; of Keras where there is one."""

import os
import sys
from functools import cache

from cutaway.typed import Any


class PlainSpacing:
    """The layer where there is no Keras: an object with a name and a width, for models that are no Keras models."""

    def __init__(self, spacing: int = 50, name: str = "spacing") -> None:
        self.spacing = spacing
        self.name = name

    def get_config(self) -> dict[str, Any]:
        """Return what makes an equal one."""
        return {"name": self.name, "spacing": self.spacing}


def spacing_layer() -> type:
    """Return the class: derived from the Layer of the Keras that is loaded, or that can be."""
    return _made(_keras())


@cache
def _made(keras: Any) -> type:  # noqa: ANN401 - a module of the framework, or None
    """Return the one class for a Keras."""
    if keras is None:
        return type("SpacingDummyLayer", (PlainSpacing,), {"__module__": _HOME, "__doc__": _DOC})
    base: Any = keras.layers.Layer

    def __init__(self: Any, spacing: int = 50, **keywords: Any) -> None:  # noqa: ANN401, N807
        base.__init__(self, **keywords)
        self.spacing = spacing
        self.supports_masking = True

    def call(self: Any, inputs: Any) -> Any:  # noqa: ANN401, ARG001
        return inputs

    def compute_output_shape(self: Any, input_shape: Any) -> Any:  # noqa: ANN401, ARG001
        return input_shape

    def get_config(self: Any) -> dict[str, Any]:  # noqa: ANN401
        return {**base.get_config(self), "spacing": self.spacing}

    made = type(
        "SpacingDummyLayer",
        (base,),
        {
            "__module__": _HOME,
            "__doc__": _DOC,
            "__init__": __init__,
            "call": call,
            "compute_output_shape": compute_output_shape,
            "get_config": get_config,
        },
    )
    register = keras.saving.register_keras_serializable if hasattr(keras, "saving") else None
    return register(package="cutaway", name="SpacingDummyLayer")(made) if register else made


_HOME = "cutaway.compat.visualkeras"
_DOC = "An identity layer; a layered figure leaves `spacing` pixels in its place."


def _keras() -> Any:  # noqa: ANN401 - a module of the framework
    """Return the Keras that is loaded already, or else one that can be; of both the one that TensorFlow takes."""
    names = ("keras", "tf_keras")
    if os.environ.get("TF_USE_LEGACY_KERAS", "").lower() in {"1", "true"}:
        names = ("tf_keras", "keras")
    for name in names:
        if name in sys.modules:
            return sys.modules[name]
    for name in names:
        try:
            return __import__(name)
        except ImportError:
            continue
    return None
