"""What a folded block is called in a figure.

By its scope, where this has a class of its own or a name that says something; or by what its structure is, where it is
one that a paper has a name for; or literally, by what the names in it have in common, or by its layers. Where a block
holds not all that is called alike, it may not be called so too.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain, groupby

from cutaway.analysis.fold.folded import Block, Pattern
from cutaway.analysis.fold.naming import says, stem
from cutaway.analysis.fold.sketch import Called, change, channels_before, filter_of, known
from cutaway.analysis.fold.structure import structure
from cutaway.analysis.names import without_model
from cutaway.analysis.simplify.merged import operations
from cutaway.graph import Graph, Kind, Node, Scope
from cutaway.record import replace

__all__ = ["Alike", "Called", "Say", "called"]

Say = Callable[[Node], str]
"""Puts a layer into a few words, as the reader of a figure knows it."""

_PLAIN_CLASSES = frozenset({"Functional", "Sequential", "Model", "Block", "Layer", "Module", "TFSMLayer"})
_SILENT = frozenset(
    """model functional sequential block blocks layer layers stage stages module group unit cell net conv dense tf op
    custom lambda my""".split()  # noqa: SIM905
)
"""Words in names that say nothing of what is meant."""
_FEW = 3
"""Parts that are listed, at most."""
_ASIDE = frozenset({Kind.REGULARIZATION, Kind.RESHAPE})
_HELPING = frozenset({Kind.ACTIVATION, Kind.NORMALIZATION})
_BREAKS = "_/.-:"
_AS_WORDS = str.maketrans(dict.fromkeys(".-:# ", "_"))
"""Stems of names have their words joined so."""


class Alike:
    """The names and ids of all nodes of a model of which some are folded."""

    def __init__(self, graph: Graph, blocks: Iterable[Block]) -> None:
        blocks = tuple(blocks)
        own = {block.id for block in blocks}
        folded = chain.from_iterable([block.nodes for block in blocks])
        self._all = {*[node.id for node in graph.nodes if node.id not in own], *folded}

    @cached_property
    def _ids(self) -> Sequence[str]:
        return sorted(self._all)

    @cached_property
    def _names(self) -> Sequence[str]:
        return sorted(map(_name, self._all))

    def is_all(self, name: str, block: Block) -> bool:
        """Tell whether all nodes are in a block whose names are `name`, or begin with it as a word of theirs."""
        return self._count(self._names, name) <= self._count(sorted(map(_name, block.nodes)), name)

    def is_whole(self, scope: str, block: Block) -> bool:
        """Tell whether a block holds all nodes of the scope of this id."""
        return self._count(self._ids, scope) <= self._count(sorted(block.nodes), scope)

    def _count(self, names: Sequence[str], start: str) -> int:
        spans = [(start + sign, f"{start}{sign}\U0010ffff") for sign in _BREAKS]
        return sum(
            bisect_left(names, end) - bisect_left(names, first) for first, end in (*spans, (start, f"{start}\0"))
        )


def called(block: Block, pattern: Pattern, alike: Alike, say: Say) -> Called:
    """Return what a block is called, with the details that tell it from others of that name."""
    found = structure(pattern)
    name = block.name if block.is_named else _scope(block, pattern, alike)
    if name is None:
        return found or _literal(block, pattern, alike, say)
    return replace(found, title=name) if found else _filled(name, pattern, say)


def _scope(block: Block, pattern: Pattern, alike: Alike) -> str | None:
    """Return the class or the name of the scope that a block is, where one says something."""
    roots = [scope for scope in pattern.graph.scopes if scope.parent is None]
    if len(roots) != 1 or any(node.scope is None for node in pattern.graph.nodes):
        return None
    if block.count == 1 and not alike.is_whole(roots[0].id, block):
        return None
    words = _word(without_model(roots[0].name, pattern.graph.name))
    return _class_name(roots[0]) or (words and words[0].upper() + words[1:])


def _class_name(scope: Scope) -> str | None:
    name = scope.op.rpartition(">")[2].lstrip("_")
    return None if name in _PLAIN_CLASSES or not name else name


def _word(name: str) -> str | None:
    """Return a name without its numbers, where that says something."""
    words = [word for word in re.split(r"[_/.\-:#\s]+", re.sub(r"\d+", " ", name)) if word]
    says = any(word.lower() not in _SILENT and len(word) > 1 for word in words)
    return " ".join(words) if says else None


def _literal(block: Block, pattern: Pattern, alike: Alike, say: Say) -> Called:
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
        return _filled(name, pattern, say, level)
    if level is not None:
        return level
    parts = _parts(pattern, say, merges=True)
    if len(parts) == 1:
        return Called(_counted(*parts[0]), (_size(pattern),))
    return Called(_size(pattern), _listing(parts))


def _size(pattern: Pattern) -> str:
    return f"{sum(len(operations(node)) for node in pattern.graph.nodes)} layers"


def _filled(name: str, pattern: Pattern, say: Say, level: Called | None = None) -> Called:
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
    means = bool(re.search(r"\d", name)) or _word(name) is not None
    others = {pattern.graph.name, *[node.op for node in nodes], *[node.operation for node in nodes]}
    return name if means and _bare(name) not in {_bare(other) for other in others} else None


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _channels(nodes: Sequence[Node]) -> str | None:
    last = filter_of(nodes[-1])
    return change(channels_before(nodes[0]), last.channels) if last else None


def _name(identity: str) -> str:
    return identity.rpartition("/")[2].translate(_AS_WORDS)
