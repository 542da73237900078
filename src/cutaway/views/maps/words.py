"""What the `maps` view says beside names and sizes: below lines, in the legend, and at the ends of the model."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cutaway.graph import Graph
from cutaway.record import replace
from cutaway.ruler import width
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.block_glyphs import GlyphMaker
from cutaway.views.maps.bodies import CUBOIDS
from cutaway.views.maps.glyph import MapGlyph
from cutaway.views.maps.making import has_body
from cutaway.views.maps.relations import Joint
from cutaway.views.naming import output_key
from cutaway.views.parts.box import Glyph
from cutaway.views.sizing import Axes, grown
from cutaway.views.wording import in_short

if TYPE_CHECKING:
    from cutaway.views.maps.view import Maps
    from cutaway.views.preparing import Prepared

_MOST_WORDS = 8.0
"""In em of a label: of words below lines, longer ones are given no more room."""


def words_below(view: "Maps", graph: Graph, found: Mapping[str, Joint]) -> dict[str, str]:
    """Return what stands below the lines of joints: what a layer does, where that does not stand above it."""
    if view.top == "operation" and not view.tops:
        return {}
    nodes = {node.id: node for node in graph.nodes}
    return {key: in_short(nodes[joint.target]) for key, joint in found.items()}


def roomy_for(words: Iterable[str], theme: Theme) -> Theme:
    """Return the theme with room between ranks for words below lines, as far as these are short."""
    size = theme.sizes.label
    wide = max([width(text, size, theme.face) for text in words], default=0.0) + size
    rank = max(theme.spacing.rank, min(wide, _MOST_WORDS * size))
    return replace(theme, spacing=replace(theme.spacing, rank=rank))


def ends(maker: GlyphMaker, prepared: "Prepared", said: Mapping[str, Glyph]) -> dict[str, Glyph]:
    """Return the marks of those outputs whose shape stands nowhere before them, with it."""
    drawn, shaped = prepared.reduction.graph, replace(maker, show=maker.show | {"shapes"}, made={})
    nodes = {node.id: node for node in drawn.nodes}
    found: dict[str, Glyph] = {}
    for place, (output, known) in enumerate(zip(drawn.outputs, prepared.known.outputs, strict=True)):
        if output.node != known.node or not has_body(nodes[output.node], said[output.node], signs=True):
            key = output_key(place)
            found[key] = shaped.output(key, output, nodes[output.node].outputs[output.port].tensor)
    return found


def sentences(
    view: "Maps", glyphs: Mapping[str, Any], joints: Mapping[str, Joint], axes: Mapping[str, Sequence[Axes]]
) -> Iterator[tuple[str, str]]:
    """Say how to read windows, stacks and grids, where there are any, each with what holds if they are not drawn.

    `axes` are those of the outputs of nodes.
    """
    if any(joint.relation in {"window", "opening"} for joint in joints.values()):
        yield "Small squares are kernel windows.", ""
    bodies = {name: glyph.body for name, glyph in glyphs.items() if isinstance(glyph, MapGlyph)}
    stacks = [body for body in bodies.values() if body.form == "maps"]
    for sizes, most, found in (
        ("h×w", view.maps, [body for body in stacks if not body.depth]),
        ("d×h×w", min(view.maps, CUBOIDS), [body for body in stacks if body.depth]),
    ):
        if any(body.sheets >= most for body in found):
            said = f"n@{sizes}: n maps of {sizes}" if view.bottom else ""
            words = f"{said}, of which" if said else "Of maps in a stack,"
            yield f"{words} up to {most} are drawn.", f"{said}." if said else ""
    grids = [name for name, body in bodies.items() if body.form == "matrix" and body.rows > 1 and body.columns > 1]
    if any(axes[name][0].is_sequence for name in grids):
        yield "Grids are sequences, a step to the right.", ""
    if view.sizes is None and view.scale_xy is None and bodies:
        yield grown(view.sizing, "Sides", "sizes"), ""
