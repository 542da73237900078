"""Where a model comes from: its file, and what that tells of its making."""

import os
import re
from collections.abc import Mapping

from cutaway.record import Record


class Origin(Record):
    """The name of a model's file, the version of Keras that wrote it, and when; empty where nothing tells it.

    `saved` is the day as the file has it, never today's.
    """

    file: str = ""
    keras: str = ""
    saved: str = ""


def origin(source: object) -> Origin:
    """Return what a path that `cutaway.read` accepts tells of where its model comes from; nothing for all else."""
    if not isinstance(source, str | os.PathLike):
        return Origin()
    path = os.fsdecode(source)
    if path.lstrip("\ufeff").lstrip().startswith(("{", "[", '"{')) or "\n" in path:
        return Origin()
    from cutaway.sources.files.reading import config_of_path

    config = config_of_path(path)
    saved = _text(config, "date_saved").partition("@")[0]
    return Origin(
        file=os.path.basename(os.path.abspath(path)),
        keras=_text(config, "keras_version"),
        saved=saved if re.fullmatch(r"\d{4}-\d\d-\d\d", saved) else "",
    )


def _text(config: Mapping[str, object], key: str) -> str:
    value = config.get(key)
    return value if isinstance(value, str) and len(value) <= 40 else ""
