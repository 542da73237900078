"""What blocks are called: by the name that the papers give to a structure, and else by nothing that may be wrong."""

import paper_models
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_models import Net
from random_graphs import graphs

from cutaway.analysis.fold import Block, Pattern, fold
from cutaway.analysis.fold.folded import Forms
from cutaway.analysis.fold.recognition import Alike, Called
from cutaway.analysis.fold.recognition import called as named
from cutaway.analysis.fold.segments import segments
from cutaway.analysis.repeat import Repeats
from cutaway.analysis.traverse import index
from cutaway.graph import Graph, Kind, Port, Scope, Tensor
from cutaway.record import replace


def called(block: Block, pattern: Pattern) -> Called:
    """Return what a block is called in a model that holds nothing else, with layers by their classes."""
    return named(block, pattern, Alike(pattern.graph, (block,)), lambda node: node.op)


def whole(net: Net, *outputs: str, before: int | None = None, name: str = "", **facts) -> Called:
    """Return what all layers but the inputs are called as one block; the input has `before` channels."""
    graph = shaped(net.graph(*outputs), before)
    nodes = [node.id for node in graph.nodes if node.kind is not Kind.INPUT]
    block = Block(id="block", name=name, instances=(tuple(nodes),), pattern=0, **facts)
    return called(block, Forms(Repeats(index(graph))).pattern(nodes))


def shaped(graph: Graph, before: int | None) -> Graph:
    """Return a graph in which what reads an input knows its channels."""
    read = {edge.target for edge in graph.edges if edge.source in graph.inputs}
    port = Port(name="input", tensor=Tensor(shape=(None, None, None, before)))
    nodes = [replace(node, inputs=(port, *node.inputs[1:])) if node.id in read else node for node in graph.nodes]
    return replace(graph, nodes=tuple(nodes))


def conv(net: Net, x: str, filters: int, size: int = 1, stride: int = 1, **more) -> str:
    y = net.add("Conv2D", x, filters=filters, kernel_size=(size, size), strides=(stride, stride), **more)
    return net.chain(y, "BatchNormalization", "ReLU")


def depthwise(net: Net, x: str, size: int = 3, stride: int = 1) -> str:
    return net.chain(
        net.add("DepthwiseConv2D", x, kernel_size=(size, size), strides=(stride, stride), depth_multiplier=1),
        "BatchNormalization",
    )


