from hypothesis import given
from outputs.diagrams import diagrams, texts

from cutaway.diagram import Box, Group, nested, one_line


@given(diagrams())
def test_everything_is_named_once_within_what_holds_it(diagram):
    inside: list[str] = []
    boxes, groups = [], []
    for depth, thing in nested(diagram):
        if thing is None:
            inside.pop()
        around = inside[-1] if inside else None
        assert depth == len(inside)
        if isinstance(thing, Box):
            assert thing.group == around
            boxes.append(thing)
        elif isinstance(thing, Group):
            assert thing.parent == around
            groups.append(thing)
            inside.append(thing.id)
    assert inside == []
    assert sorted(map(repr, boxes)) == sorted(map(repr, diagram.boxes))
    assert sorted(map(repr, groups)) == sorted(map(repr, diagram.groups))


@given(texts)
def test_one_line_holds_what_can_be_seen(text):
    line = one_line(text)
    assert line.isprintable()
    assert [each for each in line if each != " "] == [each for each in text if each.isprintable() and each != " "]


def test_breaks_become_spaces():
    assert one_line("a\nb\0\ud800c\u00a0d") == "a bc d"
