"""Which layers are simplified, by the words for them, and what a merged node holds: its own and those taken in."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from cutaway.graph import Graph, Kind, Node, Value, Weight
from cutaway.record import Record, replace

MERGED = ("activations", "normalizations", "padding")
"""What goes into a layer."""
HELPERS = ("dropouts", "reshapes", "casts")
"""What becomes a small mark, or is left out."""

_KINDS: Mapping[Kind, str] = MappingProxyType({Kind.ACTIVATION: "activations", Kind.REGULARIZATION: "dropouts"})
_BATCH = ("BatchNormalization", "BatchNormalizationV1", "BatchNormalizationV2", "SyncBatchNormalization")
_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys((*_BATCH, "BatchNorm", "GroupNormalization"), "normalizations"),
        **dict.fromkeys(("ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D"), "padding"),
        **dict.fromkeys(("Reshape", "Flatten", "BatchFlatten", "Ravel", "View", "MergeDims"), "reshapes"),
        **dict.fromkeys(("Permute", "Transpose", "Moveaxis", "Swapaxes", "Rearrange"), "reshapes"),
        **dict.fromkeys(("ExpandDims", "Squeeze", "EnsureShape", "SetShape"), "reshapes"),
        **dict.fromkeys(("Cast", "SaturateCast", "ConvertToTensor", "Identity", "StopGradient"), "casts"),
        "Masking": "masks",
    }
)
"""Normalizations that belong to the layer before them (those of layers stand alone, as in transformers), padding, and
what gives the same numbers in another shape, order or type, or says which of them count."""
_NONE = frozenset[str]()
_KEY = "merged layers"
"""The attribute of a merged node; no argument of a layer can be called like this."""


def helpers(graph: Graph, words: Collection[str]) -> Mapping[str, str]:
    """Return the layers of a graph for some of the words, by their ids: those of one tensor in and one out."""
    if not words:
        return MappingProxyType({})
    fed = Counter([edge.target for edge in graph.edges])
    return MappingProxyType(
        {
            node.id: word
            for node in graph.nodes
            if (word := word_for(node)) in words and fed[node.id] == 1 and len(node.outputs) < 2
        }
    )


def word_for(node: Node) -> str:
    """Return the word for a layer; empty for those that are never simplified, and for classes of somebody's own."""
    return "" if node.custom else _KINDS.get(node.kind) or _WORDS.get(node.operation, "")


class Simplified(Record):
    """A simplified graph.

    `stands_for` tells, by the id of a node or an edge of `graph`, which ids of the original it accounts for besides its
    own. `merged` are the nodes that make up one node, in the order of the flow; `marks` are to be drawn as small marks;
    `hidden` says how many are left out, by the words that asked for it: nodes, of masks edges too.
    """

    graph: Graph
    stands_for: Mapping[str, tuple[str, ...]]
    merged: Mapping[str, tuple[Node, ...]]
    marks: frozenset[str]
    hidden: Mapping[str, int]


class Part(Record):
    """One layer that another has taken in: `role` is the word for which it was."""

    node: Node
    role: str
    before: bool


def with_merged(main: Node, parts: Sequence[Part]) -> Node:
    """Return a node with others merged into it, given in the order of the flow; it may hold others already."""
    nodes = [*[part.node for part in parts if part.before], main, *[part.node for part in parts if not part.before]]
    told = main.attributes.get(_KEY, ())
    held = [each for part in parts for each in _held(part)]
    own = main.attributes
    attributes = own.copy() if isinstance(own, MappingProxyType) else dict(own.items())  # copied at once
    attributes[_KEY] = (*(told if isinstance(told, tuple) else ()), *held)
    weighted = [node.trainable for node in nodes if node.weights != ()] or [node.trainable for node in nodes]
    return replace(
        main,
        inputs=nodes[0].inputs,
        outputs=nodes[-1].outputs,
        attributes=MappingProxyType(attributes),
        weights=_weights(nodes),
        trainable=None if None in weighted else any(weighted),
    )


def merged_into(node: Node) -> tuple[Part, ...]:
    """Return what a node has taken in, in the order of the flow, as far as their classes and attributes tell."""
    told = node.attributes.get(_KEY, ())
    return tuple([_part(each) for each in told if isinstance(each, Mapping)]) if isinstance(told, tuple) else ()


def roles(node: Node) -> frozenset[str]:
    """Return the words for which a node has taken in others."""
    if _KEY not in node.attributes:
        return _NONE
    return frozenset([part.role for part in merged_into(node)])


def operations(node: Node) -> tuple[str, ...]:
    """Return what a node does, and what those do that it has taken in."""
    return (node.operation, *[part.node.operation for part in merged_into(node)])


def _held(part: Part) -> tuple[Value, ...]:
    """Return a part as the value of an attribute; one that has taken in others itself comes with them."""
    node = part.node
    own = node.attributes
    if _KEY in own:
        own = MappingProxyType({name: value for name, value in own.items() if name != _KEY})
    value: Value = MappingProxyType(
        {
            "name": node.id,
            "op": node.op,
            "kind": str(node.kind),
            "computes": node.computes,
            "role": part.role,
            "before": part.before,
            "attributes": own,
        }
    )
    inner = node.attributes.get(_KEY, ())
    return (value, *(inner if isinstance(inner, tuple) else ()))


def _part(told: Mapping[str, Value]) -> Part:
    attributes, kind = told["attributes"], told["kind"]
    node = Node(
        id=str(told["name"]),
        name=str(told["name"]),
        op=str(told["op"]),
        kind=Kind(str(kind)),
        computes=None if told["computes"] is None else str(told["computes"]),
        attributes=attributes if isinstance(attributes, Mapping) else {},
    )
    return Part(node=node, role=str(told["role"]), before=told["before"] is True)


def _weights(nodes: Sequence[Node]) -> tuple[Weight, ...] | None:
    """Return the weights of all nodes; None where those of any are unknown."""
    found: list[Weight] = []
    for node in nodes:
        if node.weights is None:
            return None
        found += node.weights
    return tuple(found)
