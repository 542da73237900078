"""A short way to write down problems, the models every layout must master, and random ones."""

from collections.abc import Callable

from hypothesis import strategies as st

from cutaway.geometry import Size
from cutaway.layered.problem import Box, Cluster, Direction, Gaps, Insets, Link, Problem

DIRECTIONS: tuple[Direction, ...] = ("down", "up", "right", "left")


class Sketch:
    """Collect boxes, links and clusters; inputs get their order from the order of the calls."""

    def __init__(self) -> None:
        self._boxes: list[Box] = []
        self._links: list[Link] = []
        self._clusters: list[Cluster] = []
        self._inputs: dict[str, int] = {}

    def box(self, name: str, *sources: str, cluster: str | None = None, width: float = 64.0) -> str:
        self._boxes.append(Box(id=name, size=Size(width, 24.0), cluster=cluster))
        return self._fed(name, sources)

    def merge(self, name: str, *sources: str, cluster: str | None = None) -> str:
        self._boxes.append(Box(id=name, size=Size(12.0, 12.0), cluster=cluster, round=True))
        return self._fed(name, sources)

    def chain(self, name: str, source: str, count: int, cluster: str | None = None) -> str:
        for number in range(count):
            source = self.box(f"{name}{number}", source, cluster=cluster)
        return source

    def _fed(self, name: str, sources: tuple[str, ...]) -> str:
        for source in sources:
            self.link(source, name)
        return name

    def link(self, source: str, target: str, *, tensor: str = "", label: str = "") -> None:
        order = self._inputs[target] = self._inputs.get(target, -1) + 1
        size = Size(4.0 * len(label), 8.0) if label else None
        name = f"{source}>{target}.{order}"
        self._links.append(
            Link(id=name, source=source, target=target, tensor=tensor or source, order=order, label=size)
        )

    def cluster(self, name: str, parent: str | None = None, caption: float = 40.0) -> str:
        insets = Insets(top=20.0, right=12.0, bottom=12.0, left=12.0)
        self._clusters.append(Cluster(id=name, parent=parent, insets=insets, caption=Size(caption, 14.0)))
        return name

    def problem(self, direction: Direction = "down") -> Problem:
        return Problem(
            boxes=tuple(self._boxes),
            links=tuple(self._links),
            clusters=tuple(self._clusters),
            direction=direction,
            gaps=Gaps(),
        )


def chain() -> Sketch:
    sketch = Sketch()
    sketch.box("in")
    for number in range(5):
        sketch.box(f"c{number}", width=50.0 + 10.0 * number)
        sketch.link(f"c{number - 1}" if number else "in", f"c{number}", label="56×56×64")
    return sketch


def residual() -> Sketch:
    sketch = Sketch()
    last = sketch.box("in")
    for number in range(3):
        last = sketch.merge(f"+{number}", last, sketch.chain(f"r{number}", last, 3))
    sketch.box("out", last)
    return sketch


def projection() -> Sketch:
    sketch = Sketch()
    last = sketch.box("in")
    for number in range(3):
        short = last if number == 1 else sketch.box(f"p{number}", last)
        last = sketch.merge(f"+{number}", short, sketch.chain(f"r{number}", last, 3))
        last = sketch.box(f"relu{number}", last)
    return sketch


def two_sided() -> Sketch:
    sketch = Sketch()
    end = sketch.chain("n", sketch.box("in"), 5)
    end = sketch.chain("m", sketch.merge("one", end, "in"), 2)
    sketch.box("out", sketch.merge("two", end, "n2"))
    return sketch


def inception() -> Sketch:
    sketch = Sketch()
    last = sketch.box("in")
    for block in range(2):
        ends = [sketch.chain(f"{block}.{branch}.", last, count) for branch, count in enumerate((1, 2, 3, 2))]
        last = sketch.box(f"cat{block}", *ends, width=90.0)
    sketch.box("out", last)
    return sketch


def unet() -> Sketch:
    sketch = Sketch()
    last = sketch.box("in")
    skips = []
    for depth in range(4):
        skips.append(sketch.chain(f"d{depth}", last, 2))
        last = sketch.box(f"pool{depth}", skips[-1])
    last = sketch.box("middle", last)
    for depth in reversed(range(4)):
        last = sketch.merge(f"cat{depth}", skips[depth], sketch.box(f"up{depth}", last))
        last = sketch.chain(f"u{depth}", last, 2)
    sketch.box("out", last)
    return sketch


