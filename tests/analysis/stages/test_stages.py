"""Stages: those of the papers where there are some, and none where one would have to guess."""

import paper_models
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_models import Net
from random_graphs import graphs
from stage_facts import held, of, staged

from cutaway.analysis.reduction import Reducing, reduced
from cutaway.analysis.regions import surround
from cutaway.analysis.stages import stages
from cutaway.graph import Graph, Port, Scope, Tensor
from cutaway.record import replace


def with_input(graph: Graph, *shape: int) -> Graph:
    """Return a graph whose first input has a shape."""
    first, *others = graph.nodes
    known = replace(first, outputs=(Port(name="output", tensor=Tensor(shape=(None, *shape), dtype="float32")),))
    return replace(graph, nodes=(known, *others))


@pytest.mark.parametrize("shape", [(224, 224, 3), None])
@pytest.mark.parametrize("most", [16, 40])
def test_a_resnet_is_a_stem_four_stages_and_a_head(shape, most):
    """He et al. 2016, table 1: 3, 4, 6 and 3 blocks, each with one sum."""
    graph = paper_models.resnet()
    found = held(with_input(graph, *shape) if shape else graph, of("Add"), most)
    assert found == [("stem", 0), ("stage 1", 3), ("stage 2", 4), ("stage 3", 6), ("stage 4", 3), ("head", 0)]


def test_a_swin_is_four_stages_that_begin_where_patches_are_merged():
    """Liu et al. 2021, figure 3: 2, 2, 6 and 2 blocks, each with two sums."""
    found = held(paper_models.swin(), of("Add"))
    assert found == [("stem", 0), ("stage 1", 4), ("stage 2", 4), ("stage 3", 12), ("stage 4", 4), ("head", 0)]
    assert [count for _, count in held(paper_models.swin(), of("PatchMerging"))] == [0, 0, 1, 1, 1, 0]


@pytest.mark.parametrize("name", ["gpt2", "bert", "t5", "whisper", "unet"])
def test_models_without_stages_have_none(name):
    """Blocks that are all alike, and a U, whose stages are read again behind the others."""
    assert staged(getattr(paper_models, name)())[1] == ()


def residual(net: Net, x: str, filters: int, stride: int) -> str:
    y = net.add("Conv2D", x, filters=filters, kernel_size=(3, 3), strides=(stride, stride), padding="same")
    y = net.add("Conv2D", net.add("ReLU", y), filters=filters, kernel_size=(3, 3), padding="same")
    if stride > 1:
        x = net.add("Conv2D", x, filters=filters, kernel_size=(1, 1), strides=(stride, stride), padding="same")
    return net.add("ReLU", net.add("Add", y, x))


def backbone(net: Net, counts: tuple[int, ...]) -> list[str]:
    """Add a stem and stages of residual blocks; return what each stage gives."""
    x = net.add("Conv2D", net.add("InputLayer"), filters=16, kernel_size=(3, 3), padding="same")
    given = []
    for stage, count in enumerate(counts):
        for block in range(count):
            x = residual(net, x, 16 * 2**stage, 2 if stage and not block else 1)
        given.append(x)
    return given


def named(graph: Graph, names: dict[str, str]) -> Graph:
    """Return a graph with other ids."""
    return replace(
        graph,
        nodes=tuple(replace(node, id=names[node.id], name=names[node.id]) for node in graph.nodes),
        edges=tuple(replace(edge, source=names[edge.source], target=names[edge.target]) for edge in graph.edges),
        inputs=tuple(names[each] for each in graph.inputs),
        outputs=tuple(replace(each, node=names[each.node]) for each in graph.outputs),
    )


def test_numbers_of_stages_in_names_are_kept():
    """A part that was cut from a larger model: its first stage is called the third."""
    net = Net("part")
    gives = backbone(net, (4, 4, 4))
    ends = [int(each.removeprefix("layer_")) for each in gives]
    numbers = [3 + sum(end < place for end in ends) for place in range(len(net.nodes))]
    names = {node.id: f"stage{number}_{node.id}" for node, number in zip(net.nodes, numbers, strict=True)}
    names |= {node.id: node.id for node in net.nodes[:2]}
    graph = named(with_input(net.graph(gives[-1]), 32, 32, 3), names)
    assert held(graph, of("Add")) == [("stem", 0), ("stage 3", 4), ("stage 4", 4), ("stage 5", 4)]


