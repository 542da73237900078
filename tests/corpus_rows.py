"""The rows of the corpus: models that nobody here wrote, and what Keras says about them."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


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

    def facts(self) -> dict[str, Any]:
        """Return what Keras says of the live model."""
        name = self.entry["facts"][0]
        facts: dict[str, Any] = json.loads(gzip.decompress((self.folder / name).read_bytes()))["facts"]
        return facts


@cache
def rows(corpus: Path) -> tuple[Row, ...]:
    """Return all rows of the corpus in a folder (the fixture `corpus`)."""
    return tuple(Row(entry, corpus) for entry in json.loads((corpus / "index.json").read_text()))


def keras3_graphs(corpus: Path) -> Iterator[Row]:
    """Return the rows that Keras 3 made and whose JSON holds the data flow."""
    for row in rows(corpus):
        if str(row.entry.get("keras_version")).startswith("3") and row.entry.get("json") == "graph":
            yield row
