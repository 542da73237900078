"""Stored weights of every file of the corpus against what Keras says of the live models, layer by layer."""

import json
import math
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus_rows import rows

from cutaway import read
from cutaway.analysis.collapse import collapse
from cutaway.analysis.count import parameters, weight_size
from cutaway.errors import CutawayError, CutawayWarning
from cutaway.graph import Graph, Weight
from cutaway.sources.configs.serialized import class_of
from cutaway.sources.stored.names import expected, is_known

pytestmark = pytest.mark.corpus

DIFFERENT = {
    "k3/lora.keras": "the weights of LoRA are merged into the kernel when it is saved",
    "k3/seq_unbuilt.keras": "a model that is not built has no weights, and its file does not say so",
    "k3/seq_unbuilt.h5": "a model that is not built has no weights, and its file does not say so",
    "k2/vision__depth_estimation__model.keras": "Keras counts the state of a metric, and the model is not built",
    "tf215/tfts_rnn.keras": "Keras counts the state of a metric",
    "tf215/tfts_seq2seq.keras": "Keras counts the state of a metric",
    "tf215/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.keras": "Keras 2 does not save layers in lists of lists",
}
"""Files that hold something else than the live model had, and why."""
SUFFIXES = (".keras", ".h5", ".hdf5")


def files(corpus: Path, json_holds: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Give each file that may hold weights, with the facts of its model."""
    for row in rows(corpus):
        if row.entry.get("json") == json_holds:
            for path in row.files(*SUFFIXES):
                yield path, row.facts()


def samples(corpus: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for told in sorted(corpus.glob("samples/*/*.truth.json")):
        facts = json.loads(told.read_text())
        for layer in facts["layers"]:
            if layer.get("weights") and len(layer["weights"][0]) == 4:
                layer["trainable_params"] = sum(math.prod(each[1]) for each in layer["weights"] if each[3])
        for path in (told.with_name(told.name.replace(".truth.json", suffix)) for suffix in SUFFIXES):
            if path.exists() and not facts["model"].startswith("sub_m"):
                yield path, facts | {"total_params": facts["total"]}


def size(weights: dict[str, Weight], *trainable: bool | None) -> int:
    return sum(weight_size(each) or 0 for each in weights.values() if each.trainable in trainable)


def differences(graph: Graph, facts: dict[str, Any]) -> list[str]:
    """Return in what the weights of a graph are not those of the facts, in all and by layer."""
    found = []
    if parameters(graph.nodes) != facts["total_params"]:
        found.append(f"{parameters(graph.nodes)} parameters, not {facts['total_params']}")
    held = {node.name: node.weights for node in collapse(graph, 0).graph.nodes}
    for layer in facts["layers"]:
        weights = held.get(layer["name"])
        if weights is None:
            found.append(f"{layer['name']}: unknown")
            continue
        by_key = {weight.key: weight for weight in weights}
        if size(by_key, True, False, None) != layer["params"]:
            found.append(f"{layer['name']}: {size(by_key, True, False, None)}, not {layer['params']}")
        trained = layer.get("trainable_params")
        if trained is not None and not size(by_key, True) <= trained <= size(by_key, True, None):
            found.append(f"{layer['name']}: {size(by_key, True)} trained, not {trained}")
    return found


def compared(found: Iterator[tuple[Path, dict[str, Any]]], *, by_layer: bool = True) -> int:
    count, wrong = 0, []
    for path, facts in found:
        count += 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CutawayWarning)
            graph = read(path, weights=True)
        told = differences(graph, facts if by_layer else facts | {"layers": []})
        if bool(told) != (f"{path.parent.name}/{path.name}" in DIFFERENT):
            wrong.append(f"{path.parent.name}/{path.name}: {told[:4]}")
    assert not wrong, "\n".join([f"{len(wrong)} of {count} differ", *wrong])
    return count


def test_parameters_of_models_and_layers_are_the_facts(corpus: Path) -> None:
    assert compared(files(corpus, "graph")) >= 130


def test_parameters_of_samples_are_their_truth(corpus: Path) -> None:
    assert compared(samples(corpus)) >= 90


def test_trees_of_weights_hold_all_parameters(corpus: Path) -> None:
    assert compared(files(corpus, "config-only"), by_layer=False) >= 70


def test_no_layer_of_a_wild_file_with_weights_is_unknown(corpus: Path) -> None:
    count = 0
    for row in rows(corpus):
        for path in row.files(*SUFFIXES) if str(row.entry["section"]) == "wild" else ():
            with warnings.catch_warnings():
                warnings.simplefilter("error", CutawayWarning)
                try:
                    graph = read(path, weights=True)
                except CutawayError:
                    continue  # a file of weights alone
            count += 1
            assert parameters(graph.nodes) is not None, path.name
    assert count >= 25


def test_the_variables_of_classes_are_those_of_the_oracle(corpus: Path) -> None:
    count = 0
    for case in json.loads((corpus / "layer_oracle.json").read_text()):
        op = class_of({"class_name": case["cls"]})
        own = expected(op, case["kwargs"])
        names = [path.rpartition("/")[2] for path, *_ in case["weights"] or ()]
        if own is None:
            assert not names, case["cls"]
        elif own:
            count += 1
            if case["cls"] == "SpectralNormalization":
                names = ["vector_u"]
            assert [each.name for each in own] == names, case
            ranks = zip(own, case["weights"], strict=False)
            assert all(each.rank in {None, len(shape)} for each, (_, shape, *_) in ranks if names[0] != "vector_u"), (
                case
            )
        assert own is None or is_known(op, {}), case["cls"]
    assert count >= 66
