"""The flags: those of the command, and those that the fields of the chosen view give."""

import argparse
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn, get_args, get_origin

from cutaway import __version__
from cutaway.cli.values import count, positive, shape, whole, word, words
from cutaway.graph import Dim
from cutaway.outputs import OUTPUTS
from cutaway.record import field, record
from cutaway.theme import THEMES
from cutaway.views import VIEWS, load
from cutaway.views.choice import words_of
from cutaway.views.option import options

FORMATS = tuple(suffix.removeprefix(".") for suffix in OUTPUTS)

ABOUT = """\
usage: cutaway draw MODEL... [-o FIG] [options]

Draw the architecture of neural networks.

commands:
  draw        draw models from files as figures: 'cutaway draw --help' says more

options:
  -h, --help  show this and exit
  --version   show the version and exit"""

EXAMPLES = """\
examples:
  cutaway draw resnet50.keras                          writes resnet50.svg into this folder
  cutaway draw unet.json -o unet.pdf --direction right
  cutaway draw net.keras -o net.png --dpi 600 --show shapes,names,parameters
  cutaway draw net.keras -o - --no-legend | inkscape --pipe
  cutaway draw models/*.keras -o figures/ --format pdf --jobs 4

A file is written whole or not at all. Exit codes: 0 done; 2 wrong usage, or a model that could not be drawn."""


@record
class Request:
    """What the user asks of `cutaway draw`. `output` is None where none was named, "-" for standard output."""

    models: tuple[str, ...]
    output: str | None = None
    form: str | None = None
    view: str = "blocks"
    theme: str = "paper"
    view_options: dict[str, Any] = field(default_factory=dict)
    font: tuple[str, str | None] | None = None
    input_shape: tuple[Dim, ...] | None = None
    dpi: float = 300.0
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
    """A parser that answers with two lines instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        """Raise what the user did wrong, and where to read more."""
        raise Usage(f"error: {message}\ntry 'cutaway draw --help'", 2)


def parse(arguments: Sequence[str]) -> Request:
    """Read the command line. Raises Usage where there is nothing to do but to say something."""
    command = arguments[0] if arguments else ""
    if command in {"-h", "--help"}:
        raise Usage(ABOUT, 0)
    if command == "--version":
        raise Usage(f"cutaway {__version__}", 0)
    if not command:
        raise Usage(ABOUT, 2)
    if command != "draw":
        raise Usage(f"error: unknown command {command!r}: there is 'draw'\ntry 'cutaway --help'", 2)
    return _request(arguments[1:])


def _request(arguments: Sequence[str]) -> Request:
    first = Parser(add_help=False, allow_abbrev=False, formatter_class=Layout)
    first.add_argument("--view", type=word(VIEWS), default="blocks")
    view = load(first.parse_known_args(arguments)[0].view)
    parser = _parser(view)
    found, rest = parser.parse_known_args(arguments)
    if found.help:
        raise Usage(parser.format_help().rstrip(), 0)
    _refuse(rest, parser)
    if not found.models:
        parser.error("no model is given")
    if found.font_bold and not found.font:
        parser.error("--font-bold needs --font, the font of ordinary weight")
    chosen = {name: getattr(found, name) for name in options(view) if hasattr(found, name)}
    return Request(
        models=tuple(found.models),
        output=found.output,
        form=found.format,
        view=found.view,
        theme=found.theme,
        view_options=chosen,
        font=(found.font, found.font_bold) if found.font else None,
        input_shape=found.input_shape,
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


def _refuse(rest: Sequence[str], parser: Parser) -> None:
    """Refuse what no flag takes, and say which flag was perhaps meant."""
    if not rest:
        return
    flag = next((item for item in rest if item.startswith("-")), rest[0]).partition("=")[0]
    from difflib import get_close_matches

    close = get_close_matches(flag, list(parser._option_string_actions), n=1)  # noqa: SLF001 - argparse has no other list
    parser.error(f"unknown argument {flag!r}" + (f": did you mean {close[0]!r}?" if close else ""))


def _parser(view: type) -> Parser:
    parser = Parser(
        prog="cutaway draw",
        usage="cutaway draw MODEL... [-o FIG] [options]",
        description="Draw models as figures: .keras archives, JSON files, folders; no framework is needed.",
        epilog=EXAMPLES,
        formatter_class=Layout,
        add_help=False,
        allow_abbrev=False,
    )
    parser.add_argument("models", nargs="*", metavar="MODEL", help="the file, or the folder, that holds a model")
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
    other.add_argument("--debug", action="store_true", help="show where in the program an error arose")
    other.add_argument("-h", "--help", action="store_true", help="show this and exit")
    return parser


def _add_output(group: "argparse._ArgumentGroup") -> None:
    group.add_argument(
        "-o", "--output", metavar="FIG",
        help="the figure's file, its suffix telling the format; a folder; or - for standard output (default: the "
        "model's name, in this folder); several models need a folder, which is made if need be",
    )  # fmt: skip
    group.add_argument(
        "--format", type=word(FORMATS), metavar="{" + ",".join(FORMATS) + "}",
        help="the format where the suffix of FIG does not tell it (default: svg)",
    )  # fmt: skip
    group.add_argument(
        "--dpi", type=positive, default=300.0, help="dots per inch of pictures made of pixels (default: 300)"
    )
    group.add_argument("--embed-font", action="store_true", help="let an SVG file carry its font")
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
        text += f"; of {', '.join(allowed)}"
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
