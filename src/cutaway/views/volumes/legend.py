"""The legend of volumes: small cubes with what they are, as precisely as all that have the colour allow."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from cutaway.analysis.simplify.merged import word_for
from cutaway.graph import Kind, Node
from cutaway.record import replace
from cutaway.theme.folded import FOLDED
from cutaway.theme.solid import GLOBAL
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.block_words import legend as block_legend
from cutaway.views.parts.box import STRONG, TextLine
from cutaway.views.parts.legend import Legend, LegendEntry
from cutaway.views.phrases import PHRASES
from cutaway.views.spelling import shape_text
from cutaway.views.volumes.kernels import MAJORITY, Window, window, windows_below
from cutaway.views.wording import describe

if TYPE_CHECKING:
    from cutaway.views.composition import Composition
    from cutaway.views.explaining import Explanations
    from cutaway.views.preparing import Prepared
    from cutaway.views.volumes import Volumes

_MOST = 3
"""So many classes of one colour are told by their names."""
_NONE = ("no kernel", "stride 1", "linear")
"""What has no kernel, an ordinary stride, or no activation."""
_ACTIVE = frozenset({Kind.CONVOLUTION, Kind.UPSAMPLING, Kind.DENSE, Kind.ACTIVATION})
"""Kinds whose activation is said."""
_FOLDED, _SLICED = "folded block", "folded block, its longest path as slices"
"""What a legend calls folded blocks, and those that are sliced."""
_SLICES = 3
"""Slices of what stands for them."""
_SIZES = 6
"""So many shapes of one colour are listed."""


def legend(
    view: "Volumes",
    composition: "Composition",
    prepared: "Prepared",
    explained: "Explanations | None",
    scales: Iterable[str],
) -> Legend:
    """Return what explains the figure; `scales` say how sides grow, where nothing else is asked for."""
    roles = _by_role(composition)
    below = windows_below(prepared) if view.text is None else {}
    told = {nodes[0].id: _told("", nodes, prepared, below) for nodes in roles.values() if _is_one(nodes)}
    found = block_legend(
        _shown(composition, prepared, explained, told),
        None,
        prepared if explained else _shown_of(prepared),
        explained.glyphs if explained else (),
    )
    entries = _entries(view, composition, prepared, found.entries, below)
    return replace(
        found,
        entries=tuple(sorted(entries, key=lambda entry: bool(entry.sign))),
        notes=_notes(view, found.notes, scales if composition.glyphs else ()),
        is_even=True,
    )


def _entries(
    view: "Volumes",
    composition: "Composition",
    prepared: "Prepared",
    entries: Sequence[LegendEntry],
    below: Collection[str],
) -> list[LegendEntry]:
    """Say of each colour what has it, and of those that boxes have not: slices, pooling of all, blocks."""
    roles = _by_role(composition)
    slices = {role for glyph in composition.glyphs.values() for role, _ in getattr(glyph, "slices", ())}
    told = [
        replace(
            entry,
            words=(entry.words if entry.role in slices else _words(entry.words, nodes, prepared, below))
            + _sizes(view, nodes),
            is_solid=True,
        )
        if (nodes := roles.get(entry.role))
        else entry
        for entry in entries
    ]
    told = _apart(told, entries)
    shown = {entry.role for entry in told}
    told = _sliced(told, slices)
    if GLOBAL in roles:
        words = _words("pooling", roles[GLOBAL], prepared, below) + _sizes(view, roles[GLOBAL])
        place = next((at for at, entry in enumerate(told, 1) if entry.role == "pooling"), len(told))
        told.insert(place, LegendEntry(words=words, role=GLOBAL, is_solid=True))
    told += [
        LegendEntry(words=", ".join(names), role=role, is_solid=True)
        for role, names in _blocks(composition, prepared).items()
        if role not in shown
    ]
    return told


def _apart(told: list[LegendEntry], plain: Sequence[LegendEntry]) -> list[LegendEntry]:
    """Say what kind a class is whose name another colour has too: an Add of one tensor merges nothing."""
    seen, found = set[str](), list[LegendEntry]()
    for entry, usual in zip(told, plain, strict=True):
        is_twice = entry.is_solid and entry.words in seen and entry.words != usual.words
        found.append(replace(entry, words=f"{entry.words} ({usual.words})") if is_twice else entry)
        seen.add(entry.words)
    return found


def _notes(view: "Volumes", notes: tuple[str, ...], scales: Iterable[str]) -> tuple[str, ...]:
    """Return the notes of a legend with how sides grow, where nothing else is asked for, and what is assumed."""
    if view.sizes is None and view.scale_xy is None and view.scale_z is None:
        notes = (*notes, *scales)
    if view.assume is not None:
        from cutaway.analysis.assume import assumption

        return f"Assumed: {assumption(view.assume)}.", *notes
    return notes


def _by_role(composition: "Composition") -> dict[str, list[Node]]:
    """Return the nodes by the roles of their colours, those that stand out by the ordinary one too."""
    found: dict[str, list[Node]] = {}
    for node in composition.graph.nodes:
        role = composition.glyphs[node.id].role
        for each in {role, role.removesuffix(STRONG)}:
            found.setdefault(each, []).append(node)
    return found


def _sliced(entries: list[LegendEntry], roles: Collection[str]) -> list[LegendEntry]:
    """Explain folded blocks that are sliced, and the colours of the slices."""
    if not roles:
        return entries
    found: list[LegendEntry] = []
    for entry in entries:
        if FOLDED in entry.role:
            found.append(replace(entry, words=entry.words.replace(_FOLDED, _SLICED, 1), slices=_SLICES))
        else:
            is_seen = entry.role in roles and not entry.sign
            found.append(replace(entry, is_solid=True, is_explained=False) if is_seen else entry)
    return found


def _shown(
    composition: "Composition", prepared: "Prepared", explained: "Explanations | None", told: Mapping[str, str]
) -> "Composition":
    """Return a composition that says what is read in the figure: sizes, what is `told`, all words in explanations."""
    said: dict[str, Any] = {}
    for node in composition.graph.nodes:
        glyph: Any = composition.glyphs[node.id]
        texts = [*(shape_text(port.tensor.shape) for port in node.outputs[:1]), told.get(node.id, "")]
        texts += [line.text for line in glyph.lines] if explained or node.id in prepared.words else []
        lines = [TextLine(text=text.replace("²", ""), size=0.0) for text in texts if text]  # 64² needs no words
        said[node.id] = replace(glyph, lines=tuple(lines))
    return replace(composition, glyphs=said, labels={})


def _shown_of(prepared: "Prepared") -> "Prepared":
    """Return what is drawn, helpers that would be small circles among boxes being volumes too."""
    reduction = prepared.reduction
    return replace(prepared, reduction=replace(reduction, marks=frozenset())) if reduction.marks else prepared


def _blocks(composition: "Composition", prepared: "Prepared") -> dict[str, dict[str, None]]:
    """Return the names of folded blocks by the roles of their colours."""
    found: dict[str, dict[str, None]] = {}
    for node in composition.graph.nodes:
        if node.id in prepared.words:
            found.setdefault(composition.glyphs[node.id].role, {})[prepared.words[node.id].title] = None
    return found


def _words(words: str, nodes: list[Node], prepared: "Prepared", below: Collection[str]) -> str:
    """Say what nodes of one colour are: their class and what all have in common, or their classes, or `words`."""
    kinds = {node.kind for node in nodes}
    classes = list(dict.fromkeys(node.operation for node in nodes))
    if len(kinds) > 1 or len(classes) > _MOST or Kind.INPUT in kinds or words not in _plain(kinds):
        return words
    if any(each.lower() == kind.value for each in classes for kind in Kind if kind not in kinds):
        return words  # Normalization is preprocessing, and would be read as what other colours are
    return ", ".join(classes) if len(classes) > 1 else _told(classes[0], nodes, prepared, below)


def _is_one(nodes: list[Node]) -> bool:
    """Tell whether nodes have one class."""
    return len({(node.kind, node.operation) for node in nodes}) == 1


def _told(name: str, nodes: list[Node], prepared: "Prepared", below: Collection[str]) -> str:
    """Say what holds of all nodes of a class: kernels, strides and the activation, and what does not of one of them.

    Kernels and strides are not said of what stands `below` its volume.
    """
    windows = [window(node) if node.id not in below else Window() for node in nodes]
    phrases = [(each.size, each.stride, _activation(node, prepared)) for each, node in zip(windows, nodes, strict=True)]
    counts = Counter(phrases)
    (most, count), *others = counts.most_common()
    if len(others) == 1 and others[0][1] == 1 and count > 1 and count >= MAJORITY * len(nodes):
        place = phrases.index(other := others[0][0])
        where = {0: "first", len(nodes) - 1: "last"}.get(place, "one")
        told = [each or none for each, usual, none in zip(other, most, _NONE, strict=True) if each != usual]
        return f"{_joined(name, most)} ({where}: {', '.join(told)})"
    kernels = list(dict.fromkeys(kernel for kernel, *_ in phrases))
    if len(kernels) > _MOST or not all(kernels):
        kernels = []
    common = [each for place in (1, 2) for each in _alike([phrase[place] for phrase in phrases])]
    return _joined(name, [", ".join(kernels), *common])


def _activation(node: Node, prepared: "Prepared") -> str:
    """Return the activation of a node, its own or the one merged into it."""
    if node.kind not in _ACTIVE:
        return ""
    if own := PHRASES["activation"](node.attributes):
        return own
    merged = [each for each in prepared.reduction.merged.get(node.id, ()) if each.id != node.id]
    return ", ".join([describe(each).title for each in merged if word_for(each) == "activations"])


def _joined(name: str, phrases: Sequence[str]) -> str:
    """Return a class with its kernels and what else is said of it."""
    kernels, *others = phrases
    return ", ".join(filter(None, [f"{name} {kernels}".rstrip(), *others]))


def _sizes(view: "Volumes", nodes: list[Node]) -> str:
    """Say how large what nodes give is, where that is asked for."""
    if not view.dimensions:
        return ""
    texts = list(dict.fromkeys(shape_text(port.tensor.shape) for node in nodes for port in node.outputs[:1]))
    return f": {', '.join(texts if len(texts) <= _SIZES else (*texts[: _SIZES - 1], '…', texts[-1]))}"


def _plain(kinds: set[Kind]) -> set[str]:
    """Return the words that only name a kind."""
    from cutaway.views.block_words import KIND_WORDS

    return {KIND_WORDS.get(kind, str(kind)) for kind in kinds}


def _alike(phrases: list[str]) -> list[str]:
    """Return the phrase that is said of all nodes, if there is one."""
    return phrases[:1] if len(set(phrases)) == 1 and phrases[0] else []
