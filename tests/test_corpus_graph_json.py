"""Every model of the corpus as JSON: valid by the schema, and read back equal."""

import json
import warnings
from pathlib import Path

import jsonschema
import pytest
from corpus_rows import model_files

import cutaway
from cutaway.outputs.graph_json import to_graph_json
from cutaway.schema import graph_schema

pytestmark = pytest.mark.corpus


def test_every_model_is_valid_by_the_schema_and_read_back_equal(corpus: Path) -> None:
    schema = jsonschema.Draft202012Validator(graph_schema())
    wrong, count = [], 0
    for path in model_files(corpus):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what reading warns of is the matter of other tests
            try:
                graph = cutaway.read(path, weights=path.suffix in {".keras", ".h5", ".hdf5"})
            except cutaway.CutawayError:
                continue  # so it is
        text, count = to_graph_json(graph), count + 1
        fault = next(schema.iter_errors(json.loads(text)), None)
        if fault is not None:
            wrong.append(f"{path.name}: {fault.json_path}: {fault.message[:200]}")
        elif cutaway.read(text) != graph:
            wrong.append(f"{path.name}: is not read back equal")
    assert not wrong, "\n".join(wrong)
    assert count >= 640
