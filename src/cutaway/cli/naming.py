"""Where each file goes, and in which format."""

import os
from collections import Counter
from collections.abc import Sequence

from cutaway.cli.requests import Request
from cutaway.errors import InputError

STANDARD_INPUT = STANDARD_OUTPUT = "-"


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
