"""What figures of solids, stacks and columns may do that boxes may not, and what even they may not."""

from dataclasses import replace
from itertools import pairwise

import pytest
from test_faults import AB, INK, box, chain, circle, found, line, rectangle, rules, words
from work_done import steps

from cutaway.geometry import Point, Rect
from cutaway.graph import Edge, Output
from cutaway.scene import Close, Group, Line, Move, Path

DEEP = 10.0


def shape(*corners, fill="node", stroke=INK):
    points = [Point(*corner) for corner in corners]
    return Path(segments=(Move(points[0]), *map(Line, points[1:]), Close()), fill=fill, stroke=stroke)


def solid(ref, x, y=60.0, width=8.0, height=40.0):
    """Draw a cuboid whose front begins at a place, and which goes back to the upper right."""
    right, bottom = x + width, y + height
    outline = ((x, y), (x + DEEP, y - DEEP), (right + DEEP, y - DEEP), (right + DEEP, bottom - DEEP), (right, bottom))
    side = ((right, y), (right + DEEP, y - DEEP), (right + DEEP, bottom - DEEP), (right, bottom))
    front = Group(marks=(rectangle(Rect(x, y, width, height)),), part="front")
    return Group(marks=(shape(*outline, (x, bottom)), shape(*side), front), ref=ref, part="node")


def run(*solids, edges):
    return Group(marks=solids, part="run", stands_for=edges)


