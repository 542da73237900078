"""What a caller chooses about nodes of a figure: emphasis, visibility, colours, words and regions."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from cutaway.analysis.accounts import Accounts
from cutaway.analysis.hide import hide
from cutaway.analysis.reduction import Reducer, Reduction, without_stages
from cutaway.analysis.regions import surround
from cutaway.analysis.select import select, selector
from cutaway.errors import warn
from cutaway.graph import Graph, Node
from cutaway.record import Record, field, replace
from cutaway.style import Colors, Style, over, style, style_role
from cutaway.typed import Any
from cutaway.views.holding import Holding

_NOTHING = Style()
_TOLD = 3
"""Nodes that cannot be hidden and are warned of one by one, and blocks that a sentence names."""


class Choices(Record):
    """The options of a view that select nodes, as they were given."""

    highlight: Any = ()
    mute: Any = ()
    hide: Any = ()
    style: Mapping[Any, Any] = MappingProxyType({})
    captions: Mapping[str, Any] = MappingProxyType({})
    notes: Mapping[Any, str] = MappingProxyType({})


class Styling(Record):
    """What is left to draw, and how: `styles` by the ids of nodes, what lies in further `regions`, words of the legend.

    `colors` name what has colours of its own, by fill, stroke and pattern.
    """

    reduction: Reduction
    styles: Mapping[str, Style]
    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    colors: Mapping[Colors, str] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()

    def texts(self, name: str) -> dict[str, str]:
        """Return the text that styles have under that name, by the ids of the drawn nodes that have one."""
        return {node: text for node, text in self.values(name).items() if text}

    def values(self, name: str) -> dict[str, Any]:
        """Return the property of styles that is called `name`, whatever it holds, by the ids of drawn nodes."""
        drawn = [node.id for node in self.reduction.graph.nodes if node.id in self.styles]
        return {node: value for node in drawn if (value := getattr(self.styles[node], name)) is not None}

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
        stages = self.reduction.stages
        mine = {
            region: tuple([each for item in members for each in stages.get(item, (item,))])
            for region, members in self.regions.items()
        }
        return {"regions": {**stages, **mine}, "notes": self.texts("note"), "pale": self._pale()}

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
    """Apply choices about the nodes of `graph` to what is drawn of it after `reducing` it; hidden nodes go before that.

    A box that stands for several nodes is highlighted, or has a note, where any of them is chosen for that; for all
    else, all must be, or the one into which the others are merged.
    """
    return _Choosing(graph, reducing, choices).result()


class _Told(Record):
    """A style for what is `given` to an option."""

    given: object
    style: Style
    option: str


class _Ask(Record):
    """A style for the nodes that are `chosen`; `words` are what a caller's own style calls them."""

    chosen: frozenset[str]
    style: Style
    words: str = ""


