"""What stands in the cells of a summary: for each column a function of the model and one entry."""

from collections.abc import Callable, Iterable

from cutaway.analysis.tensors import describe
from cutaway.graph import Node, Tensor
from cutaway.record import replace
from cutaway.table import Cell, Raw
from cutaway.typed import TYPE_CHECKING
from cutaway.views.summary.amounts import NONE, UNKNOWN, amount_cell
from cutaway.views.summary.subject import Subject
from cutaway.views.summary.tree import Entry

if TYPE_CHECKING:
    from cutaway.views.inside import HeldWeight, Inside, Values

Maker = Callable[[Subject, Entry], Cell]


def name(_: Subject, entry: Entry) -> Cell:
    """Say the layer's own name, with the number of the call where it is not the first."""
    return Cell(text=entry.name, value=entry.name)


def operation(subject: Subject, entry: Entry) -> Cell:
    """Say what the layer does, by the name of its class, with the layers merged into it; or what a block is."""
    held = entry.node or entry.scope
    word = subject.shown.title(entry.id) or (held.operation if isinstance(held, Node) else held.op if held else "")
    word = " + ".join([node.operation for node in subject.shown.merged(entry.id)]) or word
    return Cell(text=word, value=word)


def count(subject: Subject, entry: Entry) -> Cell:
    """Say how many equal blocks the row stands for, all together in its numbers."""
    return Cell(text=subject.shown.label(entry.id) or "1", value=subject.shown.counts.get(entry.id, 1))


def output_shape(_: Subject, entry: Entry) -> Cell:
    """Say the shapes of what the layer hands out, with the batch axis."""
    return _shapes(_tensors(entry, outputs=True))


def input_shape(_: Subject, entry: Entry) -> Cell:
    """Say the shapes of what the layer takes, with the batch axis."""
    return _shapes(_tensors(entry, outputs=False))


def dtype(_: Subject, entry: Entry) -> Cell:
    """Say the type of what the layer hands out; once where several outputs have one type."""
    types = tuple([tensor.dtype for tensor in _tensors(entry, outputs=True)])
    if not types:
        return Cell(text=NONE, value=())
    told = types[:1] if len(set(types)) == 1 else types
    return Cell(text=", ".join(each or UNKNOWN for each in told), value=types)


def shape_text(tensor: Tensor) -> str:
    """Write a shape with all its axes: `(?, 224, 224, 3)`; `?` where not even their number is known."""
    return UNKNOWN if tensor.shape is None else describe(Tensor(shape=tensor.shape))


def _tensors(entry: Entry, *, outputs: bool) -> list[Tensor]:
    held = entry.node or entry.scope
    if held is None:
        return []
    return [port.tensor for port in (held.outputs if outputs else held.inputs)]


def _shapes(tensors: Iterable[Tensor]) -> Cell:
    found = list(tensors)
    return Cell(text=", ".join(map(shape_text, found)) or NONE, value=tuple([tensor.shape for tensor in found]))


def trainable(subject: Subject, entry: Entry) -> Cell:
    """Say whether training changes the layer; a nested model is trained partly where some of its layers are not."""
    said = {_trains(node) for node in subject.nodes(entry) if node.weights != ()}
    if not said:
        return Cell(text=NONE)
    if said >= {True, False}:
        return Cell(text="partly", value="partly")
    if None in said:
        return Cell(text=UNKNOWN)
    word = "yes" if True in said else "no"
    return Cell(text=word, value=word)


def _trains(node: Node) -> bool | None:
    """Tell whether any of a node's weights is trained; what its layer says counts where they do not tell."""
    told = [weight.trainable for weight in node.weights or ()]
    return any(told) if told and None not in told else node.trainable


def connected_to(subject: Subject, entry: Entry) -> Cell:
    """Say where the inputs come from, by ids, with the number of the output where there are several."""
    sources = subject.flows.sources(entry)
    told = [f'"{source}"' if "," in source else source for source in sources]
    return Cell(text=", ".join(told) or NONE, value=sources)


def measure(wanted: str) -> Maker:
    """Make what says one measure of MEASURES."""

    def cell(subject: Subject, entry: Entry) -> Cell:
        return amount_cell(subject.amount(wanted, entry), wanted)

    return cell


def parameters(subject: Subject, entry: Entry) -> Cell:
    """Say the number of parameters, or which earlier row has the same; in a shared model that is known by its name."""
    cell = amount_cell(subject.amount("parameters", entry), "parameters")
    twin = subject.shared.get(entry.id)
    if twin is None:
        return cell
    is_told = entry.depth > 0 and entry.parent in subject.shared
    return replace(cell, text="shared" if is_told else f"shared with {twin}")


def stride(subject: Subject, entry: Entry) -> Cell:
    """Say how far the layer's window moves; a nested model has none."""
    is_layer = entry.node is not None and entry.id in subject.insides
    return amount_cell(subject.measured("stride")[entry.id], "stride") if is_layer else Cell(text=NONE)


def activation(subject: Subject, entry: Entry) -> Cell:
    """Say the activation that is a part of the layer."""
    found = _inside(subject, entry)
    word = found.activation if found is not None else ""
    return Cell(text=word or NONE, value=word or None)


def initializers(subject: Subject, entry: Entry) -> Cell:
    """Say how the weights start."""
    found = _inside(subject, entry)
    pairs = found.initializers if found is not None else ()
    return Cell(text=", ".join(f"{key} {words}" for key, words in pairs) or NONE, value=pairs)


def weights(subject: Subject, entry: Entry) -> Cell:
    """Say the names and shapes of the weights."""
    found = _inside(subject, entry)
    if found is None or found.weights == ():
        return Cell(text=NONE, value=())
    if found.weights is None:
        return Cell(text=UNKNOWN)
    return Cell(text=", ".join(map(_weight, found.weights)), value=tuple([_pair(held) for held in found.weights]))


def _weight(held: "HeldWeight") -> str:
    return f"{held.name} {shape_text(Tensor(shape=held.weight.shape))}"


def _pair(held: "HeldWeight") -> Raw:
    return {"name": held.name, "shape": held.weight.shape, "dtype": held.weight.dtype}


def statistic(wanted: str) -> Maker:
    """Make what says one property of the values of the weights of a layer or a model together."""

    def cell(subject: Subject, entry: Entry) -> Cell:
        value = getattr(_values(subject, entry), wanted, None)
        if value is None:
            return Cell(text=NONE if all(node.weights == () for node in subject.nodes(entry)) else UNKNOWN)
        return Cell(text=f"{value:.1%}" if wanted == "sparsity" else f"{value:.4g}", value=value)

    return cell


def _values(subject: Subject, entry: Entry) -> "Values | None":
    """Return what the values of all weights of a layer or a model are like, each weight once."""
    from cutaway.views.inside import together

    held: dict[str, Values | None] = {}
    for node in subject.nodes(entry):
        weights = subject.insides[node.id].weights
        if weights is None:
            return None
        held.update({each.weight.key: each.values for each in weights})
    return together(held.values())


def _inside(subject: Subject, entry: Entry) -> "Inside | None":
    return subject.insides.get(entry.id) if entry.node is not None else None
