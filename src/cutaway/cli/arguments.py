"""The flags: those of the command, and those that the fields of the chosen view give."""

import argparse
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn, get_args, get_origin

from cutaway import __version__
from cutaway.cli.values import SWITCH_VALUES, count, positive, shape, whole, word, words
from cutaway.graph import Dim
from cutaway.outputs import OUTPUTS
from cutaway.record import field, record
from cutaway.theme import THEMES
from cutaway.views import VIEWS, load
from cutaway.views.choice import words_of
from cutaway.views.option import explained, options

FORMATS = tuple(suffix.removeprefix(".") for suffix in OUTPUTS)

MODEL_HELP = (
    "a .keras file or folder, an .h5, JSON or YAML file, or - for JSON from standard input (the figure then goes to "
    "standard output, unless -o names another place); of a folder full of models give the files: models/*.keras"
)


@record
class Request:
    """What the user asks of `cutaway draw`.

    `output` is None where none was named, "-" for standard output; `font` is a file, or the regular and the bold one;
    `dpi` is None where the user leaves it to us.
    """

    models: tuple[str, ...]
    output: str | None = None
    form: str | None = None
    view: str = "blocks"
    theme: str = "paper"
    view_options: dict[str, Any] = field(default_factory=dict)
    font: str | tuple[str, str] | None = None
    input_shape: tuple[Dim, ...] | None = None
    weights: str | None = None
    dpi: float | None = None
    embed_font: bool = False
    jobs: int = 1
    debug: bool = False


class Usage(Exception):  # noqa: N818 - a help text is no error
    """A text to show instead of doing anything, and the exit code."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.text = text
        self.code = code


class Layout(argparse.RawDescriptionHelpFormatter):
    """The help's layout; argparse makes one for every flag, and by itself loads shutil to ask for the width."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


class Parser(argparse.ArgumentParser):
    """A parser that answers with two lines instead of the whole usage; `given` is what it is to read."""

    given: Sequence[str] = ()

    def error(self, message: str) -> NoReturn:
        """Raise what the user did wrong, and where to read more."""
        from cutaway.cli.mistakes import switch_with_value

        text = switch_with_value(self.given, self._option_string_actions) or message
        raise Usage(f"error: {text}\ntry 'cutaway draw --help'", 2)


def parse(arguments: Sequence[str]) -> Request:
    """Read the command line. Raises Usage where there is nothing to do but to say something."""
    command = arguments[0] if arguments else ""
    if command == "draw":
        return _request(arguments[1:])
    if command == "help" and arguments[1:2] == ["draw"]:
        return _request(["--help"])
    if command == "--version":
        raise Usage(f"cutaway {__version__}", 0)
    from cutaway.cli.texts import ABOUT

    if command in {"-h", "--help", "help"}:
        raise Usage(ABOUT, 0)
    if not command:
        raise Usage(ABOUT, 2)
    from cutaway.cli.mistakes import unknown_command

    raise Usage(unknown_command(arguments), 2)


def _request(arguments: Sequence[str]) -> Request:
    first = Parser(add_help=False, allow_abbrev=False, formatter_class=Layout)
    first.add_argument("--view", type=word(VIEWS), default="blocks")
    view = load(first.parse_known_args(arguments)[0].view)
    parser = _parser(view)
    parser.given = arguments
    found, rest = parser.parse_known_args(arguments)
    if found.help:
        from cutaway.cli.texts import EXAMPLES

        parser.epilog = EXAMPLES
        raise Usage(parser.format_help().rstrip(), 0)
    models = _models(found.models, rest, parser)
    if found.font_bold and not found.font:
        parser.error("--font-bold needs --font, the font of ordinary weight")
    if found.weights and len(models) > 1:
        parser.error("--weights is for one model, not for several")
    chosen = {name: getattr(found, name) for name in options(view) if hasattr(found, name)}
    return Request(
        models=models,
        output=found.output,
        form=found.format,
        view=found.view,
        theme=found.theme,
        view_options=chosen,
        font=(found.font, found.font_bold) if found.font_bold else found.font,
        input_shape=found.input_shape,
        weights=found.weights,
        dpi=found.dpi,
        embed_font=found.embed_font,
        jobs=found.jobs,
        debug=found.debug,
    )


def _columns() -> int:
    """Return the width of the terminal, or 80; COLUMNS overrides it."""
    given = os.environ.get("COLUMNS", "")
    if given.isdigit() and int(given) > 0:
        return int(given)
    try:
        return os.get_terminal_size(1).columns or 80
    except OSError:
        return 80


