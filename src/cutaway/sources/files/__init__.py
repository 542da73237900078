"""Files, folders and texts to a config: what they are, told by their first bytes, and how much of them is read.

Beyond these bounds stands no model, but a mistake or an attack. The largest known config has 7 MB and is nested 17
levels deep. How deep one may be nested is for `json` to say (some thousand levels); nothing here reads configs by
recursion.
"""

from cutaway.errors import InputError

CONFIG_BYTES = 1 << 27
"""A config in JSON, unpacked."""
CONFIG_VALUES = 1 << 22
"""Values in a config, by the commas and brackets in its text: in memory each takes a hundred bytes."""
YAML_CHARACTERS, YAML_VALUES, YAML_LEVELS = 1 << 24, 1 << 19, 200
"""A config in YAML, which is read a hundred times slower than JSON; values behind an alias are counted each time."""
MODELS, MODEL_LEVELS = 100_000, 500
"""Models nested in one, and how deep; more means that a dict contains itself. Names of nested layers are paths."""
CALLS = 100_000
"""Calls in all nested models together: a model that calls another twice, which calls another twice, ... has no end."""
PORTS = 500_000
"""Tensors that the calls of a model give: one that is referred to makes all of its call before it."""
DIRECTORY_BYTES = 1 << 23
"""The directory of a zip archive: some hundred thousand members."""
UNPACKED_BYTES = 1 << 30
"""Deflated weights, unpacked to a temporary file; Keras stores them as they are, without limit."""
WEIGHT_PARTS = 200_000
"""Objects in a tree of stored weights, which is nested as deep as models may be."""
VALUE_BYTES = 1 << 30
"""The values of one array: twice the largest layer of VGG16."""
FILE_BYTES = 1 << 12
"""What of a file's start tells what it is."""


def refuse_many(text: str, where: str) -> None:
    """Raise InputError for a text of more values than any config has, before they are made."""
    if len(text) <= CONFIG_VALUES:
        return
    count = text.count(",") + text.count("{") + text.count("[")
    if count > CONFIG_VALUES:
        raise InputError(f"cannot read {where}: it holds over {CONFIG_VALUES} values, which no model's config does")
