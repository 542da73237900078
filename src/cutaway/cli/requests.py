"""What the user asks for, or is told instead."""

from typing import Any

from cutaway.record import Record, field


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
    jobs: int = 1
    debug: bool = False


class Usage(Exception):  # noqa: N818 - a help text is no error
    """A text to show instead of doing anything, and the exit code."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.text = text
        self.code = code
