"""Hostile problems by number: multigraphs of any size and shape, in rings, in nested clusters, with odd sizes."""

from random import Random

from layered.sketch import DIRECTIONS

from cutaway.geometry import Size
from cutaway.layered.problem import Box, Cluster, Gaps, Insets, Link, Problem
from cutaway.record import Record, replace

_SIZES = ((12, 0.32), (40, 0.33), (150, 0.24), (500, 0.08), (2000, 0.03))
"""The most boxes of a case, and its share of the cases."""


def numbered(case: int) -> Problem:
    """Return the problem with a number, always the same."""
    random = Random(case)  # noqa: S311 - nothing secret
    most = random.choices([size for size, _ in _SIZES], [share for _, share in _SIZES])[0]
    return _Case(random, max(1, int(most * random.random() ** 0.5))).problem()


class _Manner(Record, frozen=False):
    """How the links of a case run."""

    rings: float
    """The share of links that may lead back."""
    reach: int
    """How far they reach, counted in boxes."""
    density: float
    hubs: int
    """Sources with very many consumers, and targets with very many inputs."""
    ports: int
    """How many tensors leave a box at most."""
    labels: float
    plain: bool
    """Whether boxes are of few sizes, so that parts of the layout repeat."""


class _Case:
    def __init__(self, random: Random, count: int) -> None:
        self._random = random
        self._count = count
        self._manner = _Manner(
            rings=random.choice((0.0, 0.0, 0.05, 0.3, 1.0)),
            reach=random.choice((2, 4, 12, count)) if count < 300 else random.choice((2, 4, 12)),
            density=random.choice((0.5, 1.1, 1.1, 1.5, 2.5)) if count < 300 else random.choice((0.8, 1.1, 1.3)),
            hubs=random.choice((0, 0, 0, 1, 3)),
            ports=random.choice((1, 1, 1, 2, 5)),
            labels=random.choice((0.0, 0.2, 1.0)),
            plain=random.random() < 0.4,
        )

    def problem(self) -> Problem:
        """Return the problem."""
        random = self._random
        clusters = self._clusters()
        boxes = self._boxes(clusters)
        return Problem(
            boxes=tuple(boxes),
            links=tuple(self._links(boxes)),
            clusters=tuple(clusters),
            direction=random.choice(DIRECTIONS),
            gaps=Gaps(
                rank=random.choice((18.0, 18.0, 0.5, 40.0)),
                box=random.choice((14.0, 14.0, 0.5, 30.0)),
                lane=random.choice((8.0, 8.0, 1.0, 12.0)),
                label=random.choice((4.0, 4.0, 0.5, 8.0)),
            ),
        )

    def _clusters(self) -> list[Cluster]:
        random = self._random
        most = random.choice((0, 0, 1, 4, 12, max(1, self._count // 8)))
        deep = random.random() < 0.3
        clusters: list[Cluster] = []
        for number in range(most):
            above = [None, *(cluster.id for cluster in clusters)]
            parent = above[-1] if deep and random.random() < 0.8 else random.choice(above)
            sides = [random.choice((0.0, 8.0, 8.0, 20.0, 0.3)) for _ in range(4)]
            caption = Size(random.choice((0.0, 20.0, 120.0, 400.0)), random.choice((0.0, 10.0, 30.0)))
            insets = Insets(top=sides[0], right=sides[1], bottom=sides[2], left=sides[3])
            clusters.append(Cluster(id=f"C{number}", parent=parent, insets=insets, caption=caption))
        return clusters

    def _boxes(self, clusters: list[Cluster]) -> list[Box]:
        """Return boxes in clusters: in runs, as models have them, or anywhere."""
        random = self._random
        homes = [None, *(cluster.id for cluster in clusters)]
        mixed = random.random() < 0.3
        home: str | None = None
        boxes = []
        for number in range(self._count):
            if mixed or random.random() < 0.2:
                home = random.choice(homes)
            round_ = random.random() < 0.2
            boxes.append(Box(id=f"b{number}", size=self._size(round_=round_), cluster=home, round=round_))
        return boxes

    def _size(self, *, round_: bool) -> Size:
        random = self._random
        if self._manner.plain:
            return Size(12.0, 12.0) if round_ else Size(random.choice((60.0, 60.0, 80.0)), 24.0)
        if round_:
            return Size(random.choice((12.0, 12.0, 30.0, 5.5)), 12.0)
        wild = random.random()
        if wild < 0.05:
            return Size(random.choice((0.5, 2000.0)), random.choice((0.5, 1500.0, 24.0)))
        return Size(random.uniform(4.0, 150.0), random.uniform(4.0, 60.0))

    def _links(self, boxes: list[Box]) -> list[Link]:
        random, manner = self._random, self._manner
        labelled: set[str] = set()
        links: list[Link] = []
        for source, target in self._ends():
            tensor = f"b{source}:{random.randrange(manner.ports)}"
            label = None
            if tensor not in labelled and random.random() < manner.labels:
                label = Size(random.uniform(1.0, random.choice((80.0, 80.0, 400.0))), random.uniform(1.0, 14.0))
            labelled.add(tensor)
            order = random.choice((len(links), 0, -1, random.randrange(100)))
            links.append(
                Link(
                    id=f"l{len(links)}",
                    source=boxes[source].id,
                    target=boxes[target].id,
                    tensor=tensor,
                    order=order,
                    label=label,
                )
            )
        return links

    def _ends(self) -> list[tuple[int, int]]:
        random, manner, count = self._random, self._manner, self._count
        ends = []
        for _ in range(int(count * manner.density)):
            one = random.randrange(count)
            two = min(count - 1, max(0, one + random.randint(0, manner.reach)))
            ends.append((one, two))
            if random.random() < 0.1:
                ends.append((one, two))
        for _ in range(manner.hubs):
            hub, many = random.randrange(count), random.randrange(min(count, 200))
            spokes = [(hub, random.randrange(count)) for _ in range(many)]
            ends += spokes if random.random() < 0.5 else [(two, one) for one, two in spokes]
        turned = []
        for one, two in ends:
            low, high = min(one, two), max(one, two)
            if random.random() < manner.rings:
                turned.append((high, low) if random.random() < 0.5 else (low, high))
            elif low != high:
                turned.append((low, high))
        return turned


def without_boxes(problem: Problem, gone: set[str]) -> Problem:
    """Return a problem without some boxes, and without the links that end there."""
    return replace(
        problem,
        boxes=tuple(box for box in problem.boxes if box.id not in gone),
        links=tuple(link for link in problem.links if link.source not in gone and link.target not in gone),
    )
