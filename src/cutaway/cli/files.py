"""Make a file of each model, one or many; say what went wrong in a line each, and go on with the others."""

import os
from collections.abc import Callable, Iterable

from cutaway.cli.orders import (
    STANDARD_OUTPUT,
    Order,
    Outcome,
    Say,
    called,
    carry_out,
    destinations,
    received,
    tell,
    to_stderr,
)
from cutaway.cli.requests import Request
from cutaway.errors import CutawayError, InputError
from cutaway.record import Record


class Product(Record):
    """A file that is made of each model: the words for it, its formats, the usual one first, and what makes one.

    `check` says of flags what has to be said before any work is done, given the suffix of the first file.
    """

    noun: str
    done: str
    doing: str
    formats: tuple[str, ...]
    make: Callable[[Order], None]
    check: Callable[[Request, str], None] | None = None


def make_files(request: Request, product: Product) -> int:
    """Make all files and return the exit code: 0, or 2 if one could not be made."""
    places = destinations(request, product.noun, product.formats)
    orders = [
        Order(request=request, model=model, target=target, suffix=suffix, data=received(model))
        for model, (target, suffix) in zip(request.models, places, strict=True)
    ]
    _make_folder(orders[0].target, request)
    if product.check is not None:
        product.check(request, orders[0].suffix.lower())
    if len(orders) == 1:
        return _make_one(orders[0], product)
    return _make_many(orders, product)


def _make_one(order: Order, product: Product) -> int:
    outcome = carry_out(order, product.make)
    tell(outcome, "", to_stderr)
    _tell_place(order, outcome, to_stderr)
    return 2 if outcome.error else 0


def _make_many(orders: list[Order], product: Product) -> int:
    from cutaway.cli.progress import progress

    failed = 0
    with progress(len(orders), product.doing) as (say, advance):
        for order, outcome in zip(orders, _outcomes(orders, product), strict=True):
            tell(outcome, called(order), say)
            _tell_place(order, outcome, say)
            failed += bool(outcome.error)
            advance()
    if failed:
        to_stderr(f"{product.done} {len(orders) - failed} of {len(orders)} models")
    return 2 if failed else 0


def _outcomes(orders: list[Order], product: Product) -> Iterable[Outcome]:
    jobs = min(orders[0].request.jobs, len(orders))
    if jobs == 1:
        return (carry_out(order, product.make) for order in orders)
    from cutaway.cli.workers import outcomes

    return outcomes(orders, product.make, jobs)


def refuse_a_model(target: str, models: Iterable[str], noun: str) -> None:
    """Raise InputError where the place for a `noun` is one of the models."""
    if target == STANDARD_OUTPUT or not os.path.exists(target):
        return
    for model in models:
        if os.path.exists(model) and os.path.samefile(target, model):
            raise InputError(f"cannot write the {noun} to {target!r}: that is a model; name another file with -o")


def refuse_to_lose_a_model(target: str, noun: str) -> None:
    """Raise InputError where the place for a `noun` holds a model, which nobody named as one; for formats of models."""
    if target == STANDARD_OUTPUT or not os.path.exists(target):
        return
    from cutaway.sources.files.reading import config_of_path

    try:
        config = config_of_path(target)
    except CutawayError:
        return  # so it is no model
    if "class_name" in config or "config" in config:
        raise InputError(f"cannot write the {noun} to {target!r}: a model is in that file; name another file with -o")


def _make_folder(target: str, request: Request) -> None:
    """Make the folder that the user named for the files, but none above it."""
    output = request.output
    if output is None or output in {STANDARD_OUTPUT, target} or os.path.isdir(output):
        return
    try:
        os.mkdir(output)
    except OSError as error:
        above = os.path.dirname(os.path.normpath(output))
        is_missing = above and not os.path.exists(above)
        reason = f"there is no folder {above!r}; make that first" if is_missing else error.strerror
        raise InputError(f"cannot make the folder {output!r}: {reason}") from error


def _tell_place(order: Order, outcome: Outcome, say: Say) -> None:
    """Say where a file is whose place the user did not name."""
    if not outcome.error and order.request.output is None and order.target != STANDARD_OUTPUT:
        say(f"wrote {order.target}")