def _models(found: Sequence[str], rest: Sequence[str], parser: Parser) -> tuple[str, ...]:
    """Return the models: argparse leaves those behind a flag in the `rest`. Refuses flags that there are not."""
    for item in rest:
        if item.startswith("-") and item != "-":
            from cutaway.cli.mistakes import unknown_argument

            known = parser._option_string_actions  # noqa: SLF001 - argparse has no other list
            parser.error(unknown_argument(item.partition("=")[0], list(known)))
    models = (*found, *rest)
    if not models:
        parser.error("no model is given")
    if not SWITCH_VALUES.isdisjoint(map(str.lower, models)):  # perhaps the "no" of "--legend no"
        from cutaway.cli.mistakes import switch_with_value

        if switch_with_value(parser.given, parser._option_string_actions):  # noqa: SLF001
            parser.error("a switch takes no value")
    return models


def _parser(view: type) -> Parser:
    parser = Parser(
        prog="cutaway draw",
        usage="cutaway draw MODEL... [-o FIG] [options]",
        description="Draw models as figures: .keras, .h5, JSON and YAML files, folders; no framework is needed.",
        formatter_class=Layout,
        add_help=False,
        allow_abbrev=False,
    )
    parser.add_argument("models", nargs="*", metavar="MODEL", help=MODEL_HELP)
    _add_output(parser.add_argument_group("where to"))
    _add_look(parser.add_argument_group("look"))
    group = parser.add_argument_group(f"the view {view.__name__.lower()!r}", (view.__doc__ or "").partition("\n")[0])
    for name, (item, kind) in options(view).items():
        _add_option(group, name, kind, item.default, item.metadata)
    other = parser.add_argument_group("other")
    other.add_argument(
        "--input-shape", type=shape, metavar="N,N,...",
        help="the shape of the input, for models that do not know theirs: 224,224,3 or, with the batch, None,224,224,3",
    )  # fmt: skip
    other.add_argument(
        "--weights", metavar="FILE",
        help="a file of weights beside the model's own, such as net.weights.h5, for --show parameters",
    )  # fmt: skip
    other.add_argument("--debug", action="store_true", help="show where in the program an error arose")
    other.add_argument("-h", "--help", action="store_true", help="show this and exit")
    return parser


def _add_output(group: "argparse._ArgumentGroup") -> None:
    group.add_argument(
        "-o", "--output", metavar="FIG",
        help="a file, whose suffix tells the format; a folder, as several models need, which is made if need "
        "be; or - for standard output (default: files in this folder, named after the models)",
    )  # fmt: skip
    group.add_argument(
        "--format", type=word(FORMATS), metavar=_braces(FORMATS),
        help="the format, where no suffix tells it (default: svg)",
    )  # fmt: skip
    group.add_argument(
        "--dpi", type=positive, help="dots per inch of pictures made of pixels, so not of svg and pdf (default: 300)"
    )
    group.add_argument(
        "--embed-font", action="store_true", help="let an SVG file carry its font, which elsewhere may be missing"
    )
    group.add_argument(
        "--jobs", type=count, default=1, metavar="N", help="how many models to draw at once (default: 1)"
    )


def _add_look(group: "argparse._ArgumentGroup") -> None:
    group.add_argument("--view", type=word(VIEWS), default="blocks", metavar=_braces(VIEWS), help="(default: blocks)")
    group.add_argument("--theme", type=word(THEMES), default="paper", metavar=_braces(THEMES), help="(default: paper)")
    group.add_argument("--font", metavar="FILE.ttf", help="a TrueType font to use (default: the bundled Inter)")
    group.add_argument("--font-bold", metavar="FILE.ttf", help="the bold weight of that font")


def _add_option(group: "argparse._ArgumentGroup", name: str, kind: Any, default: Any, facts: Any) -> None:  # noqa: ANN401
    """Add the flag of one field of a view; it leaves no trace where the user does not give it."""
    flag = f"--{name.replace('_', '-')}"
    text = facts["help"].replace("%", "%%")
    if "(default" not in text:
        text += f" (default: {_shown(default, flag)})"
    if kind is bool:
        group.add_argument(flag, action=argparse.BooleanOptionalAction, default=argparse.SUPPRESS, help=text)
        return
    allowed = words_of(kind)
    metavar = facts["metavar"] or (_braces(allowed) if allowed else None)
    if get_origin(kind) is tuple:
        read: Callable[[str], Any] = words(allowed)
        text += f". {'; '.join(explained(allowed, facts))}"
        metavar = facts["metavar"] or "WORDS"
    elif allowed:
        read = word(allowed)
    else:
        read = whole if int in (kind, *get_args(kind)) else str
    group.add_argument(flag, type=read, default=argparse.SUPPRESS, metavar=metavar, help=text)


def _shown(default: object, flag: str) -> str:
    if isinstance(default, bool):
        return flag if default else f"--no-{flag.removeprefix('--')}"
    return ",".join(default) if isinstance(default, tuple) else str(default)


def _braces(allowed: Iterable[str]) -> str:
    return "{" + ",".join(allowed) + "}"
