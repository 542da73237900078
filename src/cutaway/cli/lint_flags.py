"""The flags of `cutaway lint`."""

from collections.abc import Sequence

from cutaway.cli import Request
from cutaway.cli.draw_flags import PLACE, add_look, add_place, asked, chosen_view
from cutaway.cli.flags import Parser, add_reading, add_rest, braces, given, parser
from cutaway.cli.values import word

FORMATS = ("text", "json")

MODEL_HELP = (
    "a .keras file or folder, an .h5, JSON or YAML file, or - for JSON from standard input; of several models JSON is "
    "a list"
)


def request(arguments: Sequence[str]) -> Request:
    """Read the flags of `cutaway lint`. Raises Usage where there is nothing to do but to say something."""
    found, models, keywords = asked(reader(arguments), arguments, "LINT_EXAMPLES")
    return Request(
        command="lint",
        models=models,
        form=found.format,
        keywords=keywords | given(found, *PLACE),
        debug=found.debug,
    )


def reader(arguments: Sequence[str] = ()) -> Parser:
    """Return the parser of all flags, those of the view among them that the arguments name."""
    view = chosen_view(arguments)
    made = parser(
        "lint",
        "[options]",
        "Check the figures that 'cutaway draw' makes of models with the same options; nothing is written.",
        MODEL_HELP,
    )
    group = made.add_argument_group("what to say")
    group.add_argument(
        "--format", type=word(FORMATS), default="text", metavar=braces(FORMATS), help="the format (default: text)"
    )
    add_place(made.add_argument_group("the place it is for"))
    add_look(made, view)
    other = made.add_argument_group("other")
    add_reading(other, "for --show parameters")
    add_rest(other)
    return made
