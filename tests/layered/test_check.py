"""The postconditions find what is wrong: each test breaks a legal layout in one way."""

from dataclasses import replace
from itertools import pairwise, permutations
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layered.random_problems import numbered
from layered.sketch import Sketch, nested, residual
from work_done import steps

from cutaway.geometry import Point, Rect, Size
from cutaway.layered import lay_out
from cutaway.layered.check import violations
from cutaway.layered.problem import Box, Cluster, Layout, Link, Problem


@pytest.fixture
def problem() -> Problem:
    return residual().problem()


@pytest.fixture
def layout(problem: Problem) -> Layout:
    return lay_out(problem)


def _with_box(layout: Layout, name: str, rect: Rect) -> Layout:
    return replace(layout, boxes={**layout.boxes, name: rect})


def _with_route(layout: Layout, name: str, *corners: tuple[float, float]) -> Layout:
    return replace(layout, routes={**layout.routes, name: tuple(Point(x, y) for x, y in corners)})


def test_a_legal_layout_has_no_violations(problem: Problem, layout: Layout) -> None:
    assert violations(problem, layout) == ()


def test_boxes_over_each_other(problem: Problem, layout: Layout) -> None:
    broken = _with_box(layout, "r00", layout.boxes["in"].moved(5.0, 5.0))
    assert "box 'in' is over box 'r00'" in violations(problem, broken)


def test_parts_left_out(problem: Problem, layout: Layout) -> None:
    routes = {name: route for name, route in layout.routes.items() if name != "in>r00.0"}
    assert violations(problem, replace(layout, routes=routes)) == ("routes lack 'in>r00.0'",)


def test_another_size(problem: Problem, layout: Layout) -> None:
    rect = layout.boxes["out"]
    broken = _with_box(layout, "out", Rect(rect.x, rect.y, rect.width, rect.height - 5.0))
    assert violations(problem, broken) == ("box 'out' has another size than asked",)


def test_off_the_page(problem: Problem, layout: Layout) -> None:
    broken = replace(layout, size=Size(layout.size.width - 10.0, layout.size.height))
    assert "route 'in>+0.0' is off the page" in violations(problem, broken)


def test_a_route_through_a_box(problem: Problem, layout: Layout) -> None:
    one, two = layout.boxes["in"], layout.boxes["r01"]
    broken = _with_route(layout, "in>r00.0", (one.center.x + 3.0, one.bottom), (one.center.x + 3.0, two.bottom))
    found = violations(problem, broken)
    assert "route 'in>r00.0' goes through box 'r00'" in found
    assert "route 'in>r00.0' does not end on the border of 'r00' where the flow enters it" in found


def test_two_tensors_on_one_line(problem: Problem, layout: Layout) -> None:
    x, top = layout.boxes["r00"].center.x, layout.boxes["r00"].bottom
    end = layout.routes["+0>+1.0"]
    broken = _with_route(layout, "+0>+1.0", (x, top + 4.0), (x, top + 12.0), *((p.x, p.y) for p in end[1:]))
    assert "routes '+0>+1.0' and 'r00>r01.0' share a stretch" in violations(problem, broken)


def test_slanting_and_cramped_routes(problem: Problem, layout: Layout) -> None:
    start, end = layout.routes["r00>r01.0"]
    slanting = _with_route(layout, "r00>r01.0", (start.x, start.y), (end.x + 2.0, end.y))
    assert violations(problem, slanting) == ("route 'r00>r01.0' has a slanting or empty stretch",)
    late = (start.x, start.y), (start.x, end.y - 5.0), (start.x + 9.0, end.y - 5.0), (start.x + 9.0, end.y)
    found = violations(problem, _with_route(layout, "r00>r01.0", *late))
    assert found == ("route 'r00>r01.0' has no room for its arrowhead",)
    idle = (start.x, start.y), (start.x, start.y + 3.0), (start.x, end.y)
    found = violations(problem, _with_route(layout, "r00>r01.0", *idle))
    assert found == ("route 'r00>r01.0' has a corner on a straight stretch",)


def test_members_outside_and_strangers_inside() -> None:
    problem = nested().problem()
    layout = lay_out(problem)
    away = _with_box(layout, "c3", layout.boxes["c3"].moved(-400.0, 0.0))
    assert "'c3' is not inside cluster 'C'" in violations(problem, away)
    inner = layout.clusters["C"]
    guest = layout.boxes["out"]
    inside = _with_box(layout, "out", Rect(inner.x + 1.0, inner.y + 16.0, guest.width, guest.height))
    assert "box 'out' is in cluster 'C', where it does not belong" in violations(problem, inside)


