"""What is in the way of lines: convex shapes that keep off each other, and regions around what lines lead to."""

from hypothesis import assume, given
from hypothesis import strategies as st
from small_graphs import node

from cutaway.geometry import Point, Rect, Size
from cutaway.graph import Graph, Scope
from cutaway.layered.problem import Layout
from cutaway.views.parts.obstacles import Obstacles, apart, corners, hull

numbers = st.integers(-40, 40).map(float)
points = st.builds(Point, numbers, numbers)
clouds = st.lists(points, min_size=1, max_size=8)


def is_left(a: Point, b: Point, c: Point) -> float:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)


@given(clouds)
def test_a_hull_is_convex_and_holds_all_points(cloud):
    found = hull(cloud)
    assert set(found) <= set(cloud)
    assume(len(found) > 2)
    for place, corner in enumerate(found):
        after = found[(place + 1) % len(found)]
        assert all(is_left(corner, after, point) >= 0 for point in cloud)


@given(clouds, clouds, st.floats(0.1, 9))
def test_shapes_with_a_common_point_are_not_apart(one, other, least):
    assert not apart(hull([*one, *other[:1]]), hull(other), least)


@given(clouds, clouds, st.floats(0.1, 9), st.sampled_from([(1, 0), (0, 1), (1, 1), (-2, 1)]))
def test_shapes_that_are_moved_far_off_are_apart(one, other, least, way):
    far = [Point(point.x + 200 * way[0], point.y + 200 * way[1]) for point in other]
    assert apart(hull(one), hull(far), least)
    assert apart(hull(far), hull(one), least)


def test_a_slanted_line_passes_a_corner():
    line = (Point(0, 0), Point(10, 10))
    assert apart(line, corners(Rect(6, 0, 2, 2)), 1.0)
    assert not apart(line, corners(Rect(6, 0, 2, 5)), 1.0)


def test_regions_are_in_the_way_but_of_what_is_in_them():
    scopes = (Scope(id="a", name="a", op="Model"), Scope(id="a/b", name="b", op="Model", parent="a"))
    nodes = (node("a/b/x", "Dense", 0, scope="a/b"), node("y", "Dense", 0))
    graph = Graph(name="m", nodes=nodes, edges=(), inputs=(), outputs=(), scopes=scopes)
    clusters = {"a": Rect(0, 0, 50, 50), "a/b": Rect(10, 10, 30, 30)}
    layout = Layout(size=Size(90, 90), boxes={}, clusters=clusters, routes={}, labels={})
    found = Obstacles(graph, layout, [("box y", corners(Rect(70, 20, 5, 5)))], ())
    line = (Point(30, 22), Point(80, 22))
    assert not found.leave(line)
    assert not found.leave(line, ("a/b/x", "y"))
    assert found.leave(line, ("a/b/x", "y"), ("box y",))
    assert not found.leave(line, ("y",), ("box y",))


def test_a_room_within_a_region_crosses_no_border():
    graph = Graph(name="m", nodes=(), edges=(), inputs=(), outputs=(), scopes=(Scope(id="a", name="a", op="Model"),))
    layout = Layout(size=Size(90, 90), boxes={}, clusters={"a": Rect(0, 0, 50, 50)}, routes={}, labels={})
    found = Obstacles(graph, layout, [], ())
    assert found.hold(Rect(10, 10, 20, 20))
    assert found.hold(Rect(60, 60, 20, 20))
    assert not found.hold(Rect(40, 10, 20, 20))
