"""Files, folders and texts to a Keras config; what they are is told by their first bytes, never by their suffix."""

import os
import stat
from json import detect_encoding

from cutaway.errors import InputError, UnsupportedError
from cutaway.sources.configs import parse
from cutaway.sources.configs.serialized import Config
from cutaway.sources.files import CONFIG_BYTES, FILE_BYTES, refuse_many
from cutaway.typed import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from cutaway.sources.files.archive import Member

HDF5 = b"\x89HDF\r\n\x1a\n"
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"


def config_of_text(text: str) -> tuple[Config, str]:
    """Return the config in a JSON or YAML text, and how errors call that text."""
    where = "the JSON text" if _is_json(text) else "the YAML text"
    return _of_text(text, where), where


def config_of_path(path: str) -> Config:
    """Return the config in a file or folder: JSON or YAML (also gzipped), HDF5, a `.keras` archive, or an unpacked one.

    Raises InputError for what holds no model, UnsupportedError for what holds one that cannot be read.
    """
    where = repr(path)
    try:
        if os.path.isdir(path):
            return _of_folder(path, where)
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise InputError(f"cannot read {where}: it is a pipe or a device, not a file")
        with open(path, "rb") as file:
            start = file.read(FILE_BYTES)
            if start.startswith(_ZIP):
                return _of_archive(file, where)
            if not start.startswith(HDF5):
                return _of_bytes(start, file, path, where)
        return _of_hdf5(path, where)
    except FileNotFoundError as error:
        reason = "it is an address; download the file first" if "://" in path else "there is no such file or folder"
        raise InputError(f"cannot read {where}: {reason}") from error
    except OSError as error:
        raise InputError(f"cannot read {where}: {error.strerror or error}") from error
    except ValueError as error:  # a name that no file can have
        raise InputError(f"cannot read {where}: {error}") from error


def _of_folder(path: str, where: str) -> Config:
    config = os.path.join(path, "config.json")
    if not os.path.isfile(config):
        from cutaway.sources.files.foreign import refused_folder

        raise refused_folder(sorted(os.listdir(path)), path, where)
    with open(config, "rb") as file:
        found = _of_text(_decoded(_whole(file, repr(config)), repr(config)), repr(config))
    beside = os.path.join(path, "metadata.json")
    if os.path.isfile(beside):
        with open(beside, "rb") as file:
            return _dated(found, file.read(FILE_BYTES))
    return found


def _of_archive(file: BinaryIO, where: str) -> Config:
    from cutaway.sources.files.archive import ArchiveError, DamagedArchiveError, content, members

    try:
        held = {member.name: member for member in members(file)}
        name = _config_in(held, where)
        text = _decoded(content(file, held[name], CONFIG_BYTES), f"{name!r} in {where}")
        found = _of_text(text, f"{name!r} in {where}")
        beside = held.get(name.replace("config.json", "metadata.json"))
        return found if beside is None else _dated(found, content(file, beside, FILE_BYTES))
    except DamagedArchiveError as error:
        raise InputError(f"cannot read {where}: the archive is damaged or cut short: {error}") from error
    except ArchiveError as error:
        raise InputError(f"cannot read {where}: {error}") from error


def _config_in(held: "dict[str, Member]", where: str) -> str:
    """Return the name of the config in an archive, which may have been packed again with its folder around."""
    if "config.json" in held:
        return "config.json"
    found = [name for name in held if name.endswith("/config.json") and not name.startswith("__MACOSX")]
    if len(found) == 1:
        return found[0]
    from cutaway.sources.files.foreign import refused_archive

    raise refused_archive(list(held), where)


def _dated(config: Config, metadata: bytes) -> Config:
    """Return a config with what stands beside it, where that can be read: the version of Keras, and the date."""
    try:
        told = parse(metadata, "metadata.json")
    except InputError:
        return config
    known = {key: told[key] for key in ("keras_version", "date_saved") if isinstance(told.get(key), str)}
    return {**known, **config}


