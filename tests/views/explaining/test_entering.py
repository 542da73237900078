"""Blocks that differ only in what leads into them: they are one drawing, and a sentence says how they differ."""

from paper_models import Net, resnet

from cutaway import draw, lint
from cutaway.analysis.fold import Pattern
from cutaway.graph import PortRef
from cutaway.record import replace
from cutaway.views.explaining.entering import cores, matched


def cell(*lead_in, core="Conv2D"):
    """Return a cell of two inputs: one through layers of its own, both into two branches that are joined."""
    net = Net("cell")
    x, y = net.add("InputLayer"), net.add("InputLayer")
    first = net.chain(y, *lead_in)
    left = net.add("Add", net.add(core, x), net.add("Conv2D", first))
    right = net.add("Add", net.add("AveragePooling2D", first), net.add("DepthwiseConv2D", x))
    out = net.add("Concatenate", left, net.add("MaxPooling2D", right), net.add("Conv2D", x))
    graph = net.graph(out)
    inside = [node for node in graph.nodes if node.id not in (x, y)]
    outer = [edge for edge in graph.edges if edge.source in (x, y)]
    return Pattern(
        graph=replace(
            graph, nodes=tuple(inside), edges=tuple(edge for edge in graph.edges if edge not in outer), inputs=()
        ),
        entries=tuple(PortRef(edge.target, edge.target_port) for edge in outer),
        exits=(PortRef(out, 0),),
        family=0,
        fed=tuple((x, y).index(edge.source) for edge in outer),
    )


def ops(pattern, nodes):
    known = {node.id: node.op for node in pattern.graph.nodes}
    return tuple(known[node] for node in nodes)


def test_cells_with_another_way_in_are_alike():
    base, like = cell("ReLU", "Conv2D"), cell("ReLU", "AveragePooling2D", "Conv2D")
    alike = matched(cores(base), cores(like))
    (led,) = alike.lead_ins
    assert ops(base, led[0]) == ("ReLU", "Conv2D")
    assert ops(like, led[1]) == ("ReLU", "AveragePooling2D", "Conv2D")
    assert ops(base, alike.nodes) == ops(like, alike.nodes.values())
    assert len(alike.nodes) == len(base.graph.nodes) - 2


def test_a_way_in_may_hold_nothing():
    base, like = cell("ReLU", "Conv2D"), cell()
    (led,) = matched(cores(base), cores(like)).lead_ins
    assert ops(base, led[0]) == ("ReLU", "Conv2D")
    assert led[1:] == ((), False)


def test_cells_that_differ_inside_are_not_alike():
    assert matched(cores(cell("ReLU")), cores(cell("ReLU", core="SeparableConv2D"))) is None


def test_a_legend_switched_off_explains_nothing_and_is_no_hard_fault():
    drawn = draw(resnet(), legend=False)
    assert [mark for mark in drawn.scene.marks if getattr(mark, "part", "") == "explained"] == []
    assert {fault.severity for fault in lint(drawn)} == {"soft"}
