"""Blocks of convolutions by their structure: what each is called in the paper that it comes from."""

from collections.abc import Sequence
from math import prod

from cutaway.analysis.fold.sketch import (
    Called,
    Filter,
    change,
    channels_before,
    filter_of,
    halving,
    known,
    sides,
    stride_of,
)
from cutaway.analysis.fold.trail import Step
from cutaway.graph import Kind, Node


def residual(step: Step) -> Called | None:
    """Name what is added to its own input, or to a projection of it."""
    filters, skip = _filters(step.inner), _filters(step.skip)
    if filters is None or skip is None or not filters:
        return None
    passing = [each for each in step.skip if each.node.kind is not Kind.POOLING]
    if len(passing) > 1 or not all(each.is_pointwise for each in skip):
        return None
    inverted = _inverted(step.inner, filters, has_skip=True) if not passing else None
    if inverted:
        return inverted
    if not any(each.is_spatial or each.depthwise or each.separable for each in filters):
        return None
    way = "projection" if passing else "identity"
    last = (way, halving(_stride(step.inner)))
    gated = "squeeze-excite" if any(each.how == "gate" for each in step.inner) else None
    first, middle, final = filters[0], filters[1:-1], filters[-1]
    if (
        len(filters) == 3
        and first.is_pointwise
        and final.is_pointwise
        and middle[0].is_spatial
        and _widens(*filters[1:])
    ):
        groups = f"{middle[0].groups} groups" if middle[0].groups > 1 else None
        return Called("Bottleneck", known(change(middle[0].channels, final.channels), groups, gated, _joined(*last)))
    if _is_convnext(filters) and not passing:
        return Called("ConvNeXt block", known(change(None, final.channels), sides(first.kernel)))
    kernel = sides(first.kernel) if _is_uniform(filters) and set(first.kernel or ()) != {3} else None
    width = change(_before(step.inner), final.channels)
    return Called("Residual block", known(width, kernel, gated, _joined(*last)))


def chain(steps: Sequence[Step]) -> Called | None:
    """Name layers behind each other without a skip."""
    filters = _filters(steps)
    if not filters:
        return None
    inverted = _inverted(steps, filters, has_skip=False)
    if inverted:
        return inverted
    layers = [step for step in steps if step.how == "layer"]
    gates = len(steps) - len(layers)
    first, last = filters[0], filters[-1]
    if len(layers) == 2 and not gates and first.is_pointwise and _halves(layers[1].node):
        return Called("Transition", known(change(channels_before(layers[0].node), first.channels), "/2"))
    if len(filters) == len(layers) == 2 and first.depthwise and last.is_pointwise and not gates:
        width = change(first.channels, last.channels)
        return Called("Separable block", known(width, _kernel(first), halving(_stride(steps))))
    return None


def _widens(one: Filter, other: Filter) -> bool:
    """Tell whether the second of two layers gives no fewer channels than the first, as far as known."""
    return one.channels is None or other.channels is None or one.channels <= other.channels


def _halves(node: Node) -> bool:
    return node.operation.startswith("AveragePooling") and stride_of(node) == 2


def _inverted(steps: Sequence[Step], filters: Sequence[Filter], *, has_skip: bool) -> Called | None:
    """Name inverted residuals, MBConv: Sandler et al. 2018, figure 3d, and Tan and Le 2019; with or without a skip."""
    if len(filters) not in {2, 3} or not filters[-1].is_pointwise or any(step.node.op == "Dense" for step in steps):
        return None
    gates = [place for place, step in enumerate(steps) if step.how == "gate"]
    if len(steps) != len(filters) + len(gates) or gates not in ([], [len(steps) - 2]):
        return None
    gated = bool(gates)
    before, final, wide = _before(steps), filters[-1], filters[0]
    ratio = _ratio(wide.channels, before if before is not None else final.channels if has_skip else None)
    end = halving(_stride(steps))
    if len(filters) == 3 and wide.is_pointwise and filters[1].depthwise:
        expansion = f"expansion {ratio}" if ratio else None
        narrows = wide.channels is not None and before is not None and wide.channels < before
        if narrows or (_widens(wide, final) and None not in (wide.channels, final.channels) and not gated):
            return None
        return Called("MBConv", known(change(before, final.channels), _joined(_kernel(filters[1]), end), expansion))
    if len(filters) == 2 and wide.depthwise and gated:
        return Called("MBConv", known(change(before, final.channels), _joined(_kernel(wide), end), "expansion 1"))
    is_fused = len(filters) == 2 and wide.is_spatial and wide.groups == 1 and ratio in {"2", "3", "4", "6", "8"}
    if is_fused and wide.channels is not None and final.channels is not None and final.channels < wide.channels:
        return Called("Fused MBConv", known(change(before, final.channels), _joined(end), f"expansion {ratio}"))
    return None


def _is_convnext(filters: Sequence[Filter]) -> bool:
    """Tell the block of Liu et al. 2022, figure 4: depthwise, then to four times the channels and back."""
    if len(filters) != 3 or not filters[0].depthwise or not all(each.is_pointwise for each in filters[1:]):
        return False
    wide, last = filters[1].channels, filters[2].channels
    return wide is not None and last is not None and wide == 4 * last


def _filters(steps: Sequence[Step]) -> list[Filter] | None:
    """Return what the layers do that work on channels; None where a step does anything else."""
    found: list[Filter] = []
    for step in steps:
        if step.how == "gate" or (step.how == "layer" and step.node.kind is Kind.POOLING):
            continue
        each = filter_of(step.node) if step.how == "layer" else None
        if each is None:
            return None
        found.append(each)
    return found


def _before(steps: Sequence[Step]) -> int | None:
    return channels_before(steps[0].node) if steps else None


def _ratio(wide: int | None, before: int | None) -> str | None:
    return f"{wide / before:.3g}" if wide and before else None


def _is_uniform(filters: Sequence[Filter]) -> bool:
    return len({each.kernel for each in filters}) == 1


def _kernel(filter_: Filter) -> str | None:
    return sides(filter_.kernel)


def _joined(*words: str | None) -> str | None:
    return ", ".join([word for word in words if word]) or None


def _stride(steps: Sequence[Step]) -> int | None:
    """Return the stride of steps behind each other."""
    strides = [stride_of(step.node) for step in steps if step.how == "layer"]
    known = [each for each in strides if each is not None]
    return prod(known) if len(known) == len(strides) else None
