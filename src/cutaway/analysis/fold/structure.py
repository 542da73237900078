"""What a block is by its structure alone, by the name that papers give to that; nothing where there is none."""

from collections.abc import Mapping, Sequence

from cutaway.analysis.fold.convolutional import chain, residual
from cutaway.analysis.fold.folded import Pattern
from cutaway.analysis.fold.sketch import Called, Sketch, change, channels_before, filter_of, known
from cutaway.analysis.fold.trail import Step, is_attention, trail
from cutaway.graph import Kind, Node
from cutaway.record import replace
from cutaway.typed import Literal

_SLICES = frozenset({"GetItem", "StridedSlice"})
_PATCHES = 4
Part = Literal["attention", "cross", "dense"]
_DENSE = 3
"""Dense layers in one part, at most."""
_MASK_PORT = 3
"""Of an attention: query, value and key come before."""


def structure(pattern: Pattern) -> Called | None:
    """Return what a block is by its structure; None where no paper's name is sure to fit."""
    sketch = Sketch(pattern)
    steps = trail(sketch)
    if steps:
        return _merging(steps, sketch) or _shifted(_way(steps), pattern)
    from cutaway.analysis.fold.parallel import parallel

    return parallel(sketch)


def _merging(steps: Sequence[Step], sketch: Sketch) -> Called | None:
    """Name slices of a tensor, joined and mixed: what one patch of four has from now on (Liu et al. 2021, figure 3)."""
    if len(steps) != 2 or steps[0].node.operation != "Concatenate":
        return None
    slices = [node for node in sketch.nodes.values() if node.operation in _SLICES]
    if len(slices) != _PATCHES or any(sketch.channels(each.inputs) != sketch.channels(each.outputs) for each in slices):
        return None  # parts of the channels, not of the places
    mixing = filter_of(steps[1].node)
    if mixing is None or not mixing.is_pointwise or len(steps[0].node.inputs) != _PATCHES:
        return None
    return Called("Patch merging", known(change(channels_before(steps[0].node), mixing.channels), "/2"))


def _shifted(name: Called | None, pattern: Pattern) -> Called | None:
    """Say that windows are shifted where the tensors are rolled before an attention (Liu et al. 2021, section 3.2)."""
    attentions = sum(map(is_attention, pattern.graph.nodes))
    if name is None or not attentions or not any(node.operation == "Roll" for node in pattern.graph.nodes):
        return name
    words = "shifted windows" if attentions == 1 else "some windows shifted"
    return (
        name if any("shifted" in detail for detail in name.details) else replace(name, details=(*name.details, words))
    )


def _way(steps: Sequence[Step]) -> Called | None:
    """Name a block that is a way from one tensor to another."""
    whole = chain(steps) if all(step.how in {"layer", "gate"} for step in steps) else transformer(steps)
    if whole is not None:
        return whole
    if len(steps) == 1:
        return _joined(steps) or (residual(steps[0]) if steps[0].how == "residual" else None)
    return _joined(steps) or _several(steps)


def _joined(steps: Sequence[Step]) -> Called | None:
    """Name layers of which each joins what it makes to what it reads (Huang et al. 2017, figure 1)."""
    growths: list[int | None] = []
    for step in steps:
        filters = [filter_of(each.node) for each in step.inner if each.how != "gate"]
        if step.how != "joined" or step.skip or not filters or None in filters:
            return None
        last = filters[-1]
        growths.append(last.channels if last else None)
    growth = known(f"growth {growths[0]}") if len(set(growths)) == 1 and growths[0] is not None else ()
    if len(steps) == 1:
        return Called("Dense layer", growth, widens=True)
    return Called("Dense block", (f"{len(steps)} dense layers", *growth), widens=True)


def _several(steps: Sequence[Step]) -> Called | None:
    """Name several residuals of one name behind each other."""
    names = [residual(step) if step.how == "residual" else None for step in steps]
    titles = {name.title for name in names if name}
    if None in names or len(titles) != 1:
        return None
    title = titles.pop()
    details = [name.details for name in names if name]
    return Called(f"{len(steps)} {title}s", details[0] if len(set(details)) == 1 else ())