def _decoder_block(sketch: Sketch, name: str, source: str, cluster: str | None = None) -> str:
    norm = sketch.box(f"{name}.norm1", source, cluster=cluster)
    heads = [sketch.box(f"{name}.{head}", norm, cluster=cluster, width=30.0) for head in ("query", "key", "value")]
    attention = sketch.box(f"{name}.attention", *heads, cluster=cluster, width=80.0)
    first = sketch.merge(f"{name}.+1", source, attention, cluster=cluster)
    dense = sketch.chain(f"{name}.dense", sketch.box(f"{name}.norm2", first, cluster=cluster), 2, cluster)
    return sketch.merge(f"{name}.+2", first, dense, cluster=cluster)


def decoder() -> Sketch:
    sketch = Sketch()
    last = sketch.merge("+", sketch.box("tokens"), sketch.box("positions"))
    for number in range(12):
        last = _decoder_block(sketch, f"b{number}", last)
    sketch.box("out", last)
    return sketch


def decoder_in_clusters() -> Sketch:
    sketch = Sketch()
    last = sketch.box("tokens")
    for number in range(12):
        last = _decoder_block(sketch, f"b{number}", last, sketch.cluster(f"block{number}"))
    sketch.box("out", last)
    return sketch


def seq2seq() -> Sketch:
    sketch = Sketch()
    memory = sketch.box("source")
    sketch.cluster("encoder")
    for number in range(2):
        memory = _decoder_block(sketch, f"e{number}", memory, "encoder")
    last = sketch.box("target")
    sketch.cluster("decoder")
    for number in range(2):
        block = sketch.cluster(f"block{number}", "decoder")
        attention = sketch.box(f"d{number}.self", last, cluster=block)
        first = sketch.merge(f"d{number}.+1", last, attention, cluster=block)
        cross = sketch.box(f"d{number}.cross", first, memory, cluster=block)
        second = sketch.merge(f"d{number}.+2", first, cross, cluster=block)
        last = sketch.merge(f"d{number}.+3", second, sketch.chain(f"d{number}.f", second, 2, block), cluster=block)
    sketch.box("out", last)
    return sketch


def states() -> Sketch:
    sketch = Sketch()
    sketch.cluster("encoder")
    sketch.cluster("decoder")
    sketch.box("lstm", sketch.box("source"), cluster="encoder")
    sketch.box("generate", sketch.box("target"), cluster="decoder")
    sketch.link("lstm", "generate", tensor="h", label="256")
    sketch.link("lstm", "generate", tensor="c", label="256")
    sketch.box("out", "generate")
    return sketch


def fan_in() -> Sketch:
    sketch = Sketch()
    sketch.box("out", sketch.box("cat", *(sketch.box(f"i{number}", width=30.0) for number in range(12)), width=120.0))
    return sketch


def fan_in_round() -> Sketch:
    sketch = Sketch()
    sketch.box("out", sketch.merge("cat", *(sketch.box(f"i{number}", width=30.0) for number in range(5))))
    return sketch


def dense() -> Sketch:
    sketch = Sketch()
    boxes: list[str] = []
    for number in range(6):
        boxes.append(sketch.box(f"n{number}", *boxes))
    return sketch


def siamese() -> Sketch:
    sketch = Sketch()
    ends = []
    for side in ("left", "right"):
        cluster = sketch.cluster(side)
        ends.append(sketch.chain(f"{side}.", sketch.box(f"{side} in"), 3, cluster))
    sketch.box("out", sketch.merge("-", *ends))
    return sketch


def nested() -> Sketch:
    sketch = Sketch()
    sketch.cluster("A")
    sketch.cluster("B", "A", caption=60.0)
    sketch.cluster("C", "B", caption=90.0)
    first = sketch.box("a", sketch.box("in"), cluster="A")
    second = sketch.box("b", first, cluster="B")
    fork = sketch.box("c1", second, cluster="C")
    ends = [sketch.box(name, fork, cluster="C") for name in ("c2", "c3")]
    inner = sketch.merge("inner", *ends, second, cluster="B")
    sketch.box("out", sketch.merge("outer", inner, first, cluster="A"))
    sketch.box("aside", "c2")
    return sketch


def inputs_and_outputs() -> Sketch:
    sketch = Sketch()
    ends = [sketch.chain(f"e{number}.", sketch.box(f"in{number}"), 1 + (number == 0)) for number in range(3)]
    merged = sketch.box("cat", *ends, width=80.0)
    trunk = sketch.chain("trunk", merged, 2)
    for number in range(3):
        sketch.chain(f"head{number}.", trunk, 2)
    sketch.box("aside", merged)
    return sketch


