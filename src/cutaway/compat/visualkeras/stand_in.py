"""What stands in for a layer that is not there, as that of a file, or for one call of a layer with several."""

from cutaway.graph import Dim, Node, Value
from cutaway.typed import Any


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


def with_shapes(layer: object, told: StandIn) -> object:
    """Return a live layer that also tells `output_shape` and `input_shape`, which those of Keras 3 do not.

    It is of a class derived from the layer's, of the same name, and has all that the layer has.
    """
    kind: Any = type(layer)
    make: Any = type(kind)
    shapes = {"output_shape": told.output_shape, "input_shape": told.input_shape}
    made: object = object.__new__(make(kind.__name__, (kind,), {"__module__": kind.__module__, **shapes}))
    object.__setattr__(made, "__dict__", layer.__dict__)
    return made


def _shape(shapes: list[tuple[Dim, ...] | None]) -> Any:  # noqa: ANN401 - as Keras gives it
    plain = [
        None if shape is None else tuple([dim if isinstance(dim, int) else None for dim in shape]) for shape in shapes
    ]
    return plain[0] if len(plain) == 1 else plain or None
