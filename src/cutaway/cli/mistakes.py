"""What a mistaken command line was probably meant to be; loaded only where there is a mistake."""

import os
from argparse import Action
from collections.abc import Collection, Mapping, Sequence

from cutaway.cli.values import SWITCH_VALUES

MODEL_SUFFIXES = (".keras", ".json", ".json.gz", ".h5", ".hdf5")


def unknown_command(given: Sequence[str], commands: Collection[str]) -> str:
    """Say that the first word is no command, and how a model that was given can be drawn."""
    from difflib import get_close_matches

    command = given[0]
    meant = get_close_matches(command.lower(), commands, n=1, cutoff=0.7)
    *first, last = map(repr, commands)
    question = f"did you mean {meant[0]!r}? " if meant else ""
    text = f"error: unknown command {command!r}: {question}there are {', '.join(first)} and {last}\n"
    if not any(map(_may_be_model, given)):
        return text + "try 'cutaway --help'"
    from shlex import join

    is_command = not (command.startswith("-") or _may_be_model(command))
    return f"{text}try: cutaway {meant[0] if meant else 'draw'} {join(given[1:] if is_command else given)}"


def unknown_argument(flag: str, known: Collection[str]) -> str:
    """Say that there is no such flag, and which was perhaps meant: one that starts so, else one that is like it."""
    start = f"--{flag.lstrip('-')}"
    meant = [name for name in known if name.startswith(start)]
    if not meant:
        from difflib import get_close_matches

        meant = get_close_matches(flag, list(known), n=1)
    names = [repr(name) for name in meant]
    listed = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"unknown argument {flag!r}" + (f": did you mean {listed}?" if listed else "")


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