def many_labels() -> Sketch:
    sketch = Sketch()
    sketch.box("split", width=30.0)
    for number in range(4):
        sketch.box(f"t{number}")
        sketch.link("split", f"t{number}", tensor=f"part{number}", label="56×56×256")
    return sketch


def rings() -> Sketch:
    sketch = Sketch()
    sketch.chain("n", sketch.box("in"), 4)
    sketch.link("n2", "n0")
    sketch.link("n1", "n1", tensor="again")
    return sketch


def scattered() -> Sketch:
    sketch = Sketch()
    for number in range(7):
        sketch.box(f"s{number}", *([f"s{number - 1}"] if number % 3 else []))
    return sketch


def twice() -> Sketch:
    sketch = Sketch()
    attention = sketch.box("attention", *[sketch.box("in")] * 3)
    sketch.box("out", sketch.merge("x", attention, attention))
    return sketch


CASES: tuple[Callable[[], Sketch], ...] = (
    chain,
    residual,
    projection,
    two_sided,
    inception,
    unet,
    decoder,
    decoder_in_clusters,
    seq2seq,
    states,
    fan_in,
    fan_in_round,
    dense,
    siamese,
    nested,
    inputs_and_outputs,
    many_labels,
    rings,
    scattered,
    twice,
)

_WIDTHS = st.one_of(st.sampled_from((6.0, 20.0, 60.0, 100.0)), st.floats(1.0, 150.0))
_HEIGHTS = st.one_of(st.sampled_from((10.0, 24.0, 40.0)), st.floats(1.0, 60.0))
_INSET = st.sampled_from((0.0, 8.0, 20.0))
_LABELS = st.one_of(st.none(), st.none(), st.builds(Size, st.floats(1.0, 80.0), st.floats(1.0, 14.0)))
_GAPS = st.builds(
    Gaps,
    rank=st.sampled_from((18.0, 18.0, 4.0, 40.0)),
    box=st.sampled_from((14.0, 14.0, 4.0, 30.0)),
    lane=st.sampled_from((8.0, 8.0, 3.0, 12.0)),
    label=st.sampled_from((4.0, 4.0, 1.0, 8.0)),
)


@st.composite
def problems(draw: st.DrawFn, most: int = 40, *, rings: bool = False) -> Problem:
    """Draw boxes of any size in clusters of any shape, with links that share tensors; in rings, if wished."""
    count = draw(st.integers(1, most))
    clusters = _clusters(draw)
    homes = st.sampled_from([None, *(cluster.id for cluster in clusters)])
    names = [f"b{number}" for number in range(count)]
    for name in ("entry", "exit"):  # what the layout itself calls the borders of clusters
        names[draw(st.integers(0, count - 1))] = name
    boxes = []
    for number in range(count):
        round_ = draw(st.integers(0, 3)) == 0
        size = Size(draw(st.sampled_from((12.0, 12.0, 30.0))), 12.0) if round_ else Size(draw(_WIDTHS), draw(_HEIGHTS))
        boxes.append(Box(id=names[number], size=size, cluster=draw(homes), round=round_))
    links: list[Link] = []
    labelled: set[str] = set()
    for number in range(draw(st.integers(0, 2 * count))):
        ends = draw(st.integers(0, count - 1)), draw(st.integers(0, count - 1))
        source, target = ends if rings else (min(ends), max(ends))
        if source == target and not rings:
            continue
        tensor = f"b{source}:{draw(st.sampled_from((0, 0, 0, 1, 2)))}"
        label = None if tensor in labelled else draw(_LABELS)
        labelled.add(tensor)
        links.append(
            Link(
                id=f"l{number}",
                source=names[source],
                target=names[target],
                tensor=tensor,
                order=number,
                label=label,
            )
        )
    return Problem(
        boxes=tuple(boxes),
        links=tuple(links),
        clusters=tuple(clusters),
        direction=draw(st.sampled_from(DIRECTIONS)),
        gaps=draw(_GAPS),
    )


def _clusters(draw: st.DrawFn) -> list[Cluster]:
    clusters: list[Cluster] = []
    for number in range(draw(st.sampled_from((0, 0, 2, 4)))):
        parent = draw(st.sampled_from([None, *(cluster.id for cluster in clusters)]))
        insets = Insets(top=draw(_INSET), right=draw(_INSET), bottom=draw(_INSET), left=draw(_INSET))
        caption = Size(draw(st.sampled_from((0.0, 20.0, 120.0))), draw(st.sampled_from((0.0, 10.0))))
        least = draw(st.sampled_from((0.0, 15.0)))
        clusters.append(Cluster(id=f"C{number}", parent=parent, insets=insets, caption=caption, least=least))
    return clusters
