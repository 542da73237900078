"""Every class has a rule of shapes, which is loaded when it is met."""

import subprocess
import sys

from cutaway.analysis.shapes.rules import FAMILIES, LAYERS


def test_every_class_has_a_rule():
    assert len(LAYERS) == len(FAMILIES) > 100
    assert all(callable(rule) for rule in LAYERS.values())


def test_only_what_is_needed_is_loaded():
    code = """
import sys
from cutaway.analysis.shapes import infer
from cutaway.graph import Edge, Graph, Node, Port, Tensor
known = Port(name="output", tensor=Tensor(shape=(None, 4), dtype="float32"))
nodes = (
    Node(id="in", name="in", op="InputLayer", outputs=(known,)),
    Node(id="relu", name="relu", op="ReLU", inputs=(known,), outputs=(known,), trainable=True),
    Node(
        id="out",
        name="out",
        op="Dense",
        inputs=(known,),
        outputs=(Port(name="y"),),
        attributes={"units": 3},
        trainable=True,
    ),
)
edges = (Edge(source="in", target="relu"), Edge(source="relu", target="out"))
print(infer(Graph(name="g", nodes=nodes, edges=edges), verify=False).nodes[2].outputs[0].tensor.shape)
families = "attention convolution dense merge operations same_shape space".split()
print([name for name in families if f"cutaway.analysis.shapes.{name}" in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["(None, 3)", "['dense']"]
