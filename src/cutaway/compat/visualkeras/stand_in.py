"""What stands in for a layer that is not there, as that of a file, or for one call of a layer with several."""

from typing import Any

from cutaway.graph import Dim, Node, Value


class StandIn:
    """A layer of a file: its name, its class by name, the shapes of its tensors, its configuration."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self.name = node.name
        self.class_name = node.op
        self.trainable = node.trainable

    @property
    def output_shape(self) -> Any:  # noqa: ANN401 - as Keras gives it
        """The shape of what it gives, with the batch; a list of them where it gives several."""
        return _shape([port.tensor.shape for port in self._node.outputs])

    @property
    def input_shape(self) -> Any:  # noqa: ANN401 - as above
        """The shape of what it takes."""
        return _shape([port.tensor.shape for port in self._node.inputs])

    def get_config(self) -> dict[str, Value]:
        """Return its configuration."""
        return {"name": self.name, **self._node.attributes}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        attributes = self.__dict__["_node"].attributes if "_node" in self.__dict__ else {}
        if name in attributes:
            return attributes[name]
        raise AttributeError(f"the stand-in for a layer of a file has no attribute {name!r}", name=name, obj=self)


def stand_in(node: Node) -> StandIn:
    """Return what stands in for a layer: an object of a class that is called as the layer's is."""
    made: StandIn = type(node.op, (StandIn,), {})(node)
    return made


class WithShapes:
    """A live layer that also tells `output_shape` and `input_shape`, which those of Keras 3 do not."""

    def __init__(self, layer: object, told: StandIn) -> None:
        self._layer = layer
        self.output_shape = told.output_shape
        self.input_shape = told.input_shape

    @property  # type: ignore[misc]
    def __class__(self) -> Any:  # noqa: ANN401 - so that isinstance holds
        return type(self._layer)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the layer has it
        return getattr(self._layer, name)


def _shape(shapes: list[tuple[Dim, ...] | None]) -> Any:  # noqa: ANN401 - as Keras gives it
    plain = [
        None if shape is None else tuple([dim if isinstance(dim, int) else None for dim in shape]) for shape in shapes
    ]
    return plain[0] if len(plain) == 1 else plain or None
