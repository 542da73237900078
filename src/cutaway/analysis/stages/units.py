"""Layers of one block that are drawn one by one, taken together so that stages are made of whole blocks."""

from collections.abc import Sequence
from itertools import pairwise

from cutaway.analysis.fold.naming import same_stem
from cutaway.analysis.stages.line import Content, Part
from cutaway.graph import Kind
from cutaway.record import replace


def united(parts: Sequence[Part]) -> list[Part]:
    """Return a line in which neighbouring layers of one block are one part.

    They are of one where more than one tensor leads from the one to the other, or where their names say so.
    """
    crossing = _crossing(parts)
    groups: list[list[int]] = []
    for place, part in enumerate(parts):
        joins = place > 0 and _is_layer(part) and _is_layer(parts[place - 1])
        if joins and (crossing[place] > 1 or _share_name(parts[place - 1], part)):
            groups[-1].append(place)
        else:
            groups.append([place])
    if len(groups) == len(parts):
        return list(parts)
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    return [_one([parts[place] for place in group], group_of, number) for number, group in enumerate(groups)]


def _is_layer(part: Part) -> bool:
    return not part.is_block and part.kind is not Kind.INPUT


def _share_name(one: Part, other: Part) -> bool:
    return any(same_stem(first, second) for first, second in pairwise((*one.names[-1:], *other.names[:1])))


def _crossing(parts: Sequence[Part]) -> list[int]:
    """Return how many parts, inputs apart, hand a tensor over the border in front of each part."""
    steps = [0] * (len(parts) + 1)
    last: dict[int, int] = {}
    for place, part in enumerate(parts):
        last.update(dict.fromkeys(part.feeds, place))
    for source, reader in last.items():
        if parts[source].kind is not Kind.INPUT:
            steps[source + 1] += 1
            steps[reader + 1] -= 1
    found, count = [], 0
    for step in steps[:-1]:
        count += step
        found.append(count)
    return found


def _one(group: Sequence[Part], group_of: dict[int, int], number: int) -> Part:
    """Return one part in place of several."""
    feeds = dict.fromkeys(group_of[source] for part in group for source in part.feeds)
    feeds.pop(number, None)
    first, last = group[0], group[-1]
    if len(group) == 1:
        return replace(first, feeds=tuple(feeds))
    return replace(
        last,
        nodes=tuple([node for part in group for node in part.nodes]),
        names=tuple([name for part in group for name in part.names]),
        feeds=tuple(feeds),
        family=tuple([part.operation for part in group]),
        content=Content(
            layers=sum(part.content.layers for part in group),
            branches=any(part.content.branches for part in group),
            merge=next((part.content.merge for part in reversed(group) if part.content.merge), ""),
            steps=any(part.content.steps for part in group),
            enlarges=any(part.content.enlarges for part in group),
        ),
    )
