"""Each hard fault is provoked by a small figure; a fine figure has none."""

from dataclasses import replace
from itertools import pairwise
from math import inf, isclose, nan
from pathlib import Path as FilePath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work_done import steps

from cutaway.drawing import draw
from cutaway.faults import faults
from cutaway.faults.outline import apart, bounds, depth, flatten, inside, meet, overlap, touch
from cutaway.faults.survey import survey
from cutaway.geometry import Point, Rect
from cutaway.graph import Edge, Graph, Node, Output, Scope
from cutaway.grid import Grid
from cutaway.ruler import Face
from cutaway.scene import Close, Curve, Group, Image, Line, Move, Path, Scene, Stroke, Text

FACE = Face()
INK = Stroke(paint="ink", width=1.0)
ARC = 0.5522847498307936


def rectangle(rect, fill="node", stroke=INK):
    corners = [(rect.right, rect.y), (rect.right, rect.bottom), (rect.x, rect.bottom)]
    return Path(
        segments=(Move(Point(rect.x, rect.y)), *(Line(Point(x, y)) for x, y in corners), Close()),
        fill=fill,
        stroke=stroke,
    )


def circle(x, y, r, fill="node"):
    k = r * ARC
    return Path(
        segments=(
            Move(Point(x, y - r)),
            Curve(Point(x + k, y - r), Point(x + r, y - k), Point(x + r, y)),
            Curve(Point(x + r, y + k), Point(x + k, y + r), Point(x, y + r)),
            Curve(Point(x - k, y + r), Point(x - r, y + k), Point(x - r, y)),
            Curve(Point(x - r, y - k), Point(x - k, y - r), Point(x, y - r)),
            Close(),
        ),
        fill=fill,
        stroke=INK,
    )


def words(x, y, text="abc", size=7.0, **more):
    return Text(at=Point(x, y), text=text, size=size, face=FACE, **more)


def box(ref, x, y, width=60.0, height=20.0, text=None, **more):
    label = words(x + width / 2, y + height / 2 + 2.5, text or "abc", anchor="middle")
    return Group(marks=(rectangle(Rect(x, y, width, height)), label), ref=ref, part="node", **more)


def line(ref, *corners, head=True, **more):
    """Draw an edge through `corners`; its arrowhead points downwards."""
    points = [Point(*corner) for corner in corners]
    route = Path(segments=(Move(points[0]), *map(Line, points[1:])), stroke=INK)
    tip = points[-1]
    arrow = Path(
        segments=(
            Move(tip),
            Line(Point(tip.x - 2, tip.y - 4)),
            Line(Point(tip.x + 2, tip.y - 4)),
            Close(),
        ),
        fill="edge",
    )
    return Group(marks=(route, arrow) if head else (route,), ref=ref, part="edge", **more)


def node(name, scope=None):
    return Node(id=name, name=name, op="Dense", scope=scope)


def chain(*names):
    return Graph(
        name="model",
        nodes=tuple(map(node, names)),
        edges=tuple(Edge(source=a, target=b) for a, b in pairwise(names)),
    )


AB = "a:0->b:0"
A, B = box("a", 20, 20), box("b", 20, 60)
AB_LINE = line(AB, (50, 40), (50, 60))


def found(graph, *marks, width=200.0, height=200.0):
    return faults(Scene(width=width, height=height, marks=marks), graph)


def rules(graph, *marks, **more):
    return [fault.rule for fault in found(graph, *marks, **more)]


def test_a_fine_figure_has_no_faults():
    label = Group(marks=(words(55, 52, "8×8"),), ref=AB, part="label")
    title = Group(marks=(words(20, 12, "model"),), part="title")
    legend = Group(marks=(rectangle(Rect(20, 100, 8, 8)), words(32, 107, "dense")), part="legend")
    assert found(chain("a", "b"), A, AB_LINE, B, label, title, legend) == ()


