"""Files to be made of models: where each goes and in which format, and how that went, told in a line each."""

import os
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Sequence

from cutaway.cli.requests import Request
from cutaway.errors import CutawayWarning, InputError
from cutaway.record import Record
from cutaway.typed import Any

STANDARD_INPUT = STANDARD_OUTPUT = "-"
Say = Callable[[str], None]


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
    names = _names(models)
    return [(os.path.join(output or "", name + suffix), suffix) for name in names]


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


def _names(models: Sequence[str]) -> list[str]:
    """Name each file after its model; where two would be the same, by ever more of the model's path."""
    choices = [_choices(model) for model in models]
    levels = [0] * len(models)
    while True:
        names = [names[level] for names, level in zip(choices, levels, strict=True)]
        taken = Counter(name.casefold() for name in names)  # some file systems do not tell cases apart
        clashing = [place for place, name in enumerate(names) if taken[name.casefold()] > 1]
        if not clashing:
            return names
        for place in clashing:
            levels[place] += 1
            if levels[place] == len(choices[place]):
                raise InputError(f"cannot write a file of its own for {models[place]!r}: is it given twice?")


def _choices(model: str) -> list[str]:
    """Return ever longer names for one model: `net`, `net.keras`, `run1-net`, `run1-net.keras` and so on."""
    if model == STANDARD_INPUT:
        return ["stdin", "stdin.json"]
    path = os.path.abspath(model)
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0] if not os.path.isdir(path) else name
    parts = [part for part in folder.replace("\\", "/").split("/") if part and not part.endswith(":")]
    stem = stem or name
    tails = ["-".join(parts[len(parts) - count :]) for count in range(1, len(parts) + 1)]
    return [stem, name, *(f"{tail}-{end}" for tail in tails for end in (stem, name))]


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
