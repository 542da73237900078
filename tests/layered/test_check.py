"""The postconditions find what is wrong: each test breaks a legal layout in one way."""

from dataclasses import replace

import pytest
from layered.sketch import Sketch, nested, residual

from cutaway.geometry import Point, Rect, Size
from cutaway.layered import lay_out
from cutaway.layered.check import violations
from cutaway.layered.problem import Layout, Problem


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
    assert "route 'in>r00.0' does not end on the border of 'r00'" in found


def test_two_tensors_on_one_line(problem: Problem, layout: Layout) -> None:
    x, top = layout.boxes["r00"].center.x, layout.boxes["r00"].bottom
    end = layout.routes["+0>+1.0"]
    broken = _with_route(layout, "+0>+1.0", (x, top + 4.0), (x, top + 12.0), *((p.x, p.y) for p in end[1:]))
    assert "routes 'r00>r01.0' and '+0>+1.0' share a stretch" in violations(problem, broken)


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
