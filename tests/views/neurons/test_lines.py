"""Lines between neurons: what they cost."""

from keras_configs import given, model
from neuron_networks import dense, disks, distance, stretches
from work_done import steps

import cutaway
from cutaway.page import Page
from cutaway.scene import Group
from cutaway.theme import PAPER
from cutaway.views.neurons import Neurons


def work(count: int) -> int:
    """Return how much it takes to draw so many columns beside each other behind one."""
    names = [f"h{place}" for place in range(count)]
    heads = [dense(name, "x", 2) for name in names]
    graph = cutaway.read(model("net", [given("x"), *heads], ["x", 0, 0], [[name, 0, 0] for name in names]))
    return steps(lambda: Neurons(fold="none", most=count + 9)(graph, PAPER, Page()))


def test_it_grows_with_the_columns_beside_each_other() -> None:
    work(2)  # whatever is imported
    assert work(160) < 4.1 * work(40)


def test_no_line_leads_through_a_circle_beside_the_one_where_it_ends() -> None:
    """Long columns that lie close to each other: lines to the middles of circles would graze those beside them."""
    graph = cutaway.read(model("net", [given("x"), dense("a", "x", 20), dense("b", "a", 20)], ["x", 0, 0], ["b", 0, 0]))
    for direction in ("down", "right"):
        scene = Neurons(direction=direction, limit=20)(graph, PAPER, Page())
        groups = {mark.ref: mark for mark in scene.marks if isinstance(mark, Group) and mark.part in {"node", "edge"}}
        circles = [disk for name in ("a", "b") for disk in disks(groups[name])]
        ways = list(stretches(groups["a:0->b:0"]))
        assert (len(circles), len(ways)) == (40, 400)
        assert all(distance(*way, x, y) > radius - 0.01 for way in ways for x, y, radius in circles)
