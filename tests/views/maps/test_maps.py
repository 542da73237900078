"""The `maps` view: every graph whole and without a hard fault, bodies by the meaning of outputs, windows to scale."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import paper_models
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from random_graphs import layers
from small_graphs import graphs

import cutaway
import gallery
from cutaway.errors import CutawayWarning, InputError
from cutaway.faults import faults
from cutaway.faults.outline import bounds, flatten, from_border, within
from cutaway.geometry import Bounds, Point, Rect
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, Tensor
from cutaway.page import Page
from cutaway.scene import Group, Image, Mark, Path, Rgba, Scene, Text
from cutaway.theme import PAPER
from cutaway.views.maps.body import Body, met_at
from cutaway.views.maps.look import MapLook
from cutaway.views.maps.view import Maps

few = settings(max_examples=25)
DIRECTIONS = ("right", "down", "left", "up")


def model(*steps: tuple[str, dict, tuple | None], shape: tuple | None = (None, 32, 32, 1)) -> Graph:
    """Return a chain: the class, the attributes and the output of each layer behind an input."""
    kinds = {"Conv": Kind.CONVOLUTION, "Pool": Kind.POOLING, "Dense": Kind.DENSE, "Up": Kind.UPSAMPLING}
    nodes = [Node(id="in", name="in", op="InputLayer", kind=Kind.INPUT, outputs=(port(shape),))]
    for place, (op, attributes, gives) in enumerate(steps):
        kind = next((kind for word, kind in kinds.items() if word in op), Kind.OTHER)
        if "Transpose" in op:
            kind = Kind.UPSAMPLING
        before = nodes[-1].outputs
        name = f"n{place}"
        nodes.append(
            Node(id=name, name=name, op=op, kind=kind, inputs=before, outputs=(port(gives),), attributes=attributes)
        )
    edges = tuple(Edge(source=one.id, target=other.id) for one, other in pairwise(nodes))
    return Graph(
        name="m", nodes=tuple(nodes), edges=edges, inputs=("in",), outputs=(Output(name="out", node=nodes[-1].id),)
    )


def port(shape: tuple | None) -> Port:
    return Port(name="port", tensor=Tensor(shape=shape))


LENET = model(
    ("Conv2D", {"filters": 6, "kernel_size": (5, 5)}, (None, 28, 28, 6)),
    ("AveragePooling2D", {"pool_size": (2, 2)}, (None, 14, 14, 6)),
    ("Conv2D", {"filters": 16, "kernel_size": (5, 5)}, (None, 10, 10, 16)),
    ("Flatten", {}, (None, 1600)),
    ("Dense", {"units": 84}, (None, 84)),
    ("Dense", {"units": 10}, (None, 10)),
)


def draw(graph: Graph, **options: object) -> Scene:
    return Maps(**options)(graph, PAPER, Page())


def groups(marks: tuple[Mark, ...]) -> Iterator[Group]:
    for mark in marks:
        if isinstance(mark, Group):
            yield mark
            yield from groups(mark.marks)


def flat(marks: tuple[Mark, ...]) -> Iterator[Mark]:
    for mark in marks:
        yield from flat(mark.marks) if isinstance(mark, Group) else (mark,)


def parts(scene: Scene, part: str) -> dict[str, Group]:
    return {group.ref: group for group in groups(scene.marks) if group.part == part}


def extent(path: Path) -> Bounds:
    return bounds(point for chain in flatten(path.segments) for point in chain)


def sheets(scene: Scene, node: str) -> int:
    """Count the sheets of a stack: the one in front, and the edges of those behind, which one path holds."""
    paths = [mark for mark in flat(parts(scene, "node")[node].marks) if isinstance(mark, Path)]
    return 1 + sum(len(flatten(path.segments)) for path in paths if path.fill is None)


def front(scene: Scene, node: str) -> Bounds:
    """Return where the sheet in front is: the last path with a fill."""
    paths = [
        mark for mark in flat(parts(scene, "node")[node].marks) if isinstance(mark, Path) and mark.fill is not None
    ]
    return extent(paths[-1])


def windows(scene: Scene) -> dict[str, list[Bounds]]:
    """Return the windows at both ends of each link."""
    return {
        ref: [extent(mark) for mark in group.marks if isinstance(mark, Path) and mark.fill is not None]
        for ref, group in parts(scene, "window").items()
    }


def texts(scene: Scene) -> list[str]:
    return [mark.text for group in groups(scene.marks) for mark in group.marks if isinstance(mark, Text)]


@settings(max_examples=60)
@given(graph=graphs() | layers(), direction=st.sampled_from(DIRECTIONS), seed=st.none() | st.integers(0, 9))
def test_every_graph_is_whole_and_has_no_hard_fault(graph, direction, seed):
    scene = draw(graph, direction=direction, seed=seed, top="operation" if seed is None else "name")
    assert faults(scene, graph) == ()
    drawn = Counter((group.part, group.ref) for group in groups(scene.marks) if group.part in {"node", "edge"})
    for part, items in (("node", graph.nodes), ("edge", graph.edges)):
        assert [drawn[part, item.id] for item in items] == [1] * len(items)


@few
@given(seed=st.none() | st.integers(0, 10**6), direction=st.sampled_from(DIRECTIONS))
def test_windows_lie_on_their_maps(seed, direction):
    scene = draw(LENET, seed=seed, direction=direction)
    found = windows(scene)
    assert set(found) == {"in:0->n0:0", "n0:0->n1:0", "n1:0->n2:0"}
    for link, ends in found.items():
        for node, end in zip((part.split(":")[0] for part in link.split("->")), ends, strict=True):
            assert within(end, front(scene, node), 0.01)


@few
@given(
    kernel=st.integers(1, 40),
    size=st.integers(1, 300),
    spaced=st.integers(1, 3),
    scale=st.sampled_from([0.5, 1.0]),
)
def test_windows_are_to_scale(kernel, size, spaced, scale):
    steps = {"kernel_size": (kernel, kernel), "dilation_rate": (spaced, spaced)}
    graph = model(("Conv2D", steps, (None, size, size, 4)), shape=(None, size, size, 3))
    scene = draw(graph, window_scale=scale)
    left, top, right, bottom = windows(scene)["in:0->n0:0"][0]
    side = front(scene, "in")[2] - front(scene, "in")[0]
    seen = side * min(1.0, ((kernel - 1) * spaced + 1) / size) * scale
    assert right - left == pytest.approx(bottom - top)
    assert right - left == pytest.approx(max(min(4.0, side), min(seen, 0.9 * side)))


@pytest.mark.parametrize(
    ("form", "shape"), [("channels_last", (None, 16, 64, 3)), ("channels_first", (None, 3, 16, 64))]
)
def test_a_window_is_as_high_and_wide_as_its_kernel_by_the_axes_of_the_map(form, shape):
    steps = {"kernel_size": (4, 32), "data_format": form, "filters": 3, "padding": "same"}
    scene = draw(model(("Conv2D", steps, shape), shape=shape), sizing="accurate", scale_xy=2.0, max_xy=200.0)
    left, top, right, bottom = windows(scene)["in:0->n0:0"][0]
    assert (right - left, bottom - top) == pytest.approx((64.0, 8.0))


def test_lines_lead_to_no_values_where_there_are_none():
    empty = model(
        ("Conv2D", {"filters": 0, "kernel_size": 3, "padding": "same"}, (None, 0, 8, 0)),
        ("Flatten", {}, (None, 0)),
        ("Dense", {"units": 4}, (None, 4)),
        shape=(None, 0, 8, 3),
    )
    scene = draw(empty)
    assert not parts(scene, "window")
    assert faults(scene, empty) == ()


def test_a_seed_moves_windows_and_nothing_else():
    plain, one, other = (draw(LENET, seed=seed) for seed in (None, 1, 2))
    assert len({str(sorted(windows(scene).items())) for scene in (plain, one, other)}) == 3
    assert windows(draw(LENET, seed=1)) == windows(one)
    assert parts(plain, "node") == parts(one, "node")


def test_a_transposed_convolution_opens():
    graph = model(("Conv2DTranspose", {"filters": 3, "kernel_size": (4, 4)}, (None, 16, 16, 3)), shape=(None, 8, 8, 3))
    small, large = windows(draw(graph))["in:0->n0:0"]
    assert large[2] - large[0] > small[2] - small[0]


def test_windows_and_links_can_be_left_out():
    assert not any(windows(draw(LENET, windows=False)).values())
    assert parts(draw(LENET, windows=False), "window")  # the lines stay
    arrows = draw(LENET, links=False)
    assert not parts(arrows, "window")
    heads = [mark for group in parts(arrows, "edge").values() for mark in group.marks if mark.fill is not None]
    assert len(heads) == len(LENET.edges) + 1


def test_full_connections_cross_and_funnels_do_not():
    edges = parts(draw(LENET), "edge")
    assert [len(edges[link].marks) for link in ("n2:0->n3:0", "n3:0->n4:0", "n4:0->n5:0")] == [2, 4, 4]


@few
@given(count=st.integers(1, 30), most=st.integers(1, 12))
def test_a_stack_has_as_many_maps_as_there_are_up_to_a_limit(count, most):
    graph = model(("Conv2D", {"kernel_size": (3, 3)}, (None, 9, 9, count)))
    assert sheets(draw(graph, maps=most), "n0") == min(count, most)
    assert sheets(draw(graph, style={"n0": {"limit": most}}), "n0") == min(count, most)


@pytest.mark.parametrize(
    ("op", "shape", "text"),
    [
        ("Conv2D", (None, 10, 12, 16), "16@10×12"),
        ("Conv2D", (None, None, None, 16), "16@?×?"),
        ("Conv3D", (None, 4, 5, 6, 8), "8@4×5×6"),
        ("Conv1D", (None, 40, 8), "8@1×40"),
        ("LSTM", (None, 40, 8), "40×8"),
        ("Dense", (None, 84), "84"),
        ("Odd", None, "?"),
        ("Odd", (None,), "scalar"),
    ],
)
def test_sizes_are_written_by_what_axes_mean(op, shape, text):
    attributes = {"kernel_size": (3,) * int(op[4])} if op.startswith("Conv") else {}
    graph = model((op, attributes, shape), shape=None)
    assert text in texts(draw(graph))
    assert text not in texts(draw(graph, bottom=False))
    assert "mine" in texts(draw(graph, bottoms={"n0": "mine"}))


def test_what_channels_come_first_is_said_by_the_layer():
    attributes = {"kernel_size": (3, 3), "data_format": "channels_first"}
    graph = model(("Conv2D", attributes, (None, 16, 10, 12)), shape=None)
    assert "16@10×12" in texts(draw(graph))


@few
@given(sizes=st.lists(st.integers(1, 500), min_size=2, max_size=2).map(sorted))
def test_a_larger_output_is_no_smaller(sizes):
    graph = model(*[("Conv2D", {"kernel_size": (3, 3)}, (None, size, size, 1)) for size in sizes])
    scene = draw(graph)
    (a, _, b, _), (c, _, d, _) = front(scene, "n0"), front(scene, "n1")
    assert b - a <= d - c + 1e-6


def test_words_above_are_chosen():
    assert "Conv 5×5" in texts(draw(LENET))
    assert "Conv2D" in texts(draw(LENET, top="class"))
    assert {"n0", "Conv 5×5"} <= set(texts(draw(LENET, top="name")))  # what it does stands below the lines
    assert "n0" not in texts(draw(LENET, top="none"))
    assert "C1: feature maps" in texts(draw(LENET, tops={"n0": "C1: feature maps"}))


def test_lengths_are_chosen():
    scene = draw(LENET, sizing="accurate", scale_xy=2.0, min_xy=21.0, max_xy=50.0)
    sides = [front(scene, node)[2] - front(scene, node)[0] for node in ("in", "n0", "n1", "n2")]
    assert sides == pytest.approx([50.0, 50.0, 28.0, 21.0])
    steps = [draw(LENET, offset=offset) for offset in (2.0, 5.0)]
    assert extent_of(steps[0], "n0") < extent_of(steps[1], "n0")
    wide, narrow = draw(LENET, spacing=60.0, direction="down"), draw(LENET, spacing=20.0, direction="down")
    assert wide.height > narrow.height


def extent_of(scene: Scene, node: str) -> float:
    left, _, right, _ = extent(parts(scene, "node")[node].marks[0])
    return right - left


def test_looks_are_of_all_or_of_single_nodes():
    red, blue = Rgba(255, 0, 0), Rgba(0, 0, 255, 0.5)
    scene = draw(LENET, look=MapLook(window=red, joint_width=3.0), looks={"n1": MapLook(window=blue, joint=blue)})
    fills = {
        ref: {mark.fill for mark in group.marks if mark.fill is not None}
        for ref, group in parts(scene, "window").items()
    }
    assert fills == {"in:0->n0:0": {red}, "n0:0->n1:0": {blue}, "n1:0->n2:0": {red}}
    strokes = {ref: group.marks[0].stroke for ref, group in parts(scene, "edge").items() if ref != "n5:0->out"}
    assert {stroke.width for stroke in strokes.values()} == {3.0}
    assert strokes["n0:0->n1:0"].paint == blue


def test_shades_and_pictures_are_of_styles(tmp_path):
    shaded = draw(LENET, style={"n0": {"shade": 10}})
    fills = {mark.fill for mark in flat(parts(shaded, "node")["n0"].marks)}
    assert sum(isinstance(fill, Rgba) for fill in fills) == 5  # all but the one in front

    Pillow.new("RGB", (8, 8), "red").save(tmp_path / "red.png")
    scene = draw(LENET, style={"in": {"picture": str(tmp_path / "red.png")}})
    assert [type(mark) for mark in parts(scene, "node")["in"].marks].count(Image) == 1
    ends = [mark.fill for mark in parts(scene, "window")["in:0->n0:0"].marks if mark.fill is not None]
    assert isinstance(ends[0], Rgba)
    assert ends[0].alpha < 1.0  # the picture is seen through the window


def test_a_map_takes_the_shape_of_its_picture_where_that_is_asked_for():
    out = BytesIO()
    Pillow.new("RGB", (40, 10), "red").save(out, "PNG")
    style = {"picture": out.getvalue(), "fit": "match_aspect", "size": (20, 20, None), "flat": True}
    scene = Maps(style={"n0": style})(LENET, PAPER, Page())
    image = next(mark for mark in flat(scene.marks) if isinstance(mark, Image))
    assert (image.matrix[0], image.matrix[3]) == pytest.approx((40, 10))


def test_a_picture_is_read_once_for_all_nodes(tmp_path):
    path = tmp_path / "face.png"
    Pillow.new("RGB", (4, 4), "red").save(path)
    found = Maps(style={"*": {"picture": str(path)}}).prepared(LENET).pictures
    assert len(found) == len(LENET.nodes)
    assert len({id(picture) for picture in found.values()}) == 1
    with pytest.warns(CutawayWarning, match="nowhere") as told:
        Maps(style={"*": {"picture": "nowhere.png"}})(LENET, PAPER, Page())
    assert len(told) == 1


def legend_of(shape: tuple, **options) -> str:
    legend = parts(draw(model(("Custom", {}, shape)), **options), "legend").values()
    return " ".join(mark.text for group in legend for mark in flat(group.marks) if isinstance(mark, Text))


def test_only_sequences_are_said_to_be_such():
    assert "Grids are sequences" in legend_of((None, 30, 8))
    assert "Grids are sequences" not in legend_of((None, 2, 3, 4, 5, 6, 7))


def test_how_many_maps_are_drawn_is_said():
    assert "n@h×w: n maps of h×w, of which up to 8 are drawn." in legend_of((None, 6, 6, 9))
    assert "n@d×h×w: n maps of d×h×w, of which up to 3 are drawn." in legend_of((None, 6, 6, 6, 9))
    assert "Of maps in a stack, up to 2 are drawn." in legend_of((None, 6, 6, 9), bottom=False, maps=2)
    assert "are drawn" not in legend_of((None, 6, 6, 2))


@pytest.mark.parametrize("view", ["maps", "volumes"])
def test_a_least_length_above_the_most_is_refused_and_one_alone_goes_before_the_usual_other(view):
    with pytest.raises(InputError, match="min_xy=50 to max_xy=20 points"):
        cutaway.draw(LENET, view=view, min_xy=50.0, max_xy=20.0).svg()
    usual, large, small = (
        cutaway.draw(LENET, view=view, **each).scene.height for each in ({}, {"min_xy": 500.0}, {"max_xy": 2.0})
    )
    assert small < usual < 500.0 < large


@pytest.mark.parametrize("given", [{"maps": 0}, {"scale_xy": 0.0}, {"min_xy": -1.0}, {"max_xy": 1e9}])
def test_lengths_that_cannot_be_drawn_are_refused(given):
    with pytest.raises(InputError, match=next(iter(given))):
        cutaway.draw(LENET, view="maps", **given)


def test_sizes_gaps_and_flat_bodies_are_of_styles():
    scene = draw(LENET, style={"n0": {"size": (30, 40, None)}, "n1": {"flat": True}})
    left, top, right, bottom = front(scene, "n0")
    assert (right - left, bottom - top) == pytest.approx((30.0, 40.0))
    assert sheets(scene, "n1") == 1
    spaced = draw(LENET, style={"n1": {"gap": 30}})
    assert place(spaced, "n1") - place(spaced, "n0") > place(draw(LENET), "n1") - place(draw(LENET), "n0") + 20.0


def place(scene: Scene, node: str) -> float:
    return extent(parts(scene, "node")[node].marks[0])[0]


@pytest.mark.parametrize("direction", ["right", "down"])
@pytest.mark.parametrize("name", ["resnet", "unet", "t5", "whisper"])
def test_models_of_papers_have_no_hard_fault(name, direction):
    """Folded blocks with counts, a U with skips across, regions with captions and counts."""
    figure = cutaway.draw(getattr(paper_models, name)(), view="maps", direction=direction)
    assert faults(figure.scene, figure.graph) == ()


def test_merges_are_signs_unless_they_are_to_have_bodies():
    first = model(("Conv2D", {"kernel_size": (3, 3)}, (None, 32, 32, 1)))
    add = Node(
        id="add", name="add", op="Add", kind=Kind.MERGE, inputs=(port(None),) * 2, outputs=(port((None, 32, 32, 1)),)
    )
    graph = Graph(
        name="m",
        nodes=(*first.nodes, add),
        edges=(*first.edges, Edge(source="n0", target="add"), Edge(source="in", target="add", target_port=1)),
        inputs=("in",),
        outputs=(Output(name="out", node="add"),),
    )
    assert "1@32×32" not in texts(draw(graph))[-3:]
    assert texts(draw(graph)).count("1@32×32") == 2
    assert texts(draw(graph, signs=False)).count("1@32×32") == 3


@pytest.mark.parametrize("noise", [0.0, 1e-13, -1e-13])
@pytest.mark.parametrize("step", [(10.0, 0.0), (-10.0, 0.0), (0.0, 10.0), (0.0, -10.0)])
def test_a_line_meets_the_stack_straight_on(step, noise):
    body = Body(form="maps", width=20.0, height=20.0, sheets=3, step=4.0)
    outline = body.outline(Rect(0.0, 0.0, 28.0, 28.0))
    x, y = step
    end = Point(14.0 - 1.4 * x, 14.0 - 1.4 * y)  # on the border of the rectangle
    before = Point(end.x - x + noise * (x == 0), end.y - y + noise * (y == 0))
    met = met_at(outline, end, before)
    assert (met.x, met.y) == pytest.approx((end.x, end.y) if not y else (end.x, met.y))
    assert (met.x - end.x) * x >= 0.0
    assert (met.y - end.y) * y >= 0.0
    assert from_border((met.x, met.y), [(point.x, point.y) for point in (*outline, outline[0])]) < 1e-9


def test_the_view_goes_by_its_name_and_can_be_fitted():
    figure = cutaway.draw(LENET, view="maps", page="column")
    assert figure.scene.width == pytest.approx(8.5 / 2.54 * 72)
    assert faults(figure.scene, LENET) == ()


@pytest.mark.parametrize("wrapped", [False, True])
def test_words_stand_as_near_to_bodies_as_lines_leave_room(wrapped):
    """The numbers below bars: none is further away than a line of text beside lines that are no steeper than these."""
    steps = [("Flatten", {}, (None, 3136)), ("Dense", {"units": 64}, (None, 64)), ("Dense", {"units": 9}, (None, 9))]
    graph = model(*steps, shape=(None, 7, 7, 64))
    scene = cutaway.draw(graph, view="maps", **({"width": "5cm"} if wrapped else {})).scene
    for node, text in (("n1", "64"), ("n2", "9")):
        low = extent(next(mark for mark in flat(parts(scene, "node")[node].marks) if isinstance(mark, Path)))[3]
        below = next(mark for mark in flat(scene.marks) if isinstance(mark, Text) and mark.text == text)
        assert 0.0 < below.at.y - low < 2.5 * below.size


def test_a_body_takes_no_room_below_for_many_words_above():
    few, many = (draw(LENET, tops={"in": "\n".join("abcdef"[:count])}).height for count in (5, 6))
    assert many - few == pytest.approx(PAPER.sizes.leading)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_no_line_runs_through_a_count_beside_a_small_stack(direction):
    figure = cutaway.draw(gallery.model("resnet50.json"), view="maps", direction=direction, width="8.5cm")
    assert faults(figure.scene, figure.graph) == ()
    assert "× 2" in texts(figure.scene)
