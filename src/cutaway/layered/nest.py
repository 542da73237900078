"""Take a problem apart into levels: for each cluster (and the page) its members, and the part of each link in it."""

from typing import TypeAlias

from cutaway.layered.flat import ENTRY, EXIT, Border
from cutaway.layered.problem import Link, Problem
from cutaway.record import field, record

Member: TypeAlias = str | Border
"""The id of a box or a cluster, or the border of the level, where a tensor enters or leaves it."""


@record(frozen=False)
class Part:
    """What a tensor does on a level: where it comes from, and its ends with the place among the inputs there."""

    source: Member
    ends: list[tuple[Member, int]] = field(default_factory=list)
    inside: dict[Member, int] = field(default_factory=dict)
    """The end in an inner cluster or at the border; several links share it."""
    pins: dict[str, int] = field(default_factory=dict)
    """The number of the end of each link."""
    label: str | None = None
    """The link whose label stands here."""


@record(frozen=False)
class Level:
    """The members of a cluster in their order, and what the tensors do there."""

    id: str | None
    members: list[str] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=dict)


class Nest:
    """The tree of clusters and its levels, inner ones first."""

    def __init__(self, problem: Problem) -> None:
        self.links: dict[str, Link] = {link.id: link for link in problem.links}
        self._parent: dict[str, str | None] = {cluster.id: cluster.parent for cluster in problem.clusters}
        self._clusters = frozenset(self._parent)
        self._parent.update((box.id, box.cluster) for box in problem.boxes)
        self._depth = self._depths()
        self.levels: dict[str | None, Level] = {None: Level(id=None)}
        self.levels.update((cluster.id, Level(id=cluster.id)) for cluster in problem.clusters)
        self.trails: dict[str, list[str | None]] = {}
        """The levels that a link passes, from its source to its target."""
        self._fill(problem)
        for link in problem.links:
            self._thread(link)
        self._labels()

    def inner_first(self) -> list[Level]:
        """Return the levels so that each comes after those inside it."""
        return sorted(self.levels.values(), key=lambda level: 0 if level.id is None else -self._depth[level.id])

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
        seen: set[str] = set()
        for start in (*(box.id for box in problem.boxes), *(cluster.id for cluster in problem.clusters)):
            member: str | None = start
            while member is not None and member not in seen:
                seen.add(member)
                above = self._parent[member]
                self.levels[above].members.append(member)
                member = above

    def _thread(self, link: Link) -> None:
        """Add the parts of a link: out of the clusters that hold only its source, into those with only its target."""
        one, two = link.source, link.target
        trail = self.trails[link.id] = []
        down: list[tuple[str | None, str]] = []
        level = self._parent[one]
        other = self._parent[two]
        while level != other:
            if other is None or (level is not None and self._depth[level] >= self._depth[other]):
                self._add(level, link, one, EXIT)
                assert level is not None  # noqa: S101 - the page holds everything
                trail.append(level)
                one, level = level, self._parent[level]
            else:
                down.append((other, two))
                two, other = other, self._parent[other]
        self._add(level, link, one, two)
        trail.append(level)
        for inner, member in reversed(down):
            self._add(inner, link, ENTRY, member)
            trail.append(inner)

    def _add(self, level: str | None, link: Link, source: Member, end: Member) -> None:
        parts = self.levels[level].parts
        part = parts.get(link.tensor)
        if part is None:
            part = parts[link.tensor] = Part(source=source)
        shared = end is EXIT or end in self._clusters
        if shared and end in part.inside:
            number = part.inside[end]
            part.ends[number] = (end, min(part.ends[number][1], link.order))
        else:
            number = len(part.ends)
            part.ends.append((end, link.order))
            if shared:
                part.inside[end] = number
        part.pins[link.id] = number

    def _labels(self) -> None:
        """Set each label beside the first stretch outside, where all that leaves its cluster is this tensor."""
        leaving: dict[str | None, int] = {}
        for level in self.levels.values():
            leaving[level.id] = sum(EXIT in part.inside for part in level.parts.values())
        for link in self.links.values():
            if link.label is None:
                continue
            name = self._parent[link.source]
            while name is not None:
                part = self.levels[name].parts[link.tensor]
                if len(part.ends) > 1 or EXIT not in part.inside or leaving[name] > 1:
                    break
                name = self._parent[name]
            self.levels[name].parts[link.tensor].label = link.id
