"""Draw figures as they were ordered: `cutaway draw`."""

import sys

from cutaway.cli import Request
from cutaway.cli.orders import (
    STANDARD_OUTPUT,
    Order,
    Product,
    make_files,
    refuse_a_model,
    refuse_to_lose_a_model,
    to_stderr,
    to_stdout,
)
from cutaway.errors import InputError
from cutaway.outputs import DPI, OUTPUTS, OutputOptions, output_for


def run(request: Request) -> int:
    """Draw all figures and return the exit code."""
    return make_files(request, FIGURE)


def _make(order: Order) -> None:
    """Draw the model of an order and write the figure."""
    from cutaway.drawing import draw
    from cutaway.writing import write_all

    request = order.request
    output = output_for(order.suffix)
    refuse_a_model(order.target, request.models, FIGURE.noun)
    if output.source == "graph":
        refuse_to_lose_a_model(order.target, FIGURE.noun)
    figure = draw(order.source, **request.keywords)
    dpi = DPI if request.dpi is None else request.dpi
    options = OutputOptions(dpi=dpi, embed_font=request.embed_font, embed=request.embed)
    if order.target != STANDARD_OUTPUT:
        write_all(output.files(figure, options, order.target))
    elif not output.is_text and sys.stdout is not None and sys.stdout.isatty():
        raise InputError(f"cannot write {order.suffix.removeprefix('.')} to a terminal: send it to a file with -o FILE")
    else:
        to_stdout(output(figure, options))


def _warn_of_idle_flags(request: Request, suffix: str) -> None:
    """Say of flags that the user gave what they are for, where the format has no use for them."""
    form, output = suffix.removeprefix("."), OUTPUTS.get(suffix)
    if output is None:
        return
    if request.dpi is not None and "dpi" not in output.takes:
        to_stderr(f"warning: --dpi does nothing here: it is for pictures made of pixels, which {form} is not")
    if request.embed_font and "embed_font" not in output.takes:
        to_stderr(f"warning: --embed-font does nothing here: it is for svg, which {form} is not")
    if request.embed and "embed" not in output.takes:
        to_stderr(f"warning: --embed does nothing here: it is for tex, which {form} is not")


FIGURE = Product(
    noun="figure",
    done="drew",
    doing="drawing",
    formats=tuple([suffix.removeprefix(".") for suffix in OUTPUTS]),
    make=_make,
    check=_warn_of_idle_flags,
)
