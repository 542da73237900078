from dataclasses import replace

import pytest
from hypothesis import given
from random_graphs import graphs
from work_done import steps

from cutaway.analysis.check import check
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, PortRef, Scope, ScopePort

IN, OUT = (Port(name="inputs"),), (Port(name="output"),)
SOUND = Graph(
    name="net",
    nodes=(
        Node(id="x", name="x", op="InputLayer", kind=Kind.INPUT, outputs=OUT),
        Node(id="enc/a", name="a", op="Dense", inputs=IN, outputs=OUT, scope="enc"),
        Node(id="enc/b", name="b", op="Dense", inputs=IN, outputs=OUT, scope="enc"),
        Node(id="y", name="y", op="Dense", inputs=IN, outputs=OUT),
    ),
    edges=(
        Edge(source="x", target="enc/a"),
        Edge(source="enc/a", target="enc/b"),
        Edge(source="enc/b", target="y"),
    ),
    scopes=(
        Scope(
            id="enc",
            name="enc",
            op="Functional",
            inputs=(ScopePort(name="i", ends=(PortRef("enc/a", 0),)),),
            outputs=(ScopePort(name="b", ends=(PortRef("enc/b", 0),)),),
        ),
    ),
    inputs=("x",),
    outputs=(Output(name="y", node="y"),),
)


@given(graphs())
def test_a_sound_graph_breaks_nothing(graph):
    assert check(graph) == ()
    assert check(SOUND) == ()


def scope(**changes):
    return replace(SOUND, scopes=(replace(SOUND.scopes[0], **changes),))


def node(place, **changes):
    nodes = list(SOUND.nodes)
    nodes[place] = replace(nodes[place], **changes)
    return replace(SOUND, nodes=tuple(nodes))


def more(*edges):
    return replace(SOUND, edges=(*SOUND.edges, *edges))


BROKEN = {
    "2 nodes and scopes have the id 'enc'": replace(
        SOUND, nodes=(*SOUND.nodes, Node(id="enc", name="enc", op="Dense"))
    ),
    "edge 'x:1->y:0' leaves from output 1 of 'x', which does not exist": replace(
        SOUND, edges=(*SOUND.edges[:2], Edge(source="x", source_port=1, target="y"))
    ),
    "edge 'nobody:0->y:0' leaves from output 0 of 'nobody', which does not exist": replace(
        SOUND, edges=(*SOUND.edges[:2], Edge(source="nobody", target="y"))
    ),
    "edge 'x:0->y:1' ends at input 1 of 'y', which does not exist": more(Edge(source="x", target="y", target_port=1)),
    "input 0 of 'y' is fed by 2 edges": more(Edge(source="x", target="y")),
    "tensors flow in a circle: 2 nodes wait for each other, among them 'enc/b'": replace(
        SOUND,
        edges=(
            *SOUND.edges[:1],
            Edge(source="y", target="enc/b"),
            Edge(source="enc/b", target="y"),
        ),
    ),
    "node 'y' lies in the scope 'gone', which does not exist": node(3, scope="gone"),
    "scope 'enc' lies in the scope 'gone', which does not exist": scope(parent="gone"),
    "scope 'enc' lies in itself": scope(parent="enc"),
    "input 'i' of scope 'enc' stands for input 7 of 'enc/a', which does not exist": scope(
        inputs=(ScopePort(name="i", ends=(PortRef("enc/a", 7),)),)
    ),
    "input 'i' of scope 'enc' stands for input 0 of 'y', which lies outside of it": scope(
        inputs=(ScopePort(name="i", ends=(PortRef("y", 0),)),)
    ),
    "output 'b' of scope 'enc' stands for output 0 of 'y', which lies outside of it": scope(
        outputs=(ScopePort(name="b", ends=(PortRef("y", 0),)),)
    ),
    "output 'b' of scope 'enc' has 2 ends": scope(
        outputs=(ScopePort(name="b", ends=(PortRef("enc/b", 0), PortRef("enc/a", 0))),)
    ),
    "the model's input 'y' is a node of the kind 'other'": replace(SOUND, inputs=("x", "y")),
    "the model's input 'gone' does not exist": replace(SOUND, inputs=("x", "gone")),
    "the model's input 'x' is listed 2 times": replace(SOUND, inputs=("x", "x")),
    "node 'x' is of the kind 'input', and the model's inputs do not list it": replace(SOUND, inputs=()),
    "the model's output 'z' is 'y':3, which does not exist": replace(
        SOUND, outputs=(Output(name="z", node="y", port=3),)
    ),
}


@pytest.mark.parametrize("fault", BROKEN, ids=lambda fault: fault[:40])
def test_a_broken_invariant_is_named(fault):
    assert check(BROKEN[fault]) == (fault,)


@pytest.mark.parametrize("parent", [None, "gone", "s99"])
def test_scopes_deep_in_each_other_are_looked_at_once(parent):
    few, many = (steps(lambda size=size: check(_deep(size, parent))) for size in (100, 400))
    assert many < 6 * few


def test_scopes_below_one_that_is_broken_are_told_of_there():
    assert check(_deep(3, "gone")) == ("scope 's0' lies in the scope 'gone', which does not exist",)
    assert check(_deep(2, "s1")) == ("scope 's0' lies in itself", "scope 's1' lies in itself")


def test_scopes_of_one_id_are_told_of_wherever_they_lie():
    scopes = [
        Scope(id=each, name="s", op="Model", parent=parent) for each, parent in (("a", None), ("b", None), ("a", "b"))
    ]
    assert check(Graph(name="g", scopes=tuple(scopes))) == ("2 nodes and scopes have the id 'a'",)


def _deep(size, parent=None):
    ports = (ScopePort(name="i", ends=(PortRef("a", 0),)),)
    scopes = [
        Scope(id=f"s{n}", name="s", op="Model", parent=f"s{n - 1}" if n else parent, inputs=ports) for n in range(size)
    ]
    node = Node(id="a", name="a", op="Dense", inputs=IN, scope=scopes[-1].id)
    return Graph(name="g", nodes=(node,), scopes=tuple(scopes))
