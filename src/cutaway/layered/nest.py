"""Take a problem apart into levels: for each cluster (and the page) its members, and the part of each link in it."""

from cutaway.layered.flat import ENTRY, EXIT, Border, Pin
from cutaway.layered.problem import Link, Problem

Member = str | Border
"""The id of a box or a cluster, or the border of the level, where a tensor enters or leaves it."""


OUTSIDE = -1
"""The number of the border of a level, where it is not yet one of the nodes."""


class Part:
    """What a tensor does on a level: where it comes from, and where it ends.

    `number` counts the parts of the level. The nodes of `ends` are numbers of members, or `OUTSIDE`. `inside` has the
    place of the end in an inner cluster or at the border, if there is one; several links share it. `label` is the link
    whose label stands here.
    """

    __slots__ = ("ends", "inside", "label", "number", "source")

    def __init__(self, number: int, source: Member) -> None:
        self.number = number
        self.source = source
        self.ends: list[Pin] = []
        self.inside: dict[Member, int] | None = None
        self.label: Link | None = None

    @property
    def exit(self) -> int | None:
        """The place of the end at the border, None where the tensor does not leave the level."""
        return self.inside.get(EXIT) if self.inside else None


class Level:
    """The members of a cluster in their order, and what the tensors do there; 0 levels hold the page."""

    __slots__ = ("depth", "id", "members", "parts")

    def __init__(self, name: str | None, depth: int) -> None:
        self.id = name
        self.depth = depth
        self.members: list[str] = []
        self.parts: dict[str, Part] = {}


Stretch = tuple[str | None, int, int]
"""Where a link passes a level: the level, the number of the part there, and that of its end."""


class Nest:
    """The tree of clusters and its levels, inner ones first."""

    def __init__(self, problem: Problem) -> None:
        self._parent: dict[str, str | None] = {cluster.id: cluster.parent for cluster in problem.clusters}
        self._clusters = frozenset(self._parent)
        depth = self._depths()
        self.levels: dict[str | None, Level] = {None: Level(None, 0)}
        self.levels.update((cluster.id, Level(cluster.id, depth[cluster.id])) for cluster in problem.clusters)
        self.number: dict[Member, int] = {}
        """The place of each box and cluster among the members of its level."""
        self.trails: list[tuple[Stretch, ...]] = []
        """The stretches of each link, from its source to its target."""
        if self._clusters:
            self._parent.update([(box.id, box.cluster) for box in problem.boxes])
            self._fill(problem)
            self.trails.extend([self._threaded(link) for link in problem.links])
        else:
            self._lay(problem)
        self._label(problem)

    def inner_first(self) -> list[Level]:
        """Return the levels so that each comes after those inside it."""
        return sorted(self.levels.values(), key=lambda level: -level.depth)

    def _depths(self) -> dict[str, int]:
        depth: dict[str, int] = {}
        for start in self._parent:
            chain = [start]
            while chain[-1] not in depth:
                above = self._parent[chain[-1]]
                if above is None:
                    depth[chain[-1]] = 1
                else:
                    chain.append(above)
            for member in reversed(chain[:-1]):
                above = self._parent[member]
                depth[member] = 1 if above is None else depth[above] + 1
        return depth

    def _fill(self, problem: Problem) -> None:
        """Put the members into their levels, a cluster where its first box is."""
        number, parent, levels = self.number, self._parent, self.levels
        for things in (problem.boxes, problem.clusters):
            for thing in things:
                member: str | None = thing.id
                while member is not None and member not in number:
                    above = parent[member]
                    members = levels[above].members
                    number[member] = len(members)
                    members.append(member)
                    member = above

    def _lay(self, problem: Problem) -> None:
        """Do what `_fill` and `_threaded` do where there are no clusters, in less time."""
        level, number, trails = self.levels[None], self.number, self.trails
        level.members = [box.id for box in problem.boxes]
        number.update(zip(level.members, range(len(level.members)), strict=True))
        parts = level.parts
        for link in problem.links:
            tensor = link.tensor
            part = parts.get(tensor)
            if part is None:
                part = parts[tensor] = Part(len(parts), link.source)
            ends = part.ends
            trails.append(((None, part.number, len(ends)),))
            ends.append((number[link.target], link.order))

    def _threaded(self, link: Link) -> tuple[Stretch, ...]:
        """Add the parts of a link: out of the clusters that hold only its source, into those with only its target."""
        one, two, parent = link.source, link.target, self._parent
        level, other = parent[one], parent[two]
        if level == other:
            return (self._add(level, link, one, two),)
        trail: list[Stretch] = []
        down: list[tuple[str | None, str]] = []
        while level != other:
            if other is None or (level is not None and self.levels[level].depth >= self.levels[other].depth):
                trail.append(self._add(level, link, one, EXIT))
                assert level is not None  # noqa: S101 - the page holds everything
                one, level = level, parent[level]
            else:
                down.append((other, two))
                two, other = other, parent[other]
        trail.append(self._add(level, link, one, two))
        trail.extend(self._add(inner, link, ENTRY, member) for inner, member in reversed(down))
        return tuple(trail)

    def _add(self, level: str | None, link: Link, source: Member, end: Member) -> Stretch:
        parts = self.levels[level].parts
        part = parts.get(link.tensor)
        if part is None:
            part = parts[link.tensor] = Part(len(parts), source)
        ends = part.ends
        place = len(ends)
        if end is EXIT or end in self._clusters:
            if part.inside is None:
                part.inside = {}
            place = part.inside.setdefault(end, place)
            if place < len(ends):
                ends[place] = (ends[place][0], min(ends[place][1], link.order))
                return level, part.number, place
        ends.append((OUTSIDE if end is EXIT else self.number[end], link.order))
        return level, part.number, place

    def _label(self, problem: Problem) -> None:
        """Set each label beside the first stretch outside, where all that leaves its cluster is this tensor."""
        if not self._clusters:
            parts = self.levels[None].parts
            for link in problem.links:
                if link.label is not None:
                    parts[link.tensor].label = link
            return
        leaving = {
            name: sum(part.exit is not None for part in level.parts.values()) for name, level in self.levels.items()
        }
        for link in problem.links:
            if link.label is None:
                continue
            name = self._parent[link.source]
            while name is not None:
                part = self.levels[name].parts[link.tensor]
                if len(part.ends) > 1 or part.exit is None or leaving[name] > 1:
                    break
                name = self._parent[name]
            self.levels[name].parts[link.tensor].label = link
