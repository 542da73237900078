"""Files of the corpus, summarized: every layer has its row, totals agree to any depth, every form reads back."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from corpus_rows import FORMS, samples, stored

import cutaway
from cutaway.summary import Summary
from cutaway.views.summary import summary_table
from cutaway.views.summary.choice import Choice
from cutaway.views.summary.columns import COLUMNS, STATISTICS

pytestmark = [pytest.mark.corpus, pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")]

SAMPLE = 7
"""One file in seven is summarized."""


def wrong(path: Path) -> list[str]:
    """Summarize a file, and return what is wrong with it."""
    try:
        summary = cutaway.summarize(path, columns=[name for name in COLUMNS if name not in STATISTICS])
        return [f"{path.name}: {text}" for text in (*_rows(summary), *_forms(summary))]
    except Exception as error:  # noqa: BLE001 - whatever it is, and then the next file
        return [f"{path.name}: {type(error).__name__}: {str(error)[:300]}"]


def _rows(summary: Summary) -> list[str]:
    graph, table = summary.graph, summary.table
    found = []
    if sorted(row.id for row in table.rows) != sorted(item.id for item in (*graph.nodes, *graph.scopes)):
        found.append("a layer has no row, or two")
    if len({(row.parent, row.name) for row in table.rows}) < len(table.rows):
        found.append("two rows of one model have one name")
    other = [depth for depth in (0, 1) if summary_table(graph, Choice(depth=depth)).totals != table.totals]
    return [*found, *[f"other totals with depth={depth}" for depth in other]]


def _forms(summary: Summary) -> list[str]:
    rows = summary.table.rows
    lines = summary.text().split("\n")
    found = [f"{row.id} is cut" for row in rows if not any(_holds(line, row.cells) for line in lines)]
    if len(list(csv.reader(StringIO(summary.csv(), newline="")))) != len(rows) + 1:
        found.append("CSV has other rows")
    stack: list[dict[str, Any]] = list(json.loads(summary.json())["rows"])
    count = 0
    while stack:
        count += 1
        stack += stack.pop().get("rows", [])
    if count != len(rows):
        found.append("JSON has other rows")
    found += ["Markdown has other rows"] * (summary.markdown().count("\n| ") != len(rows) + 2)
    return found + ["HTML has other rows"] * (summary.html().count('<tr class="') != len(rows))


def _holds(line: str, cells: Any) -> bool:
    return all(cell.text in line for cell in cells)


def test_a_sample_is_summarized_whole(corpus: Path) -> None:
    files = [path for form in FORMS for _, path in stored(corpus, form)]
    files += [path for form in FORMS for path, _ in samples(corpus, form)]
    summarized = files[::SAMPLE]
    found = [text for path in summarized for text in wrong(path)]
    assert not found, "\n".join([f"{len(found)} faults", *found])
    assert len(summarized) > 120
