"""A summary: a graph and the table that tells it layer by layer; written as text, Markdown, CSV, JSON or HTML."""

import os
from collections.abc import Mapping, Sequence

from cutaway.garbage import uncollected
from cutaway.graph import Graph, Weight
from cutaway.table import Table
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.analysis.assume import Assumed
    from cutaway.analysis.rules import Given
    from cutaway.sources.given_shape import Shapes

FilePath = str | os.PathLike[str]


class Summary:
    """What is known of each layer of one graph. `print(summary)` shows it whole; a notebook shows it as a table.

    What standard output has no characters for, `print` writes in others, such as >= for a single sign; `text()` is the
    same everywhere.
    """

    def __init__(self, *, graph: Graph, table: Table) -> None:
        self.graph = graph
        self.table = table

    def text(self, width: int | None = None, *, color: bool = False) -> str:
        """Return the summary as text, as wide as it has to be, or in lines of at most `width` cells of a terminal.

        What does not fit into the width goes on in the next line; nothing is cut or left out. With `color`, kinds of
        layers have the colours of the figure, by the codes that terminals know.
        """
        from cutaway.outputs.tables.text import to_text

        return to_text(self.table, width=width, color=color)

    def markdown(self) -> str:
        """Return the summary in Markdown, with a table as GitHub knows it."""
        from cutaway.outputs.tables.markdown import to_markdown

        return to_markdown(self.table)

    def csv(self) -> str:
        """Return the rows as comma-separated values (RFC 4180), with a header; unknown values are empty.

        The columns are the id of the layer (`encoder/conv1`), that of the nested model around it, those of the
        summary, and the id of the earlier layer whose weights these are (`shared_with`). Numbers are plain; a text that
        a spreadsheet would compute (it begins with =, +, - or @) has an apostrophe before it.
        """
        from cutaway.outputs.tables.csv import to_csv

        return to_csv(self.table)

    def json(self) -> str:
        """Return the summary as JSON: plain numbers, null for unknown ones, nested models with their own `rows`.

        A row has its columns by their names, shapes as one list for each output (or input), and what is only known in
        part in `at_least`, as the `totals` have beside them.
        """
        from cutaway.outputs.tables.json import to_json

        return to_json(self.table)

    def html(self) -> str:
        """Return the summary as a piece of HTML that stands for itself, in a light or a dark page."""
        from cutaway.outputs.tables.html import to_html

        return to_html(self.table)

    def save(self, path: FilePath) -> None:
        """Save the summary in the format of the suffix: .txt, .md, .csv, .json or .html, in UTF-8.

        The file is complete or not touched at all. Raises InputError for an unknown suffix or a place that cannot be
        written.
        """
        from cutaway.outputs.tables import table_output_for
        from cutaway.writing import place, write

        others = "text(), markdown(), csv(), json() and html() return the summary itself"
        target = place(path, f"give a path, such as 'net.md'; {others}")
        suffix = os.path.splitext(target)[1]  # noqa: PTH122 - as figure.py
        write(table_output_for(suffix)(self.table), target)

    def _repr_html_(self) -> str:
        return self.html()

    def __str__(self) -> str:
        import sys

        from cutaway.outputs.tables.text import to_text

        return to_text(self.table, encoding=getattr(sys.stdout, "encoding", None))

    def __repr__(self) -> str:
        count = len(self.table.rows)
        return f"<cutaway.Summary of {self.graph.name!r}: {count} row{'' if count == 1 else 's'}>"


@uncollected
def summarize(  # noqa: PLR0913 - each is one decision of the caller
    source: object,
    *,
    columns: str | Sequence[str] | None = None,
    sort: str | None = None,
    top: int | None = None,
    depth: int | None = None,
    fold: "str | int | Mapping[str, str] | None" = None,
    unfold: "str | Sequence[str] | None" = None,
    input_shape: "Shapes | None" = None,
    weights: "bool | FilePath | None" = None,
    assume: "Assumed | None" = None,
    rules: "Given | None" = None,
) -> Summary:
    """Summarize a model: what each layer is, what it gives, how much it holds and costs.

    source: all that `cutaway.read` accepts (a path, a JSON or YAML text, a configuration, a live model), or a Graph.
    columns: which to show, in this order, in a list or separated by commas.
    sort: the number to sort by, the largest first, unknown ones last; nested models give way to the layers in them, and
        what tells of weights has one row for all calls that share them.
    top: how many rows to keep; the totals stay those of the whole model.
    depth: how deep nested models are opened; 0 keeps them closed (default: all).
    fold: equal blocks as one row, with how many they are and the sums of their numbers: "auto" as the figure does
        it (above 40 layers), "none", a depth, or patterns by their names (default: none). Layers that the figure draws
        as one box are one row then too.
    unfold: the ids of blocks to tell in full nevertheless.
    input_shape: for a model that does not know its own, as in `cutaway.read`.
    weights: a file of weights beside the model's own; True to read those in the model's own file, with what its
        optimizer keeps, False never to (default: where the rest does not tell how many there are).
    assume: sizes in place of those that the model leaves open, on which costs depend: one for all of them (128), the
        shape of the input, or shapes by the names of inputs.
    rules: what custom layers give, hold and cost, by the names of their classes.

    The columns (default: name, operation, output_shape, parameters, and connected_to where the model is no chain):
        name, count (of folded blocks), operation, connected_to, activation, initializers, weights
        output_shape, input_shape (the batch first), dtype
        parameters, trainable_parameters, non_trainable_parameters, trainable (yes, no or partly)
        macs (multiply–adds), flops, memory (of activations): of a forward pass, for a batch of one
        weight_memory, receptive_field, stride, effective_stride (of the whole way from the input)
        minimum, maximum, mean, deviation, sparsity: of the values of the weights, where a source holds them

    Raises InputError for a name or a value that is not allowed, and what `read` raises.
    """
    from cutaway.sources.beside import Beside
    from cutaway.views.summary import summary_table
    from cutaway.views.summary.choice import choice

    wanted = choice(columns, sort, top, depth, fold=fold, unfold=unfold)
    beside = Beside(input_shape=input_shape, weights=weights, assume=assume, rules=rules)
    graph, store = beside.read(source, values=wanted.takes_values)
    optimizer = _optimizer(source, weights)
    table = summary_table(graph, wanted, rules=rules, store=store, optimizer=optimizer, assume=assume)
    return Summary(graph=graph, table=table)


def _optimizer(source: object, weights: "bool | FilePath | None") -> "tuple[Weight, ...] | None":
    """Return the variables of the optimizer: of a file only where its weights are asked for, as reading takes long."""
    if isinstance(source, Graph) or (isinstance(source, Mapping | str | os.PathLike) and weights is not True):
        return None
    from cutaway.sources.optimizer import optimizer_weights

    return optimizer_weights(source)
