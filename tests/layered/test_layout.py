"""The layout as a whole: legal for everything, and as it should look for the models that everybody draws."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from layered.random_problems import numbered
from layered.sketch import (
    CASES,
    DIRECTIONS,
    Sketch,
    chain,
    decoder,
    decoder_in_clusters,
    fan_in,
    inception,
    nested,
    problems,
    residual,
    rings,
    siamese,
    states,
    twice,
    two_sided,
    unet,
)

from cutaway.geometry import Size
from cutaway.layered import lay_out
from cutaway.layered.check import violations
from cutaway.layered.problem import Box, Direction, Gaps, Layout, Link, Problem
from cutaway.record import replace


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_known_models_are_legal(case: Callable[[], Sketch], direction: Direction) -> None:
    problem = case().problem(direction)
    assert violations(problem, lay_out(problem)) == ()


@settings(max_examples=300, deadline=None)
@given(problems())
def test_graphs_without_rings_are_legal(problem: Problem) -> None:
    assert violations(problem, lay_out(problem)) == ()


@settings(max_examples=200, deadline=None)
@given(problems(rings=True))
def test_graphs_with_rings_are_legal(problem: Problem) -> None:
    assert violations(problem, lay_out(problem)) == ()


@pytest.mark.parametrize("case", range(0, 60, 4))
def test_graphs_that_keep_their_order_are_legal(case: int) -> None:
    problem = replace(numbered(case), rounds=0)
    assert violations(problem, lay_out(problem)) == ()


def test_an_order_that_is_kept_keeps_its_crossings() -> None:
    names = ["s-a", "s-b", "s-c", "a-f", "b-e", "c-d", "a-e", "b-d", "c-f", "f-x", "e-y", "d-z", "a-x", "c-z"]
    ends = [tuple(name.split("-")) for name in names]
    boxes = tuple(Box(id=each, size=Size(20.0, 20.0)) for each in dict.fromkeys(name for pair in ends for name in pair))
    links = tuple(Link(id=f"{one}-{two}", source=one, target=two, tensor=one) for one, two in ends)
    problem = Problem(boxes=boxes, links=links)
    places = [[lay_out(replace(problem, rounds=rounds)).boxes[box.id].x for box in boxes] for rounds in (0, None)]
    assert places[0] != places[1]


@pytest.mark.parametrize("case", range(60))
def test_hostile_graphs_are_legal(case: int) -> None:
    problem = numbered(case)
    assert violations(problem, lay_out(problem)) == ()


@settings(max_examples=50, deadline=None)
@given(problems(20, rings=True))
def test_the_same_problem_gives_the_same_layout(problem: Problem) -> None:
    assert lay_out(problem) == lay_out(problem)


def test_nothing_is_laid_out_as_nothing() -> None:
    problem = Problem(boxes=())
    layout = lay_out(problem)
    assert violations(problem, layout) == ()
    assert layout.size == Size(0.0, 0.0)


def test_a_chain_is_straight() -> None:
    layout = lay_out(chain().problem())
    assert {rect.center.x for rect in layout.boxes.values()} == {45.0}
    assert all(len(route) == 2 for route in layout.routes.values())


@pytest.mark.parametrize("case", [residual, unet, decoder, decoder_in_clusters], ids=lambda case: case.__name__)
def test_the_main_path_is_straight_where_skips_leave_it(case: Callable[[], Sketch]) -> None:
    layout = lay_out(case().problem())
    centres = {
        round(layout.boxes[name].center.x, 6) for name in layout.boxes if name.endswith(("0", "+1", "+2", "out"))
    }
    assert len(centres) == 1


def test_a_skip_enters_a_merge_from_its_side_at_its_own_height() -> None:
    layout = lay_out(residual().problem())
    skip, merge = layout.routes["in>+0.0"], layout.boxes["+0"]
    assert skip[-1].y == skip[-2].y == merge.center.y
    assert skip[-1].x == merge.right
    assert len(skip) == 5


def test_a_skip_leaves_the_trunk_between_two_boxes() -> None:
    layout = lay_out(residual().problem())
    skip, trunk = layout.routes["in>+0.0"], layout.routes["in>r00.0"]
    assert skip[0] == trunk[0]
    assert layout.boxes["in"].bottom < skip[1].y < layout.boxes["r00"].y


def test_shorter_skips_are_nearer() -> None:
    layout = lay_out(unet().problem())
    lanes = [max(point.x for point in layout.routes[f"d{depth}1>cat{depth}.0"]) for depth in range(4)]
    assert lanes == sorted(lanes, reverse=True)
    assert len({one - two for one, two in pairwise(lanes)}) == 1


def test_skips_that_would_cross_go_to_both_sides() -> None:
    layout = lay_out(two_sided().problem())
    axis = layout.boxes["in"].center.x
    assert any(point.x > axis for point in layout.routes["in>one.1"])
    assert any(point.x < axis for point in layout.routes["n2>two.1"])


def test_the_heaviest_branch_of_a_fork_is_in_the_middle_and_the_others_are_on_both_sides_in_order() -> None:
    layout = lay_out(inception().problem())
    for block, fork in enumerate(("in", "cat0")):
        columns = [layout.boxes[f"{block}.{branch}.0"].center.x for branch in range(4)]
        assert columns == sorted(columns)
        assert columns[2] == layout.boxes[fork].center.x == layout.boxes[f"cat{block}"].center.x


@pytest.mark.parametrize("count", [2, 4])
@pytest.mark.parametrize("direction", DIRECTIONS)
def test_an_even_number_of_equal_branches_shares_the_middle(direction: Direction, count: int) -> None:
    sketch = Sketch()
    fork = sketch.chain("top", sketch.box("in"), 2)
    merge = sketch.merge("+", *(sketch.chain(f"b{branch}.", fork, 2) for branch in range(count)))
    sketch.chain("end", merge, 2)
    problem = sketch.problem(direction)
    layout = lay_out(problem)
    assert violations(problem, layout) == ()

    def across(name: str) -> float:
        centre = layout.boxes[name].center
        return centre.x if direction in {"down", "up"} else centre.y

    assert {across(name) for name in ("in", "top1", "+", "end1")} == {across(fork)}
    sides = [across(f"b{branch}.0") - across(fork) for branch in range(count)]
    assert sides == [-side for side in reversed(sides)] == sorted(sides)
    assert [across(f"b{branch}.1") for branch in range(count)] == [across(fork) + side for side in sides]
    ends = [layout.routes[f"b{branch}.1>+.{branch}"] for branch in (0, count - 1)]
    assert [len(route) for route in ends] == [3, 3]


def test_equal_towers_meet_in_their_middle() -> None:
    layout = lay_out(siamese().problem())
    centres = [layout.boxes[name].center.x for name in ("left in", "right in")]
    assert layout.boxes["-"].center.x == layout.boxes["out"].center.x == sum(centres) / 2


def test_equal_branches_within_a_branch_share_its_middle() -> None:
    sketch = Sketch()
    sketch.chain("main", sketch.box("in"), 6)
    fork = sketch.box("fork", "in")
    merge = sketch.merge("+", *(sketch.chain(name, fork, 2) for name in ("one", "two")))
    sketch.merge("out", "main5", merge)
    problem = sketch.problem()
    layout = lay_out(problem)
    assert violations(problem, layout) == ()
    centres = [layout.boxes[name].center.x for name in ("one0", "two0", "one1", "two1")]
    assert layout.boxes["fork"].center.x == layout.boxes["+"].center.x == (centres[0] + centres[1]) / 2
    assert centres[:2] == centres[2:]
    assert len({layout.boxes[name].center.x for name in ("in", "main0", "main5", "out")}) == 1


def test_equal_heads_part_in_their_middle() -> None:
    sketch = Sketch()
    trunk = sketch.chain("n", sketch.box("in"), 2)
    for name in ("one", "two"):
        sketch.chain(name, trunk, 2)
    layout = lay_out(sketch.problem())
    assert layout.boxes["one1"].center.x + layout.boxes["two1"].center.x == 2 * layout.boxes["in"].center.x


@pytest.mark.parametrize("outer", [("a", "b"), ("b", "a")], ids=["first", "last"])
def test_equal_branches_of_which_one_parts_again_stand_apart(outer: tuple[str, str]) -> None:
    """Both forks are even; that within the other one takes the middle of its own."""
    sketch = Sketch()
    x = sketch.box("x")
    for name in outer:
        sketch.box(name, x)
    for name, source in (("a1", "a"), ("a2", "a"), ("b1", "b")):
        sketch.box(name, source)
    problem = sketch.problem()
    assert violations(problem, lay_out(problem)) == ()


def test_equal_branches_with_a_shorter_one_beside_them_leave_one_straight() -> None:
    sketch = Sketch()
    sketch.box("in")
    sketch.box("out", sketch.merge("+", *(sketch.chain(f"b{branch}.", "in", 1 + (branch < 2)) for branch in range(3))))
    layout = lay_out(sketch.problem())
    axis = layout.boxes["in"].center.x
    assert {layout.boxes[name].center.x for name in ("b0.0", "b0.1", "+", "out")} == {axis}
    assert layout.boxes["b1.0"].center.x + layout.boxes["b2.0"].center.x == 2 * axis


def test_equal_blocks_look_equal_and_do_not_drift() -> None:
    layout = lay_out(decoder().problem())
    parts = [name.removeprefix("b5.") for name in layout.boxes if name.startswith("b5.")]
    shapes = []
    for number in range(12):
        origin = layout.boxes[f"b{number}.norm1"]
        shapes.append([_rounded(layout.boxes[f"b{number}.{part}"].moved(0.0, -origin.y)) for part in parts])
    assert all(shape == shapes[0] for shape in shapes)


def _rounded(rect: object) -> str:
    return ", ".join(f"{getattr(rect, name):.3f}" for name in ("x", "y", "width", "height"))


def test_inputs_enter_in_their_order() -> None:
    layout = lay_out(fan_in().problem())
    ends = [layout.routes[f"i{number}>cat.{number}"][-1].x for number in range(12)]
    assert ends == sorted(ends)
    assert len(set(ends)) == 12


def test_a_tensor_that_enters_a_box_twice_has_two_ends() -> None:
    layout = lay_out(twice().problem())
    ends = {layout.routes[f"in>attention.{order}"][-1] for order in range(3)}
    starts = {layout.routes[f"in>attention.{order}"][0] for order in range(3)}
    assert (len(ends), len(starts)) == (3, 1)
    assert layout.routes["attention>x.0"][-1] != layout.routes["attention>x.1"][-1]


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_two_tensors_between_two_boxes_are_straight_and_the_boxes_in_line(direction: Direction) -> None:
    sketch = Sketch()
    sketch.box("one")
    sketch.box("two")
    sketch.link("one", "two", tensor="h", label="256")
    sketch.link("one", "two", tensor="c", label="256")
    layout = lay_out(sketch.problem(direction))
    assert [len(route) for route in layout.routes.values()] == [2, 2]
    one, two = layout.boxes["one"].center, layout.boxes["two"].center
    assert one.x == two.x or one.y == two.y


def test_lanes_that_spread_below_a_narrow_box_still_end_with_an_arrowhead() -> None:
    boxes = (Box(id="x", size=Size(12.0, 12.0), round=True), Box(id="y", size=Size(60.0, 10.0)))
    links = (
        Link(id="one", source="x", target="y", tensor="one"),
        Link(id="two", source="x", target="y", tensor="two", order=1, label=Size(1.0, 1.0)),
    )
    problem = Problem(boxes=boxes, links=links, gaps=Gaps(lane=12.0, label=1.0))
    assert violations(problem, lay_out(problem)) == ()


def test_links_cross_the_borders_of_clusters_straight() -> None:
    layout = lay_out(nested().problem())
    assert len(layout.routes["in>a.0"]) == 2
    assert len(layout.routes["b>c1.0"]) == 2
    assert len(layout.routes["outer>out.0"]) == 2


def test_tensors_leave_a_cluster_straight_down_from_their_ports() -> None:
    layout = lay_out(states().problem())
    border = layout.clusters["encoder"].bottom
    for route in (layout.routes["lstm>generate.1"], layout.routes["lstm>generate.2"]):
        assert route[1].y > border
    sketch = Sketch()
    sketch.cluster("c")
    ends = [sketch.box(name, sketch.box(f"in {name}"), cluster="c") for name in ("one", "two")]
    sketch.box("out", sketch.merge("+", *ends, sketch.box("three", "in one")))
    layout = lay_out(sketch.problem())
    assert [len(layout.routes[f"{end}>+.{number}"]) for number, end in enumerate(("one", "two"))] == [2, 3]


def test_skips_keep_to_one_side_even_where_branches_are_there() -> None:
    sketch = Sketch()
    last = sketch.box("in")
    for block in range(2):
        start = last
        inner = sketch.merge(f"+{block}", sketch.chain(f"{block}.", start, 2), sketch.box(f"{block}.short", start))
        last = sketch.merge(f"|{block}", sketch.chain(f"{block}.on", inner, 2), start)
    sketch.box("out", last)
    layout = lay_out(sketch.problem())
    for block, start in enumerate(("in", "|0")):
        axis = layout.boxes[start].center.x
        assert layout.boxes[f"{block}.short"].center.x > axis
        assert min(point.x for point in layout.routes[f"{start}>|{block}.1"]) >= axis


@pytest.mark.parametrize("name", ["entry", "exit"])
@pytest.mark.parametrize("place", ["outside", "inside", "cluster"])
def test_what_is_named_like_a_border_is_drawn_like_anything_else(name: str, place: str) -> None:
    def drawn(name: str) -> Layout:
        names = {place: name}
        sketch = Sketch()
        cluster = sketch.cluster(names.get("cluster", "c"))
        first = sketch.box(names.get("inside", "a"), sketch.box("in"), cluster=cluster)
        last = sketch.box("b", first, "in", cluster=cluster)
        sketch.box(names.get("outside", "out"), last, first)
        problem = sketch.problem()
        layout = lay_out(problem)
        assert violations(problem, layout) == ()
        return layout

    layout, same = drawn(name), drawn("other")
    assert (layout.size, [*layout.boxes.values()]) == (same.size, [*same.boxes.values()])
    assert [*layout.routes.values()] == [*same.routes.values()]


def test_equal_clusters_stand_side_by_side() -> None:
    layout = lay_out(siamese().problem())
    left, right = layout.clusters["left"], layout.clusters["right"]
    assert (left.y, left.width, left.height) == (right.y, right.width, right.height)


def test_a_link_back_goes_around() -> None:
    layout = lay_out(rings().problem())
    route = layout.routes["n2>n0.1"]
    assert route[0].y == layout.boxes["n2"].bottom
    assert route[-1].y == layout.boxes["n0"].y
    assert max(point.x for point in route) > max(layout.boxes[f"n{number}"].right for number in range(3))


def test_links_back_to_one_box_do_not_cross() -> None:
    sketch = Sketch()
    sketch.chain("n", sketch.box("in"), 5)
    sketch.link("n4", "n0")
    sketch.link("n2", "n0", tensor="inner")
    sketch.link("n4", "n1", tensor="other")
    layout = lay_out(sketch.problem())
    outer, inner = layout.routes["n4>n0.1"], layout.routes["n2>n0.2"]
    assert max(point.x for point in outer) > max(point.x for point in inner)
    assert layout.boxes["n0"].center.x < outer[-1].x < inner[-1].x
    other = layout.routes["n4>n1.1"]
    assert max(point.x for point in other) < max(point.x for point in outer)
    assert outer[0].x < other[0].x


@pytest.mark.parametrize(("direction", "across"), [("down", False), ("right", True)])
def test_a_label_stands_beside_a_lane_down_and_above_a_lane_to_the_right(direction: Direction, *, across: bool) -> None:
    layout = lay_out(chain().problem(direction))
    start, end = layout.routes["in>c0.0"]
    label = layout.labels["in>c0.0"]
    if across:
        assert label.bottom == start.y - 4.0
        assert label.center.x == pytest.approx((start.x + end.x) / 2)
    else:
        assert label.x == start.x + 4.0
        assert label.center.y == pytest.approx((start.y + end.y) / 2)


def test_deep_chains_with_skips_take_no_recursion_and_stay_narrow() -> None:
    count = 5000
    links = [Link(id=f"c{n}", source=str(n), target=str(n + 1), tensor=str(n)) for n in range(count - 1)]
    links += [
        Link(id=f"s{n}", source=str(n), target=str(n + 4), tensor=str(n), order=1) for n in range(0, count - 4, 9)
    ]
    problem = Problem(boxes=tuple(Box(id=str(n), size=Size(80.0, 24.0)) for n in range(count)), links=tuple(links))
    layout = lay_out(problem)
    assert violations(problem, layout) == ()
    assert layout.size.width < 120.0


def test_deeply_nested_clusters_take_no_recursion() -> None:
    sketch = Sketch()
    parent = None
    for number in range(1500):
        parent = sketch.cluster(f"c{number}", parent)
    sketch.box("out", sketch.box("inside", sketch.box("in"), cluster=parent))
    problem = sketch.problem()
    layout = lay_out(problem)
    inside = layout.boxes["inside"]
    assert inside.center.x == layout.boxes["in"].center.x == layout.boxes["out"].center.x
    assert all(rect.contains(inside) for rect in layout.clusters.values())


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_the_nearest_of_what_enters_a_cluster_goes_straight_on(direction: Direction) -> None:
    sketch = Sketch()
    stem, stage = sketch.cluster("stem"), sketch.cluster("stage")
    first = sketch.box("first", sketch.box("in"), cluster=stem)
    second = sketch.box("second", first, cluster=stem)
    third = sketch.box("third", first, second, cluster=stage)
    sketch.box("out", sketch.box("fourth", second, third, cluster=stage))
    layout = lay_out(sketch.problem(direction))
    assert len(layout.routes["second>third.1"]) == 2


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_lines_keep_within_the_margins_of_a_box(direction: Direction) -> None:
    low, high, margin = 30.0, 90.0, 20.0
    size = Size(low, high) if direction in {"right", "left"} else Size(high, low)
    boxes = [Box(id="a", size=size, margin=margin), *(Box(id=f"b{place}", size=Size(high, high)) for place in range(5))]
    links = [Link(id=f"{place}", source="a", target=f"b{place}", tensor=f"{place}") for place in range(5)]
    layout = lay_out(Problem(boxes=tuple(boxes), links=tuple(links), direction=direction))
    front = layout.boxes["a"].grown(-margin)
    for route in layout.routes.values():
        across = direction in {"right", "left"}
        assert front.y <= route[0].y <= front.bottom if across else front.x <= route[0].x <= front.right
