"""The command `cutaway`. Exit codes: 0 done, 2 wrong usage or a model that nothing can be made of."""

import gc
import os
import sys
from collections.abc import Sequence

from cutaway.errors import InputError
from cutaway.typed import NoReturn

INTERRUPTED = 130
"""What a shell expects of a command that the user stopped: 128 + SIGINT."""
CLOSED_PIPE = 141
"""What a shell expects of a command whose reader went away: 128 + SIGPIPE."""


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
    from cutaway.cli.requests import Usage, parse, run

    try:
        return run(parse(given))
    except Usage as usage:
        if usage.code:
            print(usage.text, file=sys.stderr)
        else:
            _print(usage.text)
        return usage.code


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
