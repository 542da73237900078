import warnings
from collections import Counter

import pytest
from card_view import Card
from hypothesis import given, settings
from random_graphs import graphs
from small_graphs import chain

import cutaway
from cutaway.diagram import Diagram, Port
from cutaway.errors import CutawayWarning, UnsupportedError
from cutaway.figure import Figure
from cutaway.graph import Edge, Graph, Kind, Node, Output, Tensor
from cutaway.graph import Port as NodePort
from cutaway.scene import Group, Mark, Text
from cutaway.views import VIEWS
from cutaway.views.parts.grouping import Grouping
from cutaway.views.volumes import Volumes
from gallery import model

MODELS = ("unet.json", "tickets.json", "siamese.keras", "seq2seq.json", "resnet50.json", "autoencoder.json")


def diagram(figure: Figure) -> Diagram:
    return next(figure.diagrams)


def texts(mark: Mark) -> list[str]:
    if isinstance(mark, Text):
        return [mark.text]
    return [text for each in mark.marks for text in texts(each)] if isinstance(mark, Group) else []


def groups(figure: Figure, part: str) -> list[Group]:
    found, waiting = [], list(figure.scene.marks)
    while waiting:
        mark = waiting.pop()
        if isinstance(mark, Group) and mark.part != "explained":  # which has boxes of its own
            found += [mark] if mark.part == part else []
            waiting += mark.marks
    return found


def words(lines) -> Counter[str]:
    return Counter(" ".join(lines).split())


@pytest.mark.parametrize("name", MODELS)
class TestSameWords:
    def test_in_boxes(self, name):
        figure = cutaway.draw(model(name))
        told = {box.id: words(line.text for line in box.lines) for box in diagram(figure).boxes}
        drawn = {group.ref: words(texts(group)) for group in groups(figure, "node")}
        assert {box: told[box] for box in drawn} == drawn

    def test_at_outputs(self, name):
        figure = cutaway.draw(model(name))
        told = [words(line.text for line in box.lines) for box in diagram(figure).boxes[len(groups(figure, "node")) :]]
        drawn = [words(texts(group)) for group in groups(figure, "output")]
        assert sorted(map(repr, told)) == sorted(map(repr, drawn))

    def test_on_lines(self, name):
        figure = cutaway.draw(model(name))
        told = {link.id: link.label for link in diagram(figure).links if link.label}
        assert told == {group.ref: " ".join(texts(group)) for group in groups(figure, "label")}

    def test_on_regions(self, name):
        figure = cutaway.draw(model(name))
        told = {group.id: words([group.caption]) for group in diagram(figure).groups}
        regions = [*groups(figure, "scope"), *groups(figure, "region")]
        assert told == {group.ref: words(texts(group)) for group in regions if "…" not in " ".join(texts(group))}

    def test_in_the_legend(self, name):
        figure = cutaway.draw(model(name))
        legend = diagram(figure).legend
        drawn = words(text for group in groups(figure, "legend") for text in texts(group))
        assert words(legend.notes) - drawn == Counter()
        assert legend.title == figure.scene.title


@pytest.mark.parametrize("view", VIEWS)
class TestEveryView:
    @settings(max_examples=25)
    @given(graph=graphs())
    def test_nothing_is_lost(self, view, graph):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some shapes contradict each other
            found = diagram(cutaway.draw(graph, view=view, fold="none", simplify="none", stages=False))
        outputs = [box.id for box in found.boxes[len(graph.nodes) :]]
        assert [box.id for box in found.boxes[: len(graph.nodes)]] == [node.id for node in graph.nodes]
        assert len(outputs) == len(graph.outputs)
        ends = [(link.source, link.target) for link in found.links]
        assert ends == [
            *((edge.source, edge.target) for edge in graph.edges),
            *((output.node, box) for output, box in zip(graph.outputs, outputs, strict=True)),
        ]
        around = {scope.id: scope.parent for scope in graph.scopes}
        assert [box.group for box in found.boxes] == [node.scope for node in graph.nodes] + [None] * len(outputs)
        held = {each for node in graph.nodes for each in _all_around(node.scope, around)}
        assert {group.id: group.parent for group in found.groups} == {each: around[each] for each in held}
        before: set[str | None] = {None}
        for group in found.groups:
            assert group.parent in before
            before.add(group.id)

    @pytest.mark.parametrize("name", MODELS)
    def test_the_structure_is_that_of_the_boxes(self, view, name):
        one, other = diagram(cutaway.draw(model(name), view=view)), diagram(cutaway.draw(model(name)))
        assert [box.id for box in one.boxes] == [box.id for box in other.boxes]
        assert [box.form == "stack" for box in one.boxes] == [box.form == "stack" for box in other.boxes]
        assert [(link.source, link.target) for link in one.links] == [
            (link.source, link.target) for link in other.links
        ]
        assert {group.id for group in one.groups} == {group.id for group in other.groups}

    def test_sizes_are_told(self, view):
        found = diagram(cutaway.draw(model("unet.json"), view=view))
        told = " ".join(
            [*(link.label for link in found.links), *(line.text for box in found.boxes for line in box.lines)]
        )
        assert "64²×64" in told or "64@64×64" in told

    @pytest.mark.parametrize("name", [*MODELS, "lenet5.json", "transformer.json"])
    def test_nothing_is_told_of_what_is_only_drawn(self, view, name):
        options = {"size_by": "shape"} if view == "blocks" else {}
        legend = diagram(cutaway.draw(model(name), view=view, **options)).legend
        told = " ".join(legend.notes)
        for words in ("grow", "drawn", "Circles", "squares", "plates", "scale", "Grids", "text"):
            assert words not in told

    def test_folded_blocks_are_explained_in_words(self, view):
        found = diagram(cutaway.draw(model("mobilenet_v2.json"), view=view)).legend.explanations
        assert any(each.startswith("MBConv") and "Depthwise 3×3" in each and " → " in each for each in found)
        assert any("add skip" in each for each in found)
        assert not diagram(cutaway.draw(model("lenet5.json"), view=view)).legend.explanations

    def test_colours_are_explained_that_boxes_have(self, view):
        found = diagram(cutaway.draw(model("resnet50.json"), view=view))
        roles = {box.role for box in found.boxes}
        assert {entry.role for entry in found.legend.entries if not entry.sign} <= roles


