"""Levels of an encoder and a decoder with skips across, by their structure (Ronneberger et al. 2015, figure 1)."""

from cutaway.analysis.fold.folded import Pattern
from cutaway.analysis.fold.sketch import Called, Sketch, Source, change, channels_before, filter_of, known, stride_of
from cutaway.graph import Kind, Node


def sampling(pattern: Pattern) -> Called | None:
    """Name convolutions before a pooling, or behind an up-sampling that joins a skip; None for anything else."""
    sketch = Sketch(pattern)
    return _down(sketch) or _up(sketch)


def _down(sketch: Sketch) -> Called | None:
    """Name convolutions of which the last gives a skip, and a pooling of it."""
    pools = [node for node in sketch.working if node.kind is Kind.POOLING and (stride_of(node) or 1) > 1]
    if len(pools) != 1 or pools[0].id not in sketch.exits or len(sketch.exits) > 2:
        return None
    convolutions, start = _convolutions(sketch, sketch.sources(pools[0].id)[0])
    others = [place for place in sketch.exits if place != pools[0].id]
    is_last = bool(convolutions) and others == [convolutions[-1].id]
    if not is_last or isinstance(start, str) or len(sketch.working) != len(convolutions) + 1:
        return None
    return Called("Down block", known(_channels(convolutions), f"/{stride_of(pools[0])}"))


def _up(sketch: Sketch) -> Called | None:
    """Name an up-sampling, the concatenation of a skip, and convolutions."""
    if len(sketch.exits) != 1:
        return None
    convolutions, place = _convolutions(sketch, sketch.exits[0])
    if not convolutions or not isinstance(place, str) or sketch.nodes[place].operation != "Concatenate":
        return None
    sources = sketch.sources(place)
    lower = [source for source in sources if isinstance(source, str)]
    if len(sources) != 2 or len(lower) != 1:
        return None
    before, made = _convolutions(sketch, lower[0])
    if not isinstance(made, str) or sketch.nodes[made].kind is not Kind.UPSAMPLING:
        return None
    rises = not any(isinstance(source, str) for source in sketch.sources(made))
    if not rises or len(sketch.working) != len(convolutions) + len(before) + 2:
        return None
    factor = sketch.nodes[made].attributes.get("size", sketch.nodes[made].attributes.get("strides"))
    times = factor[0] if isinstance(factor, tuple) and factor else factor
    return Called("Up block", known(_channels(convolutions), f"×{times}" if isinstance(times, int) else None))


def _convolutions(sketch: Sketch, place: Source) -> tuple[list[Node], Source]:
    """Walk back over convolutions; return them in the order of the flow, and what comes before."""
    found: list[Node] = []
    while isinstance(place, str) and filter_of(sketch.nodes[place]) and len(sketch.sources(place)) == 1:
        found.append(sketch.nodes[place])
        place = sketch.sources(place)[0]
    return found[::-1], place


def _channels(convolutions: list[Node]) -> str | None:
    last = filter_of(convolutions[-1])
    return change(channels_before(convolutions[0]), last.channels if last else None)
