"""The command `cutaway`: which command it is for, and what the user asks of that, or is told instead.

Exit codes: 0 done, 2 wrong usage or a model that nothing can be made of.
"""

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType

from cutaway import __version__
from cutaway.errors import InputError
from cutaway.record import Record, field
from cutaway.typed import Any, NoReturn

INTERRUPTED = 130
"""What a shell expects of a command that the user stopped: 128 + SIGINT."""
CLOSED_PIPE = 141
"""What a shell expects of a command whose reader went away: 128 + SIGPIPE."""
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


def run() -> NoReturn:
    """Run the command with the arguments of this process, and leave it.

    What a figure is made of lives until the end: looking for garbage on the way, and taking everything apart object by
    object before leaving, cost a fifth of the time of drawing ResNet50, so neither is done.
    """
    gc.disable()
    try:
        code = _flushed(main())
    except BrokenPipeError:
        code = CLOSED_PIPE
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(code)


def _flushed(code: int) -> int:
    """Write what standard output still holds, and return the exit code; 2 where that fails.

    Where the command has failed before, what could not be written may still be held, and the reason has been told.
    """
    if sys.stdout is None:  # the caller closed it
        return code
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        if code == 0 and sys.stderr is not None:
            from cutaway.cli.wording import unwritten

            print(f"error: {unwritten(error)}", file=sys.stderr)
        return code or 2
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` and return its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        return _main(given)
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last place before the user, who is owed a sentence
        from cutaway.cli.wording import in_words, trace

        if "--debug" in given and not isinstance(error, InputError):
            print(trace(), file=sys.stderr)
        print(f"error: {in_words(error)}", file=sys.stderr)
        return 2


def _main(given: Sequence[str]) -> int:
    try:
        return _done(parse(given))
    except Usage as usage:
        if usage.code:
            print(usage.text, file=sys.stderr)
        else:
            _print(usage.text)
        return usage.code


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


def _done(request: Request) -> int:
    """Do what the request asks for and return the exit code."""
    code: int = import_module(COMMANDS[request.command][1]).run(request)
    return code


def _print(text: str) -> None:
    """Print a text to standard output, with what that cannot show replaced; standard error does so by itself."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        print(text.encode(encoding, "replace").decode(encoding))
    except BrokenPipeError:
        raise
    except OSError as error:
        from cutaway.cli.wording import unwritten

        raise InputError(unwritten(error)) from error
