"""One file to be made of one model, and how that went; told in a line each."""

import os
import sys
import warnings
from collections.abc import Callable
from typing import Any, TypeAlias

from cutaway.cli.naming import STANDARD_INPUT
from cutaway.cli.requests import Request
from cutaway.errors import CutawayWarning, InputError
from cutaway.record import Record

Say: TypeAlias = Callable[[str], None]


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
