"""The legend of volumes: small cubes with what they are, as precisely as all that have the colour allow."""

from typing import TYPE_CHECKING, Final

from cutaway.graph import Kind, Node
from cutaway.record import replace
from cutaway.views.block_words import legend as block_legend
from cutaway.views.parts.legend import Legend
from cutaway.views.phrases import PHRASES

if TYPE_CHECKING:
    from cutaway.views.composition import Composition
    from cutaway.views.explaining import Explanations
    from cutaway.views.preparing import Prepared
    from cutaway.views.volumes import Volumes

_MOST: Final = 3
"""So many classes of one colour are told by their names."""
_SCALE: Final = "Width and height grow with the square root of channels and size."


def legend(
    view: "Volumes", composition: "Composition", prepared: "Prepared", explained: "Explanations | None"
) -> Legend:
    """Return what explains the figure."""
    found = block_legend(composition, None, prepared, explained.glyphs if explained else ())
    roles: dict[str, list[Node]] = {}
    for node in composition.graph.nodes:
        roles.setdefault(composition.glyphs[node.id].role, []).append(node)
    entries = [
        replace(entry, words=_words(entry.words, roles[entry.role]), is_solid=True) if entry.role in roles else entry
        for entry in found.entries
    ]
    notes = found.notes
    if view.sizing == "natural" and not {"scale_xy", "scale_z"} & {}.keys():
        notes = (*notes, _SCALE)
    if view.assume is not None:
        from cutaway.analysis.assume import assumption

        notes = (f"Assumed: {assumption(view.assume)}.", *notes)
    return replace(found, entries=tuple(entries), notes=notes)


def _words(words: str, nodes: list[Node]) -> str:
    """Say what nodes of one colour are: their class and what all have in common, or their classes, or `words`."""
    kinds = {node.kind for node in nodes}
    classes = list(dict.fromkeys(node.operation for node in nodes))
    if len(kinds) > 1 or len(classes) > _MOST or Kind.INPUT in kinds or words not in _plain(kinds):
        return words
    if len(classes) > 1:
        return ", ".join(classes)
    alike = [*_alike("kernel", nodes), *_alike("activation", nodes)]
    head = f"{classes[0]} {alike.pop(0)}" if alike and alike[0][:1].isdigit() else classes[0]
    return ", ".join([head, *alike])


def _plain(kinds: set[Kind]) -> set[str]:
    """Return the words that only name a kind."""
    from cutaway.views.block_words import KIND_WORDS

    return {KIND_WORDS.get(kind, str(kind)) for kind in kinds}


def _alike(name: str, nodes: list[Node]) -> list[str]:
    """Return a phrase that holds of all nodes."""
    said = {PHRASES[name](node.attributes) for node in nodes}
    return [each for each in said if each] if len(said) == 1 else []
