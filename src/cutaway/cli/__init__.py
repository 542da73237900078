"""The command `cutaway`. Exit codes: 0 done, 2 wrong usage or a model that nothing can be made of."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from cutaway.errors import InputError

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
        code = main()
        if sys.stdout is not None:  # the caller may have closed it
            sys.stdout.flush()
    except BrokenPipeError:
        code = CLOSED_PIPE
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(code)


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
    from cutaway.cli.arguments import parse, run
    from cutaway.cli.flags import Usage

    try:
        return run(parse(given))
    except Usage as usage:
        print(usage.text if usage.code else _readable(usage.text), file=sys.stderr if usage.code else sys.stdout)
        return usage.code


def _readable(text: str) -> str:
    """Return a text with what standard output cannot show replaced; standard error does so by itself."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)
