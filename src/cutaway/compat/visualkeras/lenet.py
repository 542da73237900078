"""`lenet_view`: layers as stacks of feature maps with patches and wedges, as the original draws."""

from collections import Counter

from cutaway.compat.visualkeras.canvas import classic, grounded, plain_frame
from cutaway.compat.visualkeras.colors import hexadecimal, paint
from cutaway.compat.visualkeras.dimensions import number
from cutaway.compat.visualkeras.fonts import Font, font_of
from cutaway.compat.visualkeras.ignoring import without_ignored
from cutaway.compat.visualkeras.interfaces import LENET
from cutaway.compat.visualkeras.layers import Subject, told_subject
from cutaway.compat.visualkeras.looks import Looks
from cutaway.compat.visualkeras.patches import Patches
from cutaway.compat.visualkeras.settling import Settled, view_function
from cutaway.compat.visualkeras.stack import RenderShape, StackMaker, stack_style
from cutaway.geometry import Size
from cutaway.graph import Graph
from cutaway.layered.problem import Layout
from cutaway.record import replace
from cutaway.scene import Scene
from cutaway.theme import Theme
from cutaway.views.composition import Composition, arranged, shifted
from cutaway.views.frame import composed
from cutaway.views.maps.glyph import MapGlyph
from cutaway.views.parts.lines import roomy
from cutaway.views.parts.picture import Pictures

_LEADING = 1.2
"""In em: from one line of words to the next."""


def _draw(model: object, settled: Settled) -> Scene:
    return lenet_scene(told_subject(model, settled.values["input_shape"]), settled)


lenet_view = view_function(
    LENET,
    _draw,
    """Draw the layers of a model as stacks of feature maps, after LeCun et al. 1998, and return the image.

    Takes a live model, an object with layers, or the path of a file; returns a Pillow image of mode RGBA and writes
    `to_file` in the format of its suffix. The label callables are given the layer and its shape (`RenderShape`).
    `theme` names a look of ours in place of the classic one.
    """,
)


def lenet_scene(subject: Subject, settled: Settled) -> Scene:
    """Return the figure in the look that is asked for."""
    subject = without_ignored(subject, settled.type_ignore, settled.index_ignore)
    if settled.theme == "classic":
        return _classic(replace(subject, graph=replace(subject.graph, outputs=())), settled)
    from cutaway.compat.visualkeras.lenet_themed import themed_scene

    return themed_scene(subject, settled)


def _classic(subject: Subject, settled: Settled) -> Scene:
    padding = number("padding", settled.padding)
    if not subject.graph.nodes:
        side = max(1.0, 2 * padding)
        return grounded(Scene(width=side, height=side, marks=(), palette={}), settled.background_fill)
    theme = _theme(settled, padding)
    glyphs = _glyphs(subject, settled, theme)
    patches = Patches(subject.graph, glyphs, subject.axes, theme, settled)
    composition = Composition(
        graph=subject.graph,
        theme=theme,
        direction="right",
        glyphs=glyphs,
        titles={node: layer.name for node, layer in subject.layers.items()},
        connecting=patches.connecting,
        overlaying=patches.overlaying,
    )
    layout = _with_words(arranged(composition), glyphs, theme)
    return grounded(composed(composition, plain_frame(subject.graph.name), layout), settled.background_fill)


def _theme(settled: Settled, padding: float) -> Theme:
    font = font_of(settled.font)
    spacing = number("layer_spacing", settled.layer_spacing)
    theme = classic(margin=padding / 2, box=spacing, rank=spacing)
    ink = hexadecimal(paint(settled.font_color, "the font_color"))
    return replace(
        theme,
        face=font.face,
        palette={**theme.palette, "ink": ink},
        sizes=replace(theme.sizes, leading=_LEADING * font.size),
    )


def _glyphs(subject: Subject, settled: Settled, theme: Theme) -> dict[str, MapGlyph]:
    looks = Looks(subject, settled.color_map, settled.styles)
    font: Font = font_of(settled.font)
    maker = StackMaker(settled, theme, font, is_chain=_is_chain(subject.graph))
    pictures, found = Pictures(), dict[str, MapGlyph]()
    for node in subject.graph.nodes:
        layer = subject.layers[node.id]
        style = stack_style(settled, looks.of(layer), layer.name, pictures)
        found[node.id] = maker.glyph(node, layer, subject.axes[node.id], style)
    return roomy(found, subject.graph, "right", theme)


def _is_chain(graph: Graph) -> bool:
    """Tell whether each layer has one before it and one behind it at most."""
    sources, targets = (Counter([getattr(edge, end) for edge in graph.edges]) for end in ("source", "target"))
    return max([*sources.values(), *targets.values()], default=0) <= 1


def _with_words(layout: Layout, glyphs: dict[str, MapGlyph], theme: Theme) -> Layout:
    """Return a layout with room for words that are wider than the place of their stack."""
    rooms = [
        room
        for node, glyph in glyphs.items()
        for room in glyph.words.rooms(glyph.place(layout.boxes[node])[1], theme, is_row=True)
        if room.width
    ]
    left = max([0.0, *[-room.x for room in rooms]])
    right = max([0.0, *[room.right - layout.size.width for room in rooms]])
    size = Size(left + layout.size.width + right, layout.size.height)
    return replace(shifted(layout, left, 0.0), size=size)


__all__ = ["RenderShape", "lenet_view"]
