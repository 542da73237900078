"""One explanation: its title, its drawings, and what is to be said about them.

The title is what the explained blocks are called, so that a reader finds their boxes in the figure.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from cutaway.graph import Kind
from cutaway.record import Record
from cutaway.typed import TYPE_CHECKING
from cutaway.views.block_glyphs import SIGNS, GlyphMaker
from cutaway.views.block_names import enumerated, in_full
from cutaway.views.explaining.boxes import Letters, in_words, phrases, plain_boxes, title
from cutaway.views.explaining.drawing import Drawing, Drawings
from cutaway.views.explaining.plan import Plan
from cutaway.views.parts.box import Glyph
from cutaway.views.simplified_words import MARKS

if TYPE_CHECKING:
    from cutaway.views.explaining.told import Words

_VALUES = 6
"""Values of a letter that are told one by one."""
_PATTERN = 3
"""So many values in one ratio to those of another letter are no accident."""
_NAMES = 3
_LEADS = "→"


class Said(Record):
    """What the boxes of explained blocks say in the figure: titles, phrases and counts, block by block.

    `by_member` are the phrases that all blocks of one pattern say, pattern by pattern; empty where there are no boxes.
    `by_caption` are those that captions say, in a figure whose blocks are no boxes with words.
    """

    titles: tuple[str, ...]
    blocks: tuple[tuple[tuple[str, ...], str], ...]
    by_member: tuple[tuple[str, ...], ...]
    by_caption: frozenset[str] | None = None

    def telling(self, phrases: Iterable[str]) -> list[str]:
        """Return the phrases that a reader finds in the figure, as they stand there."""
        if self.by_caption is None:
            return list(phrases)
        return [in_full(each) for each in phrases if each in self.by_caption]

    def where(self, places: Collection[int]) -> str:
        """Say which of the patterns are meant, by what only their blocks say in the figure."""
        if not self.by_member:
            return " in some"
        mine = set.intersection(*(set(self.by_member[place]) for place in places))
        others = {phrase for place, each in enumerate(self.by_member) if place not in places for phrase in each}
        telling = self.telling([phrase for phrase in self.by_member[min(places)] if phrase in mine - others])
        what = "box" if self.by_caption is None else "caption"
        return f" where the {what} says {telling[0]}" if telling else " in some"


def _said(plan: Plan, glyphs: Mapping[str, Glyph], by_caption: frozenset[str] | None) -> Said:
    """Return what the boxes of the blocks of a plan say, by the ids of the blocks."""
    told = [[glyphs[block] for block in member.blocks if block in glyphs] for member in plan.members]
    by_member = []
    for same in told if all(told) else ():
        shared = set.intersection(*(set(phrases(glyph)) for glyph in same))
        by_member.append(tuple([phrase for phrase in phrases(same[0]) if phrase in shared]))
    drawn = [glyph for same in told for glyph in same]
    return Said(
        titles=tuple(dict.fromkeys([title(glyph) for glyph in drawn])) or plan.called,
        blocks=tuple([(tuple(phrases(glyph)), glyph.count) for glyph in drawn]),
        by_member=tuple(by_member),
        by_caption=by_caption,
    )


def _heading(told: Said, letters: Letters) -> str:
    """Return what the blocks are called, and from what to what they lead where their boxes say so."""
    heads = told.titles
    head = ", ".join(heads if len(heads) <= _NAMES else (heads[0], "…", heads[-1]))
    if told.by_caption is not None:
        return head
    leads = [next((phrase for phrase in each if _LEADS in phrase), None) for each in told.by_member]
    return f"{head} {letters.text(leads) or ''}".rstrip() if leads and all(leads) else head


def apart(told: Said, others: Sequence[Said]) -> str:
    """Return what tells blocks from others that are called the same; nothing where their boxes do not tell."""
    foreign = {phrase for other in others for block, _ in other.blocks for phrase in block}
    telling = [told.telling([phrase for phrase in block if phrase not in foreign]) for block, _ in told.blocks]
    own = [next(iter(each), None) for each in telling]
    found = list(dict.fromkeys([phrase for phrase in own if phrase is not None]))
    if None not in own and 0 < len(found) <= _NAMES:
        return enumerated(found)
    counts = list(dict.fromkeys([count for _, count in told.blocks]))
    if len(counts) > _NAMES or any(count in counts for other in others for _, count in other.blocks):
        return ""
    return enumerated([count or "single" for count in counts])


class Explained:
    """What explains folded blocks: a title, drawings, and words.

    `blocks` are the ids of all that it explains, and `count` is how many blocks of the model these are. What holds only
    inputs is a list, which a drawing says no better than words.
    """

    def __init__(
        self,
        plan: Plan,
        maker: GlyphMaker,
        glyphs: Mapping[str, Glyph],
        letters: Letters,
        by_caption: frozenset[str] | None,
    ) -> None:
        self._letters = letters
        self.plan = plan
        self.blocks = plan.blocks
        self.count = sum(member.count for member in plan.members)
        self.said = _said(plan, glyphs, by_caption)
        self.title = _heading(self.said, letters)
        self.drawings = Drawings(plan, maker, letters)
        self.drawings.glyphs()  # letters are given out in the order of the title and then of the flow
        self.is_list = all(node is None or node.kind is Kind.INPUT for node in plan.members[0].nodes)
        self._told = (
            *_on_shortcuts(plan, maker, letters, self.said),
            *_lead_ins(plan, maker, self.said),
        )

    def sentences(self, drawing: "Drawing | Words") -> tuple[str, ...]:
        """Return what is to be said about a drawing, beside the letters in it."""
        shown = " ".join((drawing.words, *self._told))
        partial = [
            f"({text}):{self.said.where(places)}"
            for text, places in self._letters.partial.items()
            if f"({text})" in shown
        ]
        return (*self._told, *partial, *((drawing.left_out,) if drawing.left_out else ()))

    def contents(self) -> str:
        """Say in words what the blocks hold, in the order of the flow."""
        return _contents(self.drawings.glyphs().values())

    def values(self, drawing: "Drawing | Words") -> Iterator[str]:
        """Yield what the letters in a drawing stand for, in the order of the blocks in the figure."""
        shown = " ".join((drawing.words, *self._told, self.title))
        words = frozenset("".join([char if char.isalnum() else " " for char in shown]).split())
        told = [letter for letter in self._letters.values if letter in words]
        for place, letter in enumerate(told):
            kept = list(dict.fromkeys([value for value in self._letters.values[letter] if value is not None]))
            multiple = self._letters.multiple(letter, told[:place]) if len(kept) >= _PATTERN else None
            some = ", ".join(kept if len(kept) <= _VALUES else (*kept[:2], "…", kept[-1]))
            yield f"{letter} = {multiple or some}"


def tell_apart(explained: Sequence[Explained]) -> None:
    """Say more in titles that are equal."""
    by_title: dict[str, list[Explained]] = {}
    for each in explained:
        by_title.setdefault(each.title, []).append(each)
    for same in by_title.values():
        for each in same if len(same) > 1 else ():
            words = apart(each.said, [other.said for other in same if other is not each])
            each.title = f"{each.title}, {words}" if words else each.title


def _contents(glyphs: Iterable[Glyph]) -> str:
    """Say in words what boxes hold: equal ones once, with their number."""
    signs = {sign: word for sign, word in SIGNS.values() if word} | dict(MARKS.values())
    said = Counter([signs.get(glyph.lines[0].text, glyph.lines[0].text) for glyph in glyphs])
    return ", ".join([words if count == 1 else f"{count} × {words}" for words, count in said.items()])


def _lead_ins(plan: Plan, maker: GlyphMaker, said: Said) -> Iterator[str]:
    """Say what leads into some blocks in another way than is drawn, and into which."""
    found: dict[str, list[int]] = {}
    for place, member in enumerate(plan.members):
        for led in member.lead_ins:
            drawn, words = (_contents(plain_boxes(nodes, maker)) for nodes in (led.drawn, led.nodes))
            text = " instead of ".join(filter(None, (words, drawn))) if words else f"no {drawn}"
            if led.is_same:
                text = f"the tensor that enters elsewhere too, {text}"
            origin = plan.origin(led.drawn)
            text = f"{origin}: {text}" if origin else f"{text} in front"
            found.setdefault(text, []).append(place)
    for text, places in found.items():
        yield f"{text}{said.where(places)}"


def _on_shortcuts(plan: Plan, maker: GlyphMaker, letters: Letters, said: Said) -> Iterator[str]:
    """Say what lies on a shortcut, and where."""
    having = [place for place, member in enumerate(plan.members) if member.shortcut]
    if having:
        nodes = zip_longest(*(member.shortcut for member in plan.members))
        words = " → ".join(in_words(likes, maker, letters) for likes in nodes)
        yield f"skip: identity, or {words}{said.where(having)}"
