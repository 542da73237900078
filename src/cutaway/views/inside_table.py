"""What is inside the layers of a model, as a table with a row for each weight."""

from collections.abc import Iterator, Mapping, Sequence

from cutaway.analysis.tensors import describe
from cutaway.graph import Graph, Tensor
from cutaway.record import replace
from cutaway.table import Cell, Column, Row, Table
from cutaway.views.inside import HeldWeight, Inside, Values

_COLUMNS = (
    Column(key="layer", title="Layer"),
    Column(key="activation", title="Activation"),
    Column(key="weight", title="Weight"),
    Column(key="shape", title="Shape"),
    Column(key="dtype", title="Type"),
    Column(key="trainable", title="Trained"),
    Column(key="initializer", title="Starts as"),
)
_STATISTICS = (
    Column(key="minimum", title="Minimum", is_number=True),
    Column(key="maximum", title="Maximum", is_number=True),
    Column(key="mean", title="Mean", is_number=True),
    Column(key="deviation", title="Deviation", is_number=True),
    Column(key="sparsity", title="Zeros", is_number=True),
    Column(key="odd", title="Not finite", is_number=True),
)
_NONE = Cell(text="")
_UNKNOWN = Cell(text="?")


def inside_table(graph: Graph, insides: Mapping[str, Inside]) -> Table:
    """Return what is inside each layer that has weights or an activation; values where those of any are known.

    A column of which nothing is to be said is left out.
    """
    valued = any(held.values is not None for inside in insides.values() for held in inside.weights or ())
    columns = _COLUMNS + _STATISTICS if valued else _COLUMNS
    rows = []
    for node in graph.nodes:
        if node.owner == node.id:
            cells = _cells(node.owner, insides[node.id], valued=valued)
            rows += [Row(id=f"{node.id}:{number}", name="", cells=row) for number, row in enumerate(cells)]
    told = [place for place in range(len(columns)) if place == 0 or any(row.cells[place].text for row in rows)]
    return Table(
        title="",
        columns=tuple([columns[place] for place in told]),
        rows=tuple([replace(row, cells=tuple([row.cells[place] for place in told])) for row in rows]),
    )


def _cells(layer: str, inside: Inside, *, valued: bool) -> Iterator[tuple[Cell, ...]]:
    """Give a row for each weight; the first one names the layer."""
    rows: Sequence[HeldWeight | None] = inside.weights or (
        (None,) if inside.activation or inside.weights is None else ()
    )
    for number, held in enumerate(rows):
        head = (_text(layer), _text(inside.activation)) if number == 0 else (_NONE, _NONE)
        unknown = _UNKNOWN if inside.weights is None else _NONE
        middle = (unknown, *[_NONE] * (len(_COLUMNS) - 3)) if held is None else _weight(held, inside)
        numbers = _numbers(None if held is None else held.values, held is not None) if valued else ()
        yield (*head, *middle, *numbers)


def _weight(held: HeldWeight, inside: Inside) -> tuple[Cell, ...]:
    weight = held.weight
    trained = {True: "yes", False: "no", None: "?"}[weight.trainable]
    return (
        _text(held.name),
        Cell(text="?" if weight.shape is None else describe(Tensor(shape=weight.shape)), value=weight.shape),
        Cell(text=weight.dtype or "?", value=weight.dtype),
        Cell(text=trained, value=weight.trainable),
        _text(inside.start_of(held.name)),
    )


def _numbers(values: Values | None, is_weight: bool) -> tuple[Cell, ...]:  # noqa: FBT001 - said by its name
    if values is None:
        return (_UNKNOWN if is_weight else _NONE,) * len(_STATISTICS)
    found = [_number(getattr(values, column.key)) for column in _STATISTICS[:-2]]
    share = Cell(text="–") if values.sparsity is None else Cell(text=f"{values.sparsity:.1%}", value=values.sparsity)
    return (*found, share, Cell(text=f"{values.odd:,}" if values.odd else "", value=values.odd))


def _number(value: float | None) -> Cell:
    return Cell(text="–") if value is None else Cell(text=f"{value:.3g}".replace("-", "−"), value=value)


def _text(text: str) -> Cell:
    return Cell(text=text, value=text)
