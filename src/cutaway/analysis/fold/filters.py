"""What a convolution or a dense layer does to channels, what blocks are called, and the words that tell them apart."""

from collections.abc import Iterable, Sequence

from cutaway.graph import Kind, Node, Port, Value
from cutaway.record import Record


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
    found = [each for each in items if isinstance(each, int) and not isinstance(each, bool)]
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