class TestLabels:
    def test_two_that_overlap(self):
        marks = (words(100, 50, "first"), words(105, 52, "second"))
        (fault,) = found(Graph(name="m"), *marks)
        assert (fault.rule, fault.where) == ("label-over-label", "first / second")
        assert "'first' at (100.0, 44.9)" in fault.message
        assert fault.marks == ("first", "second")
        assert fault.place == pytest.approx((100.0, 44.9), abs=0.05)
        assert (fault.number, fault.severity) == (15, "hard")

    def test_lines_of_a_text_block_do_not_overlap(self):
        assert rules(Graph(name="m"), words(100, 50, "Ágy", size=8), words(100, 59.2, "xÁg", size=7)) == []

    def test_a_turned_text_overlaps_only_where_it_is(self):
        turned = words(100, 100, "a long turned text", angle=45)
        assert rules(Graph(name="m"), turned, words(120, 108)) == []
        assert rules(Graph(name="m"), turned, words(120, 124)) == ["label-over-label"]

    def test_over_a_foreign_box(self):
        label = Group(marks=(words(70, 35, "56×56"),), ref=AB, part="label")
        assert rules(chain("a", "b"), A, AB_LINE, B, label) == ["label-over-box"]

    def test_in_a_box_that_draws_no_fill(self):
        hollow = Group(marks=(rectangle(Rect(20, 20, 60, 20), fill=None), words(30, 32)), ref="a", part="node")
        assert rules(chain("a"), hollow) == []
        assert rules(chain("a"), hollow, words(70, 32)) == ["label-over-box"]

    def test_over_an_arrowhead(self):
        label = Group(marks=(words(50.7, 60, "8"),), ref=AB, part="label")
        assert "label-over-box" in rules(chain("a", "b"), A, AB_LINE, B, label)

    def test_letters_that_do_not_descend_need_no_room_below(self):
        arrow = Group(marks=(rectangle(Rect(40, 50.6, 60, 8), stroke=None),), part="legend")
        assert rules(Graph(name="m"), words(50, 50, "112²×64"), arrow) == []
        assert rules(Graph(name="m"), words(50, 50, "query"), arrow) == ["label-over-box"]

    def test_over_the_swatch_of_another_legend_entry(self):
        def entry(x, text):
            return Group(marks=(rectangle(Rect(x, 100, 8, 8)), words(x + 12, 107, text)), part="legend", ref=text)

        assert rules(Graph(name="m"), entry(20, "dense"), entry(70, "pooling")) == []
        assert rules(Graph(name="m"), entry(20, "a long entry"), entry(60, "x")) == ["label-over-box"]

    def test_on_its_own_line(self):
        label = Group(marks=(words(45, 52, "8×8"),), ref=AB, part="label")
        assert rules(chain("a", "b"), A, AB_LINE, B, label) == ["label-over-edge"]

    def test_wider_than_its_box(self):
        wide = box("a", 20, 20, text="a text that is too wide")
        assert rules(chain("a"), wide) == ["label-outside-box"]

    def test_a_sign_fits_into_a_circle_though_its_bounds_do_not(self):
        sign = words(50, 53.3, "+", size=9, anchor="middle", weight=700)
        assert rules(chain("a"), Group(marks=(circle(50, 50, 6), sign), ref="a", part="node")) == []
        wide = words(50, 52, "concat", anchor="middle")
        bad = Group(marks=(circle(50, 50, 6), wide), ref="a", part="node")
        assert rules(chain("a"), bad) == ["label-outside-box"]

    def test_a_pill_on_the_corner_of_its_own_box(self):
        pill = Group(marks=(rectangle(Rect(70, 35, 20, 9)), words(80, 42, "× 3", anchor="middle")))
        plain = rectangle(Rect(20, 20, 60, 20))
        good = Group(marks=(plain, words(22, 30), pill), ref="a", part="node")
        assert rules(chain("a"), good) == []
        bad = Group(marks=(plain, words(62, 38), pill), ref="a", part="node")
        assert rules(chain("a"), bad) == ["label-over-box"]

    def test_under_six_points(self):
        assert rules(Graph(name="m"), words(50, 50, size=5.9)) == ["small-text"]
        assert rules(Graph(name="m"), words(50, 50, size=6.0)) == []

    def test_an_empty_text_is_nowhere(self):
        assert rules(Graph(name="m"), words(-50, 50, " ")) == []


class TestPage:
    @pytest.mark.parametrize(
        "mark",
        [
            words(-1, 50),
            words(190, 50, "a long text"),
            words(50, 20, "a long text", angle=-90),
            rectangle(Rect(150, 150, 50, 20)),  # only the stroke is cut
            Image(data=b"", matrix=(300, 0, 0, 10, 0, 0)),
            words(nan, 50),
            rectangle(Rect(10, 10, inf, 20)),
        ],
    )
    def test_a_mark_that_leaves_it(self, mark):
        assert rules(Graph(name="m"), mark) == ["outside-page"]

    def test_a_picture_that_is_cut_to_the_page(self):
        clip = rectangle(Rect(10, 10, 20, 20)).segments
        assert rules(Graph(name="m"), Image(data=b"", matrix=(300, 0, 0, 300, 0, 0), clip=clip)) == []


class TestBoxes:
    def test_two_that_overlap(self):
        assert rules(chain("a", "b"), A, box("b", 60, 30)).count("box-over-box") == 1

    def test_two_that_touch(self):
        graph = replace(chain("a", "b"), edges=())
        assert rules(graph, A, box("b", 80, 20)) == []

    def test_round_ones_overlap_only_where_they_are_round(self):
        def merge(name, x, y):
            return Group(marks=(circle(x, y, 10),), ref=name, part="node")

        graph = replace(chain("a", "b"), edges=())
        assert rules(graph, merge("a", 50, 50), merge("b", 65, 65)) == []
        assert rules(graph, merge("a", 50, 50), merge("b", 63, 63)) == ["box-over-box"]

    def test_a_count_over_another_box(self):
        def counted(box, x, y):
            pill = Group(marks=(rectangle(Rect(x, y, 14, 9)), words(x + 7, y + 6.5, "× 3", anchor="middle")))
            return replace(box, marks=(*box.marks, pill))

        pair, beside = replace(chain("a", "b"), edges=()), box("b", 90, 20)
        assert rules(pair, counted(A, 70, 36), counted(beside, 140, 36)) == []
        assert rules(pair, counted(A, 70, 36), counted(B, 82, 44)) == ["box-over-box"]
        assert rules(pair, counted(A, 77, 31), beside) == ["box-over-box"]
        region = Group(marks=(rectangle(Rect(10, 10, 76, 90), "region"), words(14, 18)), ref="s", part="scope")
        around = replace(pair, nodes=(node("a", "s"), node("b")), scopes=(Scope(id="s", name="s", op="Functional"),))
        assert rules(around, region, A, beside) == []
        assert "box-over-box" in rules(around, counted(region, 80, 20), A, beside)

    def test_over_a_legend(self):
        legend = Group(marks=(rectangle(Rect(70, 30, 8, 8)),), part="legend")
        assert rules(chain("a"), A, legend) == ["box-over-box"]


