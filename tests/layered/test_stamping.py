"""What is equal is laid out once, wherever it is, and what is large or deep is laid out at all."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layered.sketch import Sketch

from cutaway.geometry import Rect
from cutaway.layered import lay_out, parallel, stamp
from cutaway.layered.check import violations
from cutaway.layered.passage import Wire, assign
from cutaway.layered.problem import Layout, Problem
from cutaway.layered.stairs import Stairs


def _towers(count: int, *, clusters: bool) -> Problem:
    """Return modules of three branches in a row, all but their place and their names being equal."""
    sketch = Sketch()
    last = sketch.box("in")
    for number in range(count):
        cluster = sketch.cluster(f"c{number}") if clusters else None
        fork = sketch.box(f"fork{number}", last, cluster=cluster)
        ends = [sketch.chain(f"m{number}.{branch}.", fork, branch + 1, cluster) for branch in range(3)]
        last = sketch.box(f"cat{number}", *ends, cluster=cluster, width=90.0)
    sketch.box("out", last)
    return sketch.problem()


def _module(layout: Layout, number: int) -> list[object]:
    """Return the places and routes of a module, from its fork on."""
    fork = layout.boxes[f"fork{number}"]
    names = [
        f"fork{number}",
        f"cat{number}",
        *(f"m{number}.{branch}.0" for branch in range(3)),
    ]
    boxes = [_moved(layout.boxes[name], fork) for name in names]
    inner = [key for key in layout.routes if f"fork{number}>" in key or f">cat{number}." in key]
    return [*boxes, *([(round(p.x - fork.x, 6), round(p.y - fork.y, 6)) for p in layout.routes[key]] for key in inner)]


def _moved(rect: Rect, by: Rect) -> Rect:
    return Rect(round(rect.x - by.x, 6), round(rect.y - by.y, 6), rect.width, rect.height)


@pytest.mark.parametrize("clusters", [False, True])
def test_equal_modules_are_congruent(clusters: bool) -> None:
    layout = lay_out(_towers(5, clusters=clusters))
    modules = [_module(layout, number) for number in range(5)]
    assert all(len(one) > 8 for one in modules)
    assert all(one == two for one, two in pairwise(modules))


def test_equal_clusters_are_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    draw = stamp.draw_all
    monkeypatch.setattr(stamp, "draw_all", lambda flat, stamps: (drawn.append(len(flat.nodes)), draw(flat, stamps))[1])
    lay_out(_towers(6, clusters=True))
    assert len(drawn) == 1  # one cluster; the page is a chain of them


def test_equal_modules_are_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    draw = parallel.drawn
    monkeypatch.setattr(parallel, "drawn", lambda part: (drawn.append(len(part.flat.nodes)), draw(part))[1])
    lay_out(_towers(9, clusters=False))
    assert sum(count > 2 for count in drawn) == 1


def test_clusters_that_differ_in_a_width_are_not_taken_for_equal() -> None:
    sketch = Sketch()
    for number, width in enumerate((60.0, 61.0, 140.0)):
        cluster = sketch.cluster(f"c{number}")
        sketch.box(f"b{number}", sketch.box(f"a{number}", cluster=cluster), cluster=cluster, width=width)
    problem = sketch.problem()
    layout = lay_out(problem)
    assert violations(problem, layout) == ()
    assert [layout.boxes[f"b{number}"].width for number in range(3)] == [60.0, 61.0, 140.0]


def test_many_consumers_of_one_tensor_share_its_lane() -> None:
    sketch = Sketch()
    last = sketch.box("in")
    for number in range(400):
        last = sketch.merge(f"m{number}", last, "in")
    layout = lay_out(sketch.problem())
    lanes = [layout.routes[f"in>m{number}.1"][1:-1] for number in range(1, 400)]
    assert len({point.x for lane in lanes for point in lane[1:]}) == 1


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=40))
def test_tracks_found_by_the_tree_are_below_all_they_overlap(ends: list[tuple[int, int]]) -> None:
    spans = [(8.0 * min(pair), 8.0 * max(pair) + 1.0) for pair in ends]
    tracks = Stairs(spans, 6.0).tracks()
    for place, (low, high) in enumerate(spans):
        over = [
            track
            for (start, end), track in zip(spans[:place], tracks, strict=False)
            if low - 6 < end and start < high + 6
        ]
        assert tracks[place] == max(over, default=-1) + 1


def test_hundreds_of_wires_in_a_channel_are_apart() -> None:
    wires = [Wire(net, (8.0 * net,), (8.0 * ((net * 37) % 200),)) for net in range(200)]
    spans = [(track, low, high) for found in assign(wires).spans.values() for track, low, high in found]
    spans.sort()
    assert len(spans) >= 198
    assert all(one[0] < two[0] or one[2] < two[1] for one, two in pairwise(spans))
