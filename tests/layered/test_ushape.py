"""A U: skips straight across, both halves legal."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layered.sketch import chain, inception, residual, unet

from cutaway.geometry import Size
from cutaway.layered import lay_out
from cutaway.layered.check import violations
from cutaway.layered.problem import Box, Link, Problem
from cutaway.layered.wrap import Wrapping
from cutaway.record import replace

UPWARDS = ("where the flow",)


def test_a_unet_is_a_u() -> None:
    problem = unet().problem("down")
    whole = lay_out(problem)
    bent = Wrapping(problem, whole).bent
    assert bent is not None
    assert bent.size.height < 0.75 * whole.size.height
    straight = [
        link.id
        for link in problem.links
        if abs(bent.boxes[link.source].x - bent.boxes[link.target].x) > bent.size.width / 3
        and max(abs(a.x - b.x) for a, b in pairwise(bent.routes[link.id])) > bent.size.width / 4
    ]
    assert len(straight) >= 3


@pytest.mark.parametrize("case", [chain, inception, residual], ids=lambda case: case.__name__)
def test_what_has_no_skips_across_is_none(case) -> None:
    problem = case().problem("down")
    assert Wrapping(problem, lay_out(problem)).bent is None


def test_only_what_leads_down_is_bent() -> None:
    problem = unet().problem("right")
    assert Wrapping(problem, lay_out(problem)).bent is None


@st.composite
def unets(draw: st.DrawFn) -> Problem:
    """Return an encoder and a decoder with a skip for each level, and boxes of any size in chains of any length."""
    boxes: list[Box] = []
    links: list[Link] = []

    def add(source: str | None, count: int) -> str:
        for _ in range(count):
            size = Size(draw(st.sampled_from((40.0, 64.0, 90.0))), draw(st.sampled_from((14.0, 24.0, 50.0))))
            boxes.append(Box(id=f"b{len(boxes)}", size=size))
            if source is not None:
                label = Size(30.0, 8.0) if draw(st.booleans()) else None
                links.append(Link(id=f"l{len(links)}", source=source, target=boxes[-1].id, tensor=source, label=label))
            source = boxes[-1].id
        assert source is not None
        return source

    counts = st.integers(2, 4)
    last, skips = None, list[str]()
    for _ in range(draw(st.integers(2, 5))):
        last = add(last, draw(counts))
        skips.append(last)
    last = add(last, draw(counts))
    for skip in reversed(skips):
        boxes.append(Box(id=f"b{len(boxes)}", size=Size(12.0, 12.0), round=True))
        for order, source in enumerate((last, skip)):
            links.append(Link(id=f"l{len(links)}", source=source, target=boxes[-1].id, tensor=source, order=order))
        last = add(boxes[-1].id, draw(counts))
    told = set[str]()
    for place, link in enumerate(links):
        if link.tensor in told:
            links[place] = replace(link, label=None)
        told.add(link.tensor)
    return Problem(boxes=tuple(boxes), links=tuple(links))


@settings(max_examples=100, deadline=None)
@given(unets())
def test_skips_of_a_u_are_straight_across(problem: Problem) -> None:
    bent = Wrapping(problem, lay_out(problem)).bent
    assert bent is not None
    found = [text for text in violations(problem, bent) if not any(word in text for word in UPWARDS)]
    assert found == []
    middle = bent.size.width / 2
    across = [link.id for link in problem.links if bent.boxes[link.source].x < middle < bent.boxes[link.target].x]
    skips = [name for name in across if max(point.y for point in bent.routes[name]) < bent.size.height]
    for name in skips:
        (a, b) = max(pairwise(bent.routes[name]), key=lambda pair: abs(pair[0].x - pair[1].x))
        assert a.y == pytest.approx(b.y)
        assert a.x < middle < b.x or middle in (a.x, b.x)
    assert len(across) == len(skips) + 1 >= 3
