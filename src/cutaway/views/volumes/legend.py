"""The legend of volumes: small cubes with what they are, as precisely as all that have the colour allow."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from cutaway.graph import Kind, Node
from cutaway.record import replace
from cutaway.views.block_words import legend as block_legend
from cutaway.views.parts.box import STRONG, TextLine
from cutaway.views.parts.legend import Legend, LegendEntry
from cutaway.views.phrases import PHRASES
from cutaway.views.shape_text import shape_text
from cutaway.views.sizing import grown
from cutaway.views.volumes.captions import Seen
from cutaway.views.volumes.solids import is_plate

if TYPE_CHECKING:
    from cutaway.views.composition import Composition
    from cutaway.views.explaining import Explanations
    from cutaway.views.preparing import Prepared
    from cutaway.views.volumes import Volumes

_MOST: Final = 3
"""So many classes of one colour are told by their names."""
_MAJORITY: Final = 2 / 3
"""What holds of so many of one colour is said of it, with what it does not hold of."""
_SIZES: Final = 6
"""So many shapes of one colour are listed."""


def legend(
    view: "Volumes",
    composition: "Composition",
    prepared: "Prepared",
    explained: "Explanations | None",
    seen: Mapping[str, Seen],
) -> Legend:
    """Return what explains the figure."""
    found = block_legend(
        _shown(composition, explained),
        None,
        prepared if explained else _shown_of(prepared),
        explained.glyphs if explained else (),
    )
    roles: dict[str, list[Node]] = {}
    for node in composition.graph.nodes:
        role = composition.glyphs[node.id].role
        for each in {role, role.removesuffix(STRONG)}:
            roles.setdefault(each, []).append(node)
    entries = [
        replace(entry, words=_words(entry.words, roles[entry.role]) + _sizes(view, roles[entry.role]), is_solid=True)
        if entry.role in roles
        else entry
        for entry in found.entries
    ]
    shown = {entry.role for entry in entries}
    entries += [
        LegendEntry(words=", ".join(names), role=role, is_solid=True)
        for role, names in _blocks(composition, prepared).items()
        if role not in shown
    ]
    notes = found.notes
    if view.sizes is None and view.scale_xy is None and view.scale_z is None and composition.glyphs:
        notes = (*notes, grown(view.sizing, "Width and height", "channels and size"), *_exceptions(view, seen.values()))
    if view.assume is not None:
        from cutaway.analysis.assume import assumption

        notes = (f"Assumed: {assumption(view.assume)}.", *notes)
    entries = sorted(entries, key=lambda entry: bool(entry.sign))
    return replace(found, entries=tuple(entries), notes=notes, is_even=True)


def _exceptions(view: "Volumes", seen: Collection[Seen]) -> Iterator[str]:
    """Yield what does not grow in that way."""
    vectors = {each.axes.is_vector for each in seen if each.axes.names}
    if view.sizing == "natural" and vectors == {True, False}:
        yield "Vectors have a scale of their own."
    plates = [each for each in seen if is_plate(each) and each.node.kind is not Kind.INPUT]
    if view.plates and not all(each.axes.is_vector for each in plates):
        yield "Thin plates hand on what they get: their width means nothing."


def _shown(composition: "Composition", explained: "Explanations | None") -> "Composition":
    """Return a composition that says what is read in the figure: sizes, and all words only in explanations."""
    said: dict[str, Any] = dict(composition.glyphs)
    for node in composition.graph.nodes:
        glyph = said[node.id]
        shapes = [TextLine(text=shape_text(port.tensor.shape), size=0.0) for port in node.outputs[:1]]
        said[node.id] = replace(glyph, lines=(*(glyph.lines if explained else ()), *shapes))
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


def _words(words: str, nodes: list[Node]) -> str:
    """Say what nodes of one colour are: their class and what all have in common, or their classes, or `words`."""
    kinds = {node.kind for node in nodes}
    classes = list(dict.fromkeys(node.operation for node in nodes))
    if len(kinds) > 1 or len(classes) > _MOST or Kind.INPUT in kinds or words not in _plain(kinds):
        return words
    if len(classes) > 1:
        return ", ".join(classes)
    told = ["kernel"]
    if kinds & {Kind.CONVOLUTION, Kind.UPSAMPLING, Kind.DENSE, Kind.ACTIVATION}:
        told.append("activation")
    phrases = Counter([tuple([PHRASES[name](node.attributes) for name in told]) for node in nodes])
    (most, count), *_ = phrases.most_common(1)
    if len(phrases) == 1 or count < _MAJORITY * len(nodes) or count == 1:
        alike = [each for name in told for each in _alike(name, nodes)]
        return _joined(classes[0], alike)
    words = _joined(classes[0], [each for each in most if each])
    others = [phrase for phrase in phrases if phrase != most]
    if len(others) > 1 or phrases[others[0]] > 1:
        return f"mostly {words}" if any(most) else words
    place = [tuple([PHRASES[name](node.attributes) for name in told]) for node in nodes].index(others[0])
    where = {0: "first", len(nodes) - 1: "last"}.get(place, "one")
    said = [
        other or ("linear" if name == "activation" else "")
        for name, other, usual in zip(told, others[0], most, strict=True)
        if other != usual
    ]
    return f"{words} ({where}: {', '.join(each for each in said if each)})" if all(said) else words


def _joined(name: str, phrases: list[str]) -> str:
    """Return a class with its kernel and what else is said of it."""
    head = f"{name} {phrases.pop(0)}" if phrases and phrases[0][:1].isdigit() else name
    return ", ".join([head, *phrases])


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


def _alike(name: str, nodes: list[Node]) -> list[str]:
    """Return a phrase that holds of all nodes."""
    said = {PHRASES[name](node.attributes) for node in nodes}
    return [each for each in said if each] if len(said) == 1 else []
