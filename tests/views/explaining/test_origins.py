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


def test_what_several_sources_give_is_named_and_not_all_before_the_last():
    net = Net("fields")
    fields = [net.add("InputLayer") for _ in range(4)]
    last = net.add("Concatenate", *[net.add("Embedding", field) for field in fields])
    for width in (3, 5):
        last = net.chain(last, "Conv1D", "ReLU", "MaxPooling1D", "Flatten") if width == 3 else net.add("Dense", last)
    older = [net.add("Dense", net.add("Embedding", field)) for field in fields]
    graph = net.graph(net.chain(net.add("Concatenate", last, *older), "Dense", "ReLU"))
    told = [texts for most in range(4, 20) for texts in origins(graph, most=most).values()]
    assert any(len(set(texts.values()) & set(fields)) > 1 for texts in told)
    assert all(list(texts.values()).count(BEFORE_LAST) <= 1 for texts in told)
