import pytest

from cutaway.compat.keras.dot.grid_label import Cell, Grid
from cutaway.compat.keras.dot.html_label import html_label
from cutaway.compat.keras.dot.text_label import record_label, text_label


def shape(content):
    """Return a label's content as nested tuples: texts, or rows of what stands side by side."""
    if isinstance(content, Cell):
        return "/".join(line.text for line in content.lines)
    rows = sorted({place.row for place in content.places})
    return [
        [shape(place.content) for place in sorted(content.places, key=lambda it: it.column) if place.row == row]
        for row in rows
    ]


@pytest.mark.parametrize(
    ("text", "across", "expected"),
    [
        ("a", True, "a"),
        ("a|b", True, [["a", "b"]]),
        ("a|b", False, [["a"], ["b"]]),
        ("a|{b|c}|d", True, [["a", [["b"], ["c"]], "d"]]),
        ("{a|b}", True, [["a"], ["b"]]),
        ("{a|{b|c}}", True, [["a"], [[["b", "c"]]]]),
        ("{{a}|{b}}", True, [["a"], ["b"]]),
        (r"<p> a\|b|c\{d\}\<\>", True, [["a|b", "c{d}<>"]]),
        (r"one\ntwo\lthree\r|\N in \G", True, [["one/two/three", "node in graph"]]),
        ("T|{d1|{Dense|relu}}", True, [["T", [["d1"], [[["Dense", "relu"]]]]]]),
        ("a||b|", True, [["a", "", "b", ""]]),
        ("{a|b", True, [["a"], ["b"]]),
        ("a}|b", True, [["a", "b"]]),
        ("ends\\", True, "ends "),
        ("", True, ""),
        ("a\nb", True, "a/b"),
    ],
)  # fmt: skip
def test_records_are_fields_side_by_side_and_below_each_other(text, across, expected):
    found = shape(record_label(text, "node", "graph", across=across).content)
    assert found == (expected.strip() if isinstance(expected, str) else expected)


def test_records_in_records_have_an_end():
    found = record_label("{a|" * 5000 + "b" + "}" * 5000, "n", "g", across=True)
    assert found.lines


def test_lines_of_texts_have_sides():
    found = text_label(r"left\lright\rmiddle\nlast", "n", "g")
    assert [(line.text, line.side) for line in found.lines] == [
        ("left", "left"),
        ("right", "right"),
        ("middle", "middle"),
        ("last", "middle"),
    ]


def test_texts_say_names_and_backslashes():
    assert text_label(r"\N of \G: a\\b", "n", "g").lines[0].text == r"n of g: a\b"


def test_html_has_fonts_breaks_and_entities():
    found = html_label('<font color="red" point-size="20">a <b>bold</b></font><br align="left"/>&lt;&amp;&eacute;')
    first, second = found.lines
    assert [(run.text, run.bold, run.color, run.size) for run in first.runs] == [
        ("a ", False, "red", 20.0),
        ("bold", True, "red", 20.0),
    ]
    assert (first.side, second.text) == ("left", "<&é")
    assert not found.unread


def test_tables_have_rows_cells_and_grounds():
    found = html_label(
        '<TABLE BGCOLOR="black"><TR><TD COLSPAN="2" BGCOLOR="navy">head</TD></TR>'
        '<TR><TD ROWSPAN="2">a<BR/>b</TD><TD bgcolor="pink">c</TD></TR>'
        "<TR><TD><table><tr><td>in</td></tr></table></TD></TR>"
        "</TABLE>"
    )
    grid = found.content
    assert isinstance(grid, Grid)
    assert [(each.row, each.column, each.rows, each.columns) for each in grid.places] == [
        (0, 0, 1, 2),
        (1, 0, 2, 1),
        (1, 1, 1, 1),
        (2, 1, 1, 1),
    ]
    assert [cell.fill for cell in found.cells()] == ["navy", None, "pink", None]
    assert [line.text for line in found.lines] == ["head", "a", "b", "c", "in"]


def test_what_is_not_read_of_html_is_named():
    found = html_label('<table style="rounded"><tr><td href="x"><i>a</i><img src="x.png"/></td></tr></table>')
    assert found.unread == ("style of <table>", "href of <td>", "<i>", "<img>")
    assert found.lines[0].text == "a"


@pytest.mark.parametrize(
    ("text", "lines", "unread"),
    [
        ("<b>a", ["a"], ()),
        ("</b>a", ["a"], ()),
        ("<td>a</td>", ["a"], ("<td> without <table>",)),
        ("<tr><td>a", ["a"], ("<tr> without <table>", "<td> without <table>")),
        ("<table>a</table>", [], ("text between cells",)),
        ("a<table><tr><td>b</td></tr></table>", ["b"], ("text beside tables",)),
        ("<table><tr><td>a</td></tr></table> <table><tr><td>b</td></tr></table>", ["b"], ("tables side by side",)),
        ("a & b < c", ["a & b < c"], ()),
    ],
)
def test_broken_html_says_what_it_can(text, lines, unread):
    found = html_label(text)
    assert [line.text for line in found.lines] == lines
    assert found.unread == unread


@pytest.mark.parametrize("span", ["inf", "nan", "-1", "x", "2000000000"])
def test_cells_go_over_one_column_where_no_number_says_more(span):
    found = html_label(f'<table><tr><td colspan="{span}" rowspan="{span}">a</td></tr></table>')
    assert [(place.rows, place.columns) for place in found.content.places] == [(1, 1)]
    assert found.unread == ("rowspan of <td>", "colspan of <td>")


def test_html_says_names_and_backslashes():
    assert html_label(r"a\\N \N \G", "node", "net").lines[0].text == r"a\N node net"


def test_tables_in_tables_have_an_end():
    found = html_label("<table><tr><td>" * 3000 + "a" + "</td></tr></table>" * 3000)
    assert found.lines[0].text == "a"
    assert found.unread == ("tables in each other",)
