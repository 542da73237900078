"""Models as their papers draw them, small in numbers and whole in structure."""

from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, Value
from cutaway.sources.kinds import layer_kind


class Net:
    """A graph while it is built, layer after layer; every layer has its own number for a name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []

    def add(self, op: str, *sources: str, kind: Kind | None = None, **attributes: Value) -> str:
        """Add a layer behind others, and return its id."""
        identity = f"layer_{len(self.nodes)}"
        node = Node(
            id=identity,
            name=identity,
            op=op,
            kind=kind or layer_kind(op, attributes),
            inputs=tuple(Port(name=f"input {place}") for place in range(len(sources))),
            outputs=(Port(name="output"),),
            attributes=attributes,
        )
        self.nodes.append(node)
        self.edges += [Edge(source=each, target=identity, target_port=port) for port, each in enumerate(sources)]
        return identity

    def chain(self, source: str, *ops: str) -> str:
        for op in ops:
            source = self.add(op, source)
        return source

    def graph(self, *outputs: str) -> Graph:
        """Return the graph with some layers as its outputs."""
        return Graph(
            name=self.name,
            nodes=tuple(self.nodes),
            edges=tuple(self.edges),
            inputs=tuple(node.id for node in self.nodes if node.kind is Kind.INPUT),
            outputs=tuple(Output(name=each, node=each) for each in outputs),
        )


def feed_forward(net: Net, x: str, width: int) -> str:
    return net.add("Dense", net.add("Dense", x, units=4 * width, activation="gelu"), units=width)


def gpt2(blocks: int = 12) -> Graph:
    """Radford et al. 2019, section 2.3: normalization in front of each part, one more behind the last block."""
    net = Net("gpt2")
    tokens = net.add("InputLayer")
    x = net.add("Add", net.add("Embedding", tokens), net.add("PositionEmbedding", tokens))
    for _ in range(blocks):
        y = net.add("LayerNormalization", x)
        x = net.add("Add", x, net.add("MultiHeadAttention", y, y, y, use_causal_mask=True))
        x = net.add("Add", x, feed_forward(net, net.add("LayerNormalization", x), 768))
    return net.graph(net.add("Dense", net.add("LayerNormalization", x), units=50257))


def bert(blocks: int = 12) -> Graph:
    """Devlin et al. 2019, section 3: Vaswani's encoder, normalization behind each part; all read the mask."""
    net = Net("bert")
    tokens, segments, mask = (net.add("InputLayer") for _ in range(3))
    x = net.add("Add", net.add("Embedding", tokens), net.add("Embedding", segments))
    x = net.chain(x, "LayerNormalization", "Dropout")
    mask = net.add("ExpandDims", mask)
    for _ in range(blocks):
        attended = net.add("Dropout", net.add("MultiHeadAttention", x, x, x, mask))
        x = net.add("LayerNormalization", net.add("Add", x, attended))
        x = net.add("LayerNormalization", net.add("Add", x, net.add("Dropout", feed_forward(net, x, 768))))
    return net.graph(net.add("Dense", x, units=768, activation="tanh"))


def t5(blocks: int = 6) -> Graph:
    """Raffel et al. 2020, section 2.1: encoder and decoder, the position bias of each shared by all its blocks."""
    net = Net("t5")
    source, target = net.add("InputLayer"), net.add("InputLayer")
    x, y = net.add("Embedding", source), net.add("Embedding", target)
    bias = net.add("RelativePositionBias", source)
    for _ in range(blocks):
        z = net.add("RMSNormalization", x)
        x = net.add("Add", x, net.add("MultiHeadAttention", z, z, z, bias))
        x = net.add("Add", x, feed_forward(net, net.add("RMSNormalization", x), 512))
    x = net.add("RMSNormalization", x)
    bias = net.add("RelativePositionBias", target, bidirectional=False)
    for _ in range(blocks):
        z = net.add("RMSNormalization", y)
        y = net.add("Add", y, net.add("MultiHeadAttention", z, z, z, bias))
        y = net.add("Add", y, net.add("MultiHeadAttention", net.add("RMSNormalization", y), x, x))
        y = net.add("Add", y, feed_forward(net, net.add("RMSNormalization", y), 512))
    return net.graph(net.add("Dense", net.add("RMSNormalization", y), units=32128))


