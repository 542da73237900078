"""Files, folders and texts to a Keras config; what they are is told by their first bytes, never by their suffix."""

import os

from cutaway.errors import InputError, UnsupportedError
from cutaway.sources.keras_config import parse
from cutaway.sources.serialized import Config

_MOST_BYTES = 1 << 27
"""A config beyond 128 MiB is none: that of the largest known model is a twentieth of it."""
_ADVICE = "save the whole model with model.save('net.keras')"


def config_of_text(text: str) -> tuple[Config, str]:
    """Return the config in a JSON or YAML text, and how errors call that text."""
    if text.lstrip().startswith(("{", "[", '"{')):
        return parse(text, "the JSON text"), "the JSON text"
    from cutaway.sources.yaml_config import parse_yaml

    return parse_yaml(text, "the YAML text"), "the YAML text"


def config_of_path(path: str) -> Config:
    """Return the config in a file or folder: JSON or YAML (also gzipped), a `.keras` archive, or an unpacked one.

    Raises InputError for what holds no model, UnsupportedError for what holds one that cannot be read.
    """
    where = repr(path)
    try:
        if os.path.isdir(path):
            return _of_folder(path, where)
        with open(path, "rb") as file:
            start = file.read(1024)
        if start.startswith(b"PK\x03\x04"):
            return _of_archive(path, where)
        return _of_bytes(start, path, where)
    except FileNotFoundError as error:
        raise InputError(f"cannot read {where}: there is no such file or folder") from error
    except OSError as error:
        raise InputError(f"cannot read {where}: {error.strerror or error}") from error
    except ValueError as error:  # a name that no file can have
        raise InputError(f"cannot read {where}: {error}") from error


def _of_folder(path: str, where: str) -> Config:
    config = os.path.join(path, "config.json")
    if os.path.isfile(config):
        return parse(_whole(config, repr(config)), repr(config))
    if any(os.path.exists(os.path.join(path, name)) for name in ("saved_model.pb", "keras_metadata.pb")):
        raise UnsupportedError(
            f"cannot read {where}: it is a TensorFlow SavedModel, which holds no Keras config; {_ADVICE}"
        )
    raise InputError(
        f"cannot read {where}: the folder has no 'config.json', so it is no unpacked .keras archive{_models_in(path)}"
    )


def _models_in(path: str) -> str:
    """Return the advice to give the models in a folder, as one gives them to a shell; "" where there are none."""
    suffixes = [os.path.splitext(name)[1] for name in sorted(os.listdir(path))]
    found = next((suffix for suffix in (".keras", ".json") if suffix in suffixes), None)
    return "" if found is None else f"; give the files: {os.path.join(path, '*' + found)!r}"


def _of_archive(path: str, where: str) -> Config:
    from cutaway.sources.archive import DamagedArchiveError, content, members

    try:
        with open(path, "rb") as file:
            held = {member.name: member for member in members(file)}
            found = [name for name in held if name.endswith("/config.json") and not name.startswith("__MACOSX")]
            if "config.json" not in held and len(found) != 1:
                some = ", ".join(list(held)[:4]) or "nothing"
                raise InputError(
                    f"cannot read {where}: it is a zip archive without 'config.json' (it holds {some}); {_ADVICE}"
                )
            name = "config.json" if "config.json" in held else found[0]  # packed again with its folder around
            return parse(content(file, held[name], _MOST_BYTES), f"{name!r} in {where}")
    except DamagedArchiveError as error:
        raise InputError(f"cannot read {where}: the archive is damaged or cut short: {error}") from error


def _of_bytes(start: bytes, path: str, where: str) -> Config:
    if start.startswith(b"\x1f\x8b"):
        return _of_text(_gunzipped(path, where), where)
    if not start.strip():
        raise InputError(f"cannot read {where}: it is empty")
    if _is_text(start):
        return _of_text(_whole(path, where), where)
    raise _refusal(start, where)


def _is_text(start: bytes) -> bool:
    """Tell whether the first bytes of a file are those of a JSON or YAML text that may hold a config."""
    text = _text(start).lstrip()
    if text.startswith(("{", "[", '"{')):
        return True
    from cutaway.sources.yaml_config import is_yaml

    return is_yaml(text)


def _of_text(content: bytes, where: str) -> Config:
    text = _text(content[:1024]).lstrip()
    if text.startswith(("{", "[", '"{')):
        return parse(content, where)
    from cutaway.sources.yaml_config import parse_yaml

    return parse_yaml(_text(content), where)


def _whole(path: str, where: str) -> bytes:
    if os.path.getsize(path) > _MOST_BYTES:
        raise InputError(f"cannot read {where}: it is over {_MOST_BYTES} bytes long, which no model's config is")
    with open(path, "rb") as file:
        return file.read()


def _gunzipped(path: str, where: str) -> bytes:
    import gzip
    import zlib

    try:
        with gzip.open(path) as file:
            content = file.read(_MOST_BYTES + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(f"cannot read {where}: the gzip file is damaged or cut short ({error})") from error
    if len(content) > _MOST_BYTES:
        raise InputError(f"cannot read {where}: it unpacks to over {_MOST_BYTES} bytes")
    if _is_text(content[:1024]):
        return content
    raise InputError(f"cannot read {where}: it is gzipped, and neither JSON nor YAML of a model is in it")


def _text(start: bytes) -> str:
    """Return the first characters of a text file, in the encodings that JSON comes in."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start[: len(start) // 2 * 2].decode("utf-16", "replace")
    return start.decode("utf-8-sig", "replace")


def _refusal(start: bytes, where: str) -> InputError | UnsupportedError:
    """Return the error for a file that is none of ours, naming what it is where that can be told."""
    text = _text(start).lstrip().lower()
    if start.startswith(b"\x89HDF\r\n\x1a\n"):
        return UnsupportedError(f"cannot read {where}: HDF5 files are not read yet; {_ADVICE}")
    if text.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body")):
        return InputError(f"cannot read {where}: it is a web page, not a model; download the file itself")
    if text.startswith("version https://git-lfs"):
        return InputError(f"cannot read {where}: it is a Git LFS pointer, not the model; fetch it with 'git lfs pull'")
    if start.startswith(b"\x80") and start[1:2] in b"\x02\x03\x04\x05":
        return InputError(f"cannot read {where}: it is a Python pickle, which is never opened; {_ADVICE}")
    if start.startswith(b"PK"):
        return InputError(f"cannot read {where}: it is an empty or split zip archive")
    if start.startswith(b"\x93NUMPY"):
        return InputError(f"cannot read {where}: it is a NumPy array: weights, no architecture; {_ADVICE}")
    return InputError(
        f"cannot read {where}: it is no Keras file (expected .keras, JSON, or a folder with 'config.json')"
    )