def squeezed(net: Net, x: str, filters: int) -> str:
    gate = net.chain(x, "GlobalAveragePooling2D", "Reshape")
    gate = net.add("Activation", conv(net, conv(net, gate, filters // 4), filters), activation="sigmoid")
    return net.add("Multiply", x, gate)


@pytest.mark.parametrize(
    ("stride", "projects", "way"), [(1, False, "identity"), (2, True, "projection, /2"), (1, True, "projection")]
)
def test_a_bottleneck_says_its_width_and_its_skip(stride, projects, way):
    net = Net("net")
    x = net.add("InputLayer")
    skip = conv(net, x, 256, 1, stride) if projects else x
    y = conv(net, conv(net, conv(net, x, 64, 1, stride), 64, 3), 256)
    found = whole(net, net.chain(net.add("Add", y, skip), "ReLU"), before=256)
    assert found == Called("Bottleneck", ("64 → 256", way))


def test_two_convolutions_beside_a_skip_are_a_residual_block():
    net = Net("net")
    x = net.add("InputLayer")
    found = whole(net, net.add("Add", x, conv(net, conv(net, x, 64, 3), 64, 3)), before=64)
    assert found == Called("Residual block", ("64 → 64", "identity"))


@pytest.mark.parametrize("gated", [False, True])
@pytest.mark.parametrize(("skips", "stride", "size"), [(True, 1, 3), (False, 2, 5)])
def test_an_inverted_residual_says_its_kernel_and_its_expansion(skips, stride, size, gated):
    net = Net("net")
    x = net.add("InputLayer")
    y = depthwise(net, conv(net, x, 144), size, stride)
    y = conv(net, squeezed(net, y, 144) if gated else y, 24)
    found = whole(net, net.add("Add", net.add("Dropout", y), x) if skips else y, before=24)
    kernel = "3×3" if skips else "5×5, /2"
    assert found == Called("MBConv", ("24 → 24", kernel, "expansion 6"))


def test_a_wide_convolution_and_a_narrow_one_are_no_fused_inverted_residual_of_unknown_width():
    net = Net("net")
    y = conv(net, conv(net, net.add("InputLayer"), 96, 3), 24)
    assert whole(net, y, before=24).title == "Fused MBConv"
    assert whole(net, y).title == "6 layers"


def test_a_convnext_block():
    net = Net("net")
    x = net.add("InputLayer")
    y = net.add("LayerNormalization", net.add("Conv2D", x, filters=96, kernel_size=(7, 7), groups=96))
    y = net.add("Dense", net.add("Dense", y, units=384, activation="gelu"), units=96)
    found = whole(net, net.add("Add", net.add("LayerScale", y, kind=Kind.OTHER), x))
    assert found == Called("ConvNeXt block", ("96 channels", "7×7"))


def test_dense_layers_and_transitions():
    net = Net("net")
    x = net.add("InputLayer")
    one = net.add("Concatenate", x, conv(net, conv(net, x, 128), 32, 3))
    assert whole(net, one) == Called("Dense layer", ("growth 32",), widens=True)
    two = net.add("Concatenate", one, conv(net, conv(net, one, 128), 32, 3))
    assert whole(net, two) == Called("Dense block", ("2 dense layers", "growth 32"), widens=True)
    net = Net("net")
    y = conv(net, net.add("BatchNormalization", net.add("InputLayer")), 128)
    y = net.add("AveragePooling2D", y, pool_size=(2, 2), strides=(2, 2))
    assert whole(net, y) == Called("Transition", ("128 channels", "/2"))


def module(net: Net, x: str) -> str:
    branches = [conv(net, x, 64), conv(net, conv(net, x, 48), 64, 5), conv(net, net.add("MaxPooling2D", x), 32)]
    return net.add("Concatenate", *branches)


def test_parallel_branches_of_one_tensor_are_an_inception_module_but_two_modules_are_not_one():
    net = Net("net")
    one = module(net, net.add("InputLayer"))
    assert whole(net, one, before=192) == Called("Inception module", ("3 branches", "width 64"))
    assert whole(net, module(net, one)) == Called("2 × Inception module", ("28 layers",))


@pytest.mark.parametrize("dilated", [True, False])
def test_dilated_branches_beside_a_pooling_that_is_undone_are_an_atrous_pyramid(dilated):
    net = Net("net")
    x = net.add("InputLayer")
    rates = (6, 12, 18) if dilated else (1, 1, 1)
    branches = [net.add("Conv2D", x, filters=8, kernel_size=(3, 3), dilation_rate=(rate, rate)) for rate in rates]
    pooled = conv(net, net.add("AveragePooling2D", x, pool_size=(32, 32)), 8)
    branches += [conv(net, x, 8), net.add("UpSampling2D", pooled, size=(32, 32))]
    found = whole(net, net.add("Concatenate", *branches), before=64)
    assert (found == Called("Atrous pyramid", ("5 branches",))) is dilated
    assert found.title in {"Atrous pyramid", "12 layers"}


def test_a_convolution_that_joins_a_skip_is_not_called_as_if_it_were_alone():
    net = Net("net")
    x, skip = net.add("InputLayer"), net.add("InputLayer")
    found = whole(net, net.add("Concatenate", conv(net, x, 8), skip))
    assert found == Called("4 layers", ("Conv2D, 8", "BatchNormalization", "ReLU", "…"))


def test_branches_of_two_tensors_are_no_inception_module():
    net = Net("net")
    x, y = net.add("InputLayer"), net.add("InputLayer")
    found = whole(net, net.add("Concatenate", conv(net, x, 8, 3), conv(net, x, 8, 5), conv(net, y, 8, 3)))
    assert found.title == "10 layers"


@pytest.mark.parametrize(
    ("model", "titles"),
    [
        (paper_models.gpt2, ["Decoder block"]),
        (paper_models.bert, ["Transformer block"]),
        (paper_models.t5, ["Transformer block", "Decoder block"]),
        (paper_models.whisper, ["Encoder block", "Decoder block"]),
    ],
)
def test_transformers_decode_or_encode_where_their_attention_tells(model, titles):
    folded = fold(model())
    assert [called(block, folded.patterns[block.pattern]).title for block in folded.blocks.values()] == titles


def test_a_pair_of_windowed_blocks_says_which_windows_are_shifted():
    folded = fold(paper_models.swin())
    found = {called(block, folded.patterns[block.pattern]) for block in folded.blocks.values() if block.count == 3}
    assert found == {Called("2 Transformer blocks", ("windows, shifted windows", "MLP 1536"))}


@pytest.mark.parametrize(("count", "title"), [(4, "Patch merging"), (3, "6 layers")])
def test_slices_that_are_joined_and_mixed_are_a_patch_merging(count, title):
    net = Net("net")
    x = net.add("InputLayer")
    parts = [net.add("GetItem", x, kind=Kind.RESHAPE, call={"key": (":", f"{place}::2")}) for place in range(count)]
    found = whole(net, net.add("Dense", net.add("LayerNormalization", net.add("Concatenate", *parts)), units=192))
    assert found == Called(
        title, ("192 channels", "/2") if count == 4 else ("Concatenate", "LayerNormalization", "Dense")
    )


def test_windows_are_shifted_where_a_block_rolls():
    net = Net("net")
    x = net.add("InputLayer")
    y = net.add("Roll", net.add("LayerNormalization", x), kind=Kind.RESHAPE, shift=(-3, -3))
    y = net.add("Add", x, net.add("MultiHeadAttention", y, y, num_heads=3, key_dim=32))
    assert whole(net, y) == Called("Attention", ("3 heads × 32", "shifted windows"))


def test_an_attention_of_products_is_one():
    net = Net("net")
    x = net.add("InputLayer")
    query, key, value = [net.add("Dense", net.add("LayerNormalization", x), units=64) for _ in range(3)]
    scores = net.add("Softmax", net.add("Matmul", query, key, kind=Kind.OTHER))
    y = net.add("Dense", net.add("Matmul", scores, value, kind=Kind.OTHER), units=64)
    y = net.add("Add", x, y)
    assert whole(net, y) == Called("Attention")
    y = net.add("Add", y, paper_models.feed_forward(net, net.add("LayerNormalization", y), 64))
    assert whole(net, y) == Called("Transformer block", ("MLP 256",))


def test_without_softmax_products_are_no_attention():
    net = Net("net")
    x = net.add("InputLayer")
    one, two = [net.add("Dense", x, units=64) for _ in range(2)]
    found = whole(net, net.add("Add", x, net.add("Matmul", one, two, kind=Kind.OTHER)))
    assert found.title == "4 layers"


def test_a_scope_with_a_name_or_a_class_is_called_so():
    net = Net("net")
    x = net.add("InputLayer")
    graph = net.graph(conv(net, conv(net, x, 8, 3), 8, 3))
    inside = [node.id for node in graph.nodes if node.kind is not Kind.INPUT]

    def scoped(name: str, op: str) -> Called:
        nodes = [replace(node, scope="scope") if node.id in inside else node for node in graph.nodes]
        scopes = (Scope(id="scope", name=name, op=op),)
        pattern = Forms(Repeats(index(replace(graph, nodes=tuple(nodes), scopes=scopes)))).pattern(inside)
        return called(Block(id="scope", name=name, instances=(tuple(inside),), pattern=0), pattern)

    assert scoped("encoder_1", "Functional").title == "Encoder"
    assert scoped("net_encoder_1", "Sequential").title == "Encoder"
    assert scoped("encoder_1", "TransformerDecoder").title == "TransformerDecoder"
    assert scoped("functional_3", "Functional").title == "6 layers"


def test_the_name_that_a_caller_gives_stays():
    net = Net("net")
    y = conv(net, net.add("InputLayer"), 8, 3)
    found = whole(net, y, name="conv", is_named=True)
    assert found == Called("conv", ("Conv2D, 8", "BatchNormalization", "ReLU"))


def test_a_group_is_called_literally():
    net = Net("net")
    y = conv(net, net.add("InputLayer"), 8, 3)
    assert whole(net, y) == Called("3 layers", ("Conv2D, 8", "BatchNormalization", "ReLU"))
    assert whole(net, net.add("MaxPooling2D", y)).details[-1] == "…"


def test_levels_of_a_unet_go_down_and_up_where_their_names_say_nothing():
    net = Net("net")
    x = net.add("InputLayer")
    skip = conv(net, conv(net, x, 64, 3), 64, 3)
    down = net.add("MaxPooling2D", skip, pool_size=(2, 2))
    assert whole(net, down, skip, before=1) == Called("Down block", ("1 → 64", "/2"))
    net = Net("net")
    skip, low = net.add("InputLayer"), net.add("InputLayer")
    rising = net.add("Conv2DTranspose", low, filters=64, kernel_size=(2, 2), strides=(2, 2))
    y = net.add("Concatenate", net.add("Cropping2D", skip), rising)
    assert whole(net, conv(net, conv(net, y, 64, 3), 64, 3)) == Called("Up block", ("64 channels", "×2"))
    assert whole(net, conv(net, net.add("Concatenate", skip, rising, low), 64, 3)).title not in {
        "Up block",
        "Down block",
    }


def test_a_group_of_blocks_lists_them():
    net = Net("net")
    x = conv(net, net.add("InputLayer"), 64, 7)
    for _ in range(2):
        x = net.add("ReLU", net.add("Add", x, conv(net, conv(net, x, 64, 3), 64, 3)))
    assert whole(net, x) == Called("19 layers", ("Conv2D, 64", "2 × Residual block"))


@given(graphs(most=16))
def test_segments_are_all_of_a_block(graph):
    nodes = [node.id for node in graph.nodes if node.kind is not Kind.INPUT]
    pattern = Forms(Repeats(index(graph))).pattern(nodes)
    parts = list(segments(pattern))
    assert sorted(node.id for part in parts for node in part.graph.nodes) == sorted(nodes)
    for part in parts[:-1]:
        assert len(part.exits) == 1


@given(graphs(most=16), st.integers(2, 8))
def test_every_block_has_a_name_however_it_is_built(graph, most):
    folded = fold(graph, "auto", most=most)
    for block in folded.blocks.values():
        name = called(block, folded.patterns[block.pattern])
        assert name.title.strip()
        assert all(detail.strip() for detail in name.details)


def _narrowing(net: Net, x: str) -> str:
    return net.add("Add", x, conv(net, conv(net, conv(net, x, 512), 512, 3), 256))


def _narrow_inside(net: Net, x: str) -> str:
    inner = squeezed(net, depthwise(net, conv(net, x, 64)), 64)
    return net.add("Add", x, conv(net, inner, 256))


def _pooled_inside(net: Net, x: str) -> str:
    return conv(net, net.add("MaxPooling2D", depthwise(net, conv(net, x, 512)), pool_size=(2, 2)), 256)


def _gated_at_the_end(net: Net, x: str) -> str:
    return squeezed(net, conv(net, depthwise(net, conv(net, x, 512)), 256), 256)


def _unpooled(net: Net, x: str) -> str:
    return net.add("AveragePooling2D", conv(net, x, 128), pool_size=(3, 3), strides=(1, 1))


def _flat_kernel(net: Net, x: str) -> str:
    squeeze = net.add("Conv2D", x, filters=16, kernel_size=(1, 1))
    wide = net.add("Conv2D", squeeze, filters=64, kernel_size=(1, 3))
    return net.add("Concatenate", net.add("Conv2D", squeeze, filters=64, kernel_size=(1, 1)), wide)


def _not_squeezed(net: Net, x: str) -> str:
    first = conv(net, x, 64)
    return net.add("Concatenate", conv(net, first, 16), conv(net, first, 16, 3))


def _attending(net: Net, x: str) -> str:
    return net.add("Concatenate", x, conv(net, net.add("Attention", x, kind=Kind.ATTENTION), 32, 3))


def _joined_in_height(net: Net, x: str) -> str:
    return net.add("Concatenate", x, conv(net, x, 256, 3), axis=1)


@pytest.mark.parametrize(
    "block",
    [
        _narrowing,
        _narrow_inside,
        _pooled_inside,
        _gated_at_the_end,
        _unpooled,
        _flat_kernel,
        _not_squeezed,
        _attending,
        _joined_in_height,
    ],
)
def test_what_only_resembles_a_block_of_a_paper_has_no_name_of_one(block):
    net = Net("net")
    title = whole(net, block(net, net.add("InputLayer")), before=256).title
    assert title == "Residual block" or title.endswith("layers")


def test_a_module_says_how_much_it_reduces():
    net = Net("net")
    x = net.add("InputLayer")
    pooled = net.add("MaxPooling2D", x, pool_size=(3, 3), strides=(3, 3))
    found = whole(net, net.add("Concatenate", conv(net, x, 8, 3, 3), conv(net, conv(net, x, 8), 8, 3, 3), pooled))
    assert found == Called("Reduction module", ("3 branches, /3", "width 8"))


@pytest.mark.parametrize(("channels", "title"), [(96, "Patch merging"), (24, "6 layers")])
def test_slices_of_channels_are_no_patches(channels, title):
    net = Net("net")
    x = net.add("InputLayer")
    slices = [net.add("GetItem", x, kind=Kind.RESHAPE, call={"key": (place,)}) for place in range(4)]
    graph = shaped(net.graph(net.add("Dense", net.add("Concatenate", *slices), units=192)), 96)
    port = Port(name="output", tensor=Tensor(shape=(None, None, None, channels)))
    nodes = [replace(node, outputs=(port,)) if node.op == "GetItem" else node for node in graph.nodes]
    graph = replace(graph, nodes=tuple(nodes))
    folded = [node.id for node in nodes if node.kind is not Kind.INPUT]
    block = Block(id="block", name="", instances=(tuple(folded),), pattern=0)
    assert called(block, Forms(Repeats(index(graph))).pattern(folded)).title == title
