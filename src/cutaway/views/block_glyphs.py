"""Glyphs of the `blocks` view: a labelled box for a layer, a slim one for a helper, a small circle for a merge."""

from collections.abc import Mapping
from math import ceil, inf
from typing import TYPE_CHECKING, TypeAlias

from cutaway.geometry import Size
from cutaway.graph import Kind, Node, Output, Tensor
from cutaway.layered.problem import Direction
from cutaway.record import Record, field, replace
from cutaway.ruler import width
from cutaway.theme import Theme
from cutaway.views.parts.box import Glyph, TextLine, box_glyph, mark_glyph, measured, numbered, sign_glyph
from cutaway.views.parts.wrap import broken, joined
from cutaway.views.shape_text import is_row_of_integers, tensor_text

if TYPE_CHECKING:
    from cutaway.analysis.fold import Block
    from cutaway.views.block_names import BlockWords
    from cutaway.views.readings import Phrases, Said
    from cutaway.views.wording import Wording

SIGNS: Mapping[str, tuple[str, str]] = {
    "Add": ("+", "add"),
    "Subtract": ("−", "subtract"),
    "Multiply": ("×", "multiply"),
    "Divide": ("÷", "divide"),
    "TrueDivide": ("÷", "divide"),
    "Concatenate": ("‖", "concatenate"),
    "Average": ("avg", ""),
    "Maximum": ("max", ""),
    "Minimum": ("min", ""),
}
"""Merges with a sign, and the word for it in the legend; a sign that is a word needs none."""

GlyphKey: TypeAlias = "tuple[str, Phrases | None, tuple[Said, ...], str]"
"""Title, details (None in slim boxes), facts asked for, role of the colour."""

_FAR = 2.2
"""Boxes are evened out up to this multiple of the median."""
_SLACK = 1.3
"""A word of a title may make a box so many times as wide as it should be at most."""
_WIDTH_STEP = 12.0
"""Points; widths in a row are multiples of this, so that boxes of two rows often align."""
_WIDER = 1.45
"""Up to so many times the width of the title, what is merged into a layer stands behind its own facts, else below."""
_IN_FULL = frozenset({"io_shapes", "io_dtypes", "trained"})
_HELPERS = frozenset({Kind.RESHAPE, Kind.REGULARIZATION})