def _of_hdf5(path: str, where: str) -> Config:
    from cutaway.sources.hdf5.root_texts import root_texts

    texts = root_texts(path, ("model_config", "keras_version"))
    if not texts.get("model_config"):
        texts = _texts_of_hdf5(path, where)
    config = _of_text(texts["model_config"], f"'model_config' in {where}")
    version = texts.get("keras_version")
    return config if version is None else {"keras_version": version, **config}


def _texts_of_hdf5(path: str, where: str) -> dict[str, str]:
    """Return the texts at the root of a file that stores them in an unusual way; raises InputError for no model."""
    from cutaway.sources.hdf5.reader import opened

    with opened(path, where) as held:
        found = {name: held.attribute("", name) for name in ("model_config", "keras_version")}
        texts = {name: text for name, text in found.items() if isinstance(text, str)}
        if not texts.get("model_config"):
            from cutaway.sources.files.foreign import refused_hdf5

            listed = any(held.attribute("", name) is not None for name in ("layer_names", "layer_names0"))
            raise refused_hdf5((*held.groups(""), *held.datasets("")), where, listed=listed)
    return texts


def _of_bytes(start: bytes, file: BinaryIO, path: str, where: str) -> Config:
    if start.startswith(_GZIP):
        return _of_gzip(path, where)
    if not start.strip():  # blanks, perhaps, before a text
        start = _whole(file, where).lstrip()[:FILE_BYTES]
        if not start:
            raise InputError(f"cannot read {where}: it is empty")
    if _is_config(_text(start)):
        return _of_text(_decoded(_whole(file, where), where), where)
    from cutaway.sources.files.foreign import has_user_block, refusal

    if has_user_block(file, HDF5):
        return _of_hdf5(path, where)
    raise refusal(start, _text(start), where)


def _of_gzip(path: str, where: str) -> Config:
    import gzip
    import zlib

    try:
        with gzip.open(path) as file:
            data = file.read(CONFIG_BYTES + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(f"cannot read {where}: the gzip file is damaged or cut short ({error})") from error
    start = data[:FILE_BYTES]
    if start.startswith((HDF5, _ZIP)) or start[257:262] == b"ustar":
        kind = "an HDF5 file" if start.startswith(HDF5) else "an archive"
        raise UnsupportedError(f"cannot read {where}: it is {kind}, gzipped; unpack it, and give the file in it")
    if not _is_config(_text(data.lstrip()[:FILE_BYTES])):
        raise InputError(f"cannot read {where}: it is gzipped, and neither JSON nor YAML of a model is in it")
    if len(data) > CONFIG_BYTES:
        raise InputError(f"cannot read {where}: it unpacks to over {CONFIG_BYTES} bytes")
    return _of_text(_decoded(data, where), where)


def _of_text(text: str, where: str) -> Config:
    refuse_many(text, where)
    if _is_json(text):
        return parse(text, where)
    from cutaway.sources.files.yaml_config import parse_yaml

    return parse_yaml(text, where)


def _is_json(text: str) -> bool:
    return text.lstrip().startswith(("{", "[", '"{'))


def _is_config(text: str) -> bool:
    """Tell whether a text starts as JSON, or as a config in YAML does."""
    if _is_json(text):
        return True
    if ":" not in text or "\0" in text:
        return False
    from cutaway.sources.files.yaml_config import is_yaml

    return is_yaml(text)


def _whole(file: BinaryIO, where: str) -> bytes:
    file.seek(0)
    data = file.read(CONFIG_BYTES + 1)
    if len(data) > CONFIG_BYTES:
        raise InputError(f"cannot read {where}: it is over {CONFIG_BYTES} bytes long, which no model's config is")
    return data


def _text(start: bytes) -> str:
    """Return the first characters of a text file, in the encodings that JSON comes in."""
    return start.decode(detect_encoding(start), "replace")


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode(detect_encoding(data))
    except UnicodeDecodeError as error:
        raise InputError(f"cannot read {where}: it is no whole text in UTF-8 or UTF-16 ({error})") from error
