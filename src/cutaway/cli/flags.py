"""What the commands' flags have in common: the parser and how it answers, the models, flags that all of them have."""

import argparse
import os
from collections.abc import Callable, Iterable, Mapping, Sequence

from cutaway.cli import Usage
from cutaway.cli.values import SWITCH_VALUES, assumed, shape
from cutaway.typed import Any, NoReturn


class Layout(argparse.RawDescriptionHelpFormatter):
    """The help's layout; argparse makes one for every flag, and by itself loads shutil to ask for the width."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns() - 2)

    def _split_lines(self, text: str, width: int) -> list[str]:
        """Break the text of a flag between words; at hyphens, `--no-flat` would be no flag any more."""
        from textwrap import wrap

        return wrap(text, width, break_on_hyphens=False)


class Parser(argparse.ArgumentParser):
    """A parser that answers with two lines instead of the whole usage; `given` is what it is to read."""

    given: Sequence[str] = ()

    @property
    def command(self) -> str:
        """The command whose flags it reads."""
        return self.prog.rpartition(" ")[2]

    @property
    def flags(self) -> tuple[str, ...]:
        """All flags that it knows."""
        return tuple(self._option_string_actions)

    def error(self, message: str) -> NoReturn:
        """Raise what the user did wrong, and where to read more."""
        from cutaway.cli.mistakes import switch_with_value

        text = switch_with_value(self.given, self._option_string_actions) or message
        raise Usage(f"error: {text}\ntry '{self.prog} --help'", 2)

    def read(
        self, given: Sequence[str], examples: str, listing: Callable[[], str] | None = None
    ) -> tuple[argparse.Namespace, tuple[str, ...]]:
        """Return the flags and the models of a command line.

        The help ends with what `listing` gives, if anything, and with the text called `examples`. Raises Usage
        where there is nothing to do but to say something.
        """
        self.given = given
        found, rest = self.parse_known_args(given)
        if found.help:
            from cutaway.cli import texts

            self.epilog = (listing() if listing is not None else "") + getattr(texts, examples)
            raise Usage(self.format_help().rstrip(), 0)
        models = self._models(found.models, rest)
        if getattr(found, "weights", None) and len(models) > 1:
            self.error("--weights is for one model, not for several")
        return found, models

    def _models(self, found: Sequence[str], rest: Sequence[str]) -> tuple[str, ...]:
        """Return the models: argparse leaves those behind a flag in the `rest`. Refuses flags that there are not."""
        for item in rest:
            if item.startswith("-") and item != "-":
                from cutaway.cli.mistakes import unknown_argument

                self.error(unknown_argument(item.partition("=")[0], self.command, self.flags))
        models = (*found, *rest)
        if not models:
            self.error("no model is given")
        if not SWITCH_VALUES.isdisjoint(map(str.lower, models)):  # perhaps the "no" of "--legend no"
            from cutaway.cli.mistakes import switch_with_value

            if switch_with_value(self.given, self._option_string_actions):
                self.error("a switch takes no value")
        return models


def parser(command: str, usage: str, description: str, model_help: str) -> Parser:
    """Return a parser of a command's models; `usage` is the rest of that line."""
    made = Parser(
        prog=f"cutaway {command}",
        usage=f"cutaway {command} MODEL... {usage}",
        description=description,
        formatter_class=Layout,
        add_help=False,
        allow_abbrev=False,
    )
    made.add_argument("models", nargs="*", metavar="MODEL", help=model_help)
    return made


def add_reading(group: "argparse._ArgumentGroup", purpose: str) -> None:
    """Add the flags that say what a model does not tell of itself; weights are read for a `purpose`."""
    group.add_argument(
        "--input-shape", type=shape, metavar="N,N,...",
        help="the shape of the input, for models that do not know theirs: 224,224,3 or, with the batch, None,224,224,3",
    )  # fmt: skip
    group.add_argument(
        "--assume", type=assumed, action=Merge, metavar="SIZES",
        help="sizes in place of those that a model leaves open, such as the length of its sequences: 128 for all of "
        "them, 128,768 for the shape of the one input, or NAME=128 for an input or an axis of that name",
    )  # fmt: skip
    group.add_argument(
        "--weights", metavar="FILE", help=f"a file of weights beside the model's own, such as net.weights.h5, {purpose}"
    )


def add_rest(group: "argparse._ArgumentGroup") -> None:
    """Add the flags that every command ends with."""
    group.add_argument("--debug", action="store_true", help="show where in the program an error arose")
    group.add_argument("-h", "--help", action="store_true", help="show this and exit")


class Merge(argparse.Action):
    """What several flags say by names is one mapping; of anything else the last one holds."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:  # noqa: ANN401, ARG002
        """Keep what the flag says."""
        before: Any = getattr(namespace, self.dest, None)
        is_more = isinstance(values, Mapping) and isinstance(before, Mapping)
        setattr(namespace, self.dest, {**before, **values} if is_more else values)


def given(found: argparse.Namespace, *names: str) -> dict[str, Any]:
    """Return those of the named flags that the user gave a value."""
    return {name: getattr(found, name) for name in names if getattr(found, name, None) is not None}


def columns() -> int:
    """Return the width of the terminal, or 80; COLUMNS overrides it."""
    told = os.environ.get("COLUMNS", "")
    if told.isdigit() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(1).columns or 80
    except OSError:
        return 80


def braces(allowed: Iterable[str]) -> str:
    """Write a choice of words as the help does."""
    return "{" + ",".join(allowed) + "}"