def test_clusters_over_each_other() -> None:
    sketch = Sketch()
    for name in ("one", "two"):
        sketch.box(f"{name} box", cluster=sketch.cluster(name))
    problem = sketch.problem()
    layout = lay_out(problem)
    wide = replace(layout.clusters["one"], width=200.0)
    broken = replace(layout, clusters={**layout.clusters, "one": wide})
    assert "cluster 'two' is over cluster 'one'" in violations(problem, broken)


def test_captions_in_the_way() -> None:
    problem = nested().problem()
    layout = lay_out(problem)
    rect = layout.clusters["A"]
    x, end = rect.x + 10.0, layout.boxes["a"]
    broken = _with_route(layout, "in>a.0", (x, rect.y - 5.0), (x, end.y - 10.0), (end.x + 5.0, end.y - 10.0))
    assert "route 'in>a.0' goes over the caption of 'A'" in violations(problem, broken)


def test_labels_in_the_way() -> None:
    sketch = Sketch()
    sketch.box("out", cluster=sketch.cluster("C"))
    sketch.box("in")
    sketch.link("in", "out", label="128")
    problem = sketch.problem()
    layout = lay_out(problem)
    label, box, cluster = layout.labels["in>out.0"], layout.boxes["in"], layout.clusters["C"]

    def found(x: float, y: float) -> tuple[str, ...]:
        moved = Rect(x, y, label.width, label.height)
        return violations(problem, replace(layout, labels={"in>out.0": moved}))

    assert found(label.x, label.y) == ()
    assert "label 'in>out.0' is over box 'in'" in found(box.x, box.y)
    assert "route 'in>out.0' goes through label 'in>out.0'" in found(box.center.x - 2.0, label.y)
    assert "label 'in>out.0' is over the caption of 'C'" in found(cluster.x + 2.0, cluster.y + 2.0)
    assert any("is over the border 'C" in sentence for sentence in found(cluster.x - 4.0, cluster.y + 20.0))


@pytest.mark.parametrize("number", [nan, inf])
def test_numbers_that_are_none(problem: Problem, layout: Layout, number: float) -> None:
    astray = replace(layout.boxes["out"], x=number)
    assert violations(problem, _with_box(layout, "out", astray)) == ("'out' has no place",)
    route = (layout.routes["+2>out.0"][0], Point(number, 0.0))
    assert violations(problem, replace(layout, routes={**layout.routes, "+2>out.0": route})) == (
        "route '+2>out.0' has no length",
    )


def test_boxes_of_no_size_on_one_place() -> None:
    problem = Problem(boxes=tuple(Box(id=name, size=Size(0.0, 0.0)) for name in "ab"))
    layout = lay_out(problem)
    assert violations(problem, layout) == ()
    assert violations(problem, _with_box(layout, "a", layout.boxes["b"])) == ("box 'a' is over box 'b'",)


def test_a_route_along_the_border_of_a_box(problem: Problem, layout: Layout) -> None:
    skip, box = layout.routes["in>+0.0"], layout.boxes["r01"]
    moved = [(min(point.x, box.right), point.y) for point in skip]
    assert "route 'in>+0.0' goes through box 'r01'" in violations(problem, _with_route(layout, "in>+0.0", *moved))


def test_a_route_that_ends_at_the_wrong_side() -> None:
    sketch = Sketch()
    sketch.box("out", sketch.box("in"))
    problem = sketch.problem()
    layout = lay_out(problem)
    one, two = layout.boxes["in"], layout.boxes["out"]
    aside = one.right + 20.0
    page = replace(layout, size=Size(aside, layout.size.height))
    down, across = (one.center.x, one.bottom), one.bottom + 6.0
    sideways = _with_route(
        page, "in>out.0", down, (down[0], across), (aside, across), (aside, two.center.y), (two.right, two.center.y)
    )
    assert violations(problem, sideways) == (
        "route 'in>out.0' does not end on the border of 'out' where the flow enters it",
    )
    late = _with_route(page, "in>out.0", (one.right, one.y + 3.0), (aside, one.y + 3.0), (aside, across))
    assert "route 'in>out.0' does not start on the border of 'in' where the flow leaves it" in violations(problem, late)


def test_links_of_a_tensor_that_leave_apart(problem: Problem, layout: Layout) -> None:
    start, *others = layout.routes["in>+0.0"]
    moved = [(start.x + 3.0, start.y), (start.x + 3.0, others[0].y), *((point.x, point.y) for point in others[1:])]
    assert violations(problem, _with_route(layout, "in>+0.0", *moved)) == (
        "route 'in>+0.0' does not start where the others of its tensor do",
    )


