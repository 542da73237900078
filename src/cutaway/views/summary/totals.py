"""What a summary says of the whole model: what it is, above the rows, and what it takes, below them."""

from collections.abc import Iterator, Sequence

from cutaway.analysis.count import count
from cutaway.analysis.measures import Amount
from cutaway.graph import Graph, Node, Tensor, Weight
from cutaway.record import replace
from cutaway.table import Cell, Fact, Raw
from cutaway.typed import TYPE_CHECKING
from cutaway.views.naming import calls, counted, tally
from cutaway.views.spelling import bytes_text
from cutaway.views.summary.amounts import amount_cell
from cutaway.views.summary.cells import shape_text
from cutaway.views.summary.subject import Subject

if TYPE_CHECKING:
    from cutaway.analysis.assume import Assumed


def facts(graph: Graph, assume: "Assumed | None" = None) -> tuple[Fact, ...]:
    """Say what the model is: its class, its size, its inputs and outputs, and what is assumed of them."""
    nodes = {node.id: node for node in graph.nodes}
    inputs = [(nodes[key].name, port.tensor) for key in graph.inputs for port in nodes[key].outputs[:1]]
    outputs = [(output.name, nodes[output.node].outputs[output.port].tensor) for output in graph.outputs]
    return (
        Fact(key="class", title="Class", cell=Cell(text=graph.op, value=graph.op)),
        Fact(key="layers", title="Size", cell=Cell(text=", ".join(tally(graph)), value=len(calls(graph)))),
        *_ends("inputs", "Input", inputs),
        *_ends("outputs", "Output", outputs),
        *_assumed(assume),
    )


def _assumed(assume: "Assumed | None") -> Iterator[Fact]:
    if assume is not None:
        from cutaway.analysis.assume import assumption, stated

        yield Fact(key="assumed", title="Assumed", cell=Cell(text=assumption(assume), value=stated(assume)))


def _ends(key: str, title: str, ends: Sequence[tuple[str, Tensor]]) -> Iterator[Fact]:
    """Say each input or output in a line of its own; the first holds all of them for programs."""
    values: Raw = tuple([{"name": name, "shape": tensor.shape, "dtype": tensor.dtype} for name, tensor in ends])
    if not ends:
        yield Fact(key=key, title=title, cell=Cell(text="", value=values))
    for place, (name, tensor) in enumerate(ends):
        text = " ".join([name, shape_text(tensor), tensor.dtype or ""]).rstrip()
        yield Fact(key=key if place == 0 else "", title=title, cell=Cell(text=text, value=None if place else values))


def totals(subject: Subject, optimizer: Sequence[Weight] | None = None) -> tuple[Fact, ...]:
    """Say what the whole model holds and costs; "at least" where a part of it is unknown, and of how many layers.

    The variables of an optimizer, where these are known, stand apart: they are no part of the model.
    """
    return (
        _total(subject, "parameters", "Parameters"),
        _total(subject, "trainable", "trainable", key="trainable_parameters", depth=1),
        _total(subject, "non_trainable", "non-trainable", key="non_trainable_parameters", depth=1),
        _optimizer(optimizer),
        _total(subject, "macs", "Multiply–adds"),
        _total(subject, "flops", "FLOPs"),
        _total(subject, "memory", "Activations"),
        _total(subject, "weight_memory", "Weights"),
        _by_dtype(subject),
    )


def _total(subject: Subject, measure: str, title: str, *, key: str = "", depth: int = 0) -> Fact:
    measured = subject.measured(measure)
    total = measured.total()
    cell = amount_cell(total, measure)
    if not total.exact:
        cell = replace(cell, text=_at_least(cell.text, total, _unknown(subject, measure)))
    return Fact(key=key or measure, title=title, cell=cell, depth=depth)


def _optimizer(weights: Sequence[Weight] | None) -> Fact:
    """Say how many values an optimizer keeps; in words only where it keeps any."""
    if weights is None:
        cell = Cell(text="")
    else:
        found = count((Node(id="optimizer", name="optimizer", op="Optimizer", weights=tuple(weights)),))
        cell = amount_cell(Amount(value=found.total, exact=found.exact), "parameters")
        cell = cell if weights else replace(cell, text="")
    return Fact(key="optimizer_parameters", title="Optimizer", cell=cell)


def _at_least(text: str, total: Amount, where: str) -> str:
    return f"at least {text.removeprefix('≥ ')} ({where})" if total.value else f"{text} ({where})"


def _unknown(subject: Subject, measure: str) -> str:
    """Say of how many layers a measure is not known, or not all of it; several calls of one are one."""
    measured = subject.measured(measure)
    amounts = [(node.owner, measured[node.id]) for node in subject.graph.nodes]
    open_ones = {owner: amount.value for owner, amount in amounts if not amount.exact}
    return f"{counted(len(open_ones), 'layer')} {'not wholly known' if any(open_ones.values()) else 'unknown'}"


def _by_dtype(subject: Subject) -> Fact:
    """Say the memory of weights by their types; in words unless there is only the usual one."""
    found, _ = subject.measures.counts[None]
    sizes = dict(found.bytes_by_dtype)
    text = ", ".join(f"{bytes_text(size)} {dtype}" for dtype, size in sizes.items())
    return Fact(
        key="weight_memory_by_dtype",
        title="by type",
        cell=Cell(text="" if sizes.keys() <= {"float32"} else text, value=sizes),
        depth=1,
    )