def transformer(steps: Sequence[Step]) -> Called | None:
    """Name residuals of attentions and of dense layers behind each other (Vaswani et al. 2017, figure 1)."""
    parts = [part(step) for step in steps]
    if not parts or None in parts:
        return None
    inside = [each for step in steps for each in step.inner]
    attentions = [step for step in inside if step.how == "attention"]
    if not attentions:
        is_mlp = len(parts) == 1 and len(inside) > 1 and all(each.node.kind is Kind.DENSE for each in inside)
        return Called("MLP block", known(_wide(inside))) if is_mlp else None
    windows = dict.fromkeys(known(*[_windows(each.node) for each in attentions]))
    details = known(_heads(attentions[0].node), ", ".join(windows), _wide(inside))
    if parts in (["attention"], ["cross"]):
        return Called("Attention" if parts == ["attention"] else "Cross-attention", details)
    if parts == ["attention", "cross", "dense"]:
        return Called("Decoder block", details)
    if parts == ["attention", "dense"]:
        return Called(_kind(attentions[0].node), details)
    times, rest = divmod(len(parts), 2)
    if not rest and parts == ["attention", "dense"] * times:
        kinds = {_kind(each.node) for each in attentions}
        name = kinds.pop() if len(kinds) == 1 else "Transformer block"
        return Called(f"{times} {name.lower()}s".replace("transformer", "Transformer"), details)
    return None


def part(step: Step) -> Part | None:
    """Tell what part of a transformer a residual is."""
    if step.how != "residual" or step.skip or not step.inner:
        return None
    attentions = [each for each in step.inner if each.how == "attention"]
    layers = [each.node for each in step.inner if each.how != "attention"]
    if not all(map(_is_dense, layers)) or len(attentions) > 1:
        return None
    if attentions:
        return "cross" if attentions[0].crosses else "attention"
    return "dense" if len(layers) <= _DENSE else None


def _is_dense(node: Node) -> bool:
    """Tell whether a layer works on each place alone; a convolution of one place does too."""
    if node.kind is Kind.DENSE:
        return True
    found = filter_of(node)
    return found is not None and found.is_pointwise and found.stride == 1


def _kind(attention: Node) -> str:
    """Say whether a block decodes or encodes, where its attention tells."""
    if _is_causal(attention):
        return "Decoder block"
    is_plain = attention.op == "MultiHeadAttention" and not attention.custom and len(attention.inputs) <= _MASK_PORT
    return "Encoder block" if is_plain else "Transformer block"


def _is_causal(attention: Node) -> bool:
    call = attention.attributes.get("call")
    given = (attention.attributes, call if isinstance(call, Mapping) else {})
    return any(each.get(name) is True for each in given for name in ("use_causal_mask", "causal"))


def _heads(attention: Node) -> str | None:
    """Say how many heads there are, and how large one is."""
    attributes = attention.attributes
    heads = attributes.get("num_heads", attributes.get("num_query_heads"))
    size = attributes.get("key_dim", attributes.get("head_dim"))
    if not isinstance(heads, int):
        return None
    words = f"{heads} {'head' if heads == 1 else 'heads'}"
    return f"{words} × {size}" if isinstance(size, int) else words


def _windows(attention: Node) -> str | None:
    """Say whether the windows of a local attention are shifted (Liu et al. 2021, section 3.2)."""
    shift = attention.attributes.get("shift_size", attention.attributes.get("shift"))
    shift = shift[0] if isinstance(shift, tuple) and shift else shift
    if not isinstance(shift, int) or isinstance(shift, bool):
        return None
    return "shifted windows" if shift else "windows"


def _wide(steps: Sequence[Step]) -> str | None:
    """Say how wide the dense layers become in between."""
    filters = [filter_of(step.node) for step in steps]
    channels = [each.channels for each in filters if each is not None and each.channels is not None]
    return f"MLP {max(channels)}" if len(channels) > 1 else None