def _two_chains() -> tuple[Problem, Layout]:
    """Return boxes `b` under `a` and `d` under `c`, right of them, on a page with room."""
    boxes = tuple(Box(id=name, size=Size(40.0, 20.0)) for name in "abcd")
    links = (Link(id="ab", source="a", target="b", tensor="A"), Link(id="cd", source="c", target="d", tensor="C"))
    places = {"a": (10.0, 0.0), "b": (10.0, 80.0), "c": (70.0, 0.0), "d": (70.0, 80.0)}
    layout = Layout(
        size=Size(200.0, 100.0),
        boxes={name: Rect(x, y, 40.0, 20.0) for name, (x, y) in places.items()},
        clusters={},
        routes={"ab": (Point(30.0, 20.0), Point(30.0, 80.0)), "cd": (Point(90.0, 20.0), Point(90.0, 80.0))},
        labels={},
    )
    return Problem(boxes=boxes, links=links), layout


def test_a_route_through_its_own_boxes() -> None:
    problem, layout = _two_chains()
    below = [(30.0, 20.0), (30.0, 30.0), (5.0, 30.0), (5.0, 99.0), (20.0, 99.0), (20.0, 80.0)]
    long = replace(layout, size=Size(200.0, 200.0))
    far = [(x, 190.0 if y == 99.0 else y) for x, y in below]
    above = [(20.0, 20.0), (20.0, 0.0), (5.0, 0.0), (5.0, 60.0), (30.0, 60.0), (30.0, 80.0)]
    for way, sentence in ((below, "enter 'b'"), (far, "enter 'b'"), (above, "leave 'a'")):
        assert violations(problem, _with_route(long, "ab", *way)) == (
            f"route 'ab' does not {sentence} with the flow",
            f"route 'ab' goes through box '{sentence[-2]}'",
        )


def test_a_route_that_leaves_or_enters_sideways_at_a_corner() -> None:
    problem, layout = _two_chains()
    out = _with_route(layout, "ab", (50.0, 20.0), (55.0, 20.0), (55.0, 60.0), (30.0, 60.0), (30.0, 80.0))
    assert violations(problem, out) == ("route 'ab' does not leave 'a' with the flow",)
    into = _with_route(layout, "ab", (30.0, 20.0), (30.0, 40.0), (60.0, 40.0), (60.0, 80.0), (50.0, 80.0))
    assert violations(problem, into) == ("route 'ab' does not enter 'b' with the flow",)


def test_a_box_on_a_lane_that_many_share_is_told_of_all_that_pass_it() -> None:
    sketch = Sketch()
    last = sketch.box("in")
    for number in range(5):
        last = sketch.merge(f"m{number}", last, "in")
    problem = sketch.problem()
    layout = lay_out(problem)
    x = layout.routes["in>m4.1"][2].x
    on = layout.boxes["m2"]
    broken = _with_box(layout, "m2", on.moved(x - on.center.x, 0.0))
    found = {sentence for sentence in violations(problem, broken) if "through box 'm2'" in sentence}
    assert found == {f"route 'in>m{number}.1' goes through box 'm2'" for number in (2, 3, 4)}


@pytest.mark.parametrize("name", ["fan", "merges"])
def test_thousands_of_ends_of_a_tensor_are_checked_in_linear_time(name: str) -> None:
    def work(count: int) -> int:
        sketch = Sketch()
        last = sketch.box("in")
        for number in range(count):
            last = sketch.box(f"b{number}", "in") if name == "fan" else sketch.merge(f"b{number}", last, "in")
        problem = sketch.problem()
        layout = lay_out(problem)
        assert violations(problem, layout) == ()
        return steps(lambda: violations(problem, layout))

    assert work(800) < 5 * work(200)  # 4 times, and 16 times if each were compared with each


def test_a_corner_on_the_line_of_another_tensor() -> None:
    problem, layout = _two_chains()
    assert violations(problem, layout) == ()
    crossing = [(30.0, 20.0), (30.0, 30.0), (95.0, 30.0), (95.0, 40.0), (30.0, 40.0), (30.0, 80.0)]
    assert violations(problem, _with_route(layout, "ab", *crossing)) == ()
    touching = [(min(x, 90.0), y) for x, y in crossing]
    assert violations(problem, _with_route(layout, "ab", *touching)) == (
        "routes 'ab' and 'cd' share a stretch",
        "routes 'ab' and 'cd' touch at a corner",
    )
    hair = [(min(x, 90.1), y) for x, y in crossing]
    assert "routes 'ab' and 'cd' touch at a corner" in violations(problem, _with_route(layout, "ab", *hair))


