"""The table of classes, which says what to load, says what the families hold."""

import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

from cutaway.analysis import shapes
from cutaway.analysis.shapes.rules import FAMILIES, LAYERS, Rules


def test_the_table_names_all_classes_of_all_families():
    held = {}
    for module in iter_modules(shapes.__path__):
        rules = {} if module.ispkg else getattr(import_module(f"{shapes.__name__}.{module.name}"), "RULES", {})
        held.update(dict.fromkeys(rules, module.name))
    assert dict(FAMILIES) == held


def test_every_class_has_a_rule():
    assert len(LAYERS) == len(FAMILIES) > 100
    assert all(callable(rule) for rule in LAYERS.values())


def test_a_callers_rules_go_first_and_the_others_stay():
    def mine(call):
        return ()

    rules = Rules({"Dense": mine, "Mine": mine})
    assert rules["Dense"] is rules["Mine"] is mine
    assert rules["Conv2D"] is LAYERS["Conv2D"]
    assert set(rules) == {*FAMILIES, "Mine"}
    assert len(rules) == len(FAMILIES) + 1
    assert rules.get("Nobodys") is None


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
