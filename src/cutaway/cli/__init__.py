"""The command `cutaway`. Exit codes: 0 done, 1 the answer is no, 2 wrong usage or a model that cannot be drawn."""

import os
import sys
from collections.abc import Sequence

from cutaway.errors import InputError

INTERRUPTED = 130
"""What a shell expects of a command that the user stopped: 128 + SIGINT."""
CLOSED_PIPE = 141
"""What a shell expects of a command whose reader went away: 128 + SIGPIPE."""


def run() -> None:
    """Run the command with the arguments of this process, and leave it."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more on its way out, and would complain that the reader is gone.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = CLOSED_PIPE
    sys.exit(code)


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
    from cutaway.cli.arguments import Usage, parse
    from cutaway.cli.drawing import draw_models

    try:
        return draw_models(parse(given))
    except Usage as usage:
        print(usage.text, file=sys.stderr if usage.code else sys.stdout)
        return usage.code
