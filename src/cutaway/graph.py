"""What a model is: nodes (one per call), edges, scopes; immutable, and free of any framework."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from cutaway.record import Record

Dim = int | str | None
"""A dimension: known (224), named ("batch") or unknown (None). Unknown stays unknown."""

Value = bool | int | float | str | tuple["Value", ...] | Mapping[str, "Value"] | None
"""A plain, immutable attribute value, as configurations hold them."""

_NOTHING: Mapping[str, Value] = MappingProxyType({})


class Kind(StrEnum):
    """What a node does, in this field's coarse words; the order is the order of legends."""

    INPUT = "input"
    CONVOLUTION = "convolution"
    DENSE = "dense"
    POOLING = "pooling"
    UPSAMPLING = "upsampling"
    NORMALIZATION = "normalization"
    ACTIVATION = "activation"
    RECURRENT = "recurrent"
    ATTENTION = "attention"
    EMBEDDING = "embedding"
    MERGE = "merge"
    RESHAPE = "reshape"
    REGULARIZATION = "regularization"
    PREPROCESSING = "preprocessing"
    OTHER = "other"


class Tensor(Record):
    """The type of a value, never its data. `shape` is None where even the rank is unknown."""

    shape: tuple[Dim, ...] | None = None
    dtype: str | None = None

    def filled(self, found: "Tensor") -> "Tensor":
        """Return this type with what it leaves open taken from `found`: the whole shape, and the type of the values."""
        if self.shape is not None and self.dtype is not None:
            return self
        shape = found.shape if self.shape is None else self.shape
        return Tensor(shape=shape, dtype=found.dtype if self.dtype is None else self.dtype)


class Weight(Record):
    """One stored variable of a layer. An equal `key` means the same weight, shared.

    The key is the id of the first node that owns it, and its own name there (`encoder/conv1/kernel`,
    `attention/query/bias`), or its number where the source tells no names. `trainable` is None where nothing tells it,
    as for layers of unknown classes in some files.
    """

    key: str
    shape: tuple[Dim, ...] | None
    dtype: str | None
    trainable: bool | None


class Port(Record, kw_only=False):
    """One ordered, named place where a tensor enters or leaves a node."""

    name: str
    tensor: Tensor = Tensor()


class Node(Record, kw_only=False, many=True):
    """One call of a layer or an operation.

    `id` is a path of names (`encoder/conv1`; the second call of a layer is `shared#2`), `op` the framework's own class
    name, `name` the layer's own name. `weights` is None where nothing is known of them, () where there are none.
    `trainable` is None where the source does not say. `computes` is for layers that only call a function of TensorFlow
    (TFOpLambda): the operation of Keras 3 that this is. `layer` is the id of the first call of the same layer, None
    where this is it: whose weights these are, and what the keys of weights begin with. `custom` is for classes that are
    not the framework's own, though one of its own may be called the same. What is no layer is an operation.
    """

    id: str
    name: str
    op: str
    kind: Kind = Kind.OTHER
    inputs: tuple[Port, ...] = ()
    outputs: tuple[Port, ...] = ()
    attributes: Mapping[str, Value] = _NOTHING
    weights: tuple[Weight, ...] | None = None
    trainable: bool | None = None
    scope: str | None = None
    computes: str | None = None
    layer: str | None = None
    custom: bool = False
    is_layer: bool = True

    @property
    def owner(self) -> str:
        """The id of the first call of its layer."""
        return self.layer or self.id

    @property
    def operation(self) -> str:
        """What it does, by the framework's word: its class, or the operation that its function is."""
        return self.computes or self.op


class PortRef(Record, kw_only=False):
    """One port of one node, by its place among the node's inputs or outputs."""

    node: str
    port: int


class Edge(Record, kw_only=False, many=True):
    """A tensor that flows from an output port to an input port. Parallel edges are kept."""

    source: str
    target: str
    source_port: int = 0
    target_port: int = 0

    @property
    def id(self) -> str:
        """The edge's name, unique in a graph in which an input port is fed once."""
        return f"{self.source}:{self.source_port}->{self.target}:{self.target_port}"


class ScopePort(Record):
    """A named input or output of a scope, standing for the InputLayers and outputs of a nested model.

    `ends` are the input ports inside that an input feeds, or the one output port inside that an output hands out.
    """

    name: str
    tensor: Tensor = Tensor()
    ends: tuple[PortRef, ...] = ()


class Scope(Record):
    """One call of a nested model, a wrapper's model or a subclassed part; scopes form a tree by `parent`."""

    id: str
    name: str
    op: str
    parent: str | None = None
    inputs: tuple[ScopePort, ...] = ()
    outputs: tuple[ScopePort, ...] = ()
    attributes: Mapping[str, Value] = _NOTHING


class Output(Record):
    """A named output of the whole model: a reference to a port, so that nothing is invented."""

    name: str
    node: str
    port: int = 0


class Graph(Record):
    """A whole model, flat: edges cross scope borders, `inputs` are the ids of INPUT nodes in order."""

    name: str
    op: str = "Model"
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    scopes: tuple[Scope, ...] = ()
    inputs: tuple[str, ...] = ()
    outputs: tuple[Output, ...] = ()

    def __repr__(self) -> str:
        parts = f"{len(self.nodes)} nodes, {len(self.edges)} edges, {len(self.scopes)} scopes"
        return f"<Graph {self.name!r} ({self.op}): {parts}>"
