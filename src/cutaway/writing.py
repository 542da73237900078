"""What is made to files, whole or not at all."""

import os
from collections.abc import Mapping

from cutaway.errors import InputError


def place(path: object, instead: str) -> str:
    """Return the path that a caller gave; raises InputError, which says what to do `instead`, for what is none."""
    try:
        return os.fsdecode(path)  # type: ignore[arg-type] # of anything
    except TypeError:
        raise InputError(f"cannot save to a value of type {type(path).__name__!r}: {instead}") from None


def write(data: bytes, path: str) -> None:
    """Write a file whole or not at all: into a new file beside it, which then takes its place.

    An existing file keeps its permissions, and a link still leads to where it did. Raises InputError where the place
    cannot be written.
    """
    write_all({path: data})


def write_all(files: Mapping[str, bytes]) -> None:
    """Write several files, each whole, or none of them; see `write`."""
    fresh: dict[str, str] = {}
    path = ""
    try:
        for path, data in files.items():
            target = _place(path)
            if os.path.exists(target) and not os.path.isfile(target):
                with open(target, "wb") as device:  # a device or a pipe cannot be replaced
                    device.write(data)
            else:
                _prepare(data, target, fresh)
        for target in tuple(fresh):
            os.replace(fresh[target], target)
            del fresh[target]
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"cannot write {path!r}: {error.strerror or error}") from error
    except ValueError as error:  # a name that no file can have
        raise InputError(f"cannot write {path!r}: {error}") from error
    finally:
        for left in fresh.values():
            os.unlink(left)


def _place(path: str) -> str:
    """Return where a path leads to; raises InputError for what cannot be a file's place."""
    target = os.path.realpath(path)
    if os.path.isdir(target):
        raise InputError(f"cannot write {path!r}: it is a folder; give the name of a file in it")
    if not os.path.isdir(os.path.dirname(target)):
        raise InputError(f"cannot write {path!r}: there is no folder {os.path.dirname(path)!r}; make it first")
    return target


def _prepare(data: bytes, target: str, fresh: dict[str, str]) -> None:
    """Write the new file that is to take the place of `target`, and note it in `fresh`."""
    mode = os.stat(target).st_mode & 0o7777 if os.path.exists(target) else None
    handle, name = _new_file(os.path.dirname(target))
    fresh[target] = name
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    if mode is not None:
        os.chmod(name, mode)


def _new_file(folder: str) -> tuple[int, str]:
    """Open a file that did not exist, with the permissions that any new file gets."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    number = 0
    while True:
        fresh = os.path.join(folder, f".cutaway-{os.getpid()}-{number}.tmp")
        try:
            return os.open(fresh, flags, 0o666), fresh
        except FileExistsError:
            number += 1
