"""Figures to files, whole or not at all."""

import os

from cutaway.errors import InputError


def write(data: bytes, path: str) -> None:
    """Write a file whole or not at all: into a new file beside it, which then takes its place.

    An existing file keeps its permissions, and a link still leads to where it did. Raises InputError where the place
    cannot be written.
    """
    try:
        target = os.path.realpath(path)
        folder = os.path.dirname(target)
        if os.path.isdir(target):
            raise InputError(f"cannot write {path!r}: it is a folder; give the name of a file in it")
        if not os.path.isdir(folder):
            raise InputError(f"cannot write {path!r}: there is no folder {os.path.dirname(path)!r}; make it first")
        if os.path.exists(target) and not os.path.isfile(target):
            with open(target, "wb") as device:  # a device or a pipe cannot be replaced
                device.write(data)
        else:
            _replace(data, target, folder)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"cannot write {path!r}: {error.strerror or error}") from error
    except ValueError as error:  # a name that no file can have
        raise InputError(f"cannot write {path!r}: {error}") from error


def _replace(data: bytes, target: str, folder: str) -> None:
    mode = os.stat(target).st_mode & 0o7777 if os.path.exists(target) else None
    handle, fresh = _new_file(folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if mode is not None:
            os.chmod(fresh, mode)
        os.replace(fresh, target)
    except BaseException:
        os.unlink(fresh)
        raise


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
