"""The lines of `graph_view`: that each begins and ends on its own layers, and crosses nothing that is drawn."""

from collections import Counter
from math import hypot

from hypothesis import given, settings
from keras_configs import called, layer, model, tensor
from keras_configs import given as given_input
from neuron_networks import disks, distance, stretches
from small_graphs import graphs

from cutaway.compat.visualkeras.graph import graph_scene
from cutaway.compat.visualkeras.interfaces import GRAPH
from cutaway.compat.visualkeras.layers import subject_of
from cutaway.compat.visualkeras.settling import settled
from cutaway.faults.survey import survey
from cutaway.geometry import Rect
from cutaway.scene import Group
from cutaway.sources import read

NEAR = 0.02


def scene(graph, **keywords):
    return graph_scene(subject_of(graph), settled(GRAPH, keywords))


class Shapes:
    """The circles and boxes of a figure by the ids of nodes and outputs."""

    def __init__(self, drawn) -> None:
        found = {
            (each.part, each.ref): each.outline.bounds
            for each in survey(drawn).owners
            if each.part in {"node", "output"} and each.outline
        }
        groups = {(mark.part, mark.ref): mark for mark in drawn.marks if isinstance(mark, Group)}
        self.circles = {key: disks(groups[key]) for key in found}
        self.rects = {
            key: Rect(x, y, right - x, bottom - y)
            for key, (x, y, right, bottom) in found.items()
            if not self.circles[key]
        }

    def touches(self, name, point):
        if name in self.rects:
            rect = self.rects[name]
            return min(abs(point.x - rect.x), abs(point.x - rect.right)) < NEAR and rect.y < point.y < rect.bottom
        return any(abs(hypot(point.x - x, point.y - y) - radius) < NEAR for x, y, radius in self.circles[name])

    def crossed(self, one, other):
        """Return what a line goes into."""
        found = [
            name
            for name, each in self.circles.items()
            if any(distance(one, other, x, y) < radius - NEAR for x, y, radius in each)
        ]
        return found + [name for name, rect in self.rects.items() if enters(one, other, rect)]


def enters(one, other, rect):
    for step in range(101):
        x, y = one.x + (other.x - one.x) * step / 100, one.y + (other.y - one.y) * step / 100
        if rect.x + NEAR < x < rect.right - NEAR and rect.y + NEAR < y < rect.bottom - NEAR:
            return True
    return False


def edges(drawn):
    return {mark.ref: mark for mark in drawn.marks if isinstance(mark, Group) and mark.part == "edge"}


def ends(graph):
    return {edge.id: (edge.source, edge.target) for edge in graph.edges}


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_lines_cross_nothing_and_lead_from_one_layer_to_the_other(graph) -> None:
    drawn, shown = scene(graph), ends(subject_of(graph).graph)
    shapes = Shapes(drawn)
    for key, group in edges(drawn).items():
        found = list(stretches(group))
        assert not [name for line in found for name in shapes.crossed(*line)]
        if key not in shown:
            continue
        source, target = shown[key]
        assert any(shapes.touches(("node", target), end) for _, end in found)
        left = [other for other, each in shown.items() if each[0] == source]  # of one tensor, and one way on
        assert any(shapes.touches(("node", source), one) for each in left for one, _ in stretches(edges(drawn)[each]))


def test_two_edges_between_two_columns_lie_beside_each_other() -> None:
    graph = read(seq2seq())
    drawn = scene(graph)
    shapes = Shapes(drawn)
    seen = Counter()
    for edge in graph.edges:
        if (edge.source, edge.target) != ("enc_lstm", "dec_lstm"):
            continue
        found = list(stretches(edges(drawn)[edge.id]))
        begun = {one for one, _ in found if shapes.touches(("node", "enc_lstm"), one)}
        ended = {other for _, other in found if shapes.touches(("node", "dec_lstm"), other)}
        assert len(begun) == len(ended) == 9
        assert sum(abs(other.x - one.x) > 100 for one, other in found) == 81
        seen.update(begun | ended)
    assert len(seen) == sum(seen.values()) == 36


def seq2seq():
    """Return a model of two LSTMs of which the second begins with both states of the first."""
    first = layer("LSTM", "enc_lstm", called(tensor("enc", shape=(None, 5, 4))), units=32, return_state=True)
    states = [tensor("enc_lstm", output=place, shape=(None, 32)) for place in (1, 2)]
    call = called(tensor("dec", shape=(None, 5, 4)), initial_state=states)
    second = layer("LSTM", "dec_lstm", call, units=32)
    layers = [given_input("enc", (None, 5, 4)), given_input("dec", (None, 5, 4)), first, second]
    return model("seq2seq", layers, [["enc", 0, 0], ["dec", 0, 0]], ["dec_lstm", 0, 0])
