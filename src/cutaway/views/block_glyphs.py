"""Glyphs of the `blocks` view: a labelled box for a layer, a slim one for a helper, a small circle for a merge."""

from collections.abc import Mapping

from cutaway.graph import Kind, Node, Output, Tensor
from cutaway.record import Record, field, replace
from cutaway.ruler import width
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.parts.box import Glyph, TextLine, box_glyph, mark_glyph, measured, numbered, sign_glyph
from cutaway.views.parts.lines import HELPERS
from cutaway.views.parts.wrap import broken, joined, listed
from cutaway.views.spelling import is_row_of_integers, tensor_text

if TYPE_CHECKING:
    from cutaway.analysis.fold import Block
    from cutaway.views.block_names import BlockWords
    from cutaway.views.readings import Phrases, Said

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

GlyphKey = tuple[str, "Phrases | None", tuple["Said", ...], str]
"""Title, details (None in slim boxes), facts asked for, role of the colour."""

_SLACK = 1.3
"""A word of a title may make a box so many times as wide as it should be at most."""
_WIDER = 1.45
"""Up to so many times the width of the title, what is merged into a layer stands behind its own facts, else below."""
_IN_FULL = frozenset({"io_shapes", "io_dtypes", "trained"})


class Label(Record, kw_only=False, many=True):
    """What a box says: its title, what is told `below` it, what is `merged` into the layer, and the facts asked for.

    One that `is_slim` has no title that stands out.
    """

    title: str
    role: str
    below: "Phrases" = ()
    merged: "Phrases" = ()
    asked: "tuple[Said, ...]" = ()
    is_slim: bool = False


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
        label = self.label(node, inputs, number)
        return self._boxed(label, number) if isinstance(label, Label) else label

    def label(self, node: Node, inputs: int, number: str = "") -> Label | Glyph:
        """Return what the box of a node says, or the circle that it is, with its number."""
        if node.id in self.labels or ("classes" in self.show and node.id not in self.borders):
            return self._labelled(node)
        if node.kind is Kind.INPUT:
            tensor = node.outputs[0].tensor if node.outputs else Tensor()
            return self._terminal(self.names.get(node.id, node.name), tensor, "input")
        if node.id in self.borders:
            return Label(title=self.borders[node.id], role=Kind.RESHAPE, asked=self._in_full(node), is_slim=True)
        from cutaway.views.wording import describe

        wording = describe(node, activations="activations" in self.show)
        title, details = wording.title, wording.details
        if node.id in self.shared and node.weights != ():
            details = (*details, self.shared[node.id])
        asked = self._asked(node)
        if node.id in self.marks and not asked:
            from cutaway.views.simplified_words import mark_sign

            return mark_glyph(mark_sign(node), node.kind, number, self.theme)
        if node.id in self.merged:
            from cutaway.views.simplified_words import phrases

            merged = phrases(node, self.merged[node.id], activations="activations" in self.show)
            return Label(title=title, role=node.kind, below=details, merged=merged, asked=asked)
        sign = SIGNS.get(node.operation)
        single = len(node.outputs) < 2  # a circle has room for one lane; a custom class of that name may give more
        if sign and single and inputs > 1 and not asked and not details:
            return sign_glyph(sign[0], number, self.theme)
        if node.kind in HELPERS:
            return Label(title=" ".join((title, *details)), role=node.kind, asked=asked, is_slim=True)
        return Label(title=title, role=node.kind, below=details, asked=asked)

    def _boxed(self, label: Label, number: str) -> Glyph:
        """Return the box that says this: what is behind the main one of merged layers stands last."""
        if label.is_slim:
            return self._slim(label.title, label.asked, label.role, number)
        if not label.merged:
            return self._box(label.title, label.below, label.asked, label.role, number)
        sizes, face = self.theme.sizes, self.theme.face
        together = (*label.below, *label.merged)
        room = min(self.limit, _WIDER * width(label.title, sizes.operation, face, 700))
        if len(joined(together, sizes.detail, face, room)) > 1:
            return self._box(label.title, label.below, (label.merged, *label.asked), label.role, number)
        return self._box(label.title, together, label.asked, label.role, number)

    def _labelled(self, node: Node, role: str = "") -> Label:
        """Return what the box of a node says where that is what the caller wants, or its class; a title comes first."""
        is_told = node.id in self.labels
        if is_told:
            title, *details = [line.strip() for line in self.labels[node.id].splitlines()] or [""]
            told: tuple[Said, ...] = tuple([(line,) for line in details if line])
        else:
            from cutaway.views.in_full import classed

            title, told = classed(node, self.show, self._sharing(node))
        kind, said = node.kind, (*told, *self._asked(node, is_named=is_told and not role))
        return Label(title, role or kind, (), (), said, kind in HELPERS)

    def closed(self, node: Node, members: int, number: str = "") -> Glyph:
        """Return the glyph of a nested model that is drawn closed; `members` are the calls inside."""
        if node.id in self.labels or "classes" in self.show:
            return self._boxed(self._labelled(node, "nested"), number)
        kind = "" if node.op in {"Functional", "Sequential", "Model"} else node.op
        count = f"{members} layers" if members != 1 else "1 layer"
        details = (*((kind,) if kind else ()), count, *self._sharing(node))
        return self._box(node.name, details, self._asked(node, is_named=False), "nested", number)

    def block(self, node: Node, block: "Block", number: str = "") -> Glyph:
        """Return the glyph of a folded block: a stack with a count where it stands for several."""
        from cutaway.views.parts.stack import stacked

        words = self.blocks[block.id]
        if node.id in self.labels:
            glyph = self._boxed(self._labelled(replace(node, name=""), words.role), number)
        else:
            lines = (*words.lines, *self._sharing(node))
            said = (*[(line,) for line in lines], *self._asked(node, is_named=False))
            glyph = self._box(words.title, (), said, words.role, number)
        return stacked(glyph, words.count, self.theme) if words.count else glyph

    def _terminal(self, name: str, tensor: Tensor, role: str) -> Label:
        """Return what the mark of an input or output of the whole model says: its name and type."""
        shape, dtype = "shapes" in self.show, "dtypes" in self.show
        detail = tensor_text(tensor, shape=shape, dtype=dtype)
        if shape and not dtype and role == "input" and is_row_of_integers(tensor):
            detail = f"{detail} integers"
        return Label(title=name, role=role, asked=((detail,),) if detail else ())

    def output(self, key: str, output: Output, tensor: Tensor) -> Glyph:
        """Return the mark of one of the whole model's outputs, that of its `key`."""
        return self._boxed(self._terminal(self.names.get(key, output.name), tensor, "output"), "")

    def _sharing(self, node: Node) -> "Phrases":
        return (self.shared[node.id],) if node.id in self.shared else ()

    def _asked(self, node: Node, *, is_named: bool = True) -> "tuple[Said, ...]":
        """Return the facts asked for beyond what a box always says, a line each; the name is one if it is to be."""
        lines: list[Said] = []
        if is_named and "names" in self.show and node.name:
            lines.append((node.name,))
        if "trainable" in self.show and node.trainable is False:
            lines.append(("frozen",))
        return (*lines, *self._in_full(node), *self.lines.get(node.id, ()))

    def _in_full(self, node: Node) -> "tuple[Said, ...]":
        if self.show.isdisjoint(_IN_FULL):
            return ()
        from cutaway.views.in_full import full_lines

        return tuple(full_lines(node, self.show))

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
            setting = listed if each.is_list else joined
            for text in setting(each.phrases, size, face, room):
                lines.append(TextLine(text=text, size=size, head=head))
                head = ""
        return lines