def scoped(*, parent="s"):
    """Return a → s/b with `s` a scope."""
    return Graph(
        name="m",
        nodes=(node("a"), node("s/b", "s")),
        edges=(Edge(source="a", target="s/b"),),
        scopes=(Scope(id="s", name="s", op="Model"),),
    )


def region(ref, x, y, width, height, caption="s"):
    outline = rectangle(Rect(x, y, width, height), fill="region")
    return Group(marks=(outline, words(x + 3, y + 9, caption, weight=700)), ref=ref, part="scope")


class TestScopes:
    inner = line("a:0->s/b:0", (50, 40), (50, 80))

    def test_an_open_one(self):
        assert rules(scoped(), region("s", 10, 60, 80, 50), A, self.inner, box("s/b", 20, 80)) == []

    def test_a_box_that_leaves_it(self):
        marks = (region("s", 10, 60, 80, 50), A, self.inner, box("s/b", 20, 80, height=40))
        (fault,) = found(scoped(), *marks)
        assert (fault.rule, fault.marks, fault.place) == ("outside-scope", ("s/b", "s"), (20.0, 80.0))

    def test_one_in_two_parts(self):
        parts = (region("s", 10, 60, 80, 50), region("s", 100, 60, 60, 50))
        assert rules(scoped(), *parts, A, self.inner, box("s/b", 20, 80)) == []
        astride = (region("s", 10, 60, 80, 30), region("s", 10, 90, 80, 30))
        assert "outside-scope" in rules(scoped(), *astride, A, self.inner, box("s/b", 20, 80))

    def test_a_foreign_box_in_it(self):
        marks = (region("s", 10, 10, 80, 100), A, self.inner, box("s/b", 20, 80))
        assert rules(scoped(), *marks) == ["outside-scope"]

    def test_a_caption_that_leaves_it(self):
        marks = (region("s", 10, 60, 80, 50, "a caption that is far too long"), A, self.inner, box("s/b", 20, 80))
        assert "label-outside-box" in rules(scoped(), *marks)

    def test_a_line_through_a_caption(self):
        marks = (region("s", 10, 60, 80, 50, "a long caption"), A, self.inner, box("s/b", 20, 80))
        assert rules(scoped(), *marks) == ["label-over-edge"]

    def test_a_label_across_its_border(self):
        label = Group(marks=(words(52, 62, "8×8"),), ref="a:0->s/b:0", part="label")
        marks = (region("s", 10, 60, 80, 50), A, self.inner, box("s/b", 20, 80), label)
        assert rules(scoped(), *marks) == ["label-over-box"]
        pill = Group(marks=(rectangle(Rect(51, 55, 20, 9)), words(53, 62, "× 2")))
        assert rules(scoped(), *marks[:-1], pill) == []

    def test_a_foreign_label_in_it(self):
        marks = (region("s", 10, 60, 80, 50), A, self.inner, box("s/b", 20, 80))
        assert rules(scoped(), *marks, words(70, 75, "x")) == ["label-over-box"]

    def test_two_that_overlap_and_one_in_another(self):
        scopes = (Scope(id="s", name="s", op="M"), Scope(id="t", name="t", op="M"))
        graph = Graph(name="m", scopes=scopes)
        marks = (region("s", 10, 10, 50, 50), region("t", 30, 40, 50, 50))
        assert rules(graph, *marks) == ["label-over-box", "outside-scope"]
        nested = replace(graph, scopes=(scopes[0], replace(scopes[1], parent="s")))
        assert rules(nested, region("s", 10, 10, 90, 90), region("t", 30, 40, 50, 50)) == []
        assert rules(nested, *marks) == ["outside-scope"]

    def test_a_line_through_a_foreign_one(self):
        graph = replace(chain("a", "b"), scopes=(Scope(id="s", name="s", op="M"),))
        assert rules(graph, region("s", 60, 42, 80, 15), A, AB_LINE, B) == []
        assert rules(graph, region("s", 40, 42, 80, 15), A, AB_LINE, B) == ["edge-through-scope"]

    def test_a_closed_one_stands_for_what_is_inside(self):
        closed = box("s", 20, 80, stands_for=("s/b",))
        assert rules(scoped(), A, self.inner, closed) == []
        assert rules(scoped(), A, self.inner, replace(closed, stands_for=())) == [
            "missing",
            "edge-through-box",
            "loose-end",
        ]

    def test_a_line_to_a_closed_one_may_have_a_name_of_its_own(self):
        """Two edges into one closed scope are drawn as one, its label follows it, and the output comes out of it."""
        nodes = (node("a"), node("s/b", "s"), node("s/c", "s"))
        graph = replace(
            scoped(),
            nodes=nodes,
            edges=(Edge(source="a", target="s/b"), Edge(source="a", target="s/c")),
            outputs=(Output(name="y", node="s/c"),),
        )
        closed = box("s", 20, 80, stands_for=("s/b", "s/c"))
        joint = line("a:0->s:0", (50, 40), (50, 80), stands_for=("a:0->s/b:0", "a:0->s/c:0"))
        label = Group(marks=(words(55, 62, "8×8"),), ref="a:0->s:0", part="label")
        result = (line("s:0->y", (50, 100), (50, 120)), replace(box("y", 20, 120), part="output"))
        assert rules(graph, A, joint, closed, label, *result) == []
        assert rules(graph, A, replace(joint, stands_for=()), closed, label, *result) == [
            "missing",
            "missing",
            "unknown",
            "edge-through-box",
            "edge-through-box",
        ]
        early = line("s:0->y", (50, 105), (50, 120))
        assert rules(graph, A, joint, closed, label, early, result[1]) == ["loose-end"]


