"""The layout problems that are measured: networks as `blocks` draws them or in plain boxes, and two large graphs.

A network is read from the examples or the corpus. Those that both lack are made with Keras, once.
"""

import gzip
import json
import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import Literal, get_args
from unittest.mock import patch

from cutaway import draw, read
from cutaway.geometry import Size
from cutaway.graph import Graph
from cutaway.layered import lay_out
from cutaway.layered.problem import Box, Layout, Link, Problem
from cutaway.ruler import Face, width

Boxes = Literal["plain", "blocks"]
"""Boxes with a name and a type, or what the view draws: boxes, circles where data is merged, labels on lines."""

BOXES: tuple[Boxes, ...] = get_args(Boxes)
EXAMPLES = {"ResNet50": Path(__file__).resolve().parent.parent / "examples" / "resnet50.json"}
APPLICATIONS = ("ResNet50", "InceptionV3", "DenseNet201", "EfficientNetB7", "NASNetLarge")
GRAPHS = ("decoder96", "nas5k")
MAKE = """
import gzip, sys, keras
text = getattr(keras.applications, sys.argv[1])(weights=None).to_json()
open(sys.argv[2], "wb").write(gzip.compress(text.encode(), mtime=0))
"""
_TEXT = 10.0
_HEIGHT = 36.0
_PAD = 8.0


def problem(name: str, boxes: Boxes, models: Path, peer: str) -> Problem:
    """Return a problem by its name; what has to be made is made by Keras in the Python `peer` and kept in `models`."""
    if name in GRAPHS:
        return large(_corpus() / "graphs" / f"{name}.json.gz")
    graph = graph_of(name, models, peer)
    return plain(graph) if boxes == "plain" else as_drawn(graph)


def graph_of(name: str, models: Path, peer: str) -> Graph:
    """Return a network by its name."""
    return read(EXAMPLES[name] if name in EXAMPLES else _application(name, models, peer))


def _corpus() -> Path:
    if "CUTAWAY_CORPUS" not in os.environ:
        raise SystemExit("CUTAWAY_CORPUS does not name the folder of the corpus, where the networks are")
    return Path(os.environ["CUTAWAY_CORPUS"])


def _application(name: str, models: Path, peer: str) -> Path:
    found, made = _corpus() / "applications" / f"{name}.json.gz", models / f"{name}.json.gz"
    if found.exists() or made.exists():
        return found if found.exists() else made
    models.mkdir(parents=True, exist_ok=True)
    quiet = os.environ | {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    done = subprocess.run([peer, "-c", MAKE, name, str(made)], env=quiet, check=False, capture_output=True, text=True)
    if done.returncode:
        reason = done.stderr.strip().rpartition("\n")[2]
        raise SystemExit(
            f"the corpus lacks {name}, and {peer} cannot make it: {reason}; "
            f"let --peer name a Python that has Keras, or --models a folder with {made.name}"
        )
    return made


def large(path: Path) -> Problem:
    """Return one of the large graphs of the corpus; a node has one output."""
    held = json.loads(gzip.decompress(path.read_bytes()))
    boxes = tuple(Box(id=str(node["id"]), size=Size(node["w"], node["h"])) for node in held["nodes"])
    return Problem(boxes=boxes, links=_links([(str(source), str(target)) for source, target in held["edges"]]))


def plain(graph: Graph) -> Problem:
    """Return a graph with boxes for two lines of text: the layer's name, its type and its shape."""
    boxes = []
    for node in graph.nodes:
        shape = node.outputs[0].tensor.shape if node.outputs else None
        lines = (node.name, f"{node.op} {shape}")
        wide = max(width(line, _TEXT, Face()) for line in lines) + 2 * _PAD
        boxes.append(Box(id=node.id, size=Size(round(wide, 1), _HEIGHT)))
    return Problem(boxes=tuple(boxes), links=_links([(edge.source, edge.target) for edge in graph.edges]))


def as_drawn(graph: Graph) -> Problem:
    """Return what the view `blocks` asks of the layout."""
    asked: list[Problem] = []

    def record(problem: Problem) -> Layout:
        asked.append(problem)
        return lay_out(problem)

    with patch("cutaway.views.composition.lay_out", record):
        draw(graph, fold="none", simplify="none").scene  # noqa: B018 - drawing it is what is wanted
    return asked[0]


def _links(pairs: list[tuple[str, str]]) -> tuple[Link, ...]:
    taken: Counter[str] = Counter()
    links = []
    for number, (source, target) in enumerate(pairs):
        links.append(Link(id=f"e{number}", source=source, target=target, tensor=source, order=taken[target]))
        taken[target] += 1
    return tuple(links)
