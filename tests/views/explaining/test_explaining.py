"""Explanations: every folded block is explained once, in its room, in readable type, without a fault."""

import paper_models
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_graphs import graphs, layers

from cutaway.analysis.fold import fold
from cutaway.analysis.simplify import simplify
from cutaway.faults import faults
from cutaway.graph import Graph, Port
from cutaway.record import replace
from cutaway.scene import Group, Scene, Text
from cutaway.theme import PAPER
from cutaway.views.block_glyphs import GlyphMaker
from cutaway.views.explaining import Explaining

NAMES = ("t5", "whisper", "swin", "unet", "resnet")
FOLDED = {name: fold(simplify(getattr(paper_models, name)()).graph, most=12) for name in NAMES}
BREADTHS = (190.0, 230.0, 460.0)
LEAST = 6.0
MARGIN = 2.0


def explanations(folded):
    maker = GlyphMaker(theme=PAPER, show=frozenset({"activations"}), limit=74.0)
    return Explaining(folded.blocks, folded.patterns).explanations(maker, {})


def drawn(folded, breadth):
    """Return a figure that holds the explanations of a folded graph and nothing else, in a margin."""
    found = explanations(folded)
    if found is None:
        return Scene(width=breadth, height=0.0, marks=())
    piece = found.within(breadth - 2 * MARGIN)
    marks = tuple(piece.marks(MARGIN, MARGIN))
    return Scene(width=breadth, height=piece.size.height + 2 * MARGIN, marks=marks, palette=PAPER.palette)


def texts(marks):
    for mark in marks:
        if isinstance(mark, Group):
            yield from texts(mark.marks)
        elif isinstance(mark, Text) and mark.text:
            yield mark


def words(folded, breadth=460.0):
    return [mark.text for mark in texts(drawn(folded, breadth).marks)]


def explains_each_block_once(folded, scene):
    explained = sorted(block for mark in scene.marks for block in mark.stands_for)
    shown = {block.pattern for block in folded.blocks.values() if block.is_open}
    return explained == sorted(block.id for block in folded.blocks.values() if block.pattern not in shown)


def is_sound(scene):
    small = [mark for mark in texts(scene.marks) if mark.size < LEAST]
    return faults(scene, Graph(name="nothing")) == () and small == []


@given(graphs(most=16) | layers(most=16), st.integers(2, 8), st.sampled_from(BREADTHS))
def test_every_closed_block_is_explained_once(graph, most, breadth):
    folded = fold(graph, most=most)
    scene = drawn(folded, breadth)
    assert explains_each_block_once(folded, scene)
    assert is_sound(scene)
    assert drawn(folded, breadth) == scene


@pytest.mark.parametrize("breadth", BREADTHS)
@pytest.mark.parametrize("name", NAMES)
def test_the_blocks_of_papers_are_explained_in_any_room(name, breadth):
    scene = drawn(FOLDED[name], breadth)
    assert explains_each_block_once(FOLDED[name], scene)
    assert is_sound(scene)


def test_nothing_is_explained_where_nothing_is_closed():
    assert explanations(fold(paper_models.gpt2())) is None


def test_blocks_that_differ_in_numbers_are_one_drawing_with_letters():
    said = words(fold(paper_models.unet(), most=30))
    assert any(text.startswith("a = 64, 128, 256, 512") for text in said)


def test_a_projection_on_a_shortcut_is_told_in_a_sentence():
    folded = fold(simplify(paper_models.resnet()).graph, most=12)
    said = " ".join(words(folded))
    assert (
        len([mark for mark in drawn(folded, 460.0).marks if "Bottleneck" in mark.title or "layer" in mark.title]) <= 2
    )
    assert "skip: identity, or Conv 1×1" in said


def test_what_blocks_are_called_stands_beside_the_drawing():
    folded = FOLDED["t5"]
    titles = [mark.title for mark in drawn(folded, 460.0).marks]
    assert titles == [block.name for block in folded.blocks.values()]


def test_smaller_type_never_is_too_small():
    small = replace(PAPER, sizes=replace(PAPER.sizes, label=LEAST, legend=LEAST, detail=LEAST))
    maker = GlyphMaker(theme=small, show=frozenset(), limit=60.0)
    folded = FOLDED["swin"]
    found = Explaining(folded.blocks, folded.patterns).explanations(maker, {})
    assert min(mark.size for mark in texts(found.within(190.0).marks(0.0, 0.0))) == LEAST


@pytest.mark.parametrize("height", [1.0, 200.0, 300.0])
def test_what_has_no_room_on_a_page_is_told_in_words(height):
    folded = FOLDED["whisper"]
    found = explanations(folded)
    limited = found.limited(height)
    piece, whole = limited.within(230.0), found.within(230.0)
    assert piece.size.height < whole.size.height
    assert limited.limited(height).within(230.0).size == piece.size
    scene = Scene(width=230.0, height=piece.size.height, marks=tuple(piece.marks(0.0, 0.0)))
    assert explains_each_block_once(folded, scene)
    said = " ".join(mark.text for mark in texts(scene.marks))
    assert "3 × LayerNorm, 2 × Attention, 3 × add" in said


def split(blocks=8):
    """Return blocks in which a layer of several outputs feeds several branches."""
    net = paper_models.Net("split")
    x = net.add("InputLayer")
    for _ in range(blocks):
        parts = net.add("Split", net.add("Dense", x, units=96))
        sources = [net.add("Dense", parts, units=32) for _ in range(3)]
        x = net.add("Add", x, net.add("Dense", net.add("Attention", *sources), units=32))
    graph = net.graph(x)
    ports = {node.id: iter(range(3)) for node in graph.nodes if node.op == "Split"}
    edges = [
        replace(edge, source_port=next(ports[edge.source])) if edge.source in ports else edge for edge in graph.edges
    ]
    three = tuple(Port(name=f"part {place}") for place in range(3))
    nodes = [replace(node, outputs=three) if node.id in ports else node for node in graph.nodes]
    return replace(graph, nodes=tuple(nodes), edges=tuple(edges))


@pytest.mark.parametrize("breadth", BREADTHS)
def test_lines_out_of_a_box_of_several_outputs_stay_apart(breadth):
    folded = fold(split(), most=6)
    assert folded.blocks
    assert is_sound(drawn(folded, breadth))


def test_small_circles_are_told_in_words():
    net = paper_models.Net("circles")
    x = net.add("InputLayer")
    for _ in range(6):
        x = net.add("Add", x, net.chain(x, "Dense", "Dropout", "Conv1D"))
    folded = fold(net.graph(x), most=3)
    marks = frozenset(node.id for pattern in folded.patterns for node in pattern.graph.nodes if node.op == "Dropout")
    maker = GlyphMaker(theme=PAPER, show=frozenset(), limit=74.0, marks=marks)
    limited = Explaining(folded.blocks, folded.patterns).explanations(maker, {}).limited(1.0)
    said = " ".join(mark.text for mark in texts(limited.within(460.0).marks(0.0, 0.0)))
    assert "Dense, dropout, Conv" in said
