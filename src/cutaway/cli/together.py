"""Summaries of several models as one text."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.summary import Summary
    from cutaway.table import Table


class Together:
    """Makes the pieces of one document of summaries, in their order, and its ending; it counts those that are `done`.

    Of one model the document is what the summary gives. Of several, text and Markdown say before each which model it
    is, CSV has a first column for it and one header, JSON is a list of objects with the key `model`.
    """

    def __init__(self, form: str, *, several: bool) -> None:
        self.form = form
        self.several = several
        self.done = 0
        self._tables: list[Table] = []

    def piece(self, model: str, summary: "Summary", *, width: int | None = None, color: bool = False) -> str:
        """Return what the document says of one model."""
        number = self.done
        self.done += 1
        match self.form:
            case "text":
                text = _ended(summary.text(width, color=color))
                return f"{'' if number == 0 else chr(10)}==> {_line(model)} <==\n{text}" if self.several else text
            case "markdown":
                gap = "\n" if number else ""
                return f"{gap}{_ended(summary.markdown())}"
            case "csv":
                return _rows(model, summary.csv(), header=number == 0) if self.several else summary.csv()
            case "json":
                return _object(model, summary.json(), first=number == 0) if self.several else _ended(summary.json())
        self._tables.append(summary.table)  # one page, with one title
        return ""

    def ending(self) -> str:
        """Return what ends the document."""
        if self.form == "json" and self.several:
            return "\n]\n" if self.done else "[]\n"
        if self.form == "html" and self.done:
            from cutaway.outputs.tables.html import to_html_page

            return to_html_page(*self._tables)
        return ""


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _line(model: str) -> str:
    """Return a file's name as one line of text, whatever it holds."""
    return model if model.isprintable() else repr(model)


def _rows(model: str, text: str, *, header: bool) -> str:
    """Return rows of CSV with the model before each."""
    import csv
    from io import StringIO

    target = StringIO()
    writer = csv.writer(target)
    for number, row in enumerate(csv.reader(StringIO(text, newline=""))):
        if number or header:
            writer.writerow([_plain(model) if number else "model", *row])
    return target.getvalue()


def _plain(model: str) -> str:
    """Return a name that no spreadsheet takes for a formula."""
    return f"'{model}" if model.startswith(("=", "+", "-", "@", "\t", "\r")) else model


def _object(model: str, text: str, *, first: bool) -> str:
    import json

    written = json.dumps({"model": model, **json.loads(text)}, indent=2, ensure_ascii=False)
    return ("[\n" if first else ",\n") + written