class TestLines:
    graph = chain("a", "b", "c")
    bc = line("b:0->c:0", (50, 80), (50, 100))
    boxes = (A, B, box("c", 20, 100))

    def test_through_a_foreign_box(self):
        skip = Edge(source="a", target="c")
        graph = replace(self.graph, edges=(*self.graph.edges, skip))
        around = line(skip.id, (30, 40), (30, 50), (100, 50), (100, 90), (30, 90), (30, 100))
        assert rules(graph, *self.boxes, AB_LINE, self.bc, around) == []
        through = line(skip.id, (30, 40), (30, 100))
        assert rules(graph, *self.boxes, AB_LINE, self.bc, through) == ["edge-through-box"]

    def test_along_a_foreign_border(self):
        skip = Edge(source="a", target="c")
        graph = replace(self.graph, edges=(*self.graph.edges, skip))
        along = line(skip.id, (80, 30), (80.1, 60), (80.1, 110), head=False)
        assert "edge-through-box" in rules(graph, *self.boxes, AB_LINE, self.bc, along)

    def test_through_its_own_box(self):
        across = line(AB, (50, 40), (50, 80))
        assert rules(chain("a", "b"), A, B, across) == ["edge-through-box"]

    def test_to_a_round_border(self):
        sum_ = Group(marks=(circle(50, 70, 6),), ref="b", part="node")
        assert rules(chain("a", "b"), A, sum_, line(AB, (50, 40), (50, 64))) == []
        aside = 50 + 6 * 0.7071, 70 - 6 * 0.7071
        assert rules(chain("a", "b"), A, sum_, line(AB, (aside[0], 40), aside)) == []
        corner = line(AB, (56, 40), (56, 64))  # on the border of the bounds, not of the circle
        assert rules(chain("a", "b"), A, sum_, corner) == ["loose-end"]

    def test_to_nowhere(self):
        (fault,) = found(chain("a", "b"), A, B, line(AB, (50, 40), (50, 55)))
        assert (fault.rule, fault.where) == ("loose-end", AB)
        assert fault.message == "the line of 'a:0->b:0' ends at (50.0, 55.0), not on the box of 'b'"

    def test_from_nowhere(self):
        assert rules(chain("a", "b"), A, B, line(AB, (50, 45), (50, 60))) == ["loose-end"]

    def test_an_arrowhead_may_bridge_the_end(self):
        head = Path(segments=line(AB, (50, 40), (50, 60)).marks[1].segments, fill="edge")
        short = Group(marks=(line(AB, (50, 40), (50, 56)).marks[0], head), ref=AB, part="edge")
        assert rules(chain("a", "b"), A, B, short) == []

    def test_to_an_output(self):
        graph = replace(chain("a"), outputs=(Output(name="logits", node="a"),))
        mark = replace(box("logits", 20, 60), part="output")
        assert rules(graph, A, mark, line("a:0->logits", (50, 40), (50, 60))) == []
        assert rules(graph, A, mark, line("a:0->logits", (50, 40), (50, 50))) == ["loose-end"]

    def test_to_outputs_of_one_name(self):
        graph = replace(chain("a", "b"), edges=(), outputs=(Output(name="y", node="a"), Output(name="y", node="b")))
        first, second = A, box("b", 100, 20)
        marks = [replace(box("y", x, 60), part="output") for x in (20, 100)]
        lines = [line("a:0->y", (50, 40), (50, 60)), line("b:0->y", (130, 40), (130, 60))]
        assert rules(graph, first, second, *marks, *lines) == []
        assert rules(graph, first, second, marks[0], lines[0]) == ["missing"]
        swapped = [replace(lines[0], ref="b:0->y"), replace(lines[1], ref="a:0->y")]
        assert "loose-end" in rules(graph, first, second, *marks, *swapped)

    def test_from_and_to_hidden_nodes(self):
        graph = chain("a", "drop", "b")
        hidden = ("drop", "drop:0->b:0")
        assert rules(graph, A, B, replace(AB_LINE, ref="a:0->drop:0", stands_for=hidden)) == []
        nowhere = line("a:0->drop:0", (50, 40), (50, 55), stands_for=hidden)
        assert set(rules(graph, A, B, nowhere)) == {"loose-end"}

    def test_an_edge_that_only_claims_to_be_drawn(self):
        """The line to `b` may not stand for the edge to `c`."""
        graph = Graph(
            name="m",
            nodes=(node("a"), node("b"), node("c")),
            edges=(Edge(source="a", target="b"), Edge(source="a", target="c")),
        )
        claim = replace(AB_LINE, stands_for=("a:0->c:0",))
        assert rules(graph, A, B, box("c", 100, 60), claim) == ["loose-end"]


