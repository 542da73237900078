"""How lines between neurons are drawn, alike or by weights, and what the legend says of that."""

from collections.abc import Iterator, Mapping

from cutaway.record import Record, field, replace
from cutaway.scene import Rgba, Role, Stroke
from cutaway.style import hexadecimal
from cutaway.theme import Theme, mixed
from cutaway.typed import TYPE_CHECKING
from cutaway.views.neurons.inner import Core
from cutaway.views.parts.legend import Legend, LegendEntry

if TYPE_CHECKING:
    from cutaway.views.neurons import Neurons
    from cutaway.views.neurons.plan import Plan
    from cutaway.views.neurons.weighing import Weighed

LINE = "neuron.line"
"""The role of lines of which no weight is shown."""
_SIGNS = {"weight.positive": "convolution.stroke", "weight.negative": "dense.stroke"}
"""Roles of the signs of weights, and those whose colours they have where a theme gives them none."""
_WIDTHS = (0.3, 0.6, 1.0, 1.5)
_PALE = (0.62, 0.4, 0.18, 0.0)
"""Of the page in the colours of lines, from the weakest to the strongest."""
_SHARES = (0.22, 0.36, 0.5, 0.64)
"""Of the circles of neurons, those in them that tell of biases, from the smallest on."""
_NEGATIVE = "weight.negative"
_DASH = (2.2, 1.3)
_USUAL = 0.4
_LINE_PALE = 0.35


class Linework(Record):
    """How lines are drawn: `stroke` as usual, `strokes` by the keys of edges; `shades` those of known weights.

    `shades` hold, by the key of an edge and the numbers of two neurons, which of the `looks` the line between them has.
    At most so many lines are drawn for one edge. A target is a neighbour that is no more than `reach` times as far away
    as the glyphs are long; the lines that leave a glyph are straight `together`, or none of them is.
    """

    stroke: Stroke
    most: int
    strokes: Mapping[str, Stroke] = field(default_factory=dict)
    shades: Mapping[str, Mapping[tuple[int, int], int]] = field(default_factory=dict)
    looks: tuple[Stroke, ...] = ()
    reach: float = 2.5
    together: bool = True


def with_lines(theme: Theme, known: "Weighed | None") -> Theme:
    """Return a theme that has the colours of lines between neurons too."""
    palette = dict(theme.palette)
    page = palette.get("page", "#FFFFFF")
    palette.setdefault(LINE, mixed(palette["edge"], page, _LINE_PALE))
    for role, usual in _SIGNS.items() if known else ():
        palette.setdefault(role, palette[usual])
        for level, pale in enumerate(_PALE):
            palette.setdefault(f"{role}.{level}", mixed(palette[role], page, pale))
    return replace(theme, palette=palette)


def linework(view: "Neurons", plan: "Plan") -> Linework:
    """Return how the lines of a plan are drawn."""
    known = plan.weighed
    usual = _stroke(view.connector_color, view.connector_width)
    own = {
        key: _stroke(
            given.get("connector_color", view.connector_color), given.get("connector_width", view.connector_width)
        )
        for key, joint in plan.joints.items()
        if (given := view.own.get(joint.source))
    }
    return Linework(
        stroke=usual,
        most=plan.most,
        strokes=own,
        shades=known.shades if known else {},
        looks=tuple(_looks()) if known else (),
    )


def cores(known: "Weighed | None") -> dict[str, dict[int, Core]]:
    """Return what is drawn in neurons to tell of their biases, by nodes and the neurons' numbers."""
    if known is None:
        return {}
    made = [Core(role=role, share=share, is_hollow=role == _NEGATIVE) for share in _SHARES for role in _SIGNS]
    return {node: {number: made[look] for number, look in each.items()} for node, each in known.biases.items()}


def explained(legend: Legend, plan: "Plan", cut: Mapping[str, tuple[int, int]]) -> Legend:
    """Return a legend that also explains circles and lines; `cut` are the lines that are drawn, of how many."""
    if not plan.totals:
        return legend
    known, entries = plan.weighed, legend.entries
    if known:
        found = {look for each in known.shades.values() for look in each.values()}
        for sign, role in enumerate(_SIGNS):
            levels = [look // 2 for look in found if look % 2 == sign]
            if levels:
                words = f"{role.partition('.')[2]} weight"
                entries = (*entries, LegendEntry(words=words, role=role, stroke=_look(role, max(levels))))
    told = tuple(_sentences(plan, cut))
    return replace(legend, entries=entries, notes=(*told, *legend.notes), drawn=dict.fromkeys(told, ""))


def _sentences(plan: "Plan", cut: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    known = plan.weighed
    dotted = any(None in plan.shown(node) for node in plan.totals)
    yield "Circles are neurons; three dots stand for those between." if dotted else "Circles are neurons."
    if known and known.shades:
        yield f"The larger a weight, the wider its line: up to {known.most:.2g}."
    if plan.curves:
        yield "Curves in circles are activations, around zero."
    if known and known.biases and len(plan.curves) < len(known.biases):
        yield f"Small circles inside show biases likewise, hollow where they are negative: up to {known.most_bias:.2g}."
    if known and known.odd:
        yield "Lines of neither colour stand for weights that are no finite numbers."
    if known and known.unread:
        yield "Weights of large layers are not shown."
    if cut:
        drawn, all_lines = (sum(each[place] for each in cut.values()) for place in (0, 1))
        yield f"Of {all_lines:,} lines between the circles, {drawn:,} are drawn."


def _stroke(color: str | None, width: float | None) -> Stroke:
    return Stroke(paint=LINE if color is None else _paint(color), width=_USUAL if width is None else width)


def _paint(color: str) -> Role | Rgba:
    text = hexadecimal(color)
    return Rgba(int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16))


def _looks() -> Iterator[Stroke]:
    for level in range(len(_WIDTHS)):
        for role in _SIGNS:
            yield _look(role, level)


def _look(role: str, level: int) -> Stroke:
    dash = _DASH if role == _NEGATIVE else ()
    return Stroke(paint=f"{role}.{level}", width=_WIDTHS[level], dash=dash)
