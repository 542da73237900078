"""A report: one page with the figure of a model, its summary, and what is worth noticing before it is trained."""

import os
import warnings
from collections.abc import Iterator, Mapping, Sequence

from cutaway import __version__
from cutaway.analysis.measures import Measures
from cutaway.errors import CutawayWarning, InputError, warn
from cutaway.figure import Figure
from cutaway.garbage import uncollected
from cutaway.graph import Graph
from cutaway.outputs import by_suffix
from cutaway.outputs.pages import Part, Picture, Sheet
from cutaway.record import Record, replace
from cutaway.sources.beside import Beside
from cutaway.sources.origin import origin as where
from cutaway.summary import Summary
from cutaway.table import Table
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views import chosen_theme, chosen_view, in_theme, informed
from cutaway.views.choice import fitting
from cutaway.views.ends import ends_table
from cutaway.views.inside import Inside, insides
from cutaway.views.inside_table import inside_table
from cutaway.views.remarks import remarks
from cutaway.views.summary import CONVENTIONAL, summary_table
from cutaway.views.summary.choice import Choice

if TYPE_CHECKING:
    from cutaway.analysis.assume import Assumed
    from cutaway.analysis.rules import Given
    from cutaway.sources.given_shape import Shapes
    from cutaway.weights import Weights

FilePath = str | os.PathLike[str]

SUFFIXES = (".html", ".md")

COLUMNS = ("name", "operation", "output_shape", "parameters", "macs", "memory", "connected_to")
"""What a report says of each layer."""

CONVENTIONS = (
    "Multiply–adds are those of convolutions, matrix products, attention and recurrent steps in one forward pass with"
    " a batch of one; each is two FLOPs. Activations are the memory of what layers hand out. A kB is 1000 bytes."
    " ? is what is not fixed, or not known."
)


class Report:
    """A figure and a summary of one graph on one page, as HTML or Markdown."""

    def __init__(self, *, figure: Figure, summary: Summary, sheet: Sheet) -> None:
        self.figure = figure
        self.summary = summary
        self.sheet = sheet

    def html(self) -> str:
        """Return the report as an HTML document that needs nothing else: no script, no file, no network."""
        from cutaway.outputs.pages.html import to_html

        return to_html(self.sheet, self._picture())

    def markdown(self, figure: str) -> str:
        """Return the report in Markdown, for a place in which the figure lies in a file called `figure`."""
        from cutaway.outputs.pages.markdown import to_markdown

        return to_markdown(self.sheet, figure, self.figure.scene.description)

    def save(self, path: FilePath) -> None:
        """Save the report as .html or .md, in UTF-8; a Markdown page with its figure beside it, as .report.svg.

        Both files are complete or not touched at all. Raises InputError for another suffix, or a place that cannot be
        written.
        """
        from cutaway.writing import place, write_all

        target = place(path, "give a path, such as 'net.html'")
        suffix = os.path.splitext(target)[1]  # noqa: PTH122 - as figure.py
        by_suffix(dict.fromkeys(SUFFIXES, True), suffix, "a report in a file")
        write_all(self.files(target, suffix))

    def files(self, path: str, suffix: str) -> Mapping[str, bytes]:
        """Return the files that the report in `path` is made of, by their paths, in the format of `suffix`."""
        if suffix.lower() != ".md":
            return {path: self.html().encode("utf-8", "replace")}
        figure = figure_beside(path)
        text = self.markdown(os.path.basename(figure))  # noqa: PTH119
        svg = self.figure.svg(embed_font=True)
        return {figure: svg.encode("utf-8", "replace"), path: text.encode("utf-8", "replace")}

    def _picture(self) -> Picture:
        figure = self.figure
        paper = figure.theme.palette.get("page", "#FFFFFF")
        return Picture(svg=figure.svg(embed_font=True), width=figure.scene.width, paper=paper)

    def _repr_html_(self) -> str:
        """Return the page in a frame, so that its style and the notebook's stay apart."""
        from cutaway.outputs.xml_text import attribute

        return f'<iframe srcdoc="{attribute(self.html())}" style="width:100%;height:80vh;border:0"></iframe>'

    def __repr__(self) -> str:
        return f"<cutaway.Report on {self.figure.graph.name!r}: {len(self.sheet.parts)} parts>"


