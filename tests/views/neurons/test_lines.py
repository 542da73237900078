"""Lines between neurons: what they cost."""

from keras_configs import given, model
from neuron_networks import dense
from work_done import steps

import cutaway
from cutaway.page import Page
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
