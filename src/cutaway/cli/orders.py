"""Files to be made of models: where each goes and in which format, and how that went, told in a line each."""

import os
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence

from cutaway.cli import Request
from cutaway.errors import CutawayError, CutawayWarning, InputError
from cutaway.record import Record
from cutaway.typed import Any

STANDARD_INPUT = STANDARD_OUTPUT = "-"
Say = Callable[[str], None]


class Order(Record):
    """What is to be made of one model: a file `target`, in the format of `suffix`.

    `data` is what came through a pipe, for a model that is no file.
    """

    request: Request
    model: str
    target: str
    suffix: str
    data: bytes | None = None

    @property
    def source(self) -> str:
        """What is to be read: a path, or the text that came through a pipe."""
        if self.data is not None:
            from cutaway.cli.piped import json_text

            return json_text(self.data, self.model)
        is_like_json = self.model.lstrip().startswith(("{", "["))
        return os.path.join(os.curdir, self.model) if is_like_json else self.model


class Outcome(Record):
    """How it went, as lines to print; `error` is empty where it was done. `result` is what is not a file."""

    warnings: tuple[str, ...] = ()
    error: str = ""
    trace: str = ""
    result: Any = None


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
    from cutaway.cli.several import make_many

    return make_many(orders, product)


def _make_one(order: Order, product: Product) -> int:
    outcome = carry_out(order, product.make)
    tell(outcome, "", to_stderr)
    tell_place(order, outcome, to_stderr)
    return 2 if outcome.error else 0


def destinations(request: Request, noun: str, formats: Sequence[str]) -> list[tuple[str, str]]:
    """Return the file of each model and its suffix (with the dot). Raises InputError for what cannot be.

    A `noun` is what is written, in one of the `formats`, the first where nothing tells.
    """
    output, models = request.output, request.models
    if output == "":
        raise InputError(f"cannot write the {noun} to '': that is no name; name a file or a folder, or leave out -o")
    if output is None and models == (STANDARD_INPUT,):  # no name to take over, so do as other filters do
        output = STANDARD_OUTPUT
    suffix = f".{request.form or formats[0]}"
    if output is not None and len(models) == 1 and not is_folder(output):
        return [(output, suffix if output == STANDARD_OUTPUT else _suffix(output, request.form, noun, formats))]
    if output is not None and len(models) > 1 and not _may_be_folder(output, formats):
        raise InputError(f"cannot write {len(models)} {noun}s to {output!r}: give a folder, such as -o {noun}s/")
    from cutaway.cli.several import names_for

    return [(os.path.join(output or "", name + suffix), suffix) for name in names_for(models)]


def is_folder(output: str) -> bool:
    """Tell whether a place is a folder, or named as one."""
    return output.endswith((os.sep, "/")) or os.path.isdir(output)


def _may_be_folder(output: str, formats: Sequence[str]) -> bool:
    if output == STANDARD_OUTPUT:
        return False
    is_named_as_file = os.path.splitext(output)[1].lower().removeprefix(".") in formats
    return is_folder(output) or not (os.path.exists(output) or is_named_as_file)


def _suffix(output: str, form: str | None, noun: str, formats: Sequence[str]) -> str:
    suffix = os.path.splitext(output)[1]
    told = suffix.lower().removeprefix(".")
    if form is None and not suffix:
        raise InputError(
            f"cannot write the {noun} to {output!r}: no suffix tells the format; name a file, such as"
            f" {f'{output}.{formats[0]}'!r}, or a folder, {f'{output}/'!r}"
        )
    if form is None:
        return suffix
    if told in formats and told != form:
        raise InputError(f"cannot write {output!r}: its suffix says {told}, --format says {form}")
    return f".{form}"


def received(model: str) -> bytes | None:
    """Read a model that comes from standard input, or from a pipe or device with a name; None for any other."""
    is_file = os.path.isfile(model) or os.path.isdir(model) or not os.path.exists(model)
    if is_file and model != STANDARD_INPUT:
        return None
    from cutaway.cli import piped

    return piped.received(model)


def carry_out(order: Order, make: Callable[[Order], object]) -> Outcome:
    """Do the work for one order; whatever goes wrong is in the outcome, except for an interrupt and a closed pipe."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", CutawayWarning)
        error, stack, result = "", "", None
        try:
            result = make(order)
        except BrokenPipeError:
            raise
        except Exception as reason:  # noqa: BLE001 - the last place before the user, who is owed a sentence
            from cutaway.cli.wording import in_words, trace

            error, stack = in_words(reason), trace() if order.request.debug else ""
    told = tuple(dict.fromkeys(str(item.message) for item in caught))
    return Outcome(warnings=told, error=error, trace=stack, result=result)


def called(order: Order) -> str:
    """Return what a line calls the model among several."""
    return "standard input" if order.model == STANDARD_INPUT else order.model


def tell(outcome: Outcome, model: str, say: Say) -> None:
    """Print an outcome; among several models each line says which `model` it is about."""
    lines = [("warning", text) for text in outcome.warnings]
    if outcome.error:
        lines.append(("error", outcome.error))
    if outcome.trace:
        say(outcome.trace)
    for word, text in lines:
        say(f"{word}: {text}" if model in text else f"{word}: {model}: {text}")


def to_stderr(line: str) -> None:
    """Print a line to standard error."""
    if sys.stderr is not None:  # the caller closed it
        print(line, file=sys.stderr)


def to_stdout(data: bytes) -> None:
    """Write all of the data to standard output; an unbuffered stream may take a part only at a time.

    Raises InputError where it cannot be written, unless the reader went away.
    """
    if sys.stdout is None:
        raise InputError("cannot write to standard output: it is closed; name a file with -o")
    try:
        sys.stdout.flush()
        rest = memoryview(data)
        while rest:
            rest = rest[sys.stdout.buffer.write(rest) or 0 :]
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from cutaway.cli.wording import unwritten

        raise InputError(unwritten(error)) from error


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


def tell_place(order: Order, outcome: Outcome, say: Say) -> None:
    """Say where a file is whose place the user did not name."""
    if not outcome.error and order.request.output is None and order.target != STANDARD_OUTPUT:
        say(f"wrote {order.target}")
