"""Layouts in columns and rows: as legal as in one piece, every line whole, every region in parts around its members."""

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from layered.random_problems import numbered
from layered.sketch import DIRECTIONS, chain, decoder_in_clusters, inception, problems, residual, unet

from cutaway.geometry import Point, Rect, Size
from cutaway.layered import lay_out
from cutaway.layered.check import violations
from cutaway.layered.problem import Direction, Layout, Problem
from cutaway.layered.wrap import Wrapping
from cutaway.record import replace


def flat(problem: Problem) -> Problem:
    """Return a problem without its clusters."""
    return replace(problem, clusters=(), boxes=tuple(replace(box, cluster=None) for box in problem.boxes))


def legal(problem: Problem, count: int) -> bool:
    """Wrap a problem without clusters and hold it to all postconditions; tell whether there was anything to cut."""
    wrapping = Wrapping(problem, lay_out(problem))
    cuts = wrapping.evened(count)
    if not cuts:
        return False
    layout, extent = wrapping.wrapped(cuts), wrapping.extent(cuts)
    assert violations(problem, layout) == ()
    width, height = layout.size.width, layout.size.height
    across, along = (height, width) if problem.direction in {"right", "left"} else (width, height)
    assert along == pytest.approx(extent.height)
    assert across <= extent.width + 1e-6
    return True


@settings(max_examples=150, deadline=None)
@given(problems(), st.integers(2, 5))
def test_graphs_in_columns_are_legal(problem: Problem, count: int) -> None:
    assume(legal(flat(problem), count))


@pytest.mark.parametrize("case", range(0, 40, 2))
def test_hostile_graphs_in_columns_are_legal(case: int) -> None:
    problem = flat(numbered(case))
    if len(problem.boxes) < 200:
        legal(problem, 2 + case % 4)


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("case", [chain, residual, inception, unet], ids=lambda case: case.__name__)
def test_known_models_are_legal_in_three_columns(case, direction: Direction) -> None:
    assert legal(case().problem(direction), 3)


@pytest.mark.parametrize("direction", ["right", "left"])
def test_skips_turn_at_once_into_the_gutter_and_leave_no_empty_lane(direction: Direction) -> None:
    problem = unet().problem(direction)
    wrapping = Wrapping(problem, lay_out(problem))
    cuts = wrapping.evened(3)
    assert cuts
    layout = wrapping.wrapped(cuts)
    assert layout.size.height < wrapping.extent(cuts).width
    places = {box.id: place for place, box in enumerate(problem.boxes)}
    forth = 1 if direction == "right" else -1
    for link in problem.links:
        if places[link.target] > places[link.source] + 2:
            level = [forth * (b.x - a.x) for a, b in pairwise(layout.routes[link.id]) if a.y == b.y]
            assert len([length for length in level if length < 0]) < 2
            assert not any(one > 30 and other < 0 for one, other in pairwise(level))


def test_a_chain_has_columns_of_one_height() -> None:
    problem = chain().problem("down")
    whole = lay_out(problem)
    wrapping = Wrapping(problem, whole)
    cuts = wrapping.evened(2)
    assert cuts is not None
    assert wrapping.parted(cuts) == (1, 0)
    assert wrapping.extent(cuts).height < 0.5 * whole.size.height + 60


def test_no_row_is_longer_than_asked() -> None:
    problem = residual().problem("right")
    wrapping = Wrapping(problem, lay_out(problem))
    length = 2.5 * wrapping.least()
    cuts = wrapping.most(length)
    assert cuts
    assert wrapping.wrapped(cuts).size.width <= length + 1e-6


def test_what_cannot_be_cut_is_not_cut() -> None:
    problem = chain().problem("down")
    assert Wrapping(problem, lay_out(problem)).most(5.0) is None


@settings(max_examples=100, deadline=None)
@given(problems(), st.integers(2, 4))
def test_parts_of_clusters_hold_their_members_and_nothing_else(problem: Problem, count: int) -> None:
    wrapping = Wrapping(problem, lay_out(problem))
    cuts = wrapping.evened(count)
    assume(cuts)
    check_clusters(problem, wrapping.wrapped(cuts or []))


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_region_goes_on_in_the_next_column(direction: Direction) -> None:
    problem = decoder_in_clusters().problem(direction)
    wrapping = Wrapping(problem, lay_out(problem))
    layouts = [wrapping.wrapped(wrapping.evened(count) or []) for count in (24, 36, 48)]
    for layout in layouts:
        check_clusters(problem, layout)
    assert any(layout.continued for layout in layouts)


@pytest.mark.parametrize("direction", ["down", "right"])
def test_a_region_with_a_long_name_is_named_in_short_in_the_next_column(direction: Direction) -> None:
    sketch = decoder_in_clusters().problem(direction)
    long, narrow = 400.0, 12.0

    def captions(least: float) -> list[Rect | None]:
        clusters = [replace(each, caption=Size(long, each.caption.height), least=least) for each in sketch.clusters]
        wrapping = Wrapping(replace(sketch, clusters=tuple(clusters)), lay_out(sketch))
        layout = wrapping.wrapped(wrapping.evened(24) or [])
        further = [part for parts in layout.continued.values() for part in parts]
        assert all(part.rect.contains(part.caption, 1e-6) for part in further if part.caption)
        return [part.caption for part in further]

    named = captions(narrow)
    assert any(named)
    assert all(narrow <= caption.width < long for caption in named if caption)
    assert not any(captions(long))


def check_clusters(problem: Problem, layout: Layout) -> None:
    parents = {cluster.id: cluster.parent for cluster in problem.clusters}
    homes: dict[str, set[str]] = {box.id: set() for box in problem.boxes}
    for box in problem.boxes:
        name = box.cluster
        while name is not None:
            homes[box.id].add(name)
            name = parents[name]
    for cluster in parents:
        parts = [layout.clusters[cluster], *(part.rect for part in layout.continued.get(cluster, ()))]
        for box, rect in layout.boxes.items():
            if cluster in homes[box]:
                assert sum(part.contains(rect, 1e-6) for part in parts) == 1
            else:
                assert not any(part.overlaps(rect, 1e-6) for part in parts)
    for parts in layout.continued.values():
        for part in parts:
            if part.caption is not None:
                check_caption(part.caption, part.rect, layout)


def check_caption(caption: Rect, rect: Rect, layout: Layout) -> None:
    assert rect.contains(caption, 1e-6)
    assert not any(box.overlaps(caption, 1e-6) for box in layout.boxes.values())
    for route in layout.routes.values():
        for a, b in pairwise(route):
            assert not stretch(a, b).overlaps(caption, 1e-6)


def stretch(a: Point, b: Point) -> Rect:
    return Rect(min(a.x, b.x) - 0.5, min(a.y, b.y) - 0.5, abs(b.x - a.x) + 1, abs(b.y - a.y) + 1)


@pytest.mark.parametrize("lane", [8.0, 8.1])
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_lines_that_are_led_on_straight_have_no_corners_there(direction: Direction, lane: float) -> None:
    problem = residual().problem(direction)
    thirds = tuple(replace(box, size=Size(box.size.width / 3, box.size.height / 3)) for box in problem.boxes)
    problem = replace(problem, boxes=thirds, gaps=replace(problem.gaps, lane=lane))
    wrapping = Wrapping(problem, lay_out(problem))
    for count in range(2, 30):
        cuts = wrapping.most(wrapping.size.height / count)
        if cuts:
            assert violations(problem, wrapping.wrapped(cuts)) == ()