class GlyphMaker(Record):
    """Turns nodes into glyphs.

    `show` are the facts asked for, `lines` what else boxes say (by node id), `limit` is the widest line in points.
    `names` replace those of inputs (by node id) and outputs (by `node:port`), `shared` are the ids of calls whose
    weights other calls use too.
    `borders` name nodes that are the border of a scope and no layer; `labels` are what a box says by the caller's wish.
    `merged` are the layers that are one box, by its node's id, and `marks` the ids of helpers that are small circles.
    `blocks` are the words of folded blocks, by their ids.
    `made` remembers glyphs by what they say but for numbers: most layers of a deep model say what another says.
    """

    theme: Theme
    show: frozenset[str]
    limit: float
    names: Mapping[str, str] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)
    borders: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    lines: "Mapping[str, tuple[Said, ...]]" = field(default_factory=dict)
    merged: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()
    blocks: "Mapping[str, BlockWords]" = field(default_factory=dict)
    made: dict[GlyphKey, tuple[Glyph, float]] = field(default_factory=dict)

    def node(self, node: Node, inputs: int, number: str = "") -> Glyph:
        """Return the glyph of a layer or operation into which `inputs` edges lead."""
        if node.id in self.labels or ("classes" in self.show and node.id not in self.borders):
            return self._labelled(node, number)
        if node.kind is Kind.INPUT:
            return self.terminal(
                self.names.get(node.id, node.name),
                node.outputs[0].tensor if node.outputs else Tensor(),
                "input",
                number,
            )
        if node.id in self.borders:
            return self._slim(self.borders[node.id], (), Kind.RESHAPE, number)
        from cutaway.views.wording import describe

        wording = describe(node, activations="activations" in self.show)
        if node.id in self.shared and node.weights != ():
            wording = replace(wording, details=(*wording.details, self.shared[node.id]))
        asked = self._asked(node)
        if node.id in self.marks and not asked:
            from cutaway.views.simplified_words import mark_sign

            return mark_glyph(mark_sign(node), node.kind, number, self.theme)
        if node.id in self.merged:
            return self._merged(node, wording, number)
        sign = SIGNS.get(node.operation)
        single = len(node.outputs) < 2  # a circle has room for one lane; a custom class of that name may give more
        if sign and single and inputs > 1 and not asked and not wording.details:
            return sign_glyph(sign[0], number, self.theme)
        if node.kind in _HELPERS:
            return self._slim(" ".join((wording.title, *wording.details)), asked, node.kind, number)
        return self._box(wording.title, wording.details, asked, node.kind, number)

    def _merged(self, node: Node, wording: "Wording", number: str) -> Glyph:
        """Return the box of several layers that are one to a reader: what is behind the main one stands last."""
        from cutaway.views.simplified_words import phrases

        following = phrases(node, self.merged[node.id], activations="activations" in self.show)
        asked, sizes, face = self._asked(node), self.theme.sizes, self.theme.face
        together = (*wording.details, *following)
        room = min(self.limit, _WIDER * width(wording.title, sizes.operation, face, 700))
        if len(joined(together, sizes.detail, face, room)) > 1:
            return self._box(wording.title, wording.details, (following, *asked), node.kind, number)
        return self._box(wording.title, together, asked, node.kind, number)

    def _labelled(self, node: Node, number: str, role: str = "") -> Glyph:
        """Return the box of a node that says what the caller wants, or its class; the first line is the title."""
        if node.id in self.labels:
            title, *details = [line.strip() for line in self.labels[node.id].splitlines()] or [""]
            told: tuple[Said, ...] = tuple([(line,) for line in details if line])
        else:
            from cutaway.views.in_full import classed

            title, told = classed(node, self.show, self._sharing(node))
        said = (*told, *self._asked(node, is_named=not role and node.id in self.labels))
        if node.kind in _HELPERS:
            return self._slim(title, said, node.kind, number)
        return self._box(title, (), said, role or node.kind, number)

    def closed(self, node: Node, members: int, number: str = "") -> Glyph:
        """Return the glyph of a nested model that is drawn closed; `members` are the calls inside."""
        if node.id in self.labels or "classes" in self.show:
            return self._labelled(node, number, "nested")
        kind = "" if node.op in {"Functional", "Sequential", "Model"} else node.op
        count = f"{members} layers" if members != 1 else "1 layer"
        details = (*((kind,) if kind else ()), count, *self._sharing(node))
        return self._box(node.name, details, self._asked(node, is_named=False), "nested", number)

    def block(self, node: Node, block: "Block", number: str = "") -> Glyph:
        """Return the glyph of a folded block: a stack with a count where it stands for several."""
        from cutaway.views.parts.stack import stacked

        words = self.blocks[block.id]
        if node.id in self.labels:
            glyph = self._labelled(replace(node, name=""), number, words.role)
        else:
            lines = (*words.lines, *self._sharing(node))
            said = (*[(line,) for line in lines], *self._asked(node, is_named=False))
            glyph = self._box(words.title, (), said, words.role, number)
        return stacked(glyph, words.count, self.theme) if words.count else glyph

    def terminal(self, name: str, tensor: Tensor, role: str, number: str = "") -> Glyph:
        """Return the mark of an input or output of the whole model: its name and type."""
        shape, dtype = "shapes" in self.show, "dtypes" in self.show
        detail = tensor_text(tensor, shape=shape, dtype=dtype)
        if shape and not dtype and role == "input" and is_row_of_integers(tensor):
            detail = f"{detail} integers"
        return self._box(name, (), ((detail,),) if detail else (), role, number)

    def output(self, key: str, output: Output, tensor: Tensor) -> Glyph:
        """Return the mark of one of the whole model's outputs, that of its `key`."""
        return self.terminal(self.names.get(key, output.name), tensor, "output")

    def _sharing(self, node: Node) -> "Phrases":
        return (self.shared[node.id],) if node.id in self.shared else ()

    def _asked(self, node: Node, *, is_named: bool = True) -> "tuple[Said, ...]":
        """Return the facts asked for beyond what a box always says, a line each; the name is one if it is to be."""
        lines: list[Said] = []
        if is_named and "names" in self.show and node.name:
            lines.append((node.name,))
        if "trainable" in self.show and node.trainable is False:
            lines.append(("frozen",))
        if not self.show.isdisjoint(_IN_FULL):
            from cutaway.views.in_full import full_lines

            lines += full_lines(node, self.show)
        return (*lines, *self.lines.get(node.id, ()))

    def _box(self, title: str, details: "Phrases", asked: "tuple[Said, ...]", role: str, number: str) -> Glyph:
        key = (title, details, asked, role)
        found = self.made.get(key)
        if found is None:
            sizes, face = self.theme.sizes, self.theme.face
            heads = broken(title, sizes.operation, face, self.limit, 700, slack=_SLACK)
            lines = [TextLine(text=text, size=sizes.operation, weight=700, role="ink") for text in heads]
            lines += self._below((details, *asked))
            found = self.made[key] = measured(box_glyph(tuple(lines), role, self.theme), self.theme)
        return numbered(*found, number, self.theme) if number else found[0]

    def _slim(self, text: str, asked: "tuple[Said, ...]", role: str, number: str) -> Glyph:
        key = (text, None, asked, role)
        found = self.made.get(key)
        if found is None:
            glyph = box_glyph(tuple(self._below(((text,), *asked))), role, self.theme, slim=True)
            found = self.made[key] = measured(glyph, self.theme)
        return numbered(*found, number, self.theme) if number else found[0]

    def _below(self, said: "tuple[Said, ...]") -> list[TextLine]:
        """Set what stands in a box below its title; rows become a table, and long names stand above their texts."""
        size, face = self.theme.sizes.detail, self.theme.face
        lines: list[TextLine] = []
        for each in said:
            if isinstance(each, tuple):
                lines += [TextLine(text=text, size=size) for text in joined(each, size, face, self.limit)]
                continue
            head, room = each.head, self.limit - width(each.head, size, face)
            if room < self.limit / 2 and any(width(phrase, size, face) > room for phrase in each.phrases):
                lines += [TextLine(text="", size=size, head=part) for part in broken(head, size, face, self.limit)]
                head, room = "", self.limit / 2
            for text in joined(each.phrases, size, face, room):
                lines.append(TextLine(text=text, size=size, head=head))
                head = ""
        return lines


