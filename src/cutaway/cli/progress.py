"""A bar that shows how many models are done, on a terminal; elsewhere only what has to be said."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(total: int, doing: str) -> Iterator[tuple[Callable[[str], None], Callable[[], None]]]:
    """Yield a function that prints a line to standard error, and one that counts a model as done.

    `doing` says what is done.
    """
    if not sys.stderr.isatty():
        yield _say, _nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, highlight=False)
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(doing, total=total)
        yield (
            lambda line: console.print(line, markup=False, soft_wrap=True),
            lambda: bar.advance(task),
        )


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _nothing() -> None:
    pass
