"""The rule by which the benchmark of the layout counts, on pictures small enough to count by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.graphviz import dot_text, picture_of_svg
from benchmarks.layout import Bound, Result, faults
from benchmarks.picture import Line, Picture, Spot, crossings, of_layout, quality, straight, through
from benchmarks.scale import chain
from cutaway.geometry import Size
from cutaway.layered import lay_out
from cutaway.layered.problem import Box, Link, Problem


def _between(source: str, target: str, *points: Spot, tensor: str = "") -> Line:
    return Line(source=source, target=target, tensor=tensor or f"{source}>{target}", points=points)


def test_a_pair_that_crosses_twice_counts_once() -> None:
    level = _between("a", "b", (0.0, 5.0), (20.0, 5.0))
    detour = _between("c", "d", (5.0, 0.0), (5.0, 10.0), (15.0, 10.0), (15.0, 0.0))
    assert crossings([level, detour]) == 1


def test_lines_of_one_box_or_tensor_are_no_pair() -> None:
    down, up = ((0.0, 0.0), (10.0, 10.0)), ((0.0, 10.0), (10.0, 0.0))
    assert crossings([_between("a", "b", *down), _between("c", "d", *up)]) == 1
    assert crossings([_between("a", "b", *down), _between("a", "d", *up)]) == 0
    assert crossings([_between("a", "b", *down), _between("c", "b", *up)]) == 0
    assert crossings([_between("a", "b", *down), _between("b", "d", *up)]) == 0
    assert crossings([_between("a", "b", *down, tensor="t"), _between("c", "d", *up, tensor="t")]) == 0


def test_a_crossing_in_a_corner_counts_and_a_touch_does_not() -> None:
    corner = _between("a", "b", (0.0, 0.0), (5.0, 5.0), (10.0, 0.0))
    assert crossings([corner, _between("c", "d", (5.0, 0.0), (5.0, 10.0))]) == 1
    assert crossings([corner, _between("c", "d", (0.0, 5.0), (10.0, 5.0))]) == 0


_SPOTS = st.tuples(st.floats(0.0, 100.0), st.floats(0.0, 100.0))


@given(st.lists(st.lists(_SPOTS, min_size=2, max_size=4), min_size=2, max_size=6))
def test_crossings_do_not_depend_on_the_order_of_lines(paths: list[list[Spot]]) -> None:
    lines = [_between(f"s{number}", f"t{number}", *path) for number, path in enumerate(paths)]
    pairs = sum(crossings([one, two]) for place, one in enumerate(lines) for two in lines[:place])
    assert crossings(lines) == crossings(lines[::-1]) == pairs


def test_lines_through_boxes_other_than_their_own() -> None:
    boxes = {"a": (0.0, 0.0, 10.0, 10.0), "b": (0.0, 20.0, 10.0, 30.0), "c": (0.0, 40.0, 10.0, 50.0)}
    lines = (
        _between("a", "c", (5.0, 10.0), (5.0, 40.0)),
        _between("a", "c", (10.0, 5.0), (10.0, 45.0)),
        _between("a", "b", (5.0, 5.0), (5.0, 25.0)),
    )
    assert through(Picture(boxes=boxes, lines=lines, width=10.0, height=50.0)) == 1


def test_only_links_of_chains_should_be_straight() -> None:
    slanting = _between("a", "b", (0.0, 0.0), (1.0, 10.0))
    upright = _between("b", "c", (1.0, 20.0), (1.0, 30.0))
    fork = [_between("c", name, (1.0, 40.0), (x, 50.0)) for name, x in (("d", 0.0), ("e", 2.0))]
    assert straight([slanting, upright, *fork]) == 0.5
    assert straight(fork) == 1.0


def _problem() -> Problem:
    boxes = tuple(Box(id=name, size=Size(36.0, 18.0)) for name in "abc")
    pairs = ("ab", "bc", "ac")
    return Problem(
        boxes=boxes, links=tuple(Link(id=pair, source=pair[0], target=pair[1], tensor=pair) for pair in pairs)
    )


def test_our_layout_is_measured_as_it_is() -> None:
    problem = _problem()
    measured = quality(of_layout(problem, lay_out(problem)))
    assert (measured.crossings, measured.through, measured.straight) == (0, 0, 1.0)
    assert measured.width >= 36.0
    assert measured.height >= 3 * 18.0


def test_dot_gets_the_same_boxes_and_links() -> None:
    text = dot_text(_problem())
    assert text.count("width=0.50000 height=0.25000") == 3
    assert "splines=spline ranksep=0.25000 nodesep=0.19444" in text
    assert "n0 -> n2 [id=e2]" in text


_SVG = """<svg width="80pt" height="98pt" viewBox="0 0 80 98">
<g id="n0" class="node"><title>n0</title>
<polygon fill="none" stroke="black" points="36,-90 0,-90 0,-72 36,-72 36,-90"/></g>
<g id="n1" class="node"><title>n1</title>
<polygon fill="none" stroke="black" points="36,-54 0,-54 0,-36 36,-36 36,-54"/></g>
<g id="n2" class="node"><title>n2</title>
<polygon fill="none" stroke="black" points="36,-18 0,-18 0,0 36,0 36,-18"/></g>
<g id="e0" class="edge"><title>n0&#45;&gt;n1</title>
<path fill="none" stroke="black" d="M18,-72C18,-66 18,-60 18,-54"/></g>
<g id="e1" class="edge"><title>n1&#45;&gt;n2</title>
<path fill="none" stroke="black" d="M18,-36C18,-30 18,-24 18,-18"/></g>
<g id="e2" class="edge"><title>n0&#45;&gt;n2</title>
<path fill="none" stroke="black" d="M30,-72C60,-60 60,-30 30,-18"/></g>
</svg>"""


def test_what_dot_draws_is_read_from_its_svg() -> None:
    picture = picture_of_svg(_problem(), _SVG)
    assert picture.boxes["b"] == (0.0, -54.0, 36.0, -36.0)
    assert picture.lines[0].points == ((18.0, -72.0), (18.0, -54.0))
    assert max(x for x, _ in picture.lines[2].points) == pytest.approx(52.5)
    measured = quality(picture)
    assert (measured.crossings, measured.through, measured.straight, measured.width) == (0, 0, 1.0, 80.0)
    with pytest.raises(ValueError, match="missing"):
        picture_of_svg(_problem(), _SVG.replace('id="n2"', 'id="m2"'))
    with pytest.raises(ValueError, match="missing"):
        picture_of_svg(_problem(), _SVG.replace(' d="M30,-72C60,-60 60,-30 30,-18"', ""))


def test_a_slow_or_tangled_layout_breaks_its_bound() -> None:
    good = quality(picture_of_svg(_problem(), _SVG))
    assert faults(Result(ours=[1.0], dots=[5.0], our=good, dot=good, violations=0), Bound()) == []
    bad = replace(good, crossings=2, through=1, straight=0.5)
    for ours, bound, ending in (
        (Result(ours=[1.0], dots=[4.0], our=good, dot=good, violations=0), Bound(), "below 5"),
        (
            Result(ours=[1.0], dots=[5.0], our=good, dot=good, violations=1),
            Bound(),
            "1 violations of the postconditions",
        ),
        (Result(ours=[1.0], dots=[5.0], our=bad, dot=replace(bad, crossings=1), violations=0), Bound(), "above 1 × 1"),
    ):
        assert ending in faults(ours, bound)[0]
    loose = Bound(faster=1.0, crossings=2.0, straight=0.5)
    kept = Result(ours=[1.0], dots=[1.0], our=replace(bad, through=0), dot=replace(bad, crossings=1), violations=0)
    assert faults(kept, loose) == []
    assert len(faults(kept, Bound())) == 3


def test_the_chain_has_the_skips_it_says() -> None:
    graph = chain(200)
    lengths = [int(edge.target[1:]) - int(edge.source[1:]) for edge in graph.edges]
    assert [lengths.count(skip) for skip in (1, 4, 64)] == [199, 49, 3]