def test_a_label_far_from_its_lane() -> None:
    sketch = Sketch()
    sketch.box("out", sketch.box("in"))
    sketch.box("other", cluster=sketch.cluster("C"))
    sketch.link("in", "out", tensor="second", label="128")
    problem = sketch.problem()
    layout = lay_out(problem)
    label, away = layout.labels["in>out.1"], layout.clusters["C"]
    moved = Rect(away.x + 2.0, away.bottom - 10.0, label.width, label.height)
    assert violations(problem, replace(layout, labels={"in>out.1": moved})) == (
        "label 'in>out.1' is not beside its route",
        "label 'in>out.1' is in cluster 'C'",
    )


def test_a_route_through_a_cluster_that_is_none_of_its_own() -> None:
    problem, layout = _two_chains()
    boxes = (*problem.boxes, Box(id="x", size=Size(10.0, 10.0), cluster="K"))
    caged = replace(problem, boxes=boxes, clusters=(Cluster(id="K"),))
    rect = Rect(125.0, 30.0, 30.0, 30.0)
    placed = replace(layout, boxes={**layout.boxes, "x": Rect(143.0, 40.0, 10.0, 10.0)}, clusters={"K": rect})
    assert violations(caged, placed) == ()

    def found(x: float) -> tuple[str, ...]:
        way = [(90.0, 20.0), (90.0, 28.0), (x, 28.0), (x, 65.0), (90.0, 65.0), (90.0, 80.0)]
        return violations(caged, _with_route(placed, "cd", *way))

    assert found(120.0) == ()
    assert found(130.0) == ("route 'cd' crosses the border of 'K' 2 times, not 0",)
    assert "route 'cd' runs along the border of 'K'" in found(125.0)


def test_a_route_that_leaves_its_own_cluster() -> None:
    problem = nested().problem()
    layout = lay_out(problem)
    inner, one, two = layout.clusters["C"], layout.boxes["c1"], layout.boxes["c2"]
    way = [(one.center.x, one.bottom), (one.center.x, one.bottom + 5.0)]
    way += [(inner.x - 5.0, one.bottom + 5.0), (inner.x - 5.0, two.y - 9.0)]
    way += [(two.center.x, two.y - 9.0), (two.center.x, two.y)]
    found = violations(problem, _with_route(layout, "c1>c2.0", *way))
    assert "route 'c1>c2.0' crosses the border of 'C' 2 times, not 0" in found


def test_a_cluster_too_low_for_its_caption() -> None:
    problem = nested().problem()
    layout = lay_out(problem)
    broken = replace(layout, clusters={**layout.clusters, "C": replace(layout.clusters["C"], height=5.0)})
    assert "cluster 'C' is lower than its caption" in violations(problem, broken)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.data())
def test_a_box_that_is_moved_is_missed_where_it_was(case: int, data: st.DataObject) -> None:
    problem = numbered(case)
    if not problem.links or len(problem.boxes) > 60:
        return
    layout = lay_out(problem)
    link = data.draw(st.sampled_from(problem.links))
    by = data.draw(st.sampled_from((-3000.0, -40.0, -0.5, 0.5, 40.0, 3000.0)))
    along = Point(0.0, by) if problem.direction in {"down", "up"} else Point(by, 0.0)
    assert violations(problem, _with_box(layout, link.target, layout.boxes[link.target].moved(along.x, along.y)))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.data())
def test_a_stretch_that_is_moved_onto_that_of_another_tensor_is_found(case: int, data: st.DataObject) -> None:
    problem = numbered(case)
    if len(problem.boxes) > 60:
        return
    layout = lay_out(problem)
    levels = [
        (link, index, sorted((one.x, two.x)), one.y)
        for link in problem.links
        for index, (one, two) in enumerate(pairwise(layout.routes[link.id]))
        if one.y == two.y
    ]
    pairs = [
        (link, index, y)
        for (link, index, here, _), (other, _, there, y) in permutations(levels[:60], 2)
        if link.tensor != other.tensor
        and 0 < index < len(layout.routes[link.id]) - 2
        and max(here[0], there[0]) + 1.0 < min(here[1], there[1])
    ]
    if pairs:
        link, index, y = data.draw(st.sampled_from(pairs))
        corners = [(point.x, point.y) for point in layout.routes[link.id]]
        corners[index : index + 2] = [(x, y) for x, _ in corners[index : index + 2]]
        found = violations(problem, _with_route(layout, link.id, *corners))
        assert any(link.id in sentence and "share a stretch" in sentence for sentence in found)
