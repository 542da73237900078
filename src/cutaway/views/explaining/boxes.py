"""The boxes of an explanation: as the figure would draw them, with letters for numbers that differ.

One text stands for several that differ in numbers: these become letters, one for each list of values.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import count, zip_longest
from math import inf
from types import MappingProxyType

from cutaway.geometry import Size
from cutaway.graph import Node
from cutaway.record import replace
from cutaway.ruler import width
from cutaway.theme import Theme
from cutaway.views.block_glyphs import GlyphMaker, Label
from cutaway.views.explaining.plan import Plan
from cutaway.views.parts.box import Glyph, TextLine, box_glyph
from cutaway.views.parts.wrap import broken, joined

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

Texts = Sequence[str | None]
"""What each of several likes says; None for one that says nothing."""
_NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_BY = "×"
_SIZES, _OTHERS = "kmn", "abcdefghijlopqrstuvwxyz"
"""Letters for the sizes of kernels, as papers have them, and for all else."""
_OR = " or "
_AIR = 4.0
"""Points beside the words at the beginning of a line, in all."""
_LINE = 1.6
"""In em: the height of these words, with what hangs below the line and the air around it."""
_STUB = 2.0
"""Points across the flow: where a line begins or ends that leads out of the drawing."""


class Letters:
    """The letters of one drawing: `values` are what each stands for in the likes that it is drawn for, in their order.

    `partial` are the texts that only some of the likes say, with the places of these. A letter that is used `before`,
    in other drawings of the figure, stands for the same values here.
    """

    def __init__(self, before: Mapping[str, tuple[str, ...]] = _NONE) -> None:
        self._before = before
        self.values: dict[str, list[str | None]] = {}
        self.partial: dict[str, tuple[int, ...]] = {}

    def text(self, texts: Texts) -> str | None:
        """Return the one text for several; None where they differ in more than numbers."""
        said = [text for text in texts if text is not None]
        if len(set(said)) == 1:
            return said[0]
        skeletons = [_NUMBER.split(text) for text in said]
        if any(skeleton != skeletons[0] for skeleton in skeletons):
            return None
        numbers = [None if text is None else _NUMBER.findall(text) for text in texts]
        told = [
            self._number(
                [None if each is None else each[place] for each in numbers],
                is_size=skeletons[0][place].endswith(_BY) or skeletons[0][place + 1].startswith(_BY),
            )
            for place in range(len(skeletons[0]) - 1)
        ]
        return "".join(a + b for a, b in zip_longest(skeletons[0], told, fillvalue=""))

    def phrases(self, texts: Sequence[Sequence[str] | None]) -> tuple[str, ...]:
        """Return one list of phrases for several; what some of them leave out stands in parentheses."""
        keyed = [None if given is None else _by_form(given) for given in texts]
        present = [given for given in keyed if given is not None]
        forms = dict.fromkeys([form for given in sorted(present, key=len, reverse=True) for form in given])
        found = []
        for form in forms:
            same = [None if given is None else given.get(form) for given in keyed]
            text = self.text(same) or ""
            if sum(form in given for given in present) < len(present):
                self.partial[text] = tuple([place for place, each in enumerate(same) if each is not None])
                text = f"({text})"
            found.append(text)
        return tuple(found)

    def multiple(self, letter: str, others: Sequence[str]) -> str | None:
        """Return the values of a letter as a multiple or a part of one of some others, `6a` or `a/4`, if they are."""
        mine = self.values[letter]
        for other in others:
            pairs = list(zip(mine, self.values[other], strict=True))
            if any((own is None) != (value is None) or not (own or "1").isdigit() for own, value in pairs):
                continue
            numbers = [(int(own), int(value)) for own, value in pairs if own and value and value.isdigit()]
            if len(numbers) < sum(own is not None for own in mine) or not all(a and b for a, b in numbers):
                continue
            times, parts = {a / b for a, b in numbers}, {b / a for a, b in numbers}
            for ratios, text in ((times, "{}{}"), (parts, "{1}/{0}")):
                if len(ratios) == 1 and (ratio := ratios.pop()).is_integer():
                    return text.format(int(ratio), other)
        return None

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """Return the different values that each letter stands for."""
        return {letter: _different(values) for letter, values in self.values.items()}

    def _number(self, values: list[str | None], *, is_size: bool) -> str:
        """Return the number that all say, or the letter that stands for these values wherever there are any."""
        told = _different(values)
        if len(told) == 1:
            return told[0]
        for letter, known in self.values.items():
            if all(value is None or value == known[place] for place, value in enumerate(values)):
                return letter
        free = (letter * times for times in count(1) for letter in (_SIZES if is_size else _OTHERS))
        letter = next(each for each in free if each not in self.values and self._before.get(each, told) == told)
        self.values[letter] = values
        return letter


def _different(values: Texts) -> tuple[str, ...]:
    return tuple(dict.fromkeys([value for value in values if value is not None]))


def _by_form(phrases: Sequence[str]) -> dict[tuple[tuple[str, ...], int], str]:
    """Return phrases by what they say besides numbers, and which of those that say the same they are."""
    seen: dict[tuple[str, ...], int] = {}
    found = {}
    for phrase in phrases:
        form = tuple(_NUMBER.split(phrase))
        place = seen.get(form, 0)
        found[form, place] = phrase
        seen[form] = place + 1
    return found


def boxes(plan: Plan, maker: GlyphMaker, letters: Letters) -> dict[str, Glyph]:
    """Return the glyph of each node of a plan; `maker` makes those of the figure."""
    theme, plain = maker.theme, _plain(maker)
    fed = Counter([edge.target for edge in plan.graph.edges])
    found = dict[str, Glyph]()
    for place, name in enumerate(plan.names):
        nodes = [member.nodes[place] for member in plan.members]
        if name in plan.closed:
            blocks = [plain.block(node, plan.inner[node.id].block) if node else None for node in nodes]
            likes: list[Label | Glyph | None] = [glyph and _label(glyph) for glyph in blocks]
        else:
            likes = [plain.label(node, fed[name]) if node else None for node in nodes]
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
    told = [plain.label(node, 1) if node else None for node in likes]
    head, said = _shared([_label(each) if isinstance(each, Glyph) else each for each in told], letters)
    return " ".join([head, ", ".join(said)]).strip()


def plain_boxes(nodes: Sequence[Node], maker: GlyphMaker) -> list[Glyph]:
    """Return the boxes of some layers, in one line each."""
    plain = _plain(maker)
    return [plain.node(node, len(node.inputs)) for node in nodes]


def title(glyph: Glyph) -> str:
    """Return the bold words of a box."""
    return " ".join([line.text for line in glyph.lines if line.weight == 700])


def phrases(glyph: Glyph) -> list[str]:
    """Return what a box says below its title; in one without a title, all is one phrase."""
    lines = [line.text for line in glyph.lines if line.weight != 700]
    return [phrase for line in lines for phrase in line.split(", ")] if title(glyph) else [" ".join(lines)]


def _label(glyph: Glyph) -> Label:
    """Return what a glyph says."""
    return Label(title=title(glyph), role=glyph.role, below=tuple(phrases(glyph)))


def _told(label: Label) -> Sequence[str]:
    """Return the phrases of a label: all of one that has no title is one phrase."""
    if label.is_slim:
        return (label.title,)
    told = ", ".join((*label.below, *label.merged))
    if not label.title:
        return (told,)
    return told.split(", ") if told else ()


def _shared(likes: Sequence[Label | None], letters: Letters) -> tuple[str, tuple[str, ...]]:
    """Return one title and one list of phrases for several; titles that differ in more than numbers are all told."""
    titles = [None if each is None else "" if each.is_slim else each.title for each in likes]
    head = letters.text(titles) or _OR.join(dict.fromkeys([each for each in titles if each]))
    return head, letters.phrases([None if each is None else _told(each) for each in likes])


def _plain(maker: GlyphMaker) -> GlyphMaker:
    """Return a maker of boxes that say what their layers are and no more, each in one line."""
    show = maker.show & {"activations"}
    return replace(maker, limit=inf, show=show, names={}, lines={}, labels={}, borders={}, made={})


def _common(likes: Sequence[Label | Glyph | None], letters: Letters, theme: Theme, limit: float) -> Glyph:
    """Return one glyph for several that differ in numbers, no line wider than a limit."""
    told = [each if isinstance(each, Label) else None for each in likes]
    boxed = next(filter(None, told), None)
    if boxed is None:
        return next(each for each in likes if isinstance(each, Glyph))
    head, said = _shared(told, letters)
    sizes, face = theme.sizes, theme.face
    lines = [
        TextLine(text=text, size=sizes.operation, weight=700, role="ink")
        for text in (broken(head, sizes.operation, face, limit, 700) if head else ())
    ]
    lines += [TextLine(text=text, size=sizes.detail) for text in joined(said, sizes.detail, face, limit)]
    return box_glyph(tuple(lines), boxed.role, theme, slim=not head)
