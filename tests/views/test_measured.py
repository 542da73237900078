"""Numbers in a figure: boxes say what is measured, colours and sizes keep its order, the legend explains them."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scene_text import paint_text
from small_graphs import chain, graphs, node

import cutaway
from cutaway.analysis.complete import complete
from cutaway.analysis.measures import MEASURES, Measures
from cutaway.analysis.rules import LayerRule
from cutaway.errors import InputError
from cutaway.faults import faults
from cutaway.graph import Graph, Kind, Weight
from cutaway.page import Page
from cutaway.record import replace
from cutaway.scene import Group, Scene, Text
from cutaway.scene import Path as Outline
from cutaway.scene.outline import Rounded
from cutaway.theme import PAPER, THEMES
from cutaway.typed import parts
from cutaway.views.blocks import Blocks, Fact, MeasureName
from cutaway.weights import Weights

ROOT = Path(__file__).parent.parent.parent
UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
quiet = pytest.mark.filterwarnings("ignore::cutaway.CutawayWarning")  # drawn shapes do not fit the operations


def scene_of(graph: Graph, **options) -> Scene:
    scene = Blocks(**options)(graph, PAPER, Page())
    assert faults(scene, graph) == ()
    return scene


def texts(mark) -> list[str]:
    if isinstance(mark, Text):
        return [mark.text]
    return [text for each in mark.marks for text in texts(each)] if isinstance(mark, Group) else []


def boxes(scene: Scene) -> dict[str, Group]:
    return {mark.ref: mark for mark in scene.marks if isinstance(mark, Group) and mark.part == "node"}


def said(scene: Scene) -> dict[str, list[str]]:
    return {ref: texts(mark) for ref, mark in boxes(scene).items()}


def foot(scene: Scene) -> str:
    return " ".join(
        text for mark in scene.marks if isinstance(mark, Group) and mark.part == "legend" for text in texts(mark)
    )


def heading(scene: Scene) -> str:
    return " ".join(
        text for mark in scene.marks if isinstance(mark, Group) and mark.part == "title" for text in texts(mark)
    )


def fill(box: Group) -> str:
    outline = box.marks[0]
    assert isinstance(outline, Outline)
    return paint_text(outline.fill)


def width(box: Group) -> float:
    outline = box.marks[0]
    assert isinstance(outline, Outline)
    assert isinstance(outline.segments, Rounded)
    return outline.segments.rect.width


def number(text: str) -> tuple[float, bool] | None:
    """Return the number that a text such as "≥ 1.2 k parameters" shows, and whether it is exact."""
    found = re.match(r"(≥ )?([\d.]+) ?([kMGT]?)B? ", text)
    return (float(found[2]) * UNITS[found[3]], not found[1]) if found else None


def test_the_measures_are_those_of_the_registry():
    assert parts(MeasureName) == tuple(MEASURES)
    assert set(parts(MeasureName)) < set(parts(Fact))


class TestLines:
    @quiet
    @settings(max_examples=50)
    @given(
        graphs(),
        st.sampled_from(["parameters", "macs", "flops", "memory", "weight_memory"]),
        st.sampled_from([None, 0]),
    )
    def test_each_number_is_what_is_measured(self, graph, name, depth):
        scene = Blocks(show=(name,), depth=depth)(graph, PAPER, Page())
        measured = Measures(complete(graph, verify=False))[name]
        words = {"parameters": "parameters", "macs": "multiply–adds", "flops": "FLOPs"}
        ending = words.get(name, "of activations" if name == "memory" else "of weights")
        inputs = {each.id for each in graph.nodes if each.kind is Kind.INPUT}
        for ref, lines in said(scene).items():
            if ref in inputs:
                continue
            amount, shown = measured[ref], [line for line in lines if line.endswith(f" {ending}")]
            if amount.value == 0 and amount.exact:
                assert shown == []
            elif not amount.value:
                assert shown == [f"? {ending}"]
            else:
                assert number(shown[0]) == (pytest.approx(float(amount.value), rel=0.005), amount.exact)

    def test_a_model_reads_like_this(self):
        shapes = ((None, 8, 8, 3), (None, 8, 8, 16), (None, 8, 8, 16))
        show = ("parameters", "macs", "memory", "weight_memory", "receptive_field", "stride", "effective_stride")
        graph = chain("Conv2D", "Dropout", shapes=shapes)
        graph = replace(graph, nodes=tuple(replace(each, trainable=True) for each in graph.nodes))
        scene = scene_of(graph, show=show)
        assert said(scene)["conv2d_1"] == [
            "Conv 3×3",
            "16",
            "448 parameters",
            "27.6 k multiply–adds",
            "4.1 kB of activations",
            "1.79 kB of weights",
            "sees 3×3",
        ]
        assert said(scene)["dropout_2"] == ["Dropout 0.5", "4.1 kB of activations"]
        assert heading(scene).startswith("chain 448 parameters · 27.6 k multiply–adds · ")

    def test_all_numbers_are_there_for_those_who_hover_or_listen(self):
        show = ("receptive_field",)  # which data without axes does not have
        scene = scene_of(chain("Dense", "Dropout"), show=show, color_by="macs", size_by="parameters")
        titles = {ref: box.title for ref, box in boxes(scene).items()}
        assert titles["dense_1"] == "dense_1 (Dense) → 10: 110 parameters, 100 multiply–adds"
        assert titles["dropout_2"] == "dropout_2 (Dropout) → 10: 0 parameters, 0 multiply–adds"
        assert scene.description.endswith(": 1 Dense, 1 Dropout. 110 parameters, 100 multiply–adds.")

    def test_what_is_unknown_is_a_question_mark_and_the_total_is_at_least(self):
        graph = chain("Dense", "AVeryLongNameForOneCustomLayerOfSomebody", "Dense", shapes=((None, 10),) * 4)
        scene = scene_of(graph, show=("parameters",))
        assert said(scene)["averylongnameforonecustomlayerofsomebody_2"][-1] == "? parameters"
        assert heading(scene) == "chain at least 220 parameters · 3 layers"
        assert "? is a number that is not fixed or not known." in foot(scene)

    def test_a_total_of_which_nothing_is_known_is_a_question_mark(self):
        graph = chain("AVeryLongNameForOneCustomLayerOfSomebody")
        assert heading(scene_of(graph, show=("macs",))) == "chain ? multiply–adds · 1 layer"

    def test_what_is_trained_stands_where_not_all_is(self):
        graph = chain("Dense", "BatchNormalization", "Dense", shapes=((None, 10),) * 4)
        frozen = replace(graph.nodes[3], trainable=False)
        graph = replace(graph, nodes=(*graph.nodes[:3], frozen))
        lines = said(scene_of(graph, show=("trainable",)))
        assert lines["dense_1"] == ["Dense 10"]
        assert lines["batchnormalization_2"][-1] == "20 trainable"
        assert lines["dense_3"] == ["Dense 10", "frozen"]

    def test_rules_of_the_caller_count(self):
        layer = "AVeryLongNameForOneCustomLayerOfSomebody"
        graph = chain(layer, shapes=((None, 10), (None, 10)))
        rule = LayerRule(
            outputs=lambda call: call.shape, weights=lambda call: {"scale": (10,)}, multiply_adds=lambda call: 77
        )
        figure = cutaway.draw(graph, show="parameters,macs", rules={layer: rule})
        assert said(figure.scene)[f"{layer.lower()}_1"][-2:] == ["10 parameters", "77 multiply–adds"]

    def test_numbers_are_measured_once_for_all_sizes(self):
        calls: list[str] = []

        def counted(call) -> int:
            calls.append(call.op)
            return 7

        rule = LayerRule(outputs=lambda call: call.shape, weights=lambda call: {}, multiply_adds=counted)
        view = Blocks(show=("macs",), rules={"Mine": rule})
        prepared = view.prepared(chain("Mine", shapes=((None, 10), (None, 10))))
        view.composed(prepared, PAPER)
        before = len(calls)
        view.composed(prepared, PAPER, 0.5)
        assert before == len(calls) > 0

    def test_sizes_that_are_assumed_count(self):
        graph = chain("Dense", shapes=((None, None, 8), (None, None, 10)))
        assert said(cutaway.draw(graph, show="macs").scene)["dense_1"][-1] == "? multiply–adds"
        assert said(cutaway.draw(graph, show="macs", assume=5).scene)["dense_1"][-1] == "400 multiply–adds"


class TestColour:
    @quiet
    @settings(max_examples=50)
    @given(graphs(), st.sampled_from(sorted(MEASURES)))
    def test_colours_are_in_the_order_of_the_numbers(self, graph, name):
        measured = Measures(complete(graph, verify=False))[name]
        scene = Blocks(color_by=name)(graph, PAPER, Page())
        steps = []
        for ref, box in boxes(scene).items():
            amount, role = measured[ref], fill(box)
            step = re.fullmatch(r"heat\.(\d)", role)
            if step:
                steps.append((amount.value, int(step[1])))
            elif role == "heat.none":
                assert not amount.value
                assert amount.exact
            elif role.startswith("hatch"):
                assert not amount.value
                assert not amount.exact
        assert [step for _, step in sorted(steps)] == sorted(step for _, step in steps)

    @pytest.mark.parametrize("theme", sorted(THEMES))
    def test_the_legend_shows_the_scale_and_what_is_not_known(self, theme):
        layer = "AVeryLongNameForOneCustomLayerOfSomebody"
        graph = chain(
            "Dense", layer, "Dropout", "Dense", shapes=((None, 3), (None, 200), (None, 10), (None, 10), (None, 10))
        )
        scene = Blocks(color_by="parameters")(graph, THEMES[theme], Page())
        assert faults(scene, graph) == ()
        assert foot(scene).startswith("Colour: parameters 40 50 60 70 80 90 100 110 none not known")
        assert "convolution" not in foot(scene)

    def test_a_wide_range_is_logarithmic(self):
        graph = chain("Dense", "Dense", "Dense", shapes=((None, 1), (None, 10), (None, 10), (None, 10)))
        large = replace(graph.nodes[2], attributes={"units": 9000})
        graph = replace(graph, nodes=(graph.nodes[0], graph.nodes[1], large, graph.nodes[3]))
        assert "Colour: parameters; logarithmic scale" in foot(scene_of(graph, color_by="parameters"))

    def test_kinds_have_their_colours_without_it(self):
        graph = chain("Conv2D", shapes=((None, 8, 8, 3), (None, 8, 8, 16)))
        assert fill(boxes(scene_of(graph, show=("parameters",)))["conv2d_1"]) == "convolution"


class TestSize:
    @quiet
    @settings(max_examples=50)
    @given(graphs(), st.sampled_from(sorted(MEASURES)))
    def test_boxes_of_more_are_wider(self, graph, name):
        measured = Measures(complete(graph, verify=False))[name]
        scene = Blocks(size_by=name)(graph, PAPER, Page())
        inputs = {each.id for each in graph.nodes if each.kind is Kind.INPUT}
        widths = [
            (measured[ref].value or 0, width(box))
            for ref, box in boxes(scene).items()
            if ref not in inputs and fill(box) != "merge"
        ]
        for small, narrow in widths:
            for large, wide in widths:
                assert small >= large or narrow < wide

    def test_the_legend_says_what_a_size_means(self):
        graph = chain("Dense", "Dense", shapes=((None, 10), (None, 10), (None, 10)))
        assert "The width of a box grows with the square root of its parameters; the largest is 110." in foot(
            scene_of(graph, size_by="parameters")
        )
        assert "The height of a box" in foot(scene_of(graph, size_by="parameters", direction="right"))


class TestWeights:
    def test_names_shapes_and_starts(self):
        graph = chain("Conv2D", shapes=((None, 8, 8, 3), (None, 8, 8, 16)))
        started = replace(graph.nodes[1], attributes={**graph.nodes[1].attributes, "kernel_initializer": "he_normal"})
        graph = replace(graph, nodes=(graph.nodes[0], started))
        lines = said(scene_of(graph, show=("weights", "initializers")))["conv2d_1"]
        assert lines[2:] == ["kernel", "3×3×3×16 from He normal", "bias", "16"]

    def test_names_that_leave_no_room_stand_above(self):
        name = "forward_layer/some_cell/recurrent_kernel_of_it"
        layer = Weight(key=f"dense_1/{name}", shape=(10, 20, 30, 40, 50), dtype="float32", trainable=True)
        graph = chain("Dense")
        graph = replace(graph, nodes=(graph.nodes[0], replace(graph.nodes[1], weights=(layer,))))
        lines = said(scene_of(graph, show=("weights",)))["dense_1"]
        assert "".join(lines[1:-1]) == name
        assert lines[-1] == "10×20×30×40×50"

    def test_statistics_are_those_of_the_store(self):
        store = cutaway.read_weights(ROOT / "examples" / "stripes_cnn.keras")
        lines = said(cutaway.draw(ROOT / "examples" / "stripes_cnn.keras", show="statistics").scene)
        for each in store.graph.nodes:
            for key in store.of(each.id):
                found = store.statistics(key)
                text = f"{found.minimum:.3g} to {found.maximum:.3g}".replace("-", "−")
                assert any(line.startswith(text) for line in lines[each.id]), (key, lines[each.id])

    def test_odd_values_are_told(self):
        weights = [("w/a", np.array([0.0, 0.0, 2.0, np.nan])), ("w/b", np.ones(3)), ("w/c", np.array([np.inf]))]
        layer = replace(
            node("w", "Dense", 1, shape=(None, 10)),
            weights=tuple(
                Weight(key=key, shape=value.shape, dtype="float32", trainable=True) for key, value in weights
            ),
        )
        graph = chain("Dense")
        graph = replace(graph, nodes=(graph.nodes[0], replace(layer, id="dense_1", name="dense_1")))
        store = Weights(graph, "here", {key: lambda value=value: value for key, value in weights})
        lines = said(Blocks(show=("statistics",), store=store)(graph, PAPER, Page()))["dense_1"]
        assert lines[1:] == [
            "w/a",
            "0 to 2, 0.667 ± 0.943, 67 % zeros",
            "1 not finite",
            "w/b",
            "all 1",
            "w/c",
            "1 not finite",
        ]

    def test_a_source_without_values_says_so(self):
        graph = chain("Dense")
        legend = foot(scene_of(graph, show=("statistics",)))
        assert "What the weights hold is not known" in legend
        assert "least to largest" not in legend

    def test_of_a_model_without_weights_nothing_is_said(self):
        graph = complete(chain("Dropout"), verify=False)
        assert "weights" not in foot(scene_of(graph, show=("statistics",)))


def test_what_may_be_more_is_at_least_so_much():
    custom = "AVeryLongNameForOneCustomLayerOfSomebody"
    graph = chain(custom, "Dense", shapes=((None, 8, 8, 16), (None, 4, 4, 16), (None, 4, 4, 10)))
    scene = scene_of(graph, show=("macs",))
    assert f"≥ {4 * 4 * 16 * 10 / 1000:.3g} k multiply–adds" in said(scene)["dense_2"]
    assert "at least 2.56 k multiply–adds" in heading(scene)
    assert "≥ is a number of which not all is known" in foot(scene)
    assert "≥" not in foot(scene_of(chain("Dense"), show=("macs",)))


def test_receptive_fields_are_explained_where_there_are_any():
    explained = "Receptive fields and effective strides stand where they change"
    assert explained not in foot(scene_of(chain("Dense"), show=("receptive_field",)))
    assert explained in foot(scene_of(cutaway.read(ROOT / "gallery/models/vgg16.json"), show=("receptive_field",)))


@pytest.mark.parametrize("option", ["color_by", "size_by"])
def test_an_unknown_measure_is_named_with_the_nearest(option):
    with pytest.raises(InputError, match=f"cannot use {option}='paramters': did you mean 'parameters'\\? allowed: '"):
        cutaway.draw(chain("Dense"), **{option: "paramters"})
    assert getattr(cutaway.draw(chain("Dense"), **{option: None}).view, option) is None
