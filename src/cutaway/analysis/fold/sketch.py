"""The inside of a block as a reader sees it: what works in it and how that is connected, without what passes by.

What its convolutions and dense layers do to channels, what it is called, and the words that tell it from others.
"""

from collections.abc import Iterable, Sequence

from cutaway.analysis.fold.folded import Pattern
from cutaway.graph import Kind, Node, Port, Value
from cutaway.record import Record

Source = str | int
"""The id of a node inside, or the number of a tensor from outside."""

_PASSING = frozenset({Kind.ACTIVATION, Kind.NORMALIZATION, Kind.REGULARIZATION, Kind.RESHAPE})
_ALSO_PASSING = frozenset(
    {"Cast", "Identity", "StopGradient", "Rescaling", "LayerScale", "StochasticDepth", "DropPath"}
)
_WITH_CONSTANT = frozenset({"Multiply", "Add", "Subtract", "Divide", "TrueDivide"})


class Filter(Record):
    """A convolution: sides of its kernel and its stride, None where unknown; `channels` that it gives.

    One that is `depthwise` works on each channel alone, a `separable` one then on all together.
    """

    kernel: tuple[int, ...] | None
    stride: int | None
    channels: int | None
    depthwise: bool = False
    separable: bool = False
    groups: int = 1
    dilation: int = 1

    @property
    def is_pointwise(self) -> bool:
        """Whether it mixes the channels of each place alone."""
        return self.kernel is not None and set(self.kernel) == {1} and not self.depthwise and self.groups == 1

    @property
    def is_spatial(self) -> bool:
        """Whether it looks at neighbours, at all channels together."""
        return self.kernel is not None and max(self.kernel) > 1 and not self.depthwise and not self.separable


def filter_of(node: Node) -> Filter | None:
    """Return what a convolution does; None for what is none. A dense layer works like one of 1 × 1."""
    attributes = node.attributes
    if node.op == "Dense" and isinstance(attributes.get("units"), int):
        return Filter(kernel=(1,), stride=1, channels=_whole(attributes["units"]))
    if node.kind is not Kind.CONVOLUTION or node.custom:
        return None
    channels = _whole(attributes.get("filters"))
    groups = _whole(attributes.get("groups")) or 1
    is_depthwise = node.op.startswith("Depthwise") or (groups > 1 and groups == channels)
    multiplier = _whole(attributes.get("depth_multiplier", 1))
    if node.op.startswith("Depthwise"):
        before = channels_before(node)
        channels = None if before is None or multiplier is None else before * multiplier
    return Filter(
        kernel=_numbers(attributes.get("kernel_size")) or None,
        stride=stride_of(node),
        channels=channels,
        depthwise=is_depthwise,
        separable=node.op.startswith("Separable"),
        groups=1 if is_depthwise else groups,
        dilation=max(_numbers(attributes.get("dilation_rate")) or (1,)),
    )


def stride_of(node: Node) -> int | None:
    """Return the largest stride of a convolution or pooling, None where unknown; that of other layers is 1."""
    if node.kind not in {Kind.CONVOLUTION, Kind.POOLING}:
        return 1
    attributes = node.attributes
    found = _numbers(attributes.get("strides"))
    if not found and node.kind is Kind.POOLING:
        found = _numbers(attributes.get("pool_size"))
    return max(found) if found else 1 if node.kind is Kind.CONVOLUTION else None


def channels_before(node: Node) -> int | None:
    """Return the channels of what a node reads, by its axis of channels."""
    return channels_of(node.inputs, first=node.attributes.get("data_format") == "channels_first")


def channels_of(ports: Sequence[Port], *, first: bool) -> int | None:
    """Return the channels of the first of some tensors, whose axis comes `first` behind the batch, or last."""
    shape = ports[0].tensor.shape if ports else None
    return _whole(shape[1 if first else -1]) if shape and len(shape) > 1 else None


