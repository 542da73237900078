"""The rows of the corpus: models that nobody here wrote, and what Keras says about them."""

import ast
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FORMS = {
    "json": (".json", ".json.gz"),
    "keras": (".keras",),
    "hdf5": (".h5", ".hdf5"),
    "yaml": (".yaml", ".yml"),
}
"""The forms in which models are stored, by their suffixes."""

_LOADERS = {"1": "k1", "3": "k3"}
"""The release with which a wild file of Keras 1 or 3 was loaded; there are two for Keras 2."""


@dataclass(frozen=True)
class Row:
    """One model: its line of the index, and where its files are."""

    entry: dict[str, Any]
    folder: Path

    @property
    def id(self) -> str:
        return str(self.entry["id"])

    def files(self, *suffixes: str) -> list[Path]:
        """Return the row's files with one of the suffixes."""
        return [self.folder / name for name in self.entry["files"] if name.endswith(suffixes)]

    @property
    def is_loaded(self) -> bool:
        """Whether any release of Keras loads it, so that there are facts."""
        return bool(self._told())

    def _told(self) -> list[dict[str, Any]]:
        told = [_content(self.folder / name) for name in self.entry.get("facts") or ()]
        return [each for each in told if "facts" in each]

    def facts(self) -> dict[str, Any]:
        """Return what Keras says of the live model; of several releases, that which is nearest to the file's own."""
        told = self._told()
        version = str(self.entry.get("keras_version"))
        old = version.startswith(("2.0", "2.1.", "2.2")) and not version.endswith("-tf")
        loader = _LOADERS.get(version[0], "k224" if old else "k2")
        nearest: dict[str, Any] = next((each for each in told if each.get("loader") == loader), told[0])["facts"]
        return nearest

    @property
    def holds_graph(self) -> bool:
        """Whether its files hold the data flow."""
        if self.entry["section"] == "wild":
            return self.entry["kind"] in {"functional", "sequential"}
        return self.entry.get("json") == "graph"


def _content(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return told


@cache
def rows(corpus: Path) -> tuple[Row, ...]:
    """Return all rows of the corpus in a folder (the fixture `corpus`)."""
    return tuple(Row(entry, corpus) for entry in json.loads((corpus / "index.json").read_text()))


def stored(corpus: Path, form: str) -> Iterator[tuple[Row, Path]]:
    """Return every row with every file of a form (one of FORMS), those to be refused left out."""
    for row in rows(corpus):
        if "expect" not in row.entry:
            for path in row.files(*FORMS[form]):
                yield row, path


def samples(corpus: Path, form: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Return every sample of a form with its truth, in the form of facts."""
    for told in sorted(corpus.glob("samples/*/*.truth.json")):
        for suffix in FORMS[form]:
            path = told.with_name(told.name.replace(".truth.json", suffix))
            if path.exists():
                yield path, _truth(told)


def keras3_graphs(corpus: Path) -> Iterator[Row]:
    """Return the rows that Keras 3 made and whose JSON holds the data flow."""
    for row in rows(corpus):
        if str(row.entry.get("keras_version")).startswith("3") and row.entry.get("json") == "graph":
            yield row


def _truth(path: Path) -> dict[str, Any]:
    """Return the truth of a sample in the form of facts; that of Keras 2 tells nothing of calls and edges."""
    told = json.loads(path.read_text())
    facts: dict[str, Any] = {"layers": [], "edges": None if "nodes" not in told["layers"][0] else []}
    for layer in told["layers"]:
        if "nodes" not in layer:
            shapes = ast.literal_eval(layer["output_shape"]) if "(" in layer["output_shape"] else None
            several = shapes if isinstance(shapes, list) else [shapes]
            out = [[None if shape is None else list(shape) for shape in several]]
            facts["layers"].append({"name": layer["name"], "class": layer["class"], "out": out})
            continue
        calls = [node for node in layer["nodes"] if node["in"] or layer["class"] == "InputLayer"]
        out = [[shape for shape, _ in node["out"]] for node in calls]
        facts["layers"].append({"name": layer["name"], "class": layer["class"], "out": out})
        facts["edges"] += [
            [end[0], end[1], end[2], layer["name"], call] for call, node in enumerate(calls) for end in node["in"]
        ]
    names = {layer["name"] for layer in facts["layers"]}
    return facts | {"edge_ends_not_in_layers": sorted({edge[0] for edge in facts["edges"] or []} - names)}


def model_files(corpus: Path) -> Iterator[Path]:
    """Return every file that holds a model."""
    for form in FORMS:
        for _, path in stored(corpus, form):
            yield path
        for path, _ in samples(corpus, form):
            yield path
