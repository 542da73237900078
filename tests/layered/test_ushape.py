"""A U: skips straight across, both halves legal."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layered.sketch import Sketch, chain, inception, residual, unet

from cutaway.geometry import Size
from cutaway.layered import lay_out
from cutaway.layered.check import violations
from cutaway.layered.problem import Box, Layout, Link, Problem
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


def levels(count: int, *, through: str = "", cluster: bool = False) -> Sketch:
    """Return a U-Net of so many levels: with a box on each skip, or each half in a cluster."""
    sketch = Sketch()
    down, up = (sketch.cluster("encoder"), sketch.cluster("decoder")) if cluster else (None, None)
    last, skips = sketch.box("in"), list[str]()
    for level in range(count):
        skips.append(sketch.chain(f"d{level}", last, 2, cluster=down))
        last = sketch.box(f"pool{level}", skips[-1], cluster=down)
    last = sketch.chain("middle", last, 2)
    for level in reversed(range(count)):
        skip = sketch.box(f"{through}{level}", skips[level]) if through else skips[level]
        last = sketch.merge(f"cat{level}", skip, sketch.box(f"up{level}", last, cluster=up), cluster=up)
        last = sketch.chain(f"u{level}", last, 2, cluster=up)
    sketch.box("out", last)
    return sketch


def bend(sketch: Sketch) -> tuple[Problem, Layout | None]:
    problem = sketch.problem("down")
    return problem, Wrapping(problem, lay_out(problem)).bent


def legal(problem: Problem, layout: Layout) -> bool:
    return not [text for text in violations(problem, layout) if not any(word in text for word in UPWARDS)]


def test_what_lies_on_a_skip_is_on_the_line_across() -> None:
    problem, bent = bend(levels(4, through="crop"))
    assert bent is not None
    assert legal(problem, bent)
    for level in range(4):
        crop, cat = bent.boxes[f"crop{level}"], bent.boxes[f"cat{level}"]
        assert crop.center.y == pytest.approx(cat.center.y)
        assert bent.boxes[f"d{level}1"].right < crop.x < crop.right < cat.x


def test_each_half_is_one_straight_column() -> None:
    _, bent = bend(levels(4))
    assert bent is not None
    for part in (("in", "d", "pool", "middle"), ("up", "u", "cat", "out")):
        found = {round(rect.center.x, 3) for name, rect in bent.boxes.items() if name.startswith(part)}
        assert len(found) == 1


def test_clusters_that_are_in_one_half_are_kept() -> None:
    problem, bent = bend(levels(3, cluster=True))
    assert bent is not None
    assert legal(problem, bent)
    assert bent.clusters["encoder"].right < bent.clusters["decoder"].x


def test_a_cluster_around_both_halves_is_not_bent() -> None:
    sketch = Sketch()
    around = sketch.cluster("all")
    first = sketch.box("in", cluster=around)
    second = sketch.box("a", first, cluster=around)
    third = sketch.box("b", second, cluster=around)
    last = sketch.box("c", third, cluster=around)
    for place, skip in enumerate((third, second, first)):
        last = sketch.merge(f"m{place}", skip, sketch.box(f"u{place}", last, cluster=around), cluster=around)
    assert bend(sketch)[1] is None


def test_gates_that_a_skip_passes_stand_beside_the_decoder() -> None:
    sketch = Sketch()
    last, skips = sketch.box("in"), list[str]()
    for level in range(3):
        skips.append(sketch.chain(f"d{level}", last, 2))
        last = sketch.box(f"pool{level}", skips[-1])
    last = sketch.chain("middle", last, 2)
    for level in reversed(range(3)):
        up = sketch.box(f"up{level}", last)
        gate = sketch.merge(f"+{level}", sketch.box(f"theta{level}", skips[level]), sketch.box(f"phi{level}", up))
        kept = sketch.merge(f"x{level}", skips[level], sketch.box(f"psi{level}", gate))
        last = sketch.chain(f"u{level}", sketch.merge(f"cat{level}", kept, up), 2)
    problem, bent = bend(sketch)
    assert bent is not None
    assert legal(problem, bent)
    middle = bent.boxes["d01"].right
    assert all(bent.boxes[f"theta{level}"].x > middle for level in range(3))


def test_a_pyramid_is_not_bent() -> None:
    sketch = Sketch()
    last, skips = sketch.box("in"), list[str]()
    for level in range(4):
        last = sketch.chain(f"c{level}", last, 2)
        skips.append(sketch.box(f"lateral{level}", last))
    tops = [last := skips.pop()]
    for level in reversed(range(3)):
        last = sketch.merge(f"m{level}", sketch.box(f"up{level}", last), skips.pop())
        tops.append(last)
    for level, top in enumerate(tops):
        sketch.chain(f"p{level}", top, 2)
    assert bend(sketch)[1] is None
    sketch.merge("cat", *(f"p{level}1" for level in range(4)))
    assert bend(sketch)[1] is None


def test_an_encoder_that_all_of_a_decoder_reads_is_not_bent() -> None:
    sketch = Sketch()
    source = sketch.chain("e", sketch.box("in"), 6)
    last = sketch.box("target")
    for layer in range(4):
        last = sketch.merge(f"+{layer}", last, sketch.box(f"cross{layer}", sketch.box(f"self{layer}", last), source))
    assert bend(sketch)[1] is None


def test_a_decoder_with_an_input_of_its_own_is_not_bent() -> None:
    sketch = levels(3)
    sketch.link(sketch.box("prompt"), "u10")
    assert bend(sketch)[1] is None


def test_skips_to_what_the_way_at_the_bottom_does_not_reach_are_not_bent() -> None:
    sketch = Sketch()
    first = sketch.box("in")
    attention = sketch.box("attention", first, sketch.box("memory"))
    grouped = sketch.box("grouped", first, first)
    for name in ("values", "scores"):
        sketch.link(attention, sketch.box(name), tensor=name)
    sketch.box("out", grouped)
    assert bend(sketch)[1] is None
