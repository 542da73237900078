"""What a caller chooses about nodes of a figure: emphasis, visibility, colours, words and regions."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from cutaway.analysis.accounts import Accounts
from cutaway.analysis.hide import hide
from cutaway.analysis.reduction import Reducer, Reduction
from cutaway.analysis.regions import surround
from cutaway.analysis.select import select, selector
from cutaway.errors import warn
from cutaway.graph import Graph, Node
from cutaway.record import field, record, replace
from cutaway.style import Colors, Style, over, style, style_role

_NOTHING = Style()
_TOLD = 3
"""Nodes that cannot be hidden and are warned of one by one."""


@record
class Choices:
    """The options of a view that select nodes, as they were given."""

    highlight: Any = ()
    mute: Any = ()
    hide: Any = ()
    style: Mapping[Any, Any] = MappingProxyType({})
    captions: Mapping[str, Any] = MappingProxyType({})
    notes: Mapping[Any, str] = MappingProxyType({})

    @property
    def is_empty(self) -> bool:
        """Whether nothing is chosen."""
        return not any((self.highlight, self.mute, self.hide, self.style, self.captions, self.notes))


@record
class Styling:
    """What is left to draw, and how: `styles` by the ids of nodes, what lies in further `regions`, words of the legend.

    `colors` name what has colours of its own, by fill, stroke and pattern.
    """

    reduction: Reduction
    styles: Mapping[str, Style]
    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    colors: Mapping[Colors, str] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()

    def texts(self, name: str) -> dict[str, str]:
        """Return the property of styles that is called `name`, by the ids of the drawn nodes that have it."""
        drawn = [node.id for node in self.reduction.graph.nodes if node.id in self.styles]
        return {node: text for node in drawn if (text := getattr(self.styles[node], name))}

    def shades(self, output_key: Callable[[int], str]) -> dict[str, Style]:
        """Return the styles of drawn nodes, and of the marks of outputs, which recede with what they come from."""
        found = {node.id: self.styles[node.id] for node in self.reduction.graph.nodes if node.id in self.styles}
        for place, output in enumerate(self.reduction.graph.outputs):
            if output.node in found and found[output.node].emphasis == "mute":
                found[output_key(place)] = Style(emphasis="mute")
        return found

    def legend(self) -> Iterator[tuple[str, str]]:
        """Give the roles of colours of their own, in the order in which nodes have them, with words for each."""
        drawn = [self.styles[node.id].colors for node in self.reduction.graph.nodes if node.id in self.styles]
        for place, colors in enumerate(dict.fromkeys([each for each in drawn if any(each)])):
            yield style_role(place), self.colors.get(colors, "")

    def of_composition(self) -> dict[str, Any]:
        """Return what a composition holds of this."""
        return {"regions": self.regions, "notes": self.texts("note"), "pale": self._pale()}

    def _pale(self) -> frozenset[tuple[str, int]]:
        """Return the tensors that flow only between muted nodes."""
        muted = {node for node, each in self.styles.items() if each.emphasis == "mute"}
        graph = self.reduction.graph
        flowing = {(edge.source, edge.source_port) for edge in graph.edges if edge.source in muted}
        flowing |= {(output.node, output.port) for output in graph.outputs if output.node in muted}
        return frozenset(
            flowing - {(edge.source, edge.source_port) for edge in graph.edges if edge.target not in muted}
        )


def styled(graph: Graph, reducing: Reducer, choices: Choices) -> Styling:
    """Apply choices about the nodes of `graph` to what is drawn of it after `reducing` it.

    A closed box is highlighted, or has a note, where anything in it is chosen for that; for all else, all must be.
    """
    return _Choosing(graph, reducing, choices).result()


class _Choosing:
    """A graph while choices about it are applied."""

    def __init__(self, graph: Graph, reducing: Reducer, choices: Choices) -> None:
        self.graph = graph
        self.reducing = reducing
        self.reduction = reduction = reducing(graph)
        self.choices = choices
        known = {node.id for node in graph.nodes}
        self.inside: dict[str, frozenset[str]] = {
            node.id: frozenset([each for each in (node.id, *reduction.stands_for.get(node.id, ())) if each in known])
            for node in reduction.graph.nodes
        }
        self.styles: dict[str, Style] = {}
        self.colors: dict[Colors, str] = {}

    def result(self) -> Styling:
        """Return what is left to draw, and how."""
        choices = self.choices
        for given, asked in choices.style.items():
            self._apply(given, style(asked), "style")
        for option, asked in (
            ("mute", Style(emphasis="mute")),
            ("highlight", Style(emphasis="highlight")),
            ("hide", Style(visibility="hidden")),
        ):
            given = getattr(choices, option)
            if given:
                self._apply(given, asked, option)
        for given, text in choices.notes.items():
            self._apply(given, Style(note=text), "notes")
        self._recede()
        left, hidden = self._hide()
        captioned = {caption: self._of_all(given, "captions") for caption, given in choices.captions.items()}
        shown = {node.id for node in left.graph.nodes}
        regions = surround(left.graph, {caption: ids & shown for caption, ids in captioned.items()})
        return Styling(
            reduction=replace(left, graph=regions.graph),
            styles=self.styles,
            regions=regions.members,
            colors=self.colors,
            sentences=tuple(self._sentences(hidden)),
        )

    def _apply(self, given: object, asked: Style, option: str) -> None:
        chosen = select(given, self.graph, option)
        anything = asked.emphasis == "highlight" or asked.note is not None
        for node, inside in self.inside.items():
            if inside and (inside & chosen if anything else inside <= chosen):
                self.styles[node] = over(asked, self.styles.get(node, _NOTHING))
        if any(asked.colors):
            self.colors.setdefault(asked.colors, asked.legend or _in_words(selector(given).words))

    def _of_all(self, given: object, option: str) -> frozenset[str]:
        """Return the drawn nodes of which everything is chosen."""
        chosen = select(given, self.graph, option)
        return frozenset([node for node, inside in self.inside.items() if inside and inside <= chosen])

    def _recede(self) -> None:
        """Let all that is neither highlighted nor left as usual be muted, where anything is highlighted."""
        if any(each.emphasis == "highlight" for each in self.styles.values()):
            for node in self.inside:
                mine = self.styles.get(node, _NOTHING)
                if mine.emphasis is None:
                    self.styles[node] = over(Style(emphasis="mute"), mine)

    def _hide(self) -> tuple[Reduction, tuple[Node, ...]]:
        """Return what is left without the hidden nodes, which are returned too; they go before anything is closed."""
        chosen = [node for node, each in self.styles.items() if each.visibility == "hidden"]
        if not chosen:
            return self.reduction, ()
        found = hide(self.graph, frozenset[str]().union(*(self.inside[node] for node in chosen)))
        for node, why in list(found.kept.items())[:_TOLD]:
            warn(f"{node!r} is shown though it was to be hidden: {why}")
        shown = found.collapsed
        last = self.reducing(shown.graph)
        accounts = Accounts(self.graph)
        accounts.pass_on(shown.stands_for, shown.graph)
        accounts.pass_on(last.stands_for, last.graph)
        return replace(last, stands_for=accounts.of(last.graph)), found.nodes

    def _sentences(self, hidden: tuple[Node, ...]) -> Iterator[str]:
        emphases = {each.emphasis for each in self.styles.values()}
        if "highlight" in emphases:
            yield "Strong outlines are highlighted, pale boxes are the rest."
        elif "mute" in emphases:
            yield "Pale boxes are left in the background."
        if hidden:
            counts = Counter(node.operation for node in hidden)
            yield f"Not shown: {', '.join([f'{count} {op}' for op, count in counts.most_common()])}; lines go through."


def _in_words(words: str) -> str:
    """Return what a legend calls a selection: "kind:convolution" is plainly a convolution."""
    head, colon, tail = words.partition(":")
    return tail.strip() if colon and head in {"kind", "op", "in", "name"} and " " not in tail else words
