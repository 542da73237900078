"""Models that come through a pipe, which can be read only once and from the start: JSON, but no archives."""

import sys

from cutaway.cli.orders import STANDARD_INPUT
from cutaway.errors import InputError
from cutaway.sources.files import CONFIG_BYTES


def called(model: str) -> str:
    """Return what a sentence calls a piped model."""
    return "standard input" if model == STANDARD_INPUT else repr(model)


def received(model: str) -> bytes:
    """Read all that comes through the pipe. Raises InputError where that fails, or does not end."""
    try:
        if model != STANDARD_INPUT:
            with open(model, "rb") as pipe:
                data = pipe.read(CONFIG_BYTES + 1)
        elif sys.stdin is None:  # the caller closed it
            data = b""
        else:
            data = sys.stdin.buffer.read(CONFIG_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot read {called(model)}: {error.strerror or error}") from error
    if len(data) > CONFIG_BYTES:
        raise InputError(f"cannot read {called(model)}: no model's configuration is over {CONFIG_BYTES} bytes long")
    return data


def json_text(data: bytes, model: str) -> str:
    """Return what was received as the JSON text that it has to be. Raises InputError for anything else."""
    from json import detect_encoding

    if not data.strip():
        raise InputError(f"cannot read {called(model)}: it is empty")
    text = data.decode(detect_encoding(data), "replace")
    if not text.lstrip().startswith(("{", "[")):
        raise InputError(
            f"cannot read {called(model)}: only JSON is taken from there, as model.to_json() gives it;"
            " save anything else, such as a .keras archive, as a file and give that"
        )
    return text