class TestRuns:
    graph = chain("a", "b", "c")
    edges = tuple(edge.id for edge in graph.edges)

    def test_solids_that_nearly_touch(self):
        assert rules(self.graph, run(solid("a", 20), solid("b", 30), solid("c", 40), edges=self.edges)) == []

    def test_fronts_may_share_a_border(self):
        assert rules(self.graph, run(solid("a", 20), solid("b", 28), solid("c", 36), edges=self.edges)) == []

    @pytest.mark.parametrize("by", [0.5, 4, 12, 15])
    def test_a_front_may_not_be_covered(self, by):
        second = run(solid("a", 20), solid("b", 28 - by), solid("c", 120), edges=self.edges[:1])
        assert "box-over-box" in rules(replace(self.graph, edges=self.graph.edges[:1]), second)

    def test_nor_by_one_that_is_smaller(self):
        small = run(solid("a", 20, width=40), solid("b", 30, y=70, height=10), edges=self.edges[:1])
        assert "box-over-box" in rules(chain("a", "b"), small)

    def test_painted_the_wrong_way_round(self):
        assert "box-over-box" in rules(chain("a", "b"), run(solid("b", 30), solid("a", 20), edges=(AB,)))

    def test_a_line_within_a_run_over_the_side_of_another_solid(self):
        small, last = solid("b", 30, y=70, width=1, height=20), solid("c", 80, y=65)
        link = line(self.edges[1], (36, 85), (80, 85), head=False)
        inside = run(solid("a", 20), small, link, last, edges=self.edges[:1])
        assert rules(self.graph, inside) == []
        beside = (run(solid("a", 20), small, last, edges=self.edges[:1]), link)
        assert set(rules(self.graph, *beside)) == {"edge-through-box"}

    def test_a_line_within_a_run_over_the_front_of_another_solid(self):
        wide = solid("a", 20, width=40)
        link = line(self.edges[1], (50, 80), (80, 80), head=False)
        inside = run(wide, solid("b", 40, width=5), link, solid("c", 80), edges=self.edges[:1])
        assert "edge-through-box" in rules(self.graph, inside)

    def test_outside_of_a_run(self):
        apart = (solid("a", 20), line(AB, (28, 80), (30, 80), head=False), solid("b", 30))
        assert "box-over-box" in rules(chain("a", "b"), *apart)

    def test_in_two_runs(self):
        parts = (run(solid("a", 20), edges=()), line(AB, (28, 80), (30, 80), head=False), run(solid("b", 30), edges=()))
        assert "box-over-box" in rules(chain("a", "b"), *parts)

    def test_boxes_without_a_front(self):
        assert rules(chain("a", "b"), run(box("a", 20, 20), box("b", 70, 20), edges=(AB,))) == ["box-over-box"]

    def test_nothing_shows_an_edge_between_those_far_apart(self):
        assert rules(chain("a", "b"), run(solid("a", 20), solid("b", 60), edges=(AB,))) == ["loose-end"]

    def test_nor_one_against_the_others(self):
        back = replace(self.graph, edges=(self.graph.edges[0], Edge(source="c", target="b")))
        members = (solid("a", 20), solid("b", 30), solid("c", 40))
        assert rules(back, run(*members, edges=(AB, "c:0->b:0"))) == ["loose-end"]

    def test_one_that_flows_to_the_left(self):
        back = replace(self.graph, edges=(Edge(source="c", target="b"), Edge(source="b", target="a")))
        members = (solid("a", 20), solid("b", 30), solid("c", 40))
        assert rules(back, run(*members, edges=tuple(edge.id for edge in back.edges))) == []

    def test_nor_one_past_another(self):
        skip = Edge(source="a", target="c", target_port=1)
        graph = replace(self.graph, edges=(*self.graph.edges, skip))
        members = (solid("a", 20), solid("b", 30), solid("c", 40))
        assert rules(graph, run(*members, edges=(*self.edges, skip.id))) == ["loose-end"]

    def test_nor_one_to_what_lies_elsewhere(self):
        assert rules(chain("a", "b"), run(solid("a", 20), edges=(AB,)), solid("b", 30, y=120)) == ["loose-end"]

    def test_a_line_within_a_run_may_lie_over_a_side_but_over_no_front(self):
        graph = replace(self.graph, edges=(Edge(source="a", target="c"),))
        solids = (solid("a", 20), solid("b", 30), solid("c", 60))
        past, through = (line("a:0->c:0", (38, 56), (60, y), head=False) for y in (70, 62))
        across = line("a:0->c:0", (28, 80), (60, 80), head=False)
        assert rules(graph, run(*solids, past, edges=())) == []
        assert rules(graph, run(*solids, through, edges=())) == []
        assert "edge-through-box" in rules(graph, run(*solids, across, edges=()))
        assert "edge-through-box" in rules(graph, run(*solids, edges=()), past)

    def test_an_edge_that_nothing_stands_for(self):
        assert rules(chain("a", "b"), run(solid("a", 20), solid("b", 30), edges=())) == ["missing"]

    def test_a_text_under_a_later_one(self):
        front = Group(marks=(*solid("a", 20, width=16).marks, words(25, 90, "abcdef")), ref="a", part="node")
        assert "label-over-box" in rules(chain("a", "b"), run(front, solid("b", 38), edges=(AB,)))

    @pytest.mark.parametrize(("first", "x", "expected"), [(30, 41, []), (25, 31, ["label-over-box"])])
    def test_a_text_at_a_later_one_may_lie_over_the_side_of_an_earlier(self, first, x, expected):
        sign = Group(marks=(rectangle(Rect(x, 92, 12, 7)), words(x + 1, 98, "2", size=6)))
        later = solid("b", 40)
        later = replace(later, marks=(*later.marks, sign))
        tall = solid("a", first, height=45)
        assert {*rules(chain("a", "b"), run(tall, later, edges=(AB,)))} == {*expected}

    def test_a_line_through_one(self):
        graph = replace(self.graph, nodes=(*self.graph.nodes, *chain("x", "y").nodes))
        graph = replace(graph, edges=(*graph.edges, Edge(source="x", target="y")))
        members = run(solid("a", 40), solid("b", 50), solid("c", 60), edges=self.edges)
        across = (box("x", 2, 70, width=20), line("x:0->y:0", (22, 80), (100, 80), head=False), box("y", 100, 70))
        assert set(rules(graph, members, *across)) == {"edge-through-box"}


