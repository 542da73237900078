"""The flags of `cutaway summary`."""

import os
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cutaway.cli import Request
from cutaway.cli.flags import Merge, Parser, add_reading, add_rest, braces, given, parser
from cutaway.cli.values import chosen, count, whole, word

FORMATS: Mapping[str, str] = MappingProxyType(
    {"text": "txt", "markdown": "md", "csv": "csv", "json": "json", "html": "html"}
)
"""Each format by the word for it, and the suffix of its files."""

MODEL_HELP = (
    "a .keras file or folder, an .h5, JSON or YAML file, or - for JSON from standard input; several models are told of "
    "one after the other: in CSV with a column that names the model, in JSON as a list"
)


def request(arguments: Sequence[str]) -> Request:
    """Read the flags of `cutaway summary`. Raises Usage where there is nothing to do but to say something.

    Raises InputError for an unknown column.
    """
    found, models = reader().read(_with_a_fold(arguments), "SUMMARY_EXAMPLES", _columns)
    from cutaway.views.summary.choice import choice

    choice(found.columns, found.sort)  # refuses unknown names before any model is read
    return Request(
        command="summary",
        models=models,
        output=found.output,
        form=found.format,
        keywords=given(found, "columns", "sort", "top", "depth", "fold", "unfold", "input_shape", "assume", "weights"),
        debug=found.debug,
    )


def _with_a_fold(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with `--fold=auto` for a `--fold` that no value follows, but a model or another flag."""
    found = [*arguments]
    for place, argument in enumerate(arguments):
        behind = arguments[place + 1] if place + 1 < len(arguments) else ""
        is_value = behind in {"auto", "none"} or behind.isdecimal() or ("=" in behind and not os.path.exists(behind))
        if argument == "--fold" and not is_value:
            found[place] = "--fold=auto"
    return found


def reader() -> Parser:
    """Return the parser of all flags."""
    made = parser(
        "summary",
        "[options]",
        "Tell of each layer of a model what it gives, holds and costs, as a table; no framework is needed.",
        MODEL_HELP,
    )
    group = made.add_argument_group("where to")
    group.add_argument(
        "-o", "--output", metavar="FILE",
        help=f"a file, whose suffix tells the format: {', '.join(f'.{suffix}' for suffix in FORMATS.values())}; "
        "or - for standard output (default: standard output)",
    )  # fmt: skip
    group.add_argument(
        "--format", type=word(FORMATS, {suffix: form for form, suffix in FORMATS.items()}), metavar=braces(FORMATS),
        help="the format, where no suffix tells it (default: text, as wide as the terminal and in colour if it goes to "
        "one, and never cut)",
    )  # fmt: skip
    group = made.add_argument_group("what it says")
    group.add_argument(
        "--columns", metavar="COLUMN,...", help="which columns to show, in this order (default: what each layer is, "
        "gives and holds, and, in models that branch, what it is connected to)",
    )  # fmt: skip
    group.add_argument("--sort", metavar="COLUMN", help="sort the layers by a column, the largest first")
    group.add_argument("--top", type=count, metavar="N", help="show so many rows; totals stay those of the model")
    group.add_argument(
        "--depth", type=whole, metavar="N", help="how deep nested models are opened; 0 keeps them closed (default: all)"
    )
    group.add_argument(
        "--fold", type=chosen("fold"), action=Merge, metavar="HOW", help="equal blocks as one row, with how many they "
        "are and the sums of their numbers: auto as the figure does it (above 40 layers), which is meant by --fold "
        "alone; none, a depth, or NAME=PATTERN, which may be given several times",
    )  # fmt: skip
    group.add_argument("--unfold", action="append", metavar="ID", help="a block to tell in full nevertheless")
    other = made.add_argument_group("other")
    add_reading(other, "whose shapes are told")
    add_rest(other)
    return made


def _columns() -> str:
    from cutaway.views.summary.columns import COLUMNS

    width = max(map(len, COLUMNS))
    lines = [f"  {key:<{width}}  {offer.meaning}" for key, offer in COLUMNS.items()]
    return "\n".join(["columns:", *lines, "\n"])