class TestSharedSegments:
    graph = Graph(
        name="m",
        nodes=tuple(map(node, "abcd")),
        edges=(Edge(source="a", target="c"), Edge(source="b", target="d")),
    )
    boxes = (A, box("b", 100, 20), box("c", 20, 100), box("d", 100, 100))

    def crossing(self, first, second):
        return rules(
            self.graph,
            *self.boxes,
            line("a:0->c:0", (50, 40), *first, (50, 100)),
            line("b:0->d:0", (130, 40), *second, (130, 100)),
        )

    def test_of_different_tensors(self):
        assert self.crossing([(50, 60), (90, 60), (90, 80), (50, 80)], [(130, 70), (130, 90)]) == []
        # both run down at x = 90 between y = 65 and 75
        first = [(50, 60), (90, 60), (90, 75), (50, 75)]
        assert self.crossing(first, [(130, 65), (90, 65), (90, 80), (130, 80)]) == ["shared-segment"]
        assert self.crossing(first, [(130, 65), (91.9, 65), (91.9, 80), (130, 80)]) == ["shared-segment"]
        assert self.crossing(first, [(130, 65), (94, 65), (94, 80), (130, 80)]) == []

    def test_arrowheads_need_room_side_by_side(self):
        graph = Graph(
            name="m",
            nodes=tuple(map(node, "abc")),
            edges=(Edge(source="a", target="c"), Edge(source="b", target="c", target_port=1)),
        )
        boxes = (A, box("b", 100, 20), box("c", 60, 100))
        first = line("a:0->c:0", (60, 40), (60, 60), (85, 60), (85, 100))

        def second(x):
            return line("b:0->c:1", (120, 40), (120, 60), (x, 60), (x, 100))

        assert rules(graph, *boxes, first, second(89)) == []
        assert rules(graph, *boxes, first, second(87.5)) == ["arrow-over-arrow"]
        assert rules(graph, *boxes, first, second(86.5)) == ["shared-segment", "arrow-over-arrow"]

    def test_crossings_are_allowed(self):
        assert (
            self.crossing([(50, 70), (110, 70), (110, 85), (50, 85)], [(130, 60), (95, 60), (95, 78), (130, 78)]) == []
        )

    def test_rounded_corners_that_cross_are_allowed(self):
        def rounded(x):
            k = 4 * ARC
            return (
                Move(Point(x, 60)),
                Line(Point(x + 26, 60)),
                Curve(Point(x + 26 + k, 60), Point(x + 30, 64 - k), Point(x + 30, 64)),
                Line(Point(x + 30, 90)),
            )

        other = (
            Move(Point(52, 40)),
            Line(Point(52, 58)),
            Curve(Point(52, 58 + 4 * ARC), Point(56 - 4 * ARC, 62), Point(56, 62)),
            Line(Point(80, 62)),
        )
        marks = [
            Group(marks=(Path(segments=segments, stroke=INK),), ref=ref, part="edge")
            for ref, segments in (("a:0->c:0", rounded(24)), ("b:0->d:0", other))
        ]
        assert "shared-segment" not in rules(self.graph, *self.boxes, *marks)

    def test_of_one_tensor_are_a_bundle(self):
        fork = Graph(
            name="m",
            nodes=tuple(map(node, "acd")),
            edges=(Edge(source="a", target="c"), Edge(source="a", target="d")),
        )
        lines = (
            line("a:0->c:0", (50, 40), (50, 100)),
            line("a:0->d:0", (50, 40), (50, 60), (130, 60), (130, 100)),
        )
        boxes = (A, box("c", 20, 100), box("d", 100, 100))
        assert rules(fork, *boxes, *lines) == []
        ports = replace(fork, edges=(fork.edges[0], replace(fork.edges[1], source_port=1)))
        renamed = replace(lines[1], ref="a:1->d:0")
        assert rules(ports, *boxes, lines[0], renamed) == ["shared-segment"]

    def test_of_one_tensor_through_a_hidden_node(self):
        graph = Graph(
            name="m",
            nodes=(node("a"), node("drop"), node("c"), node("d")),
            edges=(
                Edge(source="a", target="c"),
                Edge(source="a", target="drop"),
                Edge(source="drop", target="d"),
            ),
        )
        lines = (
            line("a:0->c:0", (50, 40), (50, 100)),
            line("a:0->drop:0", (50, 40), (50, 60), (130, 60), (130, 100), stands_for=("drop", "drop:0->d:0")),
        )
        assert rules(graph, A, box("c", 20, 100), box("d", 100, 100), *lines) == []

    def test_a_line_hidden_under_its_like(self):
        twice = (Edge(source="a", target="b"), Edge(source="a", target="b", target_port=1))
        graph = replace(chain("a", "b"), edges=twice)
        hidden = rules(graph, A, B, AB_LINE, replace(AB_LINE, ref="a:0->b:1"))
        assert hidden == ["shared-segment", "arrow-over-arrow"]
        assert rules(graph, A, B, AB_LINE, line("a:0->b:1", (60, 40), (60, 60))) == []
        assert rules(graph, A, B, replace(AB_LINE, stands_for=("a:0->b:1",))) == []