def _whole(value: Value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _numbers(value: Value) -> tuple[int, ...]:
    items = value if isinstance(value, tuple) else (value,)
    found = [each for each in items if type(each) is int]  # no bool
    return tuple(found) if len(found) == len(items) else ()


class Called(Record, kw_only=False):
    """What a block is called; `details` are the facts that tell it from others of that name, as far as known.

    Of one that `widens`, from how many channels to how many it leads is told by where it stands.
    """

    title: str
    details: tuple[str, ...] = ()
    widens: bool = False


def known(*facts: str | None) -> tuple[str, ...]:
    """Return the facts that there are."""
    return tuple([fact for fact in facts if fact])


def change(before: int | None, after: int | None) -> str | None:
    """Say from what to what the channels go, as far as known."""
    if after is None:
        return None
    return f"{after} channels" if before is None else f"{before} → {after}"


def halving(stride: int | None) -> str | None:
    """Say a stride as what is left of each side: `/2`."""
    return f"/{stride}" if stride is not None and stride > 1 else None


def sides(kernel: Iterable[int] | None) -> str | None:
    """Say the sides of a kernel: `3×3`."""
    return "×".join(map(str, kernel)) if kernel else None


class Sketch:
    """A pattern in which what only passes tensors on (activations, normalizations, reshapes) is taken out.

    `exits` are what gives tensors to the outside, `working` all nodes that do not only pass tensors on.
    """

    def __init__(self, pattern: Pattern) -> None:
        self.nodes: dict[str, Node] = {node.id: node for node in pattern.graph.nodes}
        fed: dict[str, dict[int, Source]] = {node: {} for node in self.nodes}
        for edge in pattern.graph.edges:
            fed[edge.target][edge.target_port] = edge.source
        numbers = pattern.fed or range(len(pattern.entries))
        for entry, number in zip(pattern.entries, numbers, strict=False):
            fed[entry.node][entry.port] = number
        self._fed: dict[str, tuple[Source, ...]] = {
            node: tuple([sources[port] for port in sorted(sources)]) for node, sources in fed.items()
        }
        self._channels_first = any(
            node.attributes.get("data_format") == "channels_first" for node in self.nodes.values()
        )
        self._real: dict[str, Source] = {}
        self._ports: dict[str, tuple[Source, ...]] = {}
        self.exits: tuple[Source, ...] = tuple(dict.fromkeys(self.real(port.node) for port in pattern.exits))
        self.working: tuple[Node, ...] = tuple(node for node in self.nodes.values() if not self.passes(node))

    def ports(self, node: str) -> tuple[Source, ...]:
        """Return what a node reads, port by port."""
        if node not in self._ports:
            self._ports[node] = tuple([self.real(source) for source in self._fed[node]])
        return self._ports[node]

    def sources(self, node: str) -> tuple[Source, ...]:
        """Return what a node reads, each once, in the order of the ports."""
        return tuple(dict.fromkeys(self.ports(node)))

    def real(self, source: Source) -> Source:
        """Return what a tensor comes from, before all that only passes it on."""
        way: list[str] = []
        while isinstance(source, str) and source not in self._real and self.passes(self.nodes[source]):
            way.append(source)
            source = self._fed[source][0]
        if isinstance(source, str):
            source = self._real.get(source, source)
        self._real.update(dict.fromkeys(way, source))
        return source

    def channels(self, ports: Sequence[Port]) -> int | None:
        """Return the channels of the first of some tensors, None where unknown."""
        return channels_of(ports, first=self._channels_first)

    def joins(self, node: Node) -> bool:
        """Tell whether a node puts the channels of several tensors behind each other."""
        axis, shape = node.attributes.get("axis"), node.outputs[0].tensor.shape if node.outputs else None
        if node.operation != "Concatenate" or not isinstance(axis, int):
            return node.operation == "Concatenate"
        wanted = 1 if self._channels_first else -1
        return axis % len(shape) == wanted % len(shape) if shape else axis == wanted or (axis > 1 and wanted < 0)

    def passes(self, node: Node) -> bool:
        """Tell whether a node only passes a tensor on."""
        if len(set(self._fed[node.id])) != 1 or node.kind is Kind.INPUT:
            return False
        return (
            node.kind in _PASSING
            or node.operation in _ALSO_PASSING
            or node.op.endswith("Dropout")
            or (len(self._fed[node.id]) == 1 and node.operation in _WITH_CONSTANT)
        )
