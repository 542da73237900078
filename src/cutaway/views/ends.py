"""Inputs and outputs of a model as a table."""

from collections.abc import Iterator

from cutaway.analysis.tensors import describe
from cutaway.graph import Graph, Tensor
from cutaway.table import Cell, Column, Row, Table

_COLUMNS = (
    Column(key="end", title=""),
    Column(key="name", title="Name"),
    Column(key="shape", title="Shape"),
    Column(key="dtype", title="Type"),
)


def ends_table(graph: Graph) -> Table:
    """Return what goes into a model and what comes out: names, shapes with the batch axis, types."""
    return Table(title="", columns=_COLUMNS, rows=tuple(_rows(graph)))


def _rows(graph: Graph) -> Iterator[Row]:
    nodes = {node.id: node for node in graph.nodes}
    for place, key in enumerate(graph.inputs):
        node = nodes[key]
        yield _row(f"input:{place}", "Input", node.name, node.outputs[0].tensor if node.outputs else Tensor())
    for place, output in enumerate(graph.outputs):
        yield _row(f"output:{place}", "Output", output.name, nodes[output.node].outputs[output.port].tensor)


def _row(identity: str, end: str, name: str, tensor: Tensor) -> Row:
    shape = "?" if tensor.shape is None else describe(Tensor(shape=tensor.shape))
    texts = {"end": (end, end), "name": (name, name), "shape": (shape, tensor.shape)}
    cells = [Cell(text=text, value=value) for text, value in texts.values()]
    return Row(id=identity, name=name, cells=(*cells, Cell(text=tensor.dtype or "?", value=tensor.dtype)))
