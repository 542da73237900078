"""The command line: which command it is for, and what the user asks of that, or is told instead."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType

from cutaway import __version__
from cutaway.record import Record, field
from cutaway.typed import Any

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "draw": ("cutaway.cli.draw_flags", "cutaway.cli.drawing"),
        "summary": ("cutaway.cli.summary_flags", "cutaway.cli.summarizing"),
        "lint": ("cutaway.cli.lint_flags", "cutaway.cli.linting"),
        "report": ("cutaway.cli.report_flags", "cutaway.cli.reporting"),
    }
)
"""Each command with the modules whose `request` reads its flags, and whose `run` does the work.

They are loaded for that command only.
"""


class Request(Record):
    """What the user asks of a command.

    `output` is None where none was named, "-" for standard output; `form` is the format by its flag. `keywords` are
    those of the function that does the work (`cutaway.draw`, `summarize`, `report`), as far as they were given; `dpi`
    is None where the user leaves it to us.
    """

    command: str
    models: tuple[str, ...]
    output: str | None = None
    form: str | None = None
    keywords: dict[str, Any] = field(default_factory=dict)
    dpi: float | None = None
    embed_font: bool = False
    embed: bool = False
    jobs: int = 1
    debug: bool = False


class Usage(Exception):  # noqa: N818 - a help text is no error
    """A text to show instead of doing anything, and the exit code."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.text = text
        self.code = code


def parse(arguments: Sequence[str]) -> Request:
    """Read the command line. Raises Usage where there is nothing to do but to say something."""
    command = arguments[0] if arguments else ""
    if command in COMMANDS:
        plain = _drawn_as_usual(arguments[1:]) if command == "draw" else None
        return plain or _reader(command)(arguments[1:])
    if command == "help" and arguments[1:2] and arguments[1] in COMMANDS:
        return _reader(arguments[1])(["--help"])
    if command == "--version":
        raise Usage(f"cutaway {__version__}", 0)
    from cutaway.cli.texts import ABOUT

    if command in {"-h", "--help", "help"}:
        raise Usage(ABOUT, 0)
    if not command:
        raise Usage(ABOUT, 2)
    from cutaway.cli.mistakes import unknown_command

    raise Usage(unknown_command(arguments, COMMANDS), 2)


def _drawn_as_usual(arguments: Sequence[str]) -> Request | None:
    """Read the flags of `cutaway draw MODEL... [-o FIG]`; None where there are others, or mistakes.

    What most people type needs none of the parser, which takes as long as a small figure does.
    """
    models, output = list(arguments), None
    if "-o" in models[:-1]:
        place = models.index("-o")
        output = models[place + 1]
        del models[place : place + 2]
    if not models or any(text.startswith("-") and text != "-" for text in (*models, output or "")):
        return None
    return Request(command="draw", models=tuple(models), output=output, keywords={"view": "blocks", "theme": "paper"})


def _reader(command: str) -> Callable[[Sequence[str]], Request]:
    found: Callable[[Sequence[str]], Request] = import_module(COMMANDS[command][0]).request
    return found


def run(request: Request) -> int:
    """Do what the request asks for and return the exit code."""
    code: int = import_module(COMMANDS[request.command][1]).run(request)
    return code
