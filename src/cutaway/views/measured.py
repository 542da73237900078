"""The numbers of a figure, worked out only where an option asks for them."""

from collections.abc import Iterator, Mapping
from math import sqrt

from cutaway.analysis.measures import MEASURES, Amount, Measures
from cutaway.analysis.reduction import Reduction
from cutaway.analysis.rules import Given
from cutaway.analysis.traverse import index
from cutaway.graph import Graph, Kind, Node
from cutaway.record import Record, replace
from cutaway.theme import Theme
from cutaway.views.inside import Inside, Store, insides
from cutaway.views.naming import border_names
from cutaway.views.parts.heat import NONE, UNKNOWN, step_role
from cutaway.views.quantities import amount_text, is_absent, is_summed, measure_words, number_text, total_text
from cutaway.views.readings import Readings, Said, ScaleKey
from cutaway.views.scale import Scale, scale_of
from cutaway.views.weight_words import weight_lines

_GROWING = frozenset({"receptive_field", "stride", "effective_stride"})
"""Lengths that most layers pass on as they are, so that they stand where they change."""
_VALUES = "Values of weights: least to largest, mean ± standard deviation."
_NO_VALUES = "What the weights hold is not known: the source of the model has no values."


class Asked(Record):
    """What the options of a view ask of the numbers, and what only the caller knows: rules and values of weights."""

    show: frozenset[str]
    color_by: str | None
    size_by: str | None
    across: str
    rules: Given | None
    store: Store | None


def readings(graph: Graph, reduction: Reduction, asked: Asked, theme: Theme) -> Readings:
    """Measure what is left of a graph to draw, as far as it is asked for; a box has the sum of all that it is."""
    return _Reading(graph, reduction, asked).result(theme)


