from html.parser import HTMLParser

from hypothesis import given
from summary_models import tables

from cutaway.outputs.tables.cells import printable
from cutaway.outputs.tables.html import to_html, to_html_page
from cutaway.table import Cell, Column, Row, Table

VOID = {"meta", "img", "br"}


class Reader(HTMLParser):
    """Collects the elements of a page and the texts of its cells; fails where elements do not close in order."""

    def __init__(self, text):
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.cells: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if {"td", "th"} & set(self.open):
            self.cells[-1] += data


@given(tables())
def test_every_cell_is_shown_as_it_is(table):
    found = Reader(to_html(table))
    assert found.tags <= {"div", "style", "h2", "table", "thead", "tbody", "tr", "th", "td", "p", "i"}
    for row in table.rows:
        for cell in row.cells:
            assert printable(cell.text) in found.cells


@given(tables())
def test_a_page_is_whole(table):
    page = to_html_page(table)
    page.encode()
    assert page.startswith("<!DOCTYPE html>\n")
    assert {"html", "head", "title", "body"} <= Reader(page).tags


def test_numbers_stand_to_the_right_and_models_hold_what_is_in_them():
    columns = (Column(key="name", title="Layer"), Column(key="parameters", title="Parameters", is_number=True))
    row = Row(id="s/<a>", name="<a>", depth=2, kind="dense", cells=(Cell(text="<a>"), Cell(text="1,234", value=1234)))
    html = to_html(Table(title="net", columns=columns, rows=(row,)))
    assert '<th scope="row" title="s/&lt;a&gt;" style="--depth:2">&lt;a&gt;</th>' in html
    assert '<td class="number">1,234</td>' in html
    assert '<th scope="col" class="number">Parameters</th>' in html
