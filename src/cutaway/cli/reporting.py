"""Report on models, on a page each: `cutaway report`."""

from cutaway.cli import Request
from cutaway.cli.orders import STANDARD_OUTPUT, Order, Product, make_files, refuse_a_model, to_stdout
from cutaway.cli.report_flags import FORMATS
from cutaway.errors import InputError


def run(request: Request) -> int:
    """Make all reports and return the exit code."""
    return make_files(request, REPORT)


def _make(order: Order) -> None:
    """Report on the model of an order and write the page."""
    from cutaway import report
    from cutaway.reporting import figure_beside
    from cutaway.writing import write_all

    target, models = order.target, order.request.models
    form = order.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise InputError(f"cannot write {target!r}: give a file whose suffix is one of .{', .'.join(FORMATS)}")
    if target == STANDARD_OUTPUT and form != "html":
        raise InputError("cannot write Markdown to standard output: its figure is a file beside it; give one with -o")
    refuse_a_model(target, models, REPORT.noun)
    if form == "md":
        refuse_a_model(figure_beside(target), models, "figure of the report")
    found = report(order.source, **order.request.keywords)
    if target == STANDARD_OUTPUT:
        to_stdout(found.html().encode("utf-8", "replace"))
    else:
        write_all(found.files(target, order.suffix))


REPORT = Product(noun="report", done="reported on", doing="reporting", formats=FORMATS, make=_make)
