"""The form of a graph in JSON: how it is told from other JSON, and its schema, which also is its documentation.

`graph.schema.json`, beside this file, is a JSON Schema (draft 2020-12). `outputs/graph_json.py` writes the form,
`sources/graph_json.py` reads it.
"""

from cutaway.typed import Any

FORMAT = "cutaway graph"
"""The value of `format`, by which a file is known."""
VERSION = 1
"""The version of the form; it grows when files that were valid would be read otherwise, or no more."""
NUMBER, OBJECT = "$number", "$object"
"""The only key of an object that stands for a number that JSON lacks, or for an object that would be taken for one."""


def graph_schema() -> dict[str, Any]:
    """Return the JSON Schema of a graph in JSON."""
    import json
    from importlib.resources import files

    read: dict[str, Any] = json.loads(files(__name__).joinpath("graph.schema.json").read_text("utf-8"))
    return read