class _Choosing:
    """A graph while choices about it are applied."""

    def __init__(self, graph: Graph, reducing: Reducer, choices: Choices) -> None:
        self.graph = graph
        self.choices = choices
        self.colors: dict[Colors, str] = {}
        self.blocks: Mapping[str, tuple[str, ...]] = {}
        told = list(self._told())
        asks: dict[int, _Ask] = {place: self._ask(each) for place, each in enumerate(told) if each.style.visibility}
        self.reduction, self.hidden = self._reduced(reducing, list(asks.values()))
        self.held = Holding(graph, self.reduction, [node.id for node in self.hidden])
        self.blocks = self.held.blocks
        asks |= {place: self._ask(each) for place, each in enumerate(told) if place not in asks}
        self.asks = [asks[place] for place in range(len(told))]
        self.styles: dict[str, Style] = {}

    def result(self) -> Styling:
        """Return what is left to draw, and how."""
        for ask in self.asks:
            self._apply(ask)
        self._recede()
        captioned = {
            caption: self.held.regional(caption, self._select(given, "captions"))
            for caption, given in self.choices.captions.items()
        }
        left = without_stages(self.reduction, captioned.values())
        regions = surround(left.graph, captioned)
        return Styling(
            reduction=replace(left, graph=regions.graph),
            styles=self.styles,
            regions=regions.members,
            colors=self.colors,
            sentences=tuple(self._sentences()),
        )

    def _told(self) -> Iterator[_Told]:
        choices = self.choices
        for given, asked in choices.style.items():
            wanted = style(asked)
            if any(wanted.colors):
                self.colors.setdefault(wanted.colors, wanted.legend or _in_words(selector(given).words))
            yield _Told(given=given, style=wanted, option="style")
        for option, wanted in (
            ("mute", Style(emphasis="mute")),
            ("highlight", Style(emphasis="highlight")),
            ("hide", Style(visibility="hidden")),
        ):
            if given := getattr(choices, option):
                yield _Told(given=given, style=wanted, option=option)
        for given, text in choices.notes.items():
            yield _Told(given=given, style=Style(note=text), option="notes")

    def _ask(self, told: _Told) -> _Ask:
        chosen = self._select(told.given, told.option)
        words = "" if told.option != "style" or (meant := selector(told.given)).general else _in_words(meant.words)
        return _Ask(chosen=chosen, style=told.style, words=words)

    def _select(self, given: object, option: str) -> frozenset[str]:
        """Return the nodes that are meant, by the ids of blocks too once these are known."""
        return select(given, self.graph, option, self.blocks)

    def _reduced(self, reducing: Reducer, asks: Sequence[_Ask]) -> tuple[Reduction, tuple[Node, ...]]:
        """Return what is left without the hidden nodes, which are returned too."""
        visibility: dict[str, str] = {}
        for ask in asks:
            visibility |= dict.fromkeys(ask.chosen, ask.style.visibility or "")
        gone = frozenset([node for node, each in visibility.items() if each == "hidden"])
        if not gone:
            return reducing(self.graph), ()
        found = hide(self.graph, gone)
        for node, why in list(found.kept.items())[:_TOLD]:
            warn(f"{node!r} is shown though it was to be hidden: {why}")
        shown = found.collapsed
        last = reducing(shown.graph)
        accounts = Accounts(self.graph)
        accounts.pass_on(shown.stands_for, shown.graph)
        accounts.pass_on(last.stands_for, last.graph)
        return replace(last, stands_for=accounts.of(last.graph)), found.nodes

    def _apply(self, ask: _Ask) -> None:
        for_any = ask.style.emphasis == "highlight" or ask.style.note is not None
        for box in self.held.inside:
            wanted = ask.style
            if not self.held.is_meant(box, ask.chosen):
                if not for_any or not self.held.is_partly_meant(box, ask.chosen):
                    continue
                if wanted.note is not None:
                    wanted = replace(wanted, note=f"{self.held.named(box, ask.chosen)} only: {wanted.note}")
            self.styles[box] = over(wanted, self.styles.get(box, _NOTHING))

    def _recede(self) -> None:
        """Let all that is neither highlighted nor left as usual be muted, where anything is highlighted."""
        if any(each.emphasis == "highlight" for each in self.styles.values()):
            for box in self.held.inside:
                mine = self.styles.get(box, _NOTHING)
                if mine.emphasis is None:
                    self.styles[box] = over(Style(emphasis="mute"), mine)

    def _sentences(self) -> Iterator[str]:
        emphases = {each.emphasis for each in self.styles.values()}
        if "highlight" in emphases:
            verb = "hold what is" if self._is_partly_meant() else "are"
            yield f"Strong outlines {verb} highlighted, pale boxes are the rest."
        elif "mute" in emphases:
            yield "Pale boxes are left in the background."
        for ask in self.asks:
            blocks = list(dict.fromkeys(self.held.partly(ask.chosen))) if ask.words else []
            if blocks:
                more = f" and {len(blocks) - _TOLD} more" if len(blocks) > _TOLD else ""
                yield f"Not styled: what is {ask.words} inside of {', '.join(blocks[:_TOLD])}{more}."
        if self.hidden:
            counts = Counter(node.operation for node in self.hidden)
            yield f"Not shown: {', '.join([f'{count} {op}' for op, count in counts.most_common()])}; lines go through."

    def _is_partly_meant(self) -> bool:
        """Tell whether a highlighted box holds anything that is not chosen."""
        meant = frozenset[str]().union(*(ask.chosen for ask in self.asks if ask.style.emphasis == "highlight"))
        strong = [box for box, each in self.styles.items() if each.emphasis == "highlight"]
        return any(not self.held.inside[box] <= meant for box in strong)


def _in_words(words: str) -> str:
    """Return what a legend calls a selection: "kind:convolution" is plainly a convolution."""
    head, colon, tail = words.partition(":")
    return tail.strip() if colon and head in {"kind", "op", "in", "name"} and " " not in tail else words