def evened(
    glyphs: Mapping[str, Glyph], direction: Direction, *, all_alike: bool = False, unit: float = _WIDTH_STEP
) -> dict[str, Glyph]:
    """Give boxes common sizes where that costs little, so that columns have straight edges and rows one height.

    In a column every box is as wide as the widest that is not far beyond the usual, or, if they are to be `all_alike`,
    as the widest; in a row every box but the slim is as high as the highest such, and widths go in steps of a `unit`.
    """
    boxes = [glyph for glyph in glyphs.values() if glyph.form == "box"]
    if not boxes:
        return dict(glyphs)
    if direction in {"down", "up"}:
        breadths = [glyph.size.width - 2 * glyph.margin for glyph in boxes]
        breadth, height = _common(breadths, inf if all_alike else _FAR), 0.0
        return {key: _grown(glyph, breadth, height) for key, glyph in glyphs.items()}
    height = _common([glyph.size.height - 2 * glyph.margin for glyph in boxes if glyph.role not in _HELPERS], _FAR)
    return {
        key: _grown(
            glyph,
            ceil((glyph.size.width - 2 * glyph.margin) / unit) * unit,
            0.0 if glyph.role in _HELPERS else height,
        )
        for key, glyph in glyphs.items()
    }


def _common(lengths: list[float], far: float) -> float:
    """Return the largest length that is not `far` times beyond the usual one; 0 for none."""
    ordered = sorted(lengths)
    return max((length for length in ordered if length <= far * ordered[len(ordered) // 2]), default=0.0)


def _grown(glyph: Glyph, breadth: float, height: float) -> Glyph:
    breadth, height = breadth + 2 * glyph.margin, height + 2 * glyph.margin
    if glyph.form != "box" or (glyph.size.width >= breadth and glyph.size.height >= height):
        return glyph
    return replace(glyph, size=Size(max(glyph.size.width, breadth), max(glyph.size.height, height)))