def column(ref, x, rows=3, *, outline=True, y=40.0):
    """Draw a column of circles, with an outline that nobody sees."""
    around = rectangle(Rect(x - 5, y - 5, 10, 15 * rows - 5), fill=None, stroke=None)
    dots = tuple(Group(marks=(circle(x, y + 15 * row, 5),), part="port") for row in range(rows))
    return Group(marks=((around,) if outline else ()) + dots, ref=ref, part="node")


def lines_between(one, other, rows=3, *, ref=AB, y=40.0):
    """Draw all lines from the right of one column's circles to the left of another's."""
    pairs = [(y + 15 * first, y + 15 * second) for first in range(rows) for second in range(rows)]
    paths = (Path(segments=(Move(Point(one + 5, a)), Line(Point(other - 5, b))), stroke=INK) for a, b in pairs)
    return Group(marks=tuple(paths), ref=ref, part="edge")


class TestColumns:
    def test_full_connections(self):
        graph = chain("a", "b", "c")
        between = [lines_between(40, 100), lines_between(100, 160, ref="b:0->c:0")]
        assert rules(graph, column("a", 40), *between, column("b", 100), column("c", 160)) == []

    def test_circles_alone_have_no_outline_to_end_on(self):
        bare = column("a", 40, outline=False)
        assert "loose-end" in rules(chain("a", "b"), bare, lines_between(40, 100), column("b", 100))

    def test_an_outline_alone_draws_nothing(self):
        empty = Group(marks=column("a", 40).marks[:1], ref="a", part="node")
        assert rules(chain("a"), empty) == ["missing"]

    def test_lines_to_no_circle(self):
        assert rules(chain("a", "b"), column("a", 40), lines_between(40, 90), column("b", 100)) == ["loose-end"]

    def test_lines_through_another_column(self):
        graph = replace(chain("a", "b"), nodes=(*chain("a", "b").nodes, *chain("c").nodes))
        between = lines_between(40, 160)
        marks = (column("a", 40), between, column("c", 100), column("b", 160))
        assert set(rules(graph, *marks)) == {"edge-through-box"}

    def test_a_text_on_the_lines(self):
        marks = (column("a", 40), lines_between(40, 100), column("b", 100), words(65, 57, "abc"))
        assert rules(chain("a", "b"), *marks) == ["label-over-edge"]

    def test_over_another(self):
        marks = (column("a", 40), lines_between(40, 48), column("b", 48))
        assert "box-over-box" in rules(chain("a", "b"), *marks)


def stack(ref, x, *ports):
    patches = tuple(Group(marks=(rectangle(Rect(*port)),), part="port") for port in ports)
    return Group(marks=(rectangle(Rect(x, 40, 40, 40)), *patches), ref=ref, part="node")


