"""A Sheet as one HTML document that needs nothing else: no script, no file, no network."""

from collections.abc import Iterator

from cutaway.outputs.pages import Part, Picture, Sheet
from cutaway.outputs.tables.cells import printable
from cutaway.outputs.tables.html import elements, style
from cutaway.outputs.xml_text import attribute, content, number

_STYLE = """\
:root{color-scheme:light dark}
body{font:15px/1.5 Inter,system-ui,sans-serif;max-width:72rem;margin:0 auto;padding:2rem 1.25rem;overflow-wrap:anywhere}
h1{font-size:1.9em;line-height:1.2;margin:0}
h2{font-size:1.2em;margin:2.2em 0 .6em}
header p{margin:.3em 0;opacity:.75}
li{margin:.25em 0}
figure{margin:0;border:1px solid #8886;border-radius:8px;overflow:auto;max-height:88vh;resize:vertical}
figure svg{display:block;margin:0 auto;height:auto;width:clamp(.75*var(--width),100%,var(--width))}
main .cutaway-summary{font:inherit;font-size:.93em;overflow-wrap:normal}
footer{margin-top:2.5em;border-top:1px solid #8886;padding-top:.8em;font-size:.87em;opacity:.75}
@media print{
body{max-width:none;padding:0;font-size:10pt}
figure{max-height:none;overflow:visible;border:0;border-radius:0}
figure svg{max-width:100%}
h2{break-after:avoid}
.pictured h2{display:none}
tr,li{break-inside:avoid}
main .cutaway-summary{overflow-x:visible;font-size:7.5pt}
.cutaway-summary :is(th,td){padding-right:.8em;overflow-wrap:anywhere}
.cutaway-summary :is(thead,tbody) th,.cutaway-summary .operation{white-space:normal}
}
"""
"""What is longer than a screen, as the figure of a deep model is, can be scrolled; on paper it stands in full.

There it has no heading, which would stay alone on a page before a figure that is longer than one.
"""


def to_html(sheet: Sheet, picture: Picture) -> str:
    """Write a page, in the colours that the reader's system prefers; the figure stays on its own paper."""
    return "\n".join(_lines(sheet, picture)) + "\n"


def _lines(sheet: Sheet, picture: Picture) -> Iterator[str]:
    tables = [part.table for part in sheet.parts if part.table is not None]
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_shown(sheet.title)}</title>\n<style>\n{_STYLE}{style(tables)}</style>\n</head>\n<body>"
    yield f"<header>\n<h1>{_shown(sheet.title)}</h1>"
    for line in sheet.lines:
        yield f"<p>{_shown(line)}</p>"
    yield "</header>\n<main>"
    for part in sheet.parts:
        yield from _part(part, picture)
    yield "</main>"
    if sheet.ending:
        yield f"<footer>{_shown(sheet.ending)}</footer>"
    yield "</body>\n</html>"


def _part(part: Part, picture: Picture) -> Iterator[str]:
    mark = ' class="pictured"' if part.has_figure else ""
    yield f"<section{mark}>\n<h2>{_shown(part.title)}</h2>"
    if part.sentences:
        yield "<ul>"
        for sentence in part.sentences:
            yield f"<li>{_shown(sentence)}</li>"
        yield "</ul>"
    if part.has_figure:
        look = f"background:{picture.paper};--width:{number(picture.width)}pt"
        yield f'<figure tabindex="0" style="{attribute(look)}">'
        yield f"{_inline(picture.svg)}\n</figure>"
    if part.table is not None:
        yield '<div class="cutaway-summary">'
        yield from elements(part.table)
        yield "</div>"
    yield "</section>"


def _inline(svg: str) -> str:
    """Return an SVG document as an element of a page, without what may stand only at the start of a document."""
    return svg[svg.index("<svg") :].rstrip()


def _shown(text: str) -> str:
    return content(printable(text))
