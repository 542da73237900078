"""What a folded block is called in a figure.

By its scope, where this has a class of its own or a name that says something; or by what its structure is, where it is
one that a paper has a name for; or literally, by what the names in it have in common, or by its layers.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from cutaway.analysis.fold.called import Called, change, known, sides
from cutaway.analysis.fold.convolutional import chain, residual
from cutaway.analysis.fold.filters import channels_before, filter_of
from cutaway.analysis.fold.folded import Block, Pattern
from cutaway.analysis.fold.parallel import parallel
from cutaway.analysis.fold.sketch import Sketch
from cutaway.analysis.fold.stems import says, stem
from cutaway.analysis.fold.trail import Step, trail
from cutaway.analysis.fold.transformer import transformer
from cutaway.analysis.simplify.merged import operations
from cutaway.graph import Kind, Node, Scope

__all__ = ["Called", "called"]

_PLAIN_CLASSES: Final = frozenset({"Functional", "Sequential", "Model", "Block", "Layer", "Module", "TFSMLayer"})
_SILENT: Final = frozenset(
    """model functional sequential block blocks layer layers stage stages module group unit cell net conv dense tf op
    custom lambda my""".split()  # noqa: SIM905
)
"""Words in names that say nothing of what is meant."""
_FEW: Final = 3
_WORD: Final = 3
_ASIDE: Final = frozenset({Kind.REGULARIZATION, Kind.RESHAPE})


def called(block: Block, pattern: Pattern) -> Called:
    """Return what a block is called, with the details that tell it from others of that name."""
    sketch = Sketch(pattern)
    found = _structure(sketch)
    name = block.name if block.is_named else _scope(pattern)
    if name is None:
        return found or _literal(block, pattern)
    return Called(name, found.details if found else _layers(pattern.graph.nodes))


def _scope(pattern: Pattern) -> str | None:
    """Return the class or the name of the scope that a block is, where one says something."""
    roots = [scope for scope in pattern.graph.scopes if scope.parent is None]
    if len(roots) != 1 or any(node.scope is None for node in pattern.graph.nodes):
        return None
    words = _word(_without(roots[0].name, pattern.graph.name))
    return _class_name(roots[0]) or (words and words[0].upper() + words[1:])


def _without(name: str, model: str) -> str:
    """Return the name of a part without that of the model before it."""
    return name[len(model) :].lstrip("_") if name.startswith(f"{model}_") else name


def _class_name(scope: Scope) -> str | None:
    name = scope.op.rpartition(">")[2].lstrip("_")
    return None if name in _PLAIN_CLASSES or not name else name


def _word(name: str) -> str | None:
    """Return a name without its numbers, where that says something."""
    words = [word for word in re.split(r"[_/.\-:#\s]+", re.sub(r"\d+", " ", name)) if word]
    says = any(word.lower() not in _SILENT and len(word) > 1 for word in words)
    return " ".join(words) if says else None


def _structure(sketch: Sketch) -> Called | None:
    steps = trail(sketch)
    if steps:
        return _way(steps)
    return parallel(sketch)


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
        filters = [filter_of(each.node) for each in step.inner if each.how == "layer"]
        if step.how != "joined" or step.skip or not filters or None in filters:
            return None
        last = filters[-1]
        growths.append(last.channels if last else None)
    growth = known(f"growth {growths[0]}") if len(set(growths)) == 1 and growths[0] is not None else ()
    if len(steps) == 1:
        return Called("Dense layer", growth)
    return Called("Dense block", (f"{len(steps)} dense layers", *growth))


def _several(steps: Sequence[Step]) -> Called | None:
    """Name several residuals of one name behind each other."""
    names = [residual(step) if step.how == "residual" else None for step in steps]
    titles = {name.title for name in names if name}
    if None in names or len(titles) != 1:
        return None
    title = titles.pop()
    details = [name.details for name in names if name]
    return Called(f"{len(steps)} {title}s", details[0] if len(set(details)) == 1 else ())


def _literal(block: Block, pattern: Pattern) -> Called:
    """Name a block by what the names in it have in common, or by its layers."""
    nodes = pattern.graph.nodes
    told = [node for node in nodes if node.kind not in _ASIDE] or list(nodes)
    if all(node.kind is Kind.INPUT for node in nodes):
        return Called(f"{len(nodes)} inputs" if len(nodes) > 1 else "Input")
    runs = [(text, len(list(group))) for text, group in groupby(map(_plain, told))]
    if len(runs) == 1:
        text, count = runs[0]
        return Called(text if count == 1 else f"{count} × {text}", known(_channels(told)))
    size, name = f"{sum(len(operations(node)) for node in nodes)} layers", _shared(block, pattern)
    if name is not None:
        return Called(name, (size,))
    return Called(size, _layers(told))


def _layers(nodes: Sequence[Node]) -> tuple[str, ...]:
    """List the first layers."""
    runs = [(text, len(list(group))) for text, group in groupby(map(_listed, nodes))]
    listed = [text if count == 1 else f"{count} × {text}" for text, count in runs]
    return *listed[:_FEW], *(("…",) if len(listed) > _FEW else ())


def _shared(block: Block, pattern: Pattern) -> str | None:
    """Return what the names begin with, where that says something: not the name of a class, nor of the whole model.

    Names that nobody chose are left aside where they are the fewer.
    """
    nodes = pattern.graph.nodes
    names = [node.name for node in nodes]
    chosen = [name for name in names if says(name)]
    name = _without("_".join(stem(chosen if 2 * len(chosen) >= max(len(names), 4) else names)), pattern.graph.name)
    if block.count > 1 and " " not in block.name:
        name = block.name
    means = bool(re.search(r"\d", name)) or _word(name) is not None
    others = {pattern.graph.name, *[node.op for node in nodes], *[node.operation for node in nodes]}
    return name if means and _bare(name) not in {_bare(other) for other in others} else None


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _plain(node: Node) -> str:
    """Say a layer in short: its class in words, and the sides of its kernel."""
    name = node.operation if node.custom or node.kind is Kind.OTHER else _spaced(node.operation)
    found = filter_of(node) if node.kind is Kind.CONVOLUTION else None
    return " ".join(known(name, sides(found.kernel) if found else None))


def _listed(node: Node) -> str:
    """Say a layer in short, with its channels where it is a convolution or dense."""
    found = filter_of(node)
    channels = found.channels if found else None
    return _plain(node) if channels is None else f"{_plain(node)}, {channels}"


def _spaced(operation: str) -> str:
    """Write the name of a class as words: global average pooling."""
    name = re.sub(r"\dD(?=[A-Z]|$)", "", operation)
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    if not words or min(map(len, words)) < _WORD:
        return name  # ReLU
    first, *others = words
    return " ".join((first, *[word if word.isupper() else word.lower() for word in others]))


def _channels(nodes: Sequence[Node]) -> str | None:
    last = filter_of(nodes[-1])
    return change(channels_before(nodes[0]), last.channels) if last else None
