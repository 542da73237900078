"""What the `maps` view draws, in one size and direction: bodies with words, joints, and the words around."""

from collections.abc import Iterator, Mapping
from functools import partial

from cutaway.graph import Graph
from cutaway.layered.problem import Layout
from cutaway.record import Record, replace
from cutaway.scene import Group, Mark
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.block_composing import chosen, node_glyphs, titles_of, with_blocks
from cutaway.views.block_glyphs import GlyphMaker
from cutaway.views.block_words import description, heading_facts, legend
from cutaway.views.composition import Composition
from cutaway.views.frame import Frame
from cutaway.views.maps.bodies import Bodies
from cutaway.views.maps.colors import tinted_words, toned
from cutaway.views.maps.glyph import MapGlyph
from cutaway.views.maps.links import Joints, Links
from cutaway.views.maps.making import MapMaker, has_body
from cutaway.views.maps.meaning import strips
from cutaway.views.maps.obstacles import raised_words
from cutaway.views.maps.relations import joints, lifts
from cutaway.views.maps.words import ends, roomy_for, sentences, words_below
from cutaway.views.naming import border_names, captions, output_key, sharing, terminal_names
from cutaway.views.parts.box import Glyph
from cutaway.views.parts.legend import Legend
from cutaway.views.parts.lines import roomy
from cutaway.views.regions import region_marks
from cutaway.views.sizing import Axes, Sizing, asked_for, natural_sizing
from cutaway.views.sizing.drawn import drawn_axes
from cutaway.views.spelling import heading

if TYPE_CHECKING:
    from cutaway.views.maps.view import Maps
    from cutaway.views.parts.shaped import Shaped
    from cutaway.views.preparing import Prepared

_LIMITS = {True: 70.0, False: 104.0}
"""The widest line of words, in points, where the flow is across the page, and where it is not; words wrap."""
_MANY_LINES = 4
"""Of one body: what leaves much room below bodies if all of it stands above them."""
_TYPE = 8.0
_SIDES = ("scale_xy", "scale_z", "scale_one", "max_xy", "max_z", "base")
_RANK = _BOX = 12.0
"""The room between ranks and boxes in a theme as it is, in points: a page may leave less of it."""


def composed(view: "Maps", prepared: "Prepared", theme: Theme, breadth: float) -> tuple[Composition, Frame]:
    """Return what is to be drawn, and the words around it; words may be `breadth` times as wide as usual."""
    drawn, opened = prepared.reduction.graph, prepared.opened
    theme = with_blocks(theme, prepared)
    maker = _maker(view, prepared, theme, breadth)
    said = node_glyphs(maker, prepared.known, prepared.reduction, {})
    said |= ends(maker, prepared, said)
    made = _made(view, prepared, maker, said, breadth)
    composition = Composition(
        graph=drawn,
        theme=made.theme,
        direction=view.direction,
        glyphs=made.glyphs,
        titles=titles_of(prepared, None),
        counts={block: words.count for block, words in opened.items() if words.count},
        captions=captions(drawn, prepared.shared, prepared.loose)
        | {block: words.caption for block, words in opened.items()},
        stands_for=prepared.reduction.stands_for,
        groupings=view.groupings,
        logos=view.logos,
        **chosen(prepared),
    )
    links = Links(replace(made.joints, regions=partial(region_marks, composition)))
    composition = replace(
        composition, connecting=links.connecting, overlaying=_Overlay(made.glyphs, links, made.theme, drawn)
    )
    explained = prepared.explaining.explanations(maker, said) if prepared.explaining else None
    plain = legend(composition, None, prepared, explained.glyphs if explained else ()) if view.legend else Legend()
    notes = dict(sentences(view, made.glyphs, made.joints.found, drawn_axes(prepared)) if view.legend else ())
    frame = Frame(
        title=heading(prepared.known.name) if view.title is None else view.title,
        facts=heading_facts(prepared.known, prepared.totals),
        legend=replace(plain, notes=(*notes, *plain.notes), drawn=notes, is_even=True),
        description=description(prepared.known, prepared.totals),
        explained=explained,
        logos=view.logo_legend,
    )
    return composition, frame


class _Made(Record, eq=False):
    """Glyphs with room for each other, the joints between them, and the theme with all colours."""

    glyphs: "Mapping[str, Any]"
    joints: Joints
    theme: Theme


def _maker(view: "Maps", prepared: "Prepared", theme: Theme, breadth: float) -> GlyphMaker:
    """Return what makes the words around bodies, and the boxes of what has no body."""
    drawn, reduction, styling = prepared.reduction.graph, prepared.reduction, prepared.styling
    return GlyphMaker(
        theme=theme,
        show=frozenset({"activations"}),
        limit=breadth * _LIMITS[view.direction in {"right", "left"}],
        names=terminal_names(drawn),
        shared=sharing(drawn, prepared.shared),
        merged=reduction.merged,
        marks=reduction.marks,
        blocks=prepared.words,
        borders=border_names(drawn),
        labels=styling.texts("label") if styling else {},
    )


