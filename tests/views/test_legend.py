"""Tests of the sentences of legends on sizes that are not fixed."""

import pytest

from cutaway.graph import Graph, Node, Port, Tensor
from cutaway.theme import THEMES
from cutaway.views.composition import Composition
from cutaway.views.parts.box import TextLine, box_glyph
from cutaway.views.parts.legend import reading_notes

THEME = THEMES["paper"]


def notes(*shapes, measured=False):
    """Return what is said of a figure with a box for each shape, which says it."""
    nodes = tuple(
        Node(id=f"n{place}", name="n", op="Dense", outputs=(Port(name="", tensor=Tensor(shape=shape, dtype="int32")),))
        for place, shape in enumerate(shapes)
    )
    said = ["×".join("?" if dim is None else str(dim) for dim in shape) for shape in shapes]
    glyphs = {
        node.id: box_glyph((TextLine(text=text, size=7.0),), "dense", THEME)
        for node, text in zip(nodes, said, strict=True)
    }
    graph = Graph(name="m", nodes=nodes)
    composition = Composition(graph=graph, theme=THEME, direction="down", glyphs=glyphs, titles={})
    return list(reading_notes(composition, sharing=False, measured=measured, staged=False))


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        ([(8, 3)], []),
        ([("T", 8)], ["T is a size that is not fixed."]),
        ([("T", 8), ("S", 8)], ["T and S are sizes that are not fixed."]),
        ([(None, 8)], ["? is a size that is not fixed or not known."]),
        ([("T", 8), (None, 8)], ["T is a size that is not fixed, but the same wherever it stands; ? may be any size."]),
        (
            [("T", "S"), (None, 8)],
            ["T and S are sizes that are not fixed, but each the same wherever it stands; ? may be any size."],
        ),
    ],
)
def test_named_and_unknown_sizes_are_told_apart(shapes, said):
    assert notes(*shapes) == said


def test_other_numbers_may_be_unknown_besides():
    assert notes((None, 8), measured=True) == ["? is a number that is not fixed or not known."]
