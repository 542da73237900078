"""The flags of `cutaway report`."""

from collections.abc import Sequence

from cutaway.cli import Request
from cutaway.cli.draw_flags import add_look, asked, chosen_view
from cutaway.cli.flags import Parser, add_reading, add_rest, braces, parser
from cutaway.cli.values import count, word

FORMATS = ("html", "md")

MODEL_HELP = (
    "a .keras file or folder, an .h5, JSON or YAML file, or - for JSON from standard input (the report then goes to "
    "standard output, as HTML, unless -o names another place)"
)


def request(arguments: Sequence[str]) -> Request:
    """Read the flags of `cutaway report`. Raises Usage where there is nothing to do but to say something."""
    found, models, keywords = asked(reader(arguments), arguments, "REPORT_EXAMPLES")
    return Request(
        command="report",
        models=models,
        output=found.output,
        form=found.format,
        keywords=keywords | ({"values": True} if found.values else {}),
        jobs=found.jobs,
        debug=found.debug,
    )


def reader(arguments: Sequence[str] = ()) -> Parser:
    """Return the parser of all flags, those of the view among them that the arguments name."""
    view = chosen_view(arguments)
    made = parser(
        "report",
        "[-o PAGE] [options]",
        "Report on models, on one page each: the figure, the summary, inputs and outputs, what is worth noticing.",
        MODEL_HELP,
    )
    group = made.add_argument_group("where to")
    group.add_argument(
        "-o", "--output", metavar="PAGE",
        help="a file, .html or .md, beside which the figure is then written (net.report.svg); a folder, as several "
        "models need; or - for standard output, only as html (default: files in this folder, named after the models)",
    )  # fmt: skip
    group.add_argument(
        "--format", type=word(FORMATS, {"markdown": "md"}), metavar=braces(FORMATS),
        help="the format, where no suffix tells it (default: html)",
    )  # fmt: skip
    group.add_argument("--jobs", type=count, default=1, metavar="N", help="how many at once (default: 1)")
    group = made.add_argument_group("what it says")
    group.add_argument(
        "--values", action="store_true", help="tell what is inside the layers: how their weights start, and what the "
        "values are like that the file holds",
    )  # fmt: skip
    add_look(made, view)
    other = made.add_argument_group("other")
    add_reading(other, "whose shapes and, with --values, values are told")
    add_rest(other)
    return made
