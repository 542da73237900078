"""The layout problems that are measured: networks as `blocks` draws them or in plain boxes, and two large graphs."""

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
    """Return a problem by its name; what the corpus lacks is made by Keras in the Python `peer`, once."""
    corpus = Path(os.environ["CUTAWAY_CORPUS"])
    if name in GRAPHS:
        return large(corpus / "graphs" / f"{name}.json.gz")
    path = corpus / "applications" / f"{name}.json.gz"
    if not path.exists():
        path = models / f"{name}.json.gz"
    if not path.exists():
        models.mkdir(parents=True, exist_ok=True)
        quiet = os.environ | {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
        subprocess.run([peer, "-c", MAKE, name, str(path)], env=quiet, check=True, stderr=subprocess.DEVNULL)
    graph = read(gzip.decompress(path.read_bytes()).decode())
    return plain(graph) if boxes == "plain" else as_drawn(graph)


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
        draw(graph).scene  # noqa: B018 - drawing it is what is wanted
    return asked[0]


def _links(pairs: list[tuple[str, str]]) -> tuple[Link, ...]:
    taken: Counter[str] = Counter()
    links = []
    for number, (source, target) in enumerate(pairs):
        links.append(Link(id=f"e{number}", source=source, target=target, tensor=source, order=taken[target]))
        taken[target] += 1
    return tuple(links)
