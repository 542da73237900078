"""The summary of a model: a Graph to a Table, one row for each call of a layer, nested models as a tree."""

from collections.abc import Iterator, Sequence

from cutaway.graph import Graph, Weight
from cutaway.record import replace
from cutaway.table import Cell, Row, Table
from cutaway.typed import TYPE_CHECKING
from cutaway.views.summary.choice import Choice
from cutaway.views.summary.columns import COLUMNS, OF_WEIGHTS, STATISTICS, usual
from cutaway.views.summary.subject import Subject
from cutaway.views.summary.totals import facts, totals
from cutaway.views.summary.tree import Entry

if TYPE_CHECKING:
    from cutaway.analysis.assume import Assumed
    from cutaway.analysis.rules import Given
    from cutaway.views.inside import Store


COSTS = "Costs are those of a forward pass, for a batch of one."
UNKNOWN = "? is a size that is not fixed, or not known."
CONVENTIONAL = frozenset({COSTS, UNKNOWN})
"""The notes that are true of all summaries, which a page may say once for all that is on it."""


def summary_table(
    graph: Graph,
    choice: Choice | None = None,
    *,
    rules: "Given | None" = None,
    store: "Store | None" = None,
    optimizer: Sequence[Weight] | None = None,
    assume: "Assumed | None" = None,
) -> Table:
    """Return the summary of a graph whose shapes and weights are complete.

    `rules` are the caller's own, by class name; `store` has the values of weights, for the columns that tell of them;
    `optimizer` has the variables of an optimizer, None where they are not known; `assume` are the sizes that were put
    in place of open ones, and are declared.
    """
    wanted = choice or Choice()
    subject = Subject(graph, wanted.depth, rules, store, wanted.folding.of(graph, wanted.depth))
    keys = wanted.columns or usual(subject.shown.graph, wanted.sort, folds=bool(wanted.folding))
    entries = _entries(subject, wanted.sort)
    kept = entries if wanted.top is None else entries[: wanted.top]
    rows = [_row(subject, entry, keys) for entry in kept]
    return Table(
        title=graph.name or graph.op,
        facts=facts(graph, assume),
        columns=tuple([COLUMNS[key].column(key) for key in keys]),
        rows=tuple(rows),
        totals=totals(subject, optimizer),
        notes=(*_left_out(subject, wanted.sort, entries[len(kept) :]), *_notes(subject, keys, rows, wanted.sort)),
    )


def _entries(subject: Subject, sort: str | None) -> Sequence[Entry]:
    """Return the entries in order: the tree, or its leaves by the size of one column, unknown ones last.

    By what tells of weights, those come once: what shares all of them with an earlier entry is left out.
    """
    if sort is None:
        return subject.tree.entries
    shared = subject.shared if sort in OF_WEIGHTS else {}
    leaves = [entry for entry in subject.tree.entries if not entry.is_open and entry.id not in shared]
    make = COLUMNS[sort].cell
    flat = [replace(entry, name=entry.id, depth=0) for entry in leaves]
    return sorted(flat, key=lambda entry: _place(make(subject, entry)))


def _place(cell: Cell) -> tuple[bool, float]:
    """Return what a cell is sorted by: the largest number first, no number last."""
    value = cell.value if cell.least is None else cell.least
    numbers = [each for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, int | float)]
    return (False, -max(numbers)) if numbers else (True, 0)


def _row(subject: Subject, entry: Entry, keys: Sequence[str]) -> Row:
    return Row(
        id=entry.id,
        name=entry.name,
        cells=tuple([COLUMNS[key].cell(subject, entry) for key in keys]),
        depth=entry.depth,
        parent=entry.parent,
        kind="nested" if entry.node is None or subject.shown.title(entry.id) else entry.node.kind,
        shared_with=subject.shared.get(entry.id),
    )


def _left_out(subject: Subject, sort: str | None, entries: Sequence[Entry]) -> Iterator[str]:
    """Say how many rows are not shown, and of how many of these nothing tells whether they are the largest."""
    if not entries:
        return
    words = f"{len(entries):,} more row{'' if len(entries) == 1 else 's'} not shown"
    if sort is not None:
        open_ones = [entry for entry in entries if _is_open(COLUMNS[sort].cell(subject, entry))]
        if open_ones:
            from cutaway.views.remarks import listed

            words += f", of which {len(open_ones):,} may be larger (unknown: {listed([each.id for each in open_ones])})"
    yield f"{words}; the totals are those of the whole model."


def _is_open(cell: Cell) -> bool:
    """Tell whether a cell has no number because that is not known, or one that may be larger."""
    return "?" in cell.text or cell.least is not None


def _notes(subject: Subject, keys: Sequence[str], rows: Sequence[Row], sort: str | None) -> Iterator[str]:
    yield from subject.shown.notes()
    if subject.shared:
        rest = " and have one row, that of their first call" if sort in OF_WEIGHTS else " in the totals"
        yield f"Shared weights are counted once{rest}."
    if len(subject.graph.nodes) > 1 and not subject.graph.edges:
        yield "How the data flows between these layers is not known."
    if subject.is_open and not all(subject.measured(name).total().exact for name in ("macs", "memory")):
        yield "Costs that depend on open sizes are unknown; assume fills these in."
    if subject.measured("macs").total().value:
        yield COSTS
    if STATISTICS.intersection(keys) and subject.odd:
        from cutaway.views.remarks import listed

        count, owners = sum(subject.odd.values()), listed(subject.odd)
        yield f"{count:,} value{' is' if count == 1 else 's are'} not finite, and left out: in {owners}."
    if any("?" in cell.text.replace("(?", "") for row in rows for cell in row.cells):
        yield UNKNOWN