def _all_around(scope, around):
    while scope is not None:
        yield scope
        scope = around[scope]


class TestPorts:
    def figure(self, *inputs: str, outputs: tuple[str, ...] = ("output",)) -> Diagram:
        """Return a node that is fed by as many nodes as it has inputs, and of which all outputs are the model's."""
        port = NodePort(name="output", tensor=Tensor(shape=(None, 4)))
        fed = [
            Node(id=f"x{n}", name=f"x{n}", op="InputLayer", kind=Kind.INPUT, outputs=(port,))
            for n in range(len(inputs))
        ]
        node = Node(
            id="node",
            name="node",
            op="Mine",
            inputs=tuple(NodePort(name=name) for name in inputs),
            outputs=tuple(NodePort(name=name) for name in outputs),
        )
        graph = Graph(
            name="ports",
            nodes=(*fed, node),
            edges=tuple(Edge(source=each.id, target="node", target_port=n) for n, each in enumerate(fed)),
            inputs=tuple(each.id for each in fed),
            outputs=tuple(Output(name=name, node="node", port=n) for n, name in enumerate(outputs)),
        )
        return diagram(cutaway.draw(graph))

    def test_those_with_names(self):
        found = self.figure("query", "value", outputs=("scores", "context"))
        box = next(box for box in found.boxes if box.id == "node")
        assert box.inputs == (Port(id="i0", name="query"), Port(id="i1", name="value"))
        assert box.outputs == (Port(id="o0", name="scores"), Port(id="o1", name="context"))
        assert [link.target_port for link in found.links] == ["i0", "i1", None, None]
        assert [link.source_port for link in found.links] == [None, None, "o0", "o1"]

    @pytest.mark.parametrize("inputs", [("query",), ("input 0", "input 1")])
    def test_those_without(self, inputs):
        found = self.figure(*inputs)
        assert all(box.inputs == box.outputs == () for box in found.boxes)
        assert all(link.target_port is None for link in found.links)


class TestChoices:
    def test_numbers_are_told_at_once(self):
        found = diagram(cutaway.draw(chain("Dense"), numbers=True))
        assert [[line.text for line in box.lines] for box in found.boxes][1] == ["2: Dense 10", "dense_1"]

    def test_notes_and_emphasis(self):
        found = diagram(cutaway.draw(chain("Conv2D", "Dense"), highlight=["Dense"], notes={"Dense": "the classes"}))
        boxes = {box.id: box for box in found.boxes}
        assert boxes["dense_2"].note == "the classes"
        assert boxes["dense_2"].role == "dense.strong"
        assert boxes["conv2d_1"].role == "convolution.pale"
        assert [link.is_pale for link in found.links] == [True, False, False]
        assert all(box.role in found.theme.palette for box in found.boxes)

    def test_a_scale_is_explained(self):
        entries = diagram(cutaway.draw(model("vgg16.json"), color_by="parameters", show="parameters")).legend.entries
        assert entries[0].words.startswith("Colour: parameters; logarithmic scale: ")
        assert all(entry.role.startswith("heat.") for entry in entries[:2])

    def test_a_figure_for_a_page_says_what_is_drawn_on_it(self):
        figure = cutaway.draw(model("resnet50.json"), page="column")
        assert figure.fit is not None
        found = diagram(figure)
        assert len(found.boxes) == len(groups(figure, "node")) + len(groups(figure, "output"))
        assert found.direction == figure.fit.direction

    def test_what_crosses_is_told(self):
        view = Volumes(groupings=(Grouping(members=("dense_1",), caption="head"),))
        with pytest.warns(CutawayWarning, match="without the shaded boxes behind layers"):
            assert diagram(cutaway.draw(chain("Dense"), view=view)).groups == ()


class TestCoarser:
    def test_ever_fewer_boxes(self):
        found = [(len(each.boxes), each.folded) for each in cutaway.draw(model("inception_v3.json")).diagrams]
        assert len(found) > 2
        assert found == sorted(found, reverse=True)
        assert found[0][1] == ""
        assert all(folded.startswith("folded to ") for _, folded in found[1:])

    @pytest.mark.parametrize("fold", ["none", 1])
    def test_not_where_the_caller_says_how(self, fold):
        assert len(list(cutaway.draw(model("inception_v3.json"), fold=fold).diagrams)) == 1

    def test_a_large_model_is_within_the_limits_of_mermaid(self):
        figure = cutaway.draw(model("inception_v3.json"))
        assert figure.mermaid().count("\n") < 200


def plain(graph, theme, page):
    raise AssertionError


@pytest.mark.parametrize(("view", "name"), [(plain, "plain"), (Card(), "Card")])
@pytest.mark.parametrize("language", ["dot", "mermaid"])
def test_a_view_that_draws_by_itself_has_none(view, name, language):
    figure = cutaway.draw(chain("Dense"), view=view)
    with pytest.raises(UnsupportedError, match=f"cannot write a diagram of the view '{name}': it draws by itself"):
        getattr(figure, language)()
