"""What a mistaken command line was probably meant to be; loaded only where there is a mistake."""

import os
from argparse import Action
from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from typing import cast

from cutaway.cli import COMMANDS
from cutaway.cli.values import SWITCH_VALUES
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.cli.flags import Parser

MODEL_SUFFIXES = (".keras", ".json", ".json.gz", ".h5", ".hdf5")

_ALIKE = (("--show", "--columns"),)
"""Flags of different commands that say the same."""


def unknown_command(given: Sequence[str], commands: Collection[str]) -> str:
    """Say that the first word is no command, and how a model that was given can be drawn."""
    from difflib import get_close_matches

    command = given[0]
    meant = get_close_matches(command.lower(), commands, n=1, cutoff=0.7)
    question = f"did you mean {meant[0]!r}? " if meant else ""
    text = f"error: unknown command {command!r}: {question}there are {_listed(commands, 'and')}\n"
    if not any(map(_may_be_model, given)):
        return text + "try 'cutaway --help'"
    from shlex import join

    is_command = not (command.startswith("-") or _may_be_model(command))
    return f"{text}try: cutaway {meant[0] if meant else 'draw'} {join(given[1:] if is_command else given)}"


def unknown_argument(flag: str, command: str, known: Collection[str]) -> str:
    """Say that a command has no such flag: it is another view's or command's, or Python's, or one like it was meant."""
    if "--view" in known and (views := _views_with(flag)):
        return f"{flag} belongs to {_listed([f'--view {view}' for view in views], 'and')}"
    owners = [name for name in COMMANDS if flag in _flags(name)]
    if owners:
        instead = [mine for pair in _ALIKE if flag in pair for mine in pair if mine in known]
        return f"{flag} belongs to {_listed(owners, 'and')}" + (f"; here use {instead[0]}" if instead else "")
    if argument := _python_argument(flag, command):
        return f"{flag} is no flag, as its value is no text: it is an argument in Python, {argument}"
    start = f"--{flag.lstrip('-')}"
    meant = [name for name in known if name.startswith(start)]
    if not meant:
        from difflib import get_close_matches

        meant = get_close_matches(flag, list(known), n=1)
    return f"unknown argument {flag!r}" + (f": did you mean {_listed(meant, 'or')}?" if meant else "")


def _views_with(flag: str) -> list[str]:
    """Return the views that have the option of a flag."""
    from cutaway.views.choice import views_with

    return views_with(flag.removeprefix("--").removeprefix("no-").replace("-", "_"))


def _flags(command: str) -> Collection[str]:
    """Return the flags of a command, of which the module is loaded for it."""
    return cast("Parser", import_module(COMMANDS[command][0]).reader()).flags


def _python_argument(flag: str, command: str) -> str:
    """Return how the function behind a command is given what the flag says; empty where it takes no such argument."""
    from inspect import signature

    import cutaway

    function = {"summary": "summarize"}.get(command, command)
    found = signature(getattr(cutaway, function)).parameters.get(flag.removeprefix("--").replace("-", "_"))
    is_one = found is not None and found.kind is found.KEYWORD_ONLY
    return f"cutaway.{function}(model, {found.name}=...)" if found is not None and is_one else ""


def _listed(names: Collection[str], word: str) -> str:
    *first, last = map(repr, names)
    return f"{', '.join(first)} {word} {last}" if first else last


def switch_with_value(given: Sequence[str], actions: Mapping[str, Action]) -> str:
    """Say which switch was given a value, as in `--legend=no` and `--legend no`; empty where none was."""
    for place, word in enumerate(given):
        if word == "--":
            break
        flag, sign, _ = word.partition("=")
        follower = given[place + 1] if place + 1 < len(given) else ""
        takes_none = flag in actions and actions[flag].nargs == 0
        if takes_none and (sign or (follower.lower() in SWITCH_VALUES and not os.path.exists(follower))):
            ways = actions[flag].option_strings
            return f"{flag} takes no value: say {' or '.join(ways) if len(ways) > 1 else f'only {flag}'}"
    return ""


def _may_be_model(word: str) -> bool:
    return not word.startswith("-") and (word.lower().endswith(MODEL_SUFFIXES) or os.path.exists(word))