class TestAccount:
    def test_a_node_an_edge_a_scope_and_an_output_that_are_missing(self):
        graph = replace(scoped(), outputs=(Output(name="y", node="s/b"),))
        missing = [fault.where for fault in found(graph)]
        assert missing == ["a", "s/b", "a:0->s/b:0", "s", "y"]

    def test_a_group_without_marks_draws_nothing(self):
        assert rules(chain("a"), Group(marks=(), ref="a", part="node")) == ["missing"]
        assert rules(chain("a"), Group(marks=(), stands_for=("a",))) == ["missing"]
        unpainted = rectangle(Rect(20, 20, 60, 20), fill=None, stroke=None)
        assert rules(chain("a"), Group(marks=(unpainted,), ref="a", part="node")) == ["missing"]

    def test_what_the_graph_does_not_have(self):
        assert rules(Graph(name="m"), box("ghost", 20, 20)) == ["unknown"]
        assert rules(chain("a"), box("a", 20, 20, stands_for=("ghost",))) == ["unknown"]


class TestBlocks:
    """A folded block has an id of its own; one that is drawn open is a region for its likes."""

    graph = chain("a", "b", "c", "d")
    likes = ("c", "d", "b:0->c:0", "c:0->d:0")

    def test_a_closed_one(self):
        block = box("block", 20, 60, stands_for=("b", *self.likes))
        assert rules(self.graph, A, line(AB, (50, 40), (50, 60)), block) == []
        assert "missing" in rules(self.graph, A, line(AB, (50, 40), (50, 60)), replace(block, stands_for=("b", "c")))
        assert "unknown" in rules(self.graph, A, line(AB, (50, 40), (50, 60)), block, box("other", 120, 20))

    @staticmethod
    def region(ref, rect, **more):
        marks = (rectangle(rect, "region"), words(rect.x + 2, rect.y + 8))
        return Group(marks=marks, ref=ref, part="scope", **more)

    def test_an_open_one(self):
        opened = self.region("block", Rect(10, 8, 80, 82), stands_for=self.likes)
        assert rules(self.graph, opened, A, AB_LINE, B) == []
        across = self.region("block", Rect(10, 8, 80, 60), stands_for=self.likes)
        assert "outside-scope" in rules(self.graph, across, A, AB_LINE, B)
        through = Edge(source="x", target="y")
        beside = replace(
            self.graph, nodes=(*self.graph.nodes, node("x"), node("y")), edges=(*self.graph.edges, through)
        )
        far = (box("x", 100, 20), line(through.id, (110, 40), (85, 45), (110, 60)), box("y", 100, 60))
        assert rules(beside, opened, A, AB_LINE, B, *far) == ["edge-through-scope"]

    def test_one_in_a_nested_model(self):
        nested = replace(
            self.graph,
            nodes=(node("a"), node("b", "s"), node("c", "t"), node("d", "s")),
            scopes=(Scope(id="s", name="s", op="Functional"), Scope(id="t", name="t", op="Functional", parent="s")),
        )
        block = box("block", 20, 64, stands_for=("b", "t", *self.likes))
        scope, to = self.region("s", Rect(10, 48, 80, 42)), line(AB, (50, 40), (50, 64))
        assert rules(nested, A, scope, to, block) == []
        whole = replace(block, stands_for=("s", *block.stands_for))
        assert rules(nested, A, to, whole) == []
        assert "outside-scope" in rules(nested, A, scope, to, whole)

    def test_lines_to_what_a_box_in_a_stage_stands_for(self):
        stage = replace(self.region("stage", Rect(10, 45, 80, 42)), part="region", stands_for=("block",))
        block = box("block", 20, 60, stands_for=("b", *self.likes))
        assert rules(self.graph, A, line(AB, (50, 40), (50, 60)), stage, block) == []
        assert rules(self.graph, A, line(AB, (50, 40), (50, 60)), replace(stage, stands_for=()), block) != []

    def test_branches_of_which_one_is_drawn(self):
        graph = replace(self.graph, edges=tuple(Edge(source="a", target=name) for name in "bcd"))
        opened = self.region("block", Rect(10, 45, 80, 45))
        drawn = box("b", 20, 60, stands_for=("c", "d"))
        to = line(AB, (50, 40), (50, 60), stands_for=("a:0->c:0", "a:0->d:0"))
        assert rules(graph, A, opened, to, drawn) == []
        assert "unknown" in rules(graph, A, self.region("block", Rect(120, 45, 60, 45)), to, drawn)

    def test_lines_out_of_one_box_for_several_nodes_are_one(self):
        graph = replace(
            self.graph,
            edges=(*self.graph.edges, *(Edge(source=name, target="e") for name in "bc")),
            nodes=(*self.graph.nodes, node("e")),
        )
        drawn = box("b", 20, 60, stands_for=("c", "d", "b:0->c:0", "c:0->d:0"))
        first = line("b:0->e:0", (50, 80), (50, 110))
        second = line("b:0->e:1", (50, 95), (60, 95), (60, 110), stands_for=("c:0->e:0",))
        assert rules(graph, A, AB_LINE, drawn, first, second, box("e", 20, 110)) == []

    def test_an_open_one_in_a_stage(self):
        stage = replace(self.region("stage", Rect(2, 2, 120, 120)), part="region", stands_for=("a", "b"))
        opened = self.region("block", Rect(10, 12, 80, 82), stands_for=self.likes)
        assert rules(self.graph, stage, opened, box("a", 20, 24, height=16), AB_LINE, B) == []

    def test_a_region_in_an_open_one(self):
        opened = self.region("block", Rect(2, 2, 120, 120), stands_for=self.likes)
        low = box("a", 20, 24, height=16)
        both = replace(self.region("Cap", Rect(10, 12, 80, 82)), part="region", stands_for=("a", "b"))
        assert rules(self.graph, opened, both, low, AB_LINE, B) == []
        second = replace(self.region("Cap", Rect(10, 46, 80, 44)), part="region", stands_for=("b",))
        assert rules(self.graph, opened, second, low, AB_LINE, B) == []
        assert "outside-scope" in rules(self.graph, opened, replace(second, stands_for=("a",)), low, AB_LINE, B)

    def test_one_in_a_stage_around_a_nested_model(self):
        nested = replace(
            self.graph,
            nodes=(node("a", "s"), node("b"), node("c"), node("d")),
            scopes=(Scope(id="s", name="s", op="Functional"),),
        )
        stage = replace(self.region("stage", Rect(2, 2, 120, 120)), part="region", stands_for=("block",))
        opened = self.region("block", Rect(8, 12, 90, 90), stands_for=self.likes)
        inner = self.region("s", Rect(12, 22, 80, 24))
        low = box("a", 20, 32, height=12)
        assert rules(nested, stage, opened, inner, low, line(AB, (50, 44), (50, 60)), B) == []


