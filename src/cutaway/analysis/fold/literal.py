"""What a folded block is called that no paper has a name for: what the names in it have in common, or its layers."""

import re
from collections.abc import Sequence
from itertools import groupby

from cutaway.analysis.fold.folded import Block, Pattern
from cutaway.analysis.fold.naming import says, stem
from cutaway.analysis.fold.recognition import Alike, Say
from cutaway.analysis.fold.sketch import Called, change, channels_before, filter_of, known
from cutaway.analysis.fold.structure import structure
from cutaway.analysis.names import without_model
from cutaway.analysis.simplify.merged import operations
from cutaway.graph import Kind, Node

_SILENT = frozenset(
    """model functional sequential block blocks layer layers stage stages module group unit cell net conv dense tf op
    custom lambda my""".split()  # noqa: SIM905
)
"""Words in names that say nothing of what is meant."""
_FEW = 3
"""Parts that are listed, at most."""
_ASIDE = frozenset({Kind.REGULARIZATION, Kind.RESHAPE})
_HELPING = frozenset({Kind.ACTIVATION, Kind.NORMALIZATION})


def worded(name: str) -> str | None:
    """Return a name without its numbers, where that says something."""
    words = [word for word in re.split(r"[_/.\-:#\s]+", re.sub(r"\d+", " ", name)) if word]
    says = any(word.lower() not in _SILENT and len(word) > 1 for word in words)
    return " ".join(words) if says else None


def literal(block: Block, pattern: Pattern, alike: Alike, say: Say) -> Called:
    """Name a block by what the names in it have in common, or by its layers."""
    nodes = pattern.graph.nodes
    told = [node for node in nodes if node.kind not in _ASIDE] or list(nodes)
    if all(node.kind is Kind.INPUT for node in nodes):
        return Called(f"{len(nodes)} inputs" if len(nodes) > 1 else "Input")
    runs = _runs([say(node) for node in told])
    if len(runs) == 1:
        return Called(_counted(*runs[0]), known(_channels(told)))
    from cutaway.analysis.fold.sampling import sampling

    name, level = _shared(block, pattern), sampling(pattern)
    if name is not None and (block.count > 1 or alike.is_all(name, block)):
        return filled(name, pattern, say, level)
    if level is not None:
        return level
    parts = _parts(pattern, say, merges=True)
    if len(parts) == 1:
        return Called(_counted(*parts[0]), (_size(pattern),))
    return Called(_size(pattern), _listing(parts))


def _size(pattern: Pattern) -> str:
    return f"{sum(len(operations(node)) for node in pattern.graph.nodes)} layers"


def filled(name: str, pattern: Pattern, say: Say, level: Called | None = None) -> Called:
    """List the parts of a block where they are few; say from what to what it leads, and how large it is, else."""
    parts = _parts(pattern, say, merges=False)
    if len(parts) <= _FEW:
        return Called(name, _listing(parts))
    return Called(name, level.details) if level and level.details else Called(name, (_size(pattern),), widens=True)


def _parts(pattern: Pattern, say: Say, *, merges: bool) -> list[tuple[str, int]]:
    """Return what follows each other in a block, each with how often it does.

    Helpers are left out where something else has a name; without `merges` so are these, but at the beginning.
    """
    from cutaway.analysis.fold.segments import segments

    found: list[tuple[str, Kind | None]] = []
    for segment in segments(pattern):
        name = structure(segment)
        if name is None:
            found += [(_listed(node, say), node.kind) for node in segment.graph.nodes]
        else:
            found.append((name.title, None))
    aside = _ASIDE | _HELPING if any(kind is None for _, kind in found) else _ASIDE
    told = [(text, kind) for text, kind in found if kind not in aside] or found
    return _runs([text for place, (text, kind) in enumerate(told) if merges or not place or kind is not Kind.MERGE])


def _listed(node: Node, say: Say) -> str:
    """Say a layer in short, with its channels where it is a convolution, or an up-sampling that is one."""
    found = filter_of(node) if node.kind is Kind.CONVOLUTION else None
    channels = found.channels if found else node.attributes.get("filters")
    return f"{say(node)}, {channels}" if isinstance(channels, int) else say(node)


def _runs(texts: Sequence[str]) -> list[tuple[str, int]]:
    return [(text, len(list(group))) for text, group in groupby(texts)]


def _counted(text: str, count: int) -> str:
    return text if count == 1 else f"{count} × {text}"


def _listing(parts: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """List the first parts."""
    texts = [_counted(*part) for part in parts]
    return *texts[:_FEW], *(("…",) if len(texts) > _FEW else ())


def _shared(block: Block, pattern: Pattern) -> str | None:
    """Return what the names begin with, where that says something: not the name of a class, nor of the whole model.

    Names that nobody chose are left aside where they are the fewer.
    """
    nodes = pattern.graph.nodes
    names = [node.name for node in nodes]
    chosen = [name for name in names if says(name)]
    name = without_model("_".join(stem(chosen if 2 * len(chosen) >= max(len(names), 4) else names)), pattern.graph.name)
    if block.count > 1 and " " not in block.name:
        name = block.name
    means = bool(re.search(r"\d", name)) or worded(name) is not None
    others = {pattern.graph.name, *[node.op for node in nodes], *[node.operation for node in nodes]}
    return name if means and _bare(name) not in {_bare(other) for other in others} else None


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _channels(nodes: Sequence[Node]) -> str | None:
    last = filter_of(nodes[-1])
    return change(channels_before(nodes[0]), last.channels) if last else None