@uncollected
def report(  # noqa: PLR0913 - each is one decision of the caller
    source: object,
    path: FilePath | None = None,
    *,
    values: bool = False,
    input_shape: "Shapes | None" = None,
    assume: "Assumed | None" = None,
    weights: bool | FilePath | None = None,
    rules: "Given | None" = None,
    **look: Any,  # noqa: ANN401 - each has the type of the argument of `draw`
) -> Report:
    """Report on a model: the figure, the summary, inputs and outputs, warnings, and what is worth noticing.

    source: all that `cutaway.read` accepts (a path, a JSON or YAML text, a configuration, a live model), or a Graph.
    path: where to save it, as .html or .md; beside a Markdown page the figure is written, as net.report.svg.
    values: tell what is inside the layers: how their weights start, and what the values are like that are stored.
    input_shape, assume, weights, rules: as in `cutaway.summarize`.
    look: what `cutaway.draw` takes: view, theme, font, and the options of the view.

    What was warned of on the way is on the page, and warned of again. Raises InputError for a name or a value that is
    not allowed or a place that cannot be written, and what `read` raises.
    """
    fitting("values", values, bool)
    if values and (isinstance(source, Graph) or weights is False):
        raise InputError("cannot tell values of a graph, or with weights=False: give the model itself")
    beside = Beside(input_shape=input_shape, weights=weights, assume=assume, rules=rules)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", CutawayWarning)
        found = _findings(source, beside, look, values=values)
    told = tuple(dict.fromkeys(str(item.message) for item in caught))
    sheet = Sheet(
        title=found.figure.graph.name,
        lines=tuple(_lines(found.summary, source, beside)),
        parts=tuple(_parts(found, [_without_folder(message, source) for message in told])),
        ending=f"{CONVENTIONS} Made by cutaway {__version__}.",
    )
    made = Report(figure=found.figure, summary=found.summary, sheet=sheet)
    if path is not None:
        made.save(path)
    for message in told:
        warn(message)
    return made


def figure_beside(page: str) -> str:
    """Return the path of the figure of a Markdown page: another one than that of a figure which `draw` is asked for."""
    return f"{os.path.splitext(page)[0]}.report.svg"  # noqa: PTH122 - as figure.py


class _Findings(Record):
    """What is found out about a model; `insides` only where their values are wanted."""

    figure: Figure
    summary: Summary
    remarks: tuple[str, ...]
    insides: Mapping[str, Inside] | None


def _findings(source: object, beside: Beside, look: Mapping[str, Any], *, values: bool) -> _Findings:
    """Read a model, draw it, count it."""
    graph, store = beside.read(source, values=values or "statistics" in look.get("show", ()))
    table = summary_table(graph, Choice(columns=COLUMNS), rules=beside.rules)
    figure = _figure(graph, beside, store, look)
    known = insides(graph, store) if values else None
    _ = figure.scene  # it may warn, too
    return _Findings(
        figure=figure,
        summary=Summary(graph=graph, table=table),
        remarks=tuple(remarks(Measures(graph, beside.rules), known)),
        insides=known,
    )


def _figure(graph: Graph, beside: Beside, store: "Weights | None", look: Mapping[str, Any]) -> Figure:
    """Return the figure of what was read, with what it takes; `look` has the arguments of `draw`."""
    options = dict(look)
    named, theme, font = options.pop("view", "blocks"), options.pop("theme", "paper"), options.pop("font", None)
    known = {"rules": beside.rules, "store": store, "assume": beside.assume}
    view = informed(chosen_view(named, options), **{"totals": True} | known if "totals" not in options else known)
    dress = chosen_theme(theme, font)
    return Figure(graph=graph, view=in_theme(view, dress), theme=dress)


def _parts(found: _Findings, told: Sequence[str]) -> Iterator[Part]:
    """Give the parts of the page, with the warnings that were `told`."""
    graph, table = found.summary.graph, found.summary.table
    if found.remarks:
        yield Part(title="Worth noticing", sentences=found.remarks)
    if told:
        yield Part(title="Warnings", sentences=tuple(told))
    yield Part(title="In numbers", table=Table(title="", totals=table.totals))
    yield Part(title="Figure", has_figure=True)
    yield Part(title="Inputs and outputs", table=ends_table(graph))
    notes = tuple([note for note in table.notes if note not in CONVENTIONAL])
    yield Part(title="Layers", table=replace(table, title="", facts=(), totals=(), notes=notes))
    if found.insides is not None:
        yield Part(title="Inside the layers", table=inside_table(graph, found.insides))


def _without_folder(message: str, source: object) -> str:
    """Return a warning that names the source without its folder, which is of no use to whom the page is given."""
    if not isinstance(source, str | os.PathLike):
        return message
    path = os.fsdecode(source)
    return message.replace(repr(path), repr(os.path.basename(path)))  # noqa: PTH119


def _lines(summary: Summary, source: object, beside: Beside) -> Iterator[str]:
    """Say below the title what the model is, and where it comes from."""
    facts = {fact.key: fact.cell.text for fact in summary.table.facts}
    yield " · ".join(facts[key] for key in ("class", "layers") if facts.get(key))
    origin = where(source)
    if origin.file:
        made = f", written by Keras {origin.keras}" if origin.keras else ""
        saved = f"{'' if made else ', written'} on {origin.saved}" if origin.saved else ""
        yield f"From {origin.file}{made}{saved}"
    if isinstance(beside.weights, str | os.PathLike):
        yield f"Weights from {os.path.basename(os.fsdecode(beside.weights))}"  # noqa: PTH119
    if beside.assume is not None:
        from cutaway.analysis.assume import assumption

        yield f"Assumed: {assumption(beside.assume)}"
