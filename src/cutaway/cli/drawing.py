"""Draw what was asked for, one model or many; say what went wrong in a line each, and go on with the others."""

import os
import sys
import warnings
from collections.abc import Callable, Iterable
from typing import TypeAlias

from cutaway.cli.arguments import Request
from cutaway.cli.naming import STANDARD_INPUT, STANDARD_OUTPUT, destinations
from cutaway.cli.wording import in_words, trace
from cutaway.errors import CutawayWarning, InputError
from cutaway.outputs import DPI, OUTPUTS, VECTOR, OutputOptions, output_for
from cutaway.record import record

Say: TypeAlias = Callable[[str], None]


@record
class Order:
    """One figure to be drawn: of one model, into one file, in the format of `suffix`.

    `data` is what came through a pipe, for a model that is no file.
    """

    request: Request
    model: str
    target: str
    suffix: str
    data: bytes | None = None


@record
class Outcome:
    """How it went, as lines to print; `error` is empty where the figure was written."""

    warnings: tuple[str, ...] = ()
    error: str = ""
    trace: str = ""


def draw_models(request: Request) -> int:
    """Draw all figures and return the exit code: 0, or 2 if one could not be drawn."""
    places = destinations(request)
    orders = [
        Order(request=request, model=model, target=target, suffix=suffix, data=_received(model))
        for model, (target, suffix) in zip(request.models, places, strict=True)
    ]
    _make_folder(orders[0].target, request)
    _warn_of_idle_flags(request, orders[0].suffix.lower())
    if len(orders) == 1:
        return _draw_one(orders[0])
    return _draw_many(orders)


def _draw_one(order: Order) -> int:
    outcome = carry_out(order)
    _tell(outcome, "", _to_stderr)
    _tell_place(order, outcome, _to_stderr)
    return 2 if outcome.error else 0


def _draw_many(orders: list[Order]) -> int:
    from cutaway.cli.progress import progress

    jobs = min(orders[0].request.jobs, len(orders))
    failed = 0
    with progress(len(orders)) as (say, advance):
        for order, outcome in zip(orders, _outcomes(orders, jobs), strict=True):
            _tell(outcome, _called(order), say)
            _tell_place(order, outcome, say)
            failed += bool(outcome.error)
            advance()
    if failed:
        _to_stderr(f"drew {len(orders) - failed} of {len(orders)} models")
    return 2 if failed else 0


def _outcomes(orders: list[Order], jobs: int) -> Iterable[Outcome]:
    if jobs == 1:
        return map(carry_out, orders)
    from cutaway.cli.workers import outcomes

    return outcomes(orders, jobs)


def carry_out(order: Order) -> Outcome:
    """Draw one figure; whatever goes wrong is in the outcome, except for an interrupt and a closed pipe."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", CutawayWarning)
        error = stack = ""
        try:
            _draw(order)
        except BrokenPipeError:
            raise
        except Exception as reason:  # noqa: BLE001 - the last place before the user, who is owed a sentence
            error, stack = in_words(reason), trace() if order.request.debug else ""
    return Outcome(warnings=tuple(dict.fromkeys(str(item.message) for item in caught)), error=error, trace=stack)


def _draw(order: Order) -> None:
    from cutaway.figure import draw
    from cutaway.outputs.file import write

    request = order.request
    output = output_for(order.suffix)
    _refuse_to_overwrite_a_model(order)
    figure = draw(
        _source(order),
        view=request.view,
        theme=request.theme,
        font=request.font,
        input_shape=request.input_shape,
        weights=request.weights,
        **request.view_options,
    )
    options = OutputOptions(dpi=DPI if request.dpi is None else request.dpi, embed_font=request.embed_font)
    data = output(figure.scene, options)
    if order.target == STANDARD_OUTPUT:
        _to_stdout(data, order.suffix)
    else:
        write(data, order.target)


def _received(model: str) -> bytes | None:
    """Read a model that comes from standard input, or from a pipe or device with a name; None for any other."""
    is_file = os.path.isfile(model) or os.path.isdir(model) or not os.path.exists(model)
    if is_file and model != STANDARD_INPUT:
        return None
    from cutaway.cli.piped import received

    return received(model)


def _source(order: Order) -> str:
    """Return what is to be read: a path, or the text that came through a pipe."""
    if order.data is not None:
        from cutaway.cli.piped import json_text

        return json_text(order.data, order.model)
    is_like_json = order.model.lstrip().startswith(("{", "["))
    return os.path.join(os.curdir, order.model) if is_like_json else order.model


def _refuse_to_overwrite_a_model(order: Order) -> None:
    if order.target == STANDARD_OUTPUT or not os.path.exists(order.target):
        return
    for model in order.request.models:
        if os.path.exists(model) and os.path.samefile(order.target, model):
            raise InputError(f"cannot write the figure to {order.target!r}: that is a model; name another file with -o")


def _make_folder(target: str, request: Request) -> None:
    """Make the folder that the user named for the figures, but none above it."""
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


def _warn_of_idle_flags(request: Request, suffix: str) -> None:
    """Say of flags that the user gave what they are for, where the format has no use for them."""
    form = suffix.removeprefix(".")
    if request.dpi is not None and suffix in VECTOR:
        _to_stderr(f"warning: --dpi does nothing here: it is for pictures made of pixels, which {form} is not")
    if request.embed_font and suffix in OUTPUTS and suffix != ".svg":
        _to_stderr(f"warning: --embed-font does nothing here: it is for svg; {form} looks the same everywhere anyway")


def _to_stdout(data: bytes, suffix: str) -> None:
    if suffix != ".svg" and sys.stdout.isatty():
        raise InputError(f"cannot write {suffix.removeprefix('.')} to a terminal: send it to a file with -o FILE")
    rest = memoryview(data)
    while rest:  # an unbuffered stream may take a part only
        rest = rest[sys.stdout.buffer.write(rest) or 0 :]
    sys.stdout.buffer.flush()


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr)


def _called(order: Order) -> str:
    return "standard input" if order.model == STANDARD_INPUT else order.model


def _tell_place(order: Order, outcome: Outcome, say: Say) -> None:
    """Say where a figure is whose place the user did not name."""
    if not outcome.error and order.request.output is None and order.target != STANDARD_OUTPUT:
        say(f"wrote {order.target}")


def _tell(outcome: Outcome, model: str, say: Say) -> None:
    """Print an outcome; among several models each line says which `model` it is about."""
    lines = [("warning", text) for text in outcome.warnings]
    if outcome.error:
        lines.append(("error", outcome.error))
    if outcome.trace:
        say(outcome.trace)
    for word, text in lines:
        say(f"{word}: {text}" if model in text else f"{word}: {model}: {text}")