class _Reading:
    """One graph, while it is measured; a closed scope has the id of the scope, and all that is in it."""

    def __init__(self, graph: Graph, reduction: Reduction, asked: Asked) -> None:
        drawn = reduction.graph
        borders = border_names(drawn)
        self.known = index(graph)
        self.reduction = reduction
        self.asked = asked
        self.nodes = [node for node in drawn.nodes if node.kind is not Kind.INPUT and node.id not in borders]
        self.sources: dict[str, list[str]] = {}
        for edge in drawn.edges:
            self.sources.setdefault(edge.target, []).append(edge.source)
        measures = Measures(graph, asked.rules)
        self.asked_for = [name for name in MEASURES if name in asked.show | {asked.color_by, asked.size_by}]
        self.measured = {name: measures[name] for name in (*self.asked_for, "non_trainable")}
        self.insides = self._insides() if asked.show & {"weights", "statistics", "initializers"} else {}

    def result(self, theme: Theme) -> Readings:
        """Return all that is asked for."""
        asked = self.asked
        amounts = {name: {node.id: self._amount(name, node.id) for node in self.nodes} for name in self.asked_for}
        roles, scale = self._colours(asked.color_by, amounts, theme)
        totals = [total_text(name, self.measured[name].total()) for name in self.asked_for if is_summed(name)]
        return Readings(
            lines={node.id: tuple(self._lines(node, amounts)) for node in self.nodes},
            titles={node.id: title for node in self.nodes if (title := _title(node, amounts))},
            totals=tuple(totals),
            notes=tuple(self._notes(amounts)),
            sized=self._sized(amounts),
            roles=roles,
            scale=scale,
            lengths=_lengths(amounts[asked.size_by]) if asked.size_by else {},
        )

    def _amount(self, name: str, node: str) -> Amount:
        """Return what is measured of a drawn node."""
        found = self.measured[name]
        members = self.reduction.members(node)
        if members == (node,):
            return found[node]
        scopes = self.known.scopes
        return found.total([each for one in members for each in (self.known.inside(one) if one in scopes else (one,))])

    def _insides(self) -> Mapping[str, Inside]:
        """Return what is inside the layers that are drawn, each for itself or merged into another."""
        parts = {each for node in self.nodes for each in self._parts(node)}
        graph = self.known.graph
        return insides(
            replace(graph, nodes=tuple([node for node in graph.nodes if node.id in parts])), self.asked.store
        )

    def _parts(self, node: Node) -> tuple[str, ...]:
        """Return the layers that a box is, where these are drawn and not folded or closed."""
        return () if node.id in self.reduction.blocks else self.reduction.members(node.id)

    def _lines(self, node: Node, amounts: Mapping[str, Mapping[str, Amount]]) -> Iterator[Said]:
        for name, found in amounts.items():
            amount = found[node.id]
            if name == "trainable" and name != self.asked.size_by and self._is_plain(node):
                continue
            if name in _GROWING and name != self.asked.size_by and self._is_passed_on(node, name, amount):
                continue
            if (name in self.asked.show or name == self.asked.size_by) and not is_absent(amount):
                yield (amount_text(name, amount),)
        for each in self._parts(node):
            if each in self.insides:
                yield from weight_lines(self.insides[each], self.asked.show)

    def _is_passed_on(self, node: Node, name: str, amount: Amount) -> bool:
        """Tell whether a length is what it is at the nodes before, so that it says nothing new."""
        if name == "stride":
            return amount.value == 1
        before = [self._amount(name, source).value or 0 for source in self.sources.get(node.id, ())]
        return bool(before) and amount.value == max(before)

    def _is_plain(self, node: Node) -> bool:
        """Tell whether all weights of a node are trained, or none is because it is frozen, which its box says."""
        frozen = self._amount("non_trainable", node.id)
        return node.trainable is False or (frozen.exact and frozen.value == 0)

    def _colours(
        self, name: str | None, amounts: Mapping[str, Mapping[str, Amount]], theme: Theme
    ) -> tuple[dict[str, str], ScaleKey | None]:
        if name is None:
            return {}, None
        found = amounts[name]
        scale = scale_of([amount.value for amount in found.values() if amount.value is not None], len(theme.heat))
        roles = {node: _role(amount, scale, theme) for node, amount in found.items()}
        words = f"Colour: {measure_words(name)}"
        beside = {NONE: "none", UNKNOWN: "not known"}
        if scale is None:
            return roles, ScaleKey(title=words, words=beside)
        return roles, ScaleKey(
            title=f"{words}; logarithmic scale" if scale.logarithmic else words,
            cells=tuple([step_role(step, scale.steps, theme) for step in range(scale.steps)]),
            ticks=tuple([number_text(name, bound) for bound in scale.bounds]),
            words=beside,
        )

    def _notes(self, amounts: Mapping[str, Mapping[str, Amount]]) -> Iterator[str]:
        asked = self.asked
        if sized := self._sized(amounts):
            yield sized
        if any(amount.axes for name in (_GROWING - {"stride"}) & asked.show for amount in amounts[name].values()):
            yield "Receptive fields and effective strides stand where they change, in steps of the input."
        yield from self._block_notes()
        if any(
            amount.value and not amount.exact for name in asked.show & set(amounts) for amount in amounts[name].values()
        ):
            yield "≥ is a number of which not all is known: at least so many."
        if "initializers" in asked.show:
            yield "From: how a weight starts."
        stored = [inside.weights for inside in self.insides.values() if inside.weights != ()]
        if "statistics" in asked.show and stored:
            yield _VALUES if any(held.values for weights in stored for held in weights or ()) else _NO_VALUES

    def _sized(self, amounts: Mapping[str, Mapping[str, Amount]]) -> str:
        """Say by what boxes grow, if by anything."""
        asked = self.asked
        if asked.size_by is None:
            return ""
        most = max([amount.value or 0 for amount in amounts[asked.size_by].values()], default=0)
        if not most:
            return ""
        name, most_text = measure_words(asked.size_by), number_text(asked.size_by, most)
        return f"{asked.across} of a box grows with the square root of its {name}; the largest is {most_text}."

    def _block_notes(self) -> Iterator[str]:
        """Say of how many of its blocks a box, or what lies in a region, has the numbers."""
        several = {block.is_open for block in self.reduction.blocks.values() if block.count > 1}
        if self.asked_for and False in several:
            yield "Numbers in a box × n are those of all n blocks together."
        if self.asked_for and True in several:
            yield "Numbers in a region × n are those of one of the n blocks."


def _title(node: Node, amounts: Mapping[str, Mapping[str, Amount]]) -> str:
    """Write all amounts of a node, those of 0 too, but no length where there is no axis for it."""
    found = [(name, each[node.id]) for name, each in amounts.items()]
    return ", ".join(
        [amount_text(name, amount) for name, amount in found if amount.value is not None or not amount.exact]
    )


def _role(amount: Amount, scale: Scale | None, theme: Theme) -> str:
    if is_absent(amount):
        return NONE
    if not amount.value or scale is None:
        return UNKNOWN
    return step_role(scale.step(amount.value), scale.steps, theme)


def _lengths(amounts: Mapping[str, Amount]) -> dict[str, float]:
    """Return the square root of each amount's share in the largest; 0 for what is not known."""
    most = max((amount.value or 0 for amount in amounts.values()), default=0)
    return {node: sqrt((amount.value or 0) / most) if most else 0.0 for node, amount in amounts.items()}
