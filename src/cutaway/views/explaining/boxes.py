"""The boxes of an explanation: as the figure would draw them, with letters for numbers that differ."""

from collections import Counter
from collections.abc import Callable, Sequence
from math import inf
from typing import TypeVar

from cutaway.geometry import Size
from cutaway.graph import Node
from cutaway.record import replace
from cutaway.ruler import width
from cutaway.theme import Theme
from cutaway.views.block_glyphs import GlyphMaker
from cutaway.views.explaining.letters import Letters
from cutaway.views.explaining.plan import Plan
from cutaway.views.parts.box import Glyph, TextLine, box_glyph
from cutaway.views.parts.wrap import broken, joined

Said = TypeVar("Said")

_OR = " or "
_AIR = 4.0
"""Points beside the words at the beginning of a line, in all."""
_LINE = 1.6
"""In em: the height of these words, with what hangs below the line and the air around it."""
_STUB = 2.0
"""Points across the flow: where a line begins or ends that leads out of the drawing."""


def boxes(plan: Plan, maker: GlyphMaker, letters: Letters) -> dict[str, Glyph]:
    """Return the glyph of each node of a plan; `maker` makes those of the figure."""
    theme, plain = maker.theme, _plain(maker)
    fed = Counter(edge.target for edge in plan.graph.edges)
    found = dict[str, Glyph]()
    for place, name in enumerate(plan.names):
        nodes = [member.nodes[place] for member in plan.members]
        if name in plan.closed:
            likes = [plain.block(node, plan.inner[node.id].block) if node else None for node in nodes]
        else:
            likes = [plain.node(node, fed[name]) if node else None for node in nodes]
        found[name] = _common(likes, letters, theme, maker.limit)
    return found


def stubs(plan: Plan, theme: Theme) -> dict[str, Glyph]:
    """Return what takes the place of boxes where lines lead out of a plan: nothing, or where they are from."""
    size = theme.sizes.label
    found = dict[str, Glyph]()
    for name in plan.stubs:
        text = plan.origins.get(name, "")
        room = Size(width(text, size, theme.face) + _AIR, size * _LINE) if text else Size(_STUB, _STUB)
        found[name] = Glyph(lines=(TextLine(text=text, size=size),), role="other", size=room)
    return found


def in_words(likes: Sequence[Node | None], maker: GlyphMaker, letters: Letters) -> str:
    """Say in one line what the boxes of some likes would say."""
    plain = _plain(maker)
    glyphs = [plain.node(node, 1) if node else None for node in likes]
    head = _title(_all(title, glyphs), letters)
    return " ".join([head, ", ".join(letters.phrases(_all(phrases, glyphs)))]).strip()


def plain_boxes(nodes: Sequence[Node], maker: GlyphMaker) -> list[Glyph]:
    """Return the boxes of some layers, in one line each."""
    plain = _plain(maker)
    return [plain.node(node, len(node.inputs)) for node in nodes]


def title(glyph: Glyph) -> str:
    """Return the bold words of a box."""
    return " ".join(line.text for line in glyph.lines if line.weight == 700)


def phrases(glyph: Glyph) -> list[str]:
    """Return what a box says below its title; in one without a title, all is one phrase."""
    lines = [line.text for line in glyph.lines if line.weight != 700]
    return [phrase for line in lines for phrase in line.split(", ")] if title(glyph) else [" ".join(lines)]


def _title(titles: Sequence[str | None], letters: Letters) -> str:
    """Return one title for several: all of them where they differ in more than numbers."""
    return letters.text(titles) or _OR.join(dict.fromkeys([each for each in titles if each]))


def _all(saying: Callable[[Glyph], Said], glyphs: Sequence[Glyph | None]) -> list[Said | None]:
    return [None if glyph is None else saying(glyph) for glyph in glyphs]


def _plain(maker: GlyphMaker) -> GlyphMaker:
    """Return a maker of boxes that say what their layers are and no more, each in one line."""
    show = maker.show & {"activations"}
    return replace(maker, limit=inf, show=show, names={}, lines={}, labels={}, borders={}, made={})


def _common(glyphs: Sequence[Glyph | None], letters: Letters, theme: Theme, limit: float) -> Glyph:
    """Return one glyph for several that differ in numbers, no line wider than a limit."""
    boxed = [glyph for glyph in glyphs if glyph and glyph.form == "box"]
    if not boxed:
        return next(filter(None, glyphs))
    told = [glyph if glyph and glyph.form == "box" else None for glyph in glyphs]
    head = _title(_all(title, told), letters)
    said = letters.phrases(_all(phrases, told))
    sizes, face = theme.sizes, theme.face
    lines = [
        TextLine(text=text, size=sizes.operation, weight=700, role="ink")
        for text in (broken(head, sizes.operation, face, limit, 700) if head else ())
    ]
    lines += [TextLine(text=text, size=sizes.detail) for text in joined(said, sizes.detail, face, limit)]
    return box_glyph(tuple(lines), boxed[0].role, theme, slim=not head)