class TestExplained:
    """A drawing in the legend shows what a folded block is: nothing of it is in the graph, and its lines lead out."""

    inside = (box("p/x", 100, 20), line("p/x:0->p/y:0", (130, 40), (130, 60)), box("p/y", 100, 60))
    stubs = (line("p/in:0->p/x:0", (130, 10), (130, 20)), line("p/y:0->p/out:0", (130, 80), (130, 90)))

    @staticmethod
    def rules(*marks):
        return rules(chain("a", "b"), A, AB_LINE, B, Group(marks=marks, ref="block", part="explained"))

    def test_a_fine_one(self):
        assert self.rules(*self.inside, *self.stubs) == []

    def test_it_accounts_for_nothing(self):
        legend = Group(marks=(box("b", 100, 60),), part="explained", stands_for=("a", "b", AB))
        assert rules(chain("a", "b"), A, legend) == ["missing", "missing"]

    def test_its_lines_keep_the_rules(self):
        loose = line("p/x:0->p/y:0", (130, 40), (130, 50))
        assert self.rules(self.inside[0], loose, self.inside[2]) == ["loose-end"]
        assert self.rules(*self.inside, box("p/z", 110, 45, height=8)) == ["edge-through-box"]
        assert self.rules(*self.inside, box("p/z", 105, 76)) == ["box-over-box"]


coordinates = st.floats(-100, 100, allow_nan=False).map(lambda value: round(value, 2))
places = st.tuples(coordinates, coordinates)
areas = st.tuples(coordinates, coordinates, st.floats(0.1, 50), st.floats(0.1, 50)).map(
    lambda item: (item[0], item[1], item[0] + item[2], item[1] + item[3])
)


def closed(area):
    left, top, right, bottom = area
    return ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))


@given(st.lists(areas, max_size=30), areas)
def test_a_grid_finds_what_is_near(items, query):
    grid = Grid([(area, number) for number, area in enumerate(items)])
    expected = {
        number
        for number, area in enumerate(items)
        if area[0] <= query[2] and query[0] <= area[2] and area[1] <= query[3] and query[1] <= area[3]
    }
    assert set(grid.near(query)) == expected


@given(areas, areas)
def test_upright_polygons_meet_where_their_bounds_overlap(one, other):
    if overlap(one, other, slack=1e-6):
        assert meet(closed(one), closed(other))
    if meet(closed(one), closed(other)):
        assert overlap(one, other, slack=-1e-6)


@given(areas, places, places)
def test_a_line_is_apart_from_a_box_exactly_where_it_does_not_touch(area, a, b):
    gap = apart(a, b, closed(area))
    assert isclose(gap, apart(b, a, closed(area)), abs_tol=1e-9)
    if inside(a, closed(area)) or inside(b, closed(area)):
        assert gap == 0
    samples = [(a[0] + t / 50 * (b[0] - a[0]), a[1] + t / 50 * (b[1] - a[1])) for t in range(51)]
    if gap > 0:
        assert not any(inside(sample, closed(area)) for sample in samples)
        assert depth(a, b, closed(area)) == 0
    nearest = min(_to_box(sample, area) for sample in samples)
    assert gap <= nearest + 1e-9


def _to_box(point, area):
    dx = max(area[0] - point[0], 0, point[0] - area[2])
    dy = max(area[1] - point[1], 0, point[1] - area[3])
    return (dx * dx + dy * dy) ** 0.5


