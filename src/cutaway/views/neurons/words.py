"""What is said at a column of neurons: what the layer does at its head, how many neurons it has at its foot."""

from collections.abc import Iterable, Mapping, Sequence

from cutaway.graph import Kind, Node
from cutaway.record import Record
from cutaway.theme import Theme
from cutaway.views.block_glyphs import GlyphMaker
from cutaway.views.neurons.units import is_stepwise
from cutaway.views.parts.box import TextLine
from cutaway.views.parts.wrap import broken, joined
from cutaway.views.spelling import shape_text, tensor_text
from cutaway.views.wording import describe

Lines = tuple[TextLine, ...]
Phrases = tuple[str, ...]

_WORDS: Mapping[Kind, str] = {
    Kind.DENSE: "unit",
    Kind.RECURRENT: "unit",
    Kind.CONVOLUTION: "filter",
    Kind.INPUT: "value",
    Kind.POOLING: "channel",
    Kind.UPSAMPLING: "channel",
}
_LIMIT = 66.0
"""The widest line of the words at a column, in points."""


class ColumnWords(Record):
    """Puts layers into words as the boxes of `maker` say them."""

    maker: GlyphMaker

    def of(self, node: Node, total: int) -> tuple[Lines, Lines]:
        """Return the lines at the head and at the foot of a column of so many neurons."""
        maker, show = self.maker, self.maker.show
        title, heads, feet = self._labelled(node) if node.id in maker.labels else self._told(node, total)
        if "trainable" in show and node.trainable is False:
            feet.append(("frozen",))
        sizes, face = maker.theme.sizes, maker.theme.face
        titles = [
            TextLine(text=text, size=sizes.operation, weight=700, role="ink")
            for text in (broken(title, sizes.operation, face, _LIMIT, 700, slack=1.3) if title else ())
        ]
        return (*titles, *_small(heads, maker.theme)), tuple(_small(feet, maker.theme))

    def _labelled(self, node: Node) -> tuple[str, list[Phrases], list[Phrases]]:
        """Return what the caller says: the first line is the title, the others stand at the foot."""
        title, *details = [line.strip() for line in self.maker.labels[node.id].splitlines()] or [""]
        return title, [], [(detail,) for detail in details if detail]

    def _told(self, node: Node, total: int) -> tuple[str, list[Phrases], list[Phrases]]:
        """Return the title, what else stands at the head, and what stands at the foot."""
        maker, show = self.maker, self.maker.show
        told = describe(node, activations="activations" in show)
        heads: list[Phrases] = []
        details = tuple([detail for detail in told.details if detail not in {str(total), f"{total} filters"}])
        title = told.title
        for number in (total, node.attributes.get("units")):
            title = title.removesuffix(f" {number}")
        if node.kind is Kind.INPUT:
            title, details = maker.names.get(node.id, node.name), ()
        elif "names" in show and node.name:
            heads.append((node.name,))
        feet = [self._count(node, total), (*details, *self._following(node))]
        if node.id in maker.shared:
            feet.append((maker.shared[node.id],))
        return title, heads, feet

    def _following(self, node: Node) -> Phrases:
        """Return words for what is merged into a layer."""
        if node.id not in self.maker.merged:
            return ()
        from cutaway.views.simplified_words import phrases

        return phrases(node, self.maker.merged[node.id], activations="activations" in self.maker.show)

    def _count(self, node: Node, total: int) -> Phrases:
        """Say how many neurons there are, and where they are the same at many positions; inputs say their shapes."""
        show, tensor = self.maker.show, node.outputs[0].tensor if node.outputs else None
        axes = len(tensor.shape) if tensor and tensor.shape else 2
        word = _WORDS.get(node.kind) or {2: "value", 3: "feature"}.get(axes, "channel")
        if "filters" in node.attributes:
            word = "filter"
        said = [f"{total} {word}{'' if total == 1 else 's'}"]
        shape = tensor.shape if tensor else None
        if is_stepwise(node):
            said.append("at each position")
        elif shape is not None and len(shape) > 2 and node.kind is not Kind.DENSE and "shapes" in show:
            said.append(shape_text(shape))
        if tensor and "dtypes" in show and (dtype := tensor_text(tensor, shape=False, dtype=True)):
            said.append(dtype)
        return tuple(said)


def _small(said: Iterable[Sequence[str]], theme: Theme) -> list[TextLine]:
    size = theme.sizes.detail
    return [TextLine(text=text, size=size) for each in said for text in joined(each, size, theme.face, _LIMIT)]