def test_a_pyramid_that_reads_all_stages_again_has_none():
    net = Net("pyramid")
    gives = backbone(net, (4, 4, 4))
    x = gives.pop()
    for each in reversed(gives):
        x = net.add("Conv2DTranspose", x, filters=16, kernel_size=(2, 2), strides=(2, 2))
        x = net.add("Concatenate", x, net.add("Conv2D", each, filters=16, kernel_size=(1, 1)))
    assert staged(with_input(net.graph(x), 32, 32, 3))[1] == ()


def test_blocks_of_one_size_are_one_stage_and_so_none():
    net = Net("flat")
    (last,) = backbone(net, (12,))
    assert staged(with_input(net.graph(last), 32, 32, 3))[1] == ()


def test_a_chain_is_cut_behind_its_poolings():
    """Simonyan and Zisserman 2015, table 1, configuration E: 2, 2, 4, 4 and 4 convolutions."""
    net = Net("vgg19")
    x = net.add("InputLayer")
    for filters, count in ((64, 2), (128, 2), (256, 4), (512, 4), (512, 4)):
        for _ in range(count):
            conv = net.add("Conv2D", x, filters=filters, kernel_size=(3, 3), strides=(1, 1), padding="same")
            x = net.add("ReLU", net.add("BatchNormalization", conv))
        x = net.add("MaxPooling2D", x, pool_size=(2, 2), strides=(2, 2), padding="valid")
    x = net.add("Dense", net.add("Flatten", x), units=4096)
    graph = with_input(net.graph(net.add("Dense", x, units=1000)), 224, 224, 3)
    expected = [("stage 1", 2), ("stage 2", 2), ("stage 3", 4), ("stage 4", 4), ("stage 5", 4), ("head", 0)]
    assert held(graph, of("Conv2D")) == expected
    assert [count for _, count in held(graph, of("MaxPooling2D"))] == [1, 1, 1, 1, 1, 0]


def test_stages_are_found_in_the_model_that_a_wrapper_holds():
    graph = with_input(paper_models.resnet(), 224, 224, 3)
    inner = Scope(id="backbone", name="backbone", op="Functional")
    nodes = (graph.nodes[0], *(replace(node, scope="backbone") for node in graph.nodes[1:-2]), *graph.nodes[-2:])
    found = held(replace(graph, nodes=nodes, scopes=(inner,)), of("Add"))
    assert found == [("stem", 0), ("stage 1", 3), ("stage 2", 4), ("stage 3", 6), ("stage 4", 3)]


@given(st.lists(st.integers(2, 5), min_size=2, max_size=5), st.sampled_from(["auto", 0, 1]), st.sampled_from([40, 60]))
def test_every_backbone_is_cut_where_it_gets_smaller(counts, level, most):
    net = Net("backbone")
    graph = with_input(net.graph(backbone(net, counts)[-1]), 64, 64, 3)
    expected = [("stem", 0), *((f"stage {number}", count) for number, count in enumerate(counts, 1))]
    assert held(graph, of("Add"), most, level) == expected


@given(graphs(most=24), st.sampled_from(["auto", 0, 1]), st.integers(2, 12))
def test_stages_are_regions_that_share_nothing(graph, level, most):
    reduction = reduced(graph, Reducing(fold=level, most=most, stages=False))
    found = stages(reduction.graph, reduction.blocks, reduction.patterns)
    members = [member for stage in found for member in stage.members]
    assert len(members) == len(set(members))
    assert set(members) <= {node.id for node in reduction.graph.nodes}
    assert len({stage.caption for stage in found}) == len(found)
    surround(reduction.graph, {stage.caption: stage.members for stage in found})
