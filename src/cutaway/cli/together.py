"""Summaries of several models as one text."""

from cutaway.record import replace
from cutaway.table import Cell, Fact
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.table import Table


class Together:
    """Makes the pieces of one document of summaries, in their order, and its ending; it counts those that are `done`.

    Of one model the document is what the summary gives. Of several, each says which `model` it is: text above it,
    CSV in a first column below one header, and the others among what they say of the model; JSON is a list.
    """

    def __init__(self, form: str, *, several: bool) -> None:
        self.form = form
        self.several = several
        self.done = 0
        self._tables: list[Table] = []

    def piece(
        self,
        model: str,
        table: "Table",
        *,
        width: int | None = None,
        color: bool = False,
        encoding: str | None = None,
    ) -> str:
        """Return what the document says of one model; a text as wide, and in characters, as the terminal has them."""
        is_first = self.done == 0
        self.done += 1
        match self.form:
            case "text":
                from cutaway.outputs.tables.text import to_text

                head = f"{'' if is_first else chr(10)}==> {_line(model)} <==\n" if self.several else ""
                return f"{head}{to_text(table, width=width, color=color, encoding=encoding)}\n"
            case "csv":
                from cutaway.outputs.tables.csv import rows, safe, written

                if not self.several:
                    return written(rows(table))
                header, *lines = rows(table)
                before = [["model", *header]] if is_first else []
                return written([*before, *([safe(model), *line] for line in lines)])
        return self._telling(_named(table, model) if self.several else table, is_first=is_first)

    def _telling(self, table: "Table", *, is_first: bool) -> str:
        """Return the piece of a table that says itself which model it is about."""
        match self.form:
            case "markdown":
                from cutaway.outputs.tables.markdown import to_markdown

                return ("" if is_first else "\n") + to_markdown(table)
            case "json":
                from cutaway.outputs.tables.json import to_json

                text = to_json(table)
                return ("[\n" if is_first else ",\n") + text.rstrip() if self.several else text
        self._tables.append(table)  # one page, with one title
        return ""

    def ending(self) -> str:
        """Return what ends the document."""
        if self.form == "json" and self.several:
            return "\n]\n" if self.done else "[]\n"
        if self.form == "html" and self.done:
            from cutaway.outputs.tables.html import to_html_page

            return to_html_page(*self._tables)
        return ""


def _named(table: "Table", model: str) -> "Table":
    """Return a table that says first which model it is about."""
    fact = Fact(key="model", title="Model", cell=Cell(text=_line(model), value=model))
    return replace(table, facts=(fact, *table.facts))


def _line(model: str) -> str:
    """Return a file's name as one line of text, whatever it holds."""
    return model if model.isprintable() else repr(model)