class TestBands:
    """Pyramids and funnels: filled shapes that connect without an arrow."""

    pyramid = Group(marks=(shape((40, 50), (90, 60), (40, 70)),), ref=AB, part="edge")

    def test_from_border_to_border(self):
        funnel = Group(marks=(shape((60, 40), (90, 45), (90, 75), (60, 80), fill="edge"),), ref=AB, part="edge")
        assert rules(chain("a", "b"), stack("a", 20), funnel, stack("b", 90)) == []

    def test_from_a_patch(self):
        assert rules(chain("a", "b"), stack("a", 20, (30, 50, 10, 20)), self.pyramid, stack("b", 90)) == []

    def test_to_a_patch(self):
        pyramid = Group(marks=(shape((40, 50), (110, 60), (40, 70)),), ref=AB, part="edge")
        to = stack("b", 90, (110, 58, 4, 4))
        assert rules(chain("a", "b"), stack("a", 20, (30, 50, 10, 20)), pyramid, to) == []
        assert rules(chain("a", "b"), stack("a", 20, (30, 50, 10, 20)), pyramid, stack("b", 90)) == ["loose-end"]

    def test_from_nowhere(self):
        assert rules(chain("a", "b"), stack("a", 20), self.pyramid, stack("b", 90)) == ["loose-end"]
        assert rules(chain("a", "b"), stack("a", 20, (30, 50, 10, 20)), self.pyramid, stack("b", 95)) == ["loose-end"]

    def test_lines_from_a_patch(self):
        rays = [Path(segments=(Move(Point(40, y)), Line(Point(90, 60))), stroke=INK) for y in (50, 70)]
        drawn = Group(marks=tuple(rays), ref=AB, part="edge")
        assert rules(chain("a", "b"), stack("a", 20, (30, 50, 10, 20)), drawn, stack("b", 90)) == []
        assert rules(chain("a", "b"), stack("a", 20), drawn, stack("b", 90)) == [
            "edge-through-box",
            "loose-end",
        ]

    @pytest.mark.parametrize(("x", "expected"), [(30, []), (55, ["box-over-box"])])
    def test_a_patch_that_is_drawn_later_lies_in_a_box(self, x, expected):
        patch = Group(marks=(rectangle(Rect(x, 50, 10, 10)),), part="port")
        assert rules(chain("a"), stack("a", 20), patch) == expected

    def test_over_another_box(self):
        graph = replace(chain("a", "b"), nodes=(*chain("a", "b").nodes, *chain("c").nodes))
        funnel = Group(marks=(shape((60, 40), (140, 45), (140, 75), (60, 80)),), ref=AB, part="edge")
        marks = (stack("a", 20), funnel, stack("b", 140), box("c", 80, 50, width=30))
        assert rules(graph, *marks) == ["label-over-box", "edge-through-box"]

    def test_under_a_text(self):
        funnel = Group(marks=(shape((60, 40), (90, 45), (90, 75), (60, 80)),), ref=AB, part="edge")
        marks = (stack("a", 20), funnel, stack("b", 90), words(70, 62))
        assert rules(chain("a", "b"), *marks) == ["label-over-box"]

    def test_several_into_one_box_lie_over_each_other(self):
        graph = replace(chain("a", "b"), nodes=chain("a", "c", "b").nodes)
        graph = replace(graph, edges=(Edge(source="a", target="b"), Edge(source="c", target="b", target_port=1)))
        over, under = [
            Group(marks=(shape((60, y), (60, y + 40), (120, 70), (120, 60)),), ref=edge.id, part="edge")
            for y, edge in zip((10, 80), graph.edges, strict=True)
        ]
        boxes = (box("a", 20, 10, width=40, height=40), box("c", 20, 80, width=40, height=40), stack("b", 120))
        assert rules(graph, *boxes, over, under) == []


class TestOutputs:
    """The name of an output may stand in the region of what gives it, even where another box stands for that."""

    def test_of_what_is_merged(self):
        graph = replace(chain("a", "b"), outputs=(Output(name="y", node="b"),))
        stage = Group(
            marks=(rectangle(Rect(10, 10, 150, 80), "region"),), ref="stage", part="region", stands_for=("a",)
        )
        merged = box("a", 20, 40, stands_for=("b", AB))
        mark = Group(marks=(rectangle(Rect(110, 40, 30, 20)), words(115, 52)), ref="y", part="output")
        to = line("b:0->y", (80, 50), (110, 50), head=False)
        assert rules(graph, stage, merged, to, mark) == []
        elsewhere = replace(stage, stands_for=("c",))
        beside = replace(graph, nodes=(*graph.nodes, *chain("c").nodes))
        assert "outside-scope" in rules(beside, elsewhere, merged, to, mark, box("c", 20, 65))


class TestGroupings:
    @staticmethod
    def back(x, y, width, height, *members):
        return Group(marks=(rectangle(Rect(x, y, width, height)),), ref="g", part="grouping", stands_for=members)

    marks = (box("a", 20, 20), line(AB, (50, 40), (50, 60)), box("b", 20, 60))

    def test_around_its_boxes(self):
        assert rules(chain("a", "b"), self.back(10, 10, 80, 80, "a", "b"), *self.marks) == []

    def test_around_one(self):
        assert rules(chain("a", "b"), self.back(10, 10, 80, 40, "a"), *self.marks) == []

    def test_it_accounts_for_nothing(self):
        assert rules(chain("a", "b"), self.back(10, 10, 80, 80, "a", "b"))[:2] == ["missing", "missing"]

    def test_too_small(self):
        assert rules(chain("a", "b"), self.back(10, 10, 80, 60, "a", "b"), *self.marks) == ["outside-scope"]

    def test_around_another(self):
        assert rules(chain("a", "b"), self.back(10, 10, 80, 60, "a"), *self.marks) == ["outside-scope"]


