"""What the volumes of a stage are called: labels, closed models, and folded blocks with what their boxes would say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.block_names import enumerated, in_full
from cutaway.views.parts.box import STRONG, TextLine
from cutaway.views.parts.cuboid import Cuboid
from cutaway.views.parts.wrap import joined
from cutaway.views.volumes.kernels import sliding, windows_below

if TYPE_CHECKING:
    from cutaway.views.block_names import BlockWords
    from cutaway.views.preparing import Prepared

_NAME, _WINDOW = 9.5, 7.0
"""In em: how wide a name may be, and what is said of kernels, if their volumes are not wider."""
_LEADS, _CHANNELS, _ORDINARY = "→", " channels", "identity"
"""What captions say otherwise, or explanations do of all blocks of which nothing else is said."""


class Called:
    """Names stages; `told` are the phrases about blocks that are said so far."""

    def __init__(self, prepared: "Prepared", theme: Theme) -> None:
        self.told: set[str] = set()
        self._prepared, self._theme = prepared, theme
        self._styles = prepared.styling.styles if prepared.styling else {}
        blocks: dict[str, list[list[str]]] = {}
        for node in prepared.reduction.graph.nodes:
            if node.id in prepared.words:
                words = prepared.words[node.id]
                blocks.setdefault(words.title, []).append(said_below(words))
        self._windows = windows_below(prepared)
        self._usual = {title: _common(said) if prepared.explaining else [] for title, said in blocks.items()}

    def lines(self, stage: Sequence[str], wide: float, cuboids: Mapping[str, Cuboid]) -> Iterator[TextLine]:
        """Yield the names of a stage, given in the order of the flow, whose volumes are so `wide`."""
        size = self._theme.sizes.label
        slid = [self._windows[node] for node in stage if node in self._windows and not self.label(node)]
        texts = [(phrases, _WINDOW) for phrases in sliding(slid)]
        texts += [(phrases, _NAME) for phrases in self._texts(stage, cuboids)]
        for phrases, least in texts:
            for line in joined(phrases, size, self._theme.face, max(wide, least * size)):
                yield TextLine(text=line, size=size)

    def label(self, node: str) -> str:
        """Return what a style calls a node; empty where none does."""
        style = self._styles.get(node)
        return (style.label or "") if style is not None else ""

    def _texts(self, stage: Sequence[str], cuboids: Mapping[str, Cuboid]) -> Iterator[list[str]]:
        """Yield what is said of a stage, each as phrases."""
        words = self._prepared.words
        found: dict[str, list[list[str]]] = {}
        for node in stage:
            if label := self.label(node):
                found.setdefault(label, [])
            elif node in words:
                found.setdefault(words[node].title, []).append(self._unusual(words[node]))
            elif cuboids[node].role.removesuffix(STRONG) == "nested":
                found.setdefault(cuboids[node].lines[0].text, [])
        for name, said in found.items():
            self.told.update(phrase for each in said for phrase in each)
            yield from _texts(name, [[in_full(phrase) for phrase in each] for each in said])

    def _unusual(self, words: "BlockWords") -> list[str]:
        """Return what is said of a block, without what holds of all in the figure that are called like it."""
        return [phrase for phrase in said_below(words) if phrase not in self._usual[words.title]]


def _texts(name: str, said: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Yield a name with what is said of all that have it, then what is said of some."""
    common = _common(said)
    yield [name, *common]
    own = [[phrase for phrase in each if phrase not in common] for each in said]
    having = [place for place, phrases in enumerate(own) if phrases]
    if len(having) == 1:
        where = {0: "first", len(own) - 1: "last"}.get(having[0], "one")
        first, *others = own[having[0]]
        yield [f"{where}: {first}", *others]
    elif len(having) == len(own) and all(len(phrases) == 1 for phrases in own):
        yield enumerated([phrase for phrases in own for phrase in phrases]).split(", ")
    elif having:
        yield [" + ".join(phrases) or "–" for phrases in own]


def said_below(words: "BlockWords") -> list[str]:
    """Return what the box of a block says below its title, but for channels and what is ordinary."""
    found = [phrase for line in words.lines for phrase in line.split(", ")]
    told = [phrase for phrase in found if _LEADS not in phrase and not phrase.endswith(_CHANNELS)]
    return [phrase for phrase in told if phrase != _ORDINARY]


def _common(said: Iterable[Sequence[str]]) -> list[str]:
    """Return the phrases that are said of all."""
    first, *others = said or [()]
    return [phrase for phrase in first if all(phrase in each for each in others)]