@given(areas, st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_a_line_into_a_box_dips_as_deep_as_it_reaches(area, along, share):
    left, top, right, bottom = area
    x = left + along * (right - left)
    reach = share * (bottom - top)
    end = top + reach
    deepest = min(x - left, right - x, max(min(reach, bottom - end), min(reach / 2, bottom - top - reach / 2)))
    assert isclose(depth((x, top - 5), (x, end), closed(area)), deepest, abs_tol=1e-6)


@given(places, places, places, places)
def test_touching_is_symmetric(a, b, c, d):
    assert touch(a, b, c, d) == touch(c, d, a, b) == touch(b, a, d, c)


@given(places, st.floats(0.5, 300))
def test_a_flat_circle_is_round(center, radius):
    (outline,) = flatten(circle(*center, radius).segments)[:1]
    for x, y in outline:
        assert isclose(((x - center[0]) ** 2 + (y - center[1]) ** 2) ** 0.5, radius, rel_tol=1e-3, abs_tol=1e-6)
    left, top, right, bottom = bounds(outline)
    assert isclose(right - left, 2 * radius, rel_tol=1e-6)
    assert isclose(bottom - top, 2 * radius, rel_tol=1e-6)


@given(st.floats(5, 195), st.floats(5, 195))
def test_a_box_anywhere_on_the_page_is_fine_and_elsewhere_it_is_not(x, y):
    rect = Rect(x, y, 20, 20)
    fine = Rect(0, 0, 200, 200).contains(rect.grown(0.5))
    plain = Group(marks=(rectangle(rect),), ref="a", part="node")
    near_border = Rect(0, 0, 200, 200).contains(rect.grown(0.5), 0.2) and not fine
    if not near_border:
        assert rules(chain("a"), plain) == ([] if fine else ["outside-page"])


def moved(mark, dy):
    """Return a mark shifted downwards."""

    def at(point):
        return Point(point.x, point.y + dy)

    match mark:
        case Group():
            return replace(mark, marks=tuple(moved(inner, dy) for inner in mark.marks))
        case Text():
            return replace(mark, at=at(mark.at))
        case Path():
            return replace(mark, segments=tuple(_moved_segment(segment, at) for segment in mark.segments))
    raise AssertionError(mark)


def _moved_segment(segment, at):
    match segment:
        case Curve(first, second, to):
            return Curve(at(first), at(second), at(to))
        case Close():
            return segment
    return type(segment)(at(segment.to))


class TestDamage:
    """A figure of a real model, with a nested model in it, damaged in every place."""

    fig = draw(FilePath(__file__).parents[1] / "examples" / "siamese.keras")
    whole = fig.scene.marks
    things = tuple(
        place
        for place, mark in enumerate(whole)
        if isinstance(mark, Group) and mark.part in {"node", "edge", "scope", "output"}
    )

    def after(self, marks):
        return {fault.rule for fault in faults(replace(self.fig.scene, marks=tuple(marks)), self.fig.graph)}

    def test_it_is_fine_before(self):
        assert self.after(self.whole) == set()
        assert len(self.things) > 20

    @pytest.mark.parametrize("place", things)
    def test_what_is_left_out_is_missed(self, place):
        named = self.whole[place].ref in {edge.id for edge in self.fig.graph.edges} or self.whole[place].part != "edge"
        broken = self.after([*self.whole[:place], *self.whole[place + 1 :]])
        assert ("missing" in broken) == named  # the line to the mark of an output is no edge of the graph

    @given(st.sampled_from(things), st.floats(2, 60), st.sampled_from([-1, 1]))
    def test_what_is_moved_is_found(self, place, distance, sign):
        marks = list(self.whole)
        if marks[place].part == "scope":
            distance += 30  # within its margins a region may move
        marks[place] = moved(marks[place], sign * distance)
        assert self.after(marks)

    @given(st.data())
    def test_lines_that_change_places_are_found(self, data):
        lines = [place for place in self.things if self.whole[place].part == "edge"]
        one, other = data.draw(st.lists(st.sampled_from(lines), min_size=2, max_size=2, unique=True))
        marks = list(self.whole)
        marks[one] = replace(marks[one], ref=self.whole[other].ref)
        marks[other] = replace(marks[other], ref=self.whole[one].ref)
        assert "loose-end" in self.after(marks)

    @given(st.data())
    def test_a_text_over_anything_that_is_no_region_is_found(self, data):
        """A text dropped onto a letter, a box or a line does not go unnoticed."""
        labels = survey(self.fig.scene).labels
        target = data.draw(st.sampled_from(labels))
        x, y = target.bounds[0], target.bounds[3]
        found = self.after([*self.whole, words(x, y, "dropped", size=target.size)])
        assert "label-over-label" in found


def tall(count):
    """Return a tall figure with long skips beside it, as a deep network gives: its graph and its marks."""
    names = [f"n{number}" for number in range(count)]
    graph = chain(*names)
    skips = [Edge(source=names[i], target=names[i + 40], target_port=1) for i in range(0, count - 40, 40)]
    graph = replace(graph, edges=(*graph.edges, *skips))
    marks = [box(name, 20, 40 * number + 10) for number, name in enumerate(names)]
    marks += [
        line(edge.id, (50, 40 * number + 30), (50, 40 * number + 50))
        for number, edge in enumerate(graph.edges[: count - 1])
    ]
    for place, edge in enumerate(skips):
        top, bottom = 40 * place * 40 + 20, 40 * (place * 40 + 40) + 15
        out = 100 + 8 * (place % 3)
        marks.append(line(edge.id, (80, top), (out, top), (out, bottom), (80, bottom), head=False))
    return graph, marks


def test_the_work_grows_with_the_figure_and_no_faster():
    def work(count):
        graph, marks = tall(count)
        height = 40.0 * count + 20
        assert found(graph, *marks, height=height) == ()
        return steps(lambda: found(graph, *marks, height=height))

    assert work(1600) < 5 * work(400)  # 4 times, and 16 times if each were compared with each