def whisper(blocks: int = 4) -> Graph:
    """Radford et al. 2022, figure 1: two convolutions, encoder blocks, decoder blocks that read what these give."""
    net = Net("whisper")
    sound, tokens = net.add("InputLayer"), net.add("InputLayer")
    x = net.add("Conv1D", sound, filters=384, kernel_size=(3,), strides=(1,), activation="gelu")
    x = net.add("Conv1D", x, filters=384, kernel_size=(3,), strides=(2,), activation="gelu")
    x = net.add("PositionEmbedding", x)
    y = net.add("Add", net.add("Embedding", tokens), net.add("PositionEmbedding", tokens))
    for _ in range(blocks):
        z = net.add("LayerNormalization", x)
        x = net.add("Add", x, net.add("MultiHeadAttention", z, z, z))
        x = net.add("Add", x, feed_forward(net, net.add("LayerNormalization", x), 384))
    x = net.add("LayerNormalization", x)
    for _ in range(blocks):
        z = net.add("LayerNormalization", y)
        y = net.add("Add", y, net.add("MultiHeadAttention", z, z, z, use_causal_mask=True))
        y = net.add("Add", y, net.add("MultiHeadAttention", net.add("LayerNormalization", y), x, x))
        y = net.add("Add", y, feed_forward(net, net.add("LayerNormalization", y), 384))
    return net.graph(net.add("Dense", net.add("LayerNormalization", y), units=51865))


def swin(pairs: tuple[int, ...] = (1, 1, 3, 1)) -> Graph:
    """Liu et al. 2021, figure 3: pairs of blocks, the second with shifted windows; patches merged between stages."""
    net = Net("swin")
    x = net.add("Conv2D", net.add("InputLayer"), filters=96, kernel_size=(4, 4), strides=(4, 4))
    x = net.add("LayerNormalization", x)
    for stage, count in enumerate(pairs):
        width = 96 * 2**stage
        if stage:
            x = net.add("Dense", net.add("LayerNormalization", net.add("PatchMerging", x)), units=width)
        for block in range(2 * count):
            attended = net.add("WindowAttention", net.add("LayerNormalization", x), shift=3 * (block % 2), dim=width)
            x = net.add("Add", x, net.add("StochasticDepth", attended, kind=Kind.REGULARIZATION, rate=0.01 * block))
            x = net.add("Add", x, feed_forward(net, net.add("LayerNormalization", x), width))
    x = net.chain(net.add("LayerNormalization", x), "GlobalAveragePooling1D")
    return net.graph(net.add("Dense", x, units=1000))


def unet() -> Graph:
    """Ronneberger et al. 2015, figure 1: two convolutions on each level, four levels down and up, skips across."""
    net = Net("unet")

    def level(x: str, filters: int) -> str:
        for _ in range(2):
            x = net.add("ReLU", net.add("Conv2D", x, filters=filters, kernel_size=(3, 3)))
        return x

    x = net.add("InputLayer")
    skips = []
    for filters in (64, 128, 256, 512):
        x = level(x, filters)
        skips.append(x)
        x = net.add("MaxPooling2D", x, pool_size=(2, 2))
    x = level(x, 1024)
    for filters in (512, 256, 128, 64):
        x = net.add("Conv2DTranspose", x, filters=filters, kernel_size=(2, 2), strides=(2, 2))
        x = level(net.add("Concatenate", net.add("Cropping2D", skips.pop()), x), filters)
    return net.graph(net.add("Conv2D", x, filters=2, kernel_size=(1, 1)))


def resnet(stages: tuple[int, ...] = (3, 4, 6, 3)) -> Graph:
    """He et al. 2016, table 1 and figure 5 right: bottlenecks, the first of each stage with a projection."""
    net = Net("resnet")

    def conv(x: str, filters: int, size: int, stride: int = 1) -> str:
        x = net.add("Conv2D", x, filters=filters, kernel_size=(size, size), strides=(stride, stride))
        return net.add("BatchNormalization", x)

    x = net.add("ReLU", conv(net.add("InputLayer"), 64, 7, 2))
    x = net.add("MaxPooling2D", x, pool_size=(3, 3), strides=(2, 2))
    for stage, count in enumerate(stages):
        width = 64 * 2**stage
        for block in range(count):
            stride = 2 if stage and not block else 1
            y = net.add("ReLU", conv(x, width, 1, stride))
            y = conv(net.add("ReLU", conv(y, width, 3)), 4 * width, 1)
            x = net.add("ReLU", net.add("Add", y, x if block else conv(x, 4 * width, 1, stride)))
    return net.graph(net.add("Dense", net.add("GlobalAveragePooling2D", x), units=1000))
