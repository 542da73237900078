"""Layers of `graph_view` behind the middle of what leads to them: kept apart, in order, as near as can be."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cutaway.compat.visualkeras.centering import centred
from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Layout

HEIGHTS = st.lists(st.floats(1.0, 300.0), min_size=1, max_size=6)
AIR = 20.0


def columns(*heights):
    """Return a layout of boxes `c0r0`, `c0r1` … in columns, each from the top, every one linked to all before it."""
    boxes, ends = {}, {}
    for column, each in enumerate(heights):
        top = 0.0
        for row, height in enumerate(each):
            boxes[f"c{column}r{row}"] = Rect(100.0 * column, top, 50.0, height)
            top += height + AIR
    for column, each in enumerate(heights[1:], 1):
        for row in range(len(each)):
            for before in range(len(heights[column - 1])):
                source, target = f"c{column - 1}r{before}", f"c{column}r{row}"
                ends[f"{source}-{target}"] = source, target
    routes = {
        key: (Point(boxes[one].right, boxes[one].center.y), Point(boxes[other].x, boxes[other].center.y))
        for key, (one, other) in ends.items()
    }
    size = Size(100.0 * len(heights), max(rect.bottom for rect in boxes.values()))
    return ends, Layout(size=size, boxes=boxes, clusters={}, routes=routes, labels={})


@given(HEIGHTS, HEIGHTS, HEIGHTS)
def test_boxes_keep_apart_in_order_on_the_page_and_lines_lead_to_their_middles(one, two, three) -> None:
    heights = one, two, three
    ends, layout = columns(*heights)
    found = centred(ends, layout, AIR)
    for column, each in enumerate(heights):
        rects = [found.boxes[f"c{column}r{row}"] for row in range(len(each))]
        assert all(low.y - high.bottom > AIR - 1e-6 for high, low in pairwise(rects))
        assert all(rect.y > -1e-6 and rect.bottom < found.size.height + 1e-6 for rect in rects)
    for key, (source, target) in ends.items():
        first, last = found.routes[key]
        assert abs(first.y - found.boxes[source].center.y) < 1e-6
        assert abs(last.y - found.boxes[target].center.y) < 1e-6


@given(HEIGHTS)
def test_a_merge_lies_in_the_middle_of_its_sources(heights) -> None:
    ends, layout = columns(heights, [40.0])
    found = centred(ends, layout, AIR)
    middles = [found.boxes[f"c0r{row}"].center.y for row in range(len(heights))]
    assert abs(found.boxes["c1r0"].center.y - sum(middles) / len(middles)) < 1e-6


def test_boxes_of_one_source_are_spread_evenly_about_it() -> None:
    ends, layout = columns([50.0], [30.0, 30.0, 30.0])
    found = centred(ends, layout, AIR)
    middles = [found.boxes[f"c1r{row}"].center.y - found.boxes["c0r0"].center.y for row in range(3)]
    assert [round(each, 6) for each in middles] == [-50.0, 0.0, 50.0]


def test_a_layout_with_a_line_past_a_column_stays() -> None:
    ends, layout = columns([50.0], [50.0, 50.0], [50.0])
    past = {"past": (Point(50.0, 25.0), Point(75.0, 25.0), Point(75.0, 200.0), Point(200.0, 200.0))}
    layout = Layout(
        size=layout.size, boxes=layout.boxes, clusters={}, routes={**layout.routes, **past}, labels=layout.labels
    )
    assert centred({**ends, "past": ("c0r0", "c2r0")}, layout, AIR) is layout