def test_a_run_of_any_length_is_judged_pair_by_pair():
    names = [f"n{number}" for number in range(60)]
    graph = chain(*names)
    members = [solid(name, 10 + 10 * place) for place, name in enumerate(names)]
    edges = tuple(edge.id for edge in graph.edges)
    assert found(graph, run(*members, edges=edges), width=700) == ()
    for place, (one, other) in list(enumerate(pairwise(members)))[::7]:
        swapped = [*members[:place], other, one, *members[place + 2 :]]
        assert "box-over-box" in {fault.rule for fault in found(graph, run(*swapped, edges=edges), width=700)}


def bundles(count, rows=12):
    names = [f"n{number}" for number in range(count)]
    graph = chain(*names)
    columns = [column(name, 20 + 60 * place, rows) for place, name in enumerate(names)]
    between = [
        lines_between(20 + 60 * place, 80 + 60 * place, rows, ref=edge.id) for place, edge in enumerate(graph.edges)
    ]
    return graph, [*columns, *between]


def test_the_work_on_a_bundle_grows_with_its_lines():
    def work(rows):
        graph, marks = bundles(6, rows)
        return steps(lambda: found(graph, *marks, width=400, height=15 * rows + 60))

    assert work(24) < 9 * work(12)  # four times as many lines, each of which is looked for at twice as many circles


LINK = line(AB, (38, 80), (80, 80), head=False)


class TestWordsBesideBoxes:
    graph = chain("a", "b")

    def at(self, x, y, *, ref="b", more=(), part="note"):
        note = Group(marks=(words(x, y, "64×64", anchor="middle"), *more), ref=ref, part=part)
        return rules(self.graph, solid("a", 20), LINK, solid("b", 80), note)

    def test_above_and_below_their_own(self):
        assert self.at(84, 40) == self.at(84, 130) == []

    def test_beside_their_own(self):
        assert self.at(120, 60) == []

    def test_nearer_to_another(self):
        assert self.at(30, 40) == self.at(24, 120) == ["label-astray"]

    def test_with_a_line_to_their_own(self):
        leader = Path(segments=(Move(Point(40, 40)), Line(Point(80, 60))), stroke=INK)
        assert self.at(30, 40, more=(leader,)) == []

    def test_of_no_box(self):
        assert self.at(30, 40, ref="") == []

    def test_of_several_boxes(self):
        note = Group(marks=(words(50, 120, anchor="middle"),), ref="b", stands_for=("a",), part="note")
        both = (solid("a", 20), LINK, solid("b", 80), note)
        assert rules(self.graph, *both) == []

    def test_what_they_stand_for_is_not_drawn_by_them(self):
        note = Group(marks=(words(24, 120, anchor="middle"),), ref="a", stands_for=("b",), part="note")
        assert rules(self.graph, solid("a", 20), note) == ["missing", "missing"]

    def test_the_name_of_an_output_without_a_line(self):
        graph = replace(self.graph, outputs=(Output(name="logits", node="b"),))

        def named(x):
            outline = rectangle(Rect(x - 15, 25, 30, 15), fill=None, stroke=None)
            name = Group(marks=(outline, words(x, 35, "logits", anchor="middle")), ref="logits", part="output")
            solids = run(solid("a", 20), solid("b", 80), name, edges=("b:0->logits",))
            return [rule for rule in rules(graph, solids, LINK) if rule == "label-astray"]

        assert named(90) == []
        assert named(30) == ["label-astray"]
