"""A Sheet in Markdown, as GitHub shows it; the figure is a file beside it."""

from collections.abc import Iterator
from urllib.parse import quote

from cutaway.outputs.pages import Part, Sheet
from cutaway.outputs.tables.markdown import elements, escaped


def to_markdown(sheet: Sheet, figure: str, description: str) -> str:
    """Write a page whose figure lies beside it in the file called `figure`, and shows what the `description` says."""
    return "\n".join(_lines(sheet, figure, description)) + "\n"


def _lines(sheet: Sheet, figure: str, description: str) -> Iterator[str]:
    yield f"# {escaped(sheet.title) or '?'}"
    for line in sheet.lines:
        yield f"\n{escaped(line)}"
    for part in sheet.parts:
        yield f"\n## {escaped(part.title)}\n"
        yield from _part(part, f"![{escaped(description)}]({quote(figure)})")
    if sheet.ending:
        yield f"\n---\n\n{escaped(sheet.ending)}"


def _part(part: Part, picture: str) -> Iterator[str]:
    for sentence in part.sentences:
        yield f"- {escaped(sentence)}"
    if part.sentences and (part.has_figure or part.table is not None):
        yield ""
    if part.has_figure:
        yield picture
    if part.table is not None:
        yield from elements(part.table)
