"""Where what enters blocks comes from."""

import paper_models
from paper_models import Net

from cutaway.analysis.reduction import Reducing, reduced
from cutaway.views.blocks import Blocks
from cutaway.views.explaining.origins import BEFORE_LAST, origins_of


def origins(graph, most=14):
    return origins_of(reduced(graph, Reducing(most=most)), {})


def searched(cells=9):
    """Return cells of which each reads the two before it, as in NASNet."""
    net = Net("cells")
    older = net.add("Conv2D", net.add("InputLayer"))
    last = net.add("Conv2D", older)
    for _ in range(cells):
        left = net.add(
            "Add", net.chain(last, "Conv2D", "ReLU"), net.chain(older, "SeparableConv2D", "BatchNormalization")
        )
        right = net.add("Add", net.add("AveragePooling2D", last), net.chain(older, "DepthwiseConv2D", "Dropout"))
        older, last = last, net.add("Concatenate", left, right)
    return net.graph(last)


def test_cross_attention_says_that_it_reads_the_encoder():
    prepared = Blocks().prepared(paper_models.whisper())
    found = origins_of(prepared.reduction, prepared.words)
    assert [set(texts.values()) for texts in found.values()] == [{"encoder"}]


def test_cells_that_read_the_two_before_say_which_is_the_older():
    found = origins(searched(), most=9)
    assert found
    assert all(set(texts.values()) == {BEFORE_LAST} for texts in found.values())


def test_nothing_is_said_where_one_tensor_enters():
    assert origins(paper_models.resnet()) == {}
