"""Graphs and tables for the tests of summaries."""

from dataclasses import replace

from hypothesis import strategies as st
from small_graphs import graphs

from cutaway.graph import Graph, Node, Scope, Weight
from cutaway.table import Cell, Column, Fact, Row, Table

HOSTILE = st.text(
    st.one_of(
        st.sampled_from("ab_-/|`*<>&\"'=+@#\\ \n\r\t\x1b\x00\u202e\xa0字é\u0301😀\ud800"),
        st.characters(),
    ),
    max_size=12,
)
SIZES = st.one_of(st.none(), st.integers(0, 5))


@st.composite
def weighted(draw: st.DrawFn) -> Graph:
    """Draw a graph whose nodes have weights: some shared, some unknown, in part or wholly."""
    graph = draw(graphs())
    nodes = []
    for node in graph.nodes:
        keys = draw(st.one_of(st.none(), st.lists(st.sampled_from(["a", "b", node.id]), max_size=2, unique=True)))
        weights = keys if keys is None else tuple(_weight(key, draw(SIZES), draw(st.booleans())) for key in keys)
        nodes.append(replace(node, op="Custom", attributes={}, weights=weights))
    return replace(graph, nodes=tuple(nodes))


def _weight(key: str, size: int | None, trainable: bool) -> Weight:
    known = {"a": 2, "b": 3}.get(key, size)
    return Weight(key=f"{key}/kernel", shape=(known, 2), dtype="float32", trainable=trainable)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Draw a table of hostile texts, with rows that lie in each other."""
    columns = [Column(key="name", title="Layer")]
    for place in range(draw(st.integers(0, 3))):
        is_number = draw(st.booleans())
        columns.append(Column(key=f"c{place}", title=draw(HOSTILE), is_number=is_number))
    rows: list[Row] = []
    for place in range(draw(st.integers(0, 5))):
        depth = draw(st.integers(0, rows[-1].depth + 1)) if rows else 0
        name = draw(HOSTILE)
        cells = [Cell(text=name, value=name), *[draw(_cells(column)) for column in columns[1:]]]
        rows.append(Row(id=f"{name}{place}", name=name, cells=tuple(cells), depth=depth, kind="dense"))
    facts = tuple(
        Fact(key=f"f{place}", title=draw(HOSTILE), cell=Cell(text=draw(HOSTILE)), depth=draw(st.integers(0, 1)))
        for place in range(draw(st.integers(0, 2)))
    )
    return Table(
        title=draw(HOSTILE),
        facts=facts,
        columns=tuple(columns),
        rows=tuple(rows),
        totals=facts,
        notes=tuple(draw(st.lists(HOSTILE, max_size=2))),
    )


@st.composite
def _cells(draw: st.DrawFn, column: Column) -> Cell:
    if not column.is_number:
        text = draw(HOSTILE)
        return Cell(text=text, value=text)
    value = draw(st.one_of(st.none(), st.integers(0, 10**9)))
    if value is None:
        return Cell(text="?")
    return Cell(text=f"{value:,}", value=value) if draw(st.booleans()) else Cell(text=f"≥ {value:,}", least=value)


def cells(table: Table, key: str) -> dict[str, Cell]:
    """Return the cells of one column by the ids of their rows."""
    place = [column.key for column in table.columns].index(key)
    return {row.id: row.cells[place] for row in table.rows}


def weight(size, key="kernel", trainable=True):
    return Weight(key=key, shape=size, dtype="float32", trainable=trainable)


def model(*nodes: Node, scopes: tuple[Scope, ...] = ()) -> Graph:
    return Graph(name="net", nodes=nodes, scopes=scopes)


def layer(name, *weights, trainable=True, scope=None):
    return Node(id=name, name=name, op="Dense", weights=weights, trainable=trainable, scope=scope)
