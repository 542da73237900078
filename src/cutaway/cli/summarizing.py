"""Summarize models one after the other, on standard output or in one file: `cutaway summary`."""

import os
import sys

from cutaway.cli import Request
from cutaway.cli.orders import (
    STANDARD_OUTPUT,
    Order,
    Say,
    called,
    carry_out,
    is_folder,
    received,
    refuse_a_model,
    refuse_to_lose_a_model,
    tell,
    to_stderr,
    to_stdout,
)
from cutaway.cli.summary_flags import FORMATS
from cutaway.cli.together import Together
from cutaway.errors import InputError
from cutaway.record import replace
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cutaway.summary import Summary


def run(request: Request) -> int:
    """Summarize all models and return the exit code: 0, or 2 if one could not be summarized."""
    form = _form(request)
    target = STANDARD_OUTPUT if request.output is None else request.output
    request = _as_one_table(request) if form == "csv" and len(request.models) > 1 else request
    orders = [
        Order(request=request, model=model, target=target, suffix=f".{FORMATS[form]}", data=received(model))
        for model in request.models
    ]
    together = Together(form, several=len(orders) > 1)
    if target == STANDARD_OUTPUT:
        _print(orders, together)
    else:
        _save(orders, together, target)
    if together.done == len(orders):
        return 0
    if len(orders) > 1:
        to_stderr(f"summarized {together.done} of {len(orders)} models")
    return 2


def _as_one_table(request: Request) -> Request:
    """Return a request by which all models have the same columns."""
    from cutaway.views.summary.columns import usual

    folds = request.keywords.get("fold", "none") != "none"
    columns = request.keywords.get("columns") or usual(None, request.keywords.get("sort"), folds=folds)
    return replace(request, keywords={**request.keywords, "columns": columns})


def _print(orders: list[Order], together: Together) -> None:
    """Write the summaries to standard output, each as soon as it is there."""
    width, color = _terminal()
    encoding = (getattr(sys.stdout, "encoding", None) if together.form == "text" else None) or "utf-8"
    for model, summary in _summaries(orders, to_stderr):
        piece = together.piece(model, summary.table, width=width, color=color, encoding=encoding)
        to_stdout(piece.encode(encoding, "backslashreplace"))
    to_stdout(together.ending().encode("utf-8", "backslashreplace"))


def _save(orders: list[Order], together: Together, target: str) -> None:
    """Write the summaries into a file, if there are any."""
    from cutaway.cli.progress import progress
    from cutaway.writing import write

    refuse_a_model(target, orders[0].request.models, "summary")
    if together.form == "json":
        refuse_to_lose_a_model(target, "summary")
    pieces = []
    if len(orders) == 1:
        pieces = [together.piece(model, summary.table) for model, summary in _summaries(orders, to_stderr)]
    else:
        with progress(len(orders), "summarizing") as (say, advance):
            for order in orders:
                pieces += [together.piece(model, summary.table) for model, summary in _summaries([order], say)]
                advance()
    if pieces:
        write("".join([*pieces, together.ending()]).encode("utf-8", "backslashreplace"), target)


def _summaries(orders: list[Order], say: Say) -> "Iterator[tuple[str, Summary]]":
    """Give the models that can be summarized, with their summaries; say what is wrong with the others."""
    for order in orders:
        outcome = carry_out(order, _make)
        tell(outcome, called(order) if len(order.request.models) > 1 else "", say)
        if not outcome.error:
            yield called(order), outcome.result


def _make(order: Order) -> "Summary":
    from cutaway.summary import summarize

    return summarize(order.source, **order.request.keywords)


def _terminal() -> tuple[int | None, bool]:
    """Return the width of the terminal and whether it shows colours; no width where standard output is none."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None, False
    from cutaway.cli.flags import columns
    from cutaway.outputs.tables.text import NARROWEST

    return max(columns(), NARROWEST), not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _form(request: Request) -> str:
    """Return the format, by its word. Raises InputError where nothing tells it, or two things are told."""
    output, form = request.output, request.form
    if output is None or output == STANDARD_OUTPUT:
        return form or "text"
    if not output or is_folder(output):
        reason = "it is a folder" if output else "that is no name"
        raise InputError(f"cannot write the summary to {output!r}: {reason}; name a file, into which all of it goes")
    suffix = os.path.splitext(output)[1].lower().removeprefix(".")
    told = next((word for word, end in FORMATS.items() if end == suffix), None)
    if form is not None and told not in {None, form}:
        raise InputError(f"cannot write {output!r}: its suffix says {told}, --format says {form}")
    if form is None and told is None:
        endings = ", ".join(f".{end}" for end in FORMATS.values())
        raise InputError(
            f"cannot write the summary to {output!r}: its suffix tells no format; give one of {endings}, or --format"
        )
    return form or told or "text"