def _made(view: "Maps", prepared: "Prepared", maker: GlyphMaker, said: Mapping[str, Glyph], breadth: float) -> _Made:
    drawn, theme = prepared.reduction.graph, maker.theme
    styles = prepared.styling.shades(output_key) if prepared.styling else {}
    bare, theme = tinted_words(said, styles, theme)
    theme = _spaced(view, toned(theme, bare))
    outputs = drawn_axes(prepared)
    axes = {node: found[0] for node, found in outputs.items() if found}
    makes = MapMaker(
        view=view,
        theme=theme,
        bodies=_bodies(view, axes, theme, breadth),
        outputs=outputs,
        strips=strips(drawn),
        styles=styles,
        pictures=prepared.pictures,
        is_split=any(len(glyph.lines) >= _MANY_LINES for glyph in bare.values()),
    )
    glyphs = _glyphs(makes, drawn, bare)
    found = joints(drawn, glyphs, axes, view.window_scale) if view.links else {}
    words = words_below(view, drawn, found)
    theme = roomy_for(words.values(), theme) if words else theme
    for name, lift in lifts(glyphs, found, theme, theme.spacing.rank).items():
        glyphs[name] = glyphs[name].lifted(lift, theme)
    glyphs = roomy(glyphs, drawn, view.direction, theme)
    all_joints = Joints(
        graph=drawn,
        glyphs=glyphs,
        found=found,
        words=words,
        pale=_pale(drawn, prepared),
        theme=theme,
        direction=view.direction,
        seed=view.seed,
        windows=view.windows,
    )
    return _Made(glyphs=glyphs, joints=all_joints, theme=theme)


def _bodies(view: "Maps", axes: Mapping[str, Axes], theme: Theme, breadth: float) -> Bodies:
    return Bodies(
        view=view,
        sizing=_sizing(view, axes, theme, breadth),
        unit=theme.sizes.operation / _TYPE,
        is_row=view.direction in {"right", "left"},
    )


class _Overlay:
    """Draws what lies above all bodies: words around them, and the windows on them."""

    def __init__(self, glyphs: "Mapping[str, Shaped]", links: Links, theme: Theme, graph: Graph) -> None:
        self._glyphs = glyphs
        self._links = links
        self._theme = theme
        self._graph = graph

    def __call__(self, layout: Layout) -> tuple[Mark, ...]:
        return (*self._words(layout), *self._links.over(layout))

    def _words(self, layout: Layout) -> Iterator[Mark]:
        is_row = any(glyph.is_row for glyph in self._glyphs.values() if isinstance(glyph, MapGlyph))
        raised = raised_words(self._graph, layout, is_row=is_row)
        for node in self._graph.nodes:
            glyph = self._glyphs[node.id]
            if isinstance(glyph, MapGlyph):
                place, lift = glyph.place(layout.boxes[node.id])[1], self._links.lift(node.id, layout)
                words = tuple(
                    glyph.words.texts(place, self._theme, is_row=is_row, is_raised=node.id in raised, lift=lift)
                )
                if words:
                    yield Group(marks=words, ref=node.id)


def _glyphs(maker: MapMaker, graph: Graph, said: Mapping[str, Glyph]) -> dict[str, Any]:
    """Return the glyphs of all nodes and outputs, before they make room for each other."""
    glyphs: dict[str, Any] = dict(said)
    for node in graph.nodes:
        if has_body(node, said[node.id], signs=maker.view.signs):
            glyphs[node.id] = maker.glyph(node, said[node.id])
    return glyphs


def _sizing(view: "Maps", axes: Mapping[str, Axes], theme: Theme, breadth: float) -> Sizing:
    """Return how long sides are: as it looks well, unless the caller says otherwise."""
    if view.sizes is not None:
        return view.sizes
    found = natural_sizing(axes.values(), theme, view.sizing)
    share = breadth * _TYPE / theme.sizes.operation * _air(theme)  # the type is in both
    sides = {name: getattr(found, name) for name in _SIDES}
    found = replace(found, **{name: share * length for name, length in sides.items() if length is not None})
    if view.scale_xy is not None:
        found = replace(found, scale_xy=view.scale_xy, scale_one=view.scale_xy)
    return asked_for(found, view, ("min_xy", "max_xy"))


def _pale(graph: Graph, prepared: "Prepared") -> frozenset[str]:
    """Return the links that carry something only between muted nodes."""
    pale = chosen(prepared).get("pale", ())
    return frozenset([edge.id for edge in graph.edges if (edge.source, edge.source_port) in pale] if pale else ())


def _spaced(view: "Maps", theme: Theme) -> Theme:
    """Return the theme with room between ranks, as much of it as the page leaves."""
    rank = view.spacing * theme.spacing.rank / _RANK * _air(theme)
    spacing = replace(theme.spacing, rank=max(theme.spacing.rank, rank))
    return replace(theme, spacing=spacing)


def _air(theme: Theme) -> float:
    """Return how much of the gaps a page leaves: bodies, and the room for lines between them, shrink with these."""
    return min(1.0, theme.spacing.box / (_BOX * theme.sizes.operation / _TYPE))
