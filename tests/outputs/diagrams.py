"""Diagrams made by hand or at random for the tests of the graph languages."""

from hypothesis import strategies as st

from cutaway.diagram import Box, Diagram, Entry, Group, Legend, Link, Port, Words
from cutaway.record import replace
from cutaway.theme import PAPER

TRICKY = (
    "", " ", "\t\n", "end", "subgraph", "default", "click", "graph", "node", "strict", "cluster_a", "o", "x",
    "1. one", "1) one", "- item", "+", "* star", "# head", "> quote", "`code`", "====", "~~~", "---", "a_b _c_ __d__",
    '"quoted"', "it's", "a<b>c</b>&amp;d", "{braces}", "[brackets]", "(round)", "|pipe|", "a:b", "a;b", "a -- b", "-->",
    "back\\", "back\\\\", "\\N \\l \\n", "line\nbreak", "nul\0", "\ud800", "\x7f\x1b", "\u202eleft",
    "café 卷积 \U0001f600", "3×3 → ‖ ²", "#quot; #35;", "&quot;", "\ufb02°°35¶ß",
    "style a:b#c;", "classDef a:#b;c", "%% comment", "%%{init: {}}%%", "$$x$$", "fa:fa-car", "www.example.com",
)  # fmt: skip
"""What people call layers, and what means something to one of the languages."""

texts = st.sampled_from(TRICKY) | st.text(st.characters(), max_size=12)


def plain(*names: str, theme=PAPER) -> Diagram:
    """Return a chain of boxes of these names."""
    boxes = tuple(Box(id=name, lines=(words(name),), role="dense") for name in names)
    links = tuple(Link(id=f"{place}", source=names[place], target=names[place + 1]) for place in range(len(names) - 1))
    return Diagram(name="chain", direction="down", theme=theme, boxes=boxes, links=links)


def words(text: str, *, is_title: bool = True) -> Words:
    return Words(text=text, size=8.0 if is_title else 7.0, ink="ink" if is_title else "grey", is_title=is_title)


def tricky() -> Diagram:
    """Return a diagram in which everything is called whatever is hard to write."""
    diagram = plain(*TRICKY)
    boxes = [
        replace(box, lines=(*box.lines, words(text, is_title=False)), title=text, note=text if place % 9 == 0 else "")
        for place, (box, text) in enumerate(zip(diagram.boxes, TRICKY, strict=True))
    ]
    groups = tuple(Group(id=text, caption=text, title=text) for text in TRICKY)
    held = [replace(box, group=group.id) for box, group in zip(boxes, groups, strict=True)]
    links = [replace(link, label=text) for link, text in zip(diagram.links, TRICKY, strict=False)]
    legend = Legend(
        title=" ".join(TRICKY),
        facts='"',
        entries=tuple(Entry(words=text, role="dense", sign="+") for text in TRICKY),
        notes=TRICKY,
        explanations=TRICKY,
        description=" ".join(TRICKY),
    )
    return replace(diagram, name=" ".join(TRICKY), boxes=tuple(held), links=tuple(links), groups=groups, legend=legend)


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """Draw a diagram with groups in groups, ports, parallel links and any text anywhere."""
    parents: list[str | None] = [None]
    groups: list[Group] = []
    for each in draw(st.lists(texts, max_size=3, unique=True)):
        groups.append(Group(id=each, caption=draw(texts), parent=draw(st.sampled_from(parents)), title=draw(texts)))
        parents.append(each)
    inner = parents[-1]
    boxes = [
        Box(
            id=each,
            lines=tuple(words(text, is_title=place == 0) for place, text in enumerate(draw(_some_texts))),
            role=draw(st.sampled_from(["dense", "merge", "reshape"])),
            form=draw(st.sampled_from(["box", "stack", "round"])),
            group=draw(st.sampled_from(parents)),
            inputs=tuple(Port(id=f"i{place}", name=name) for place, name in enumerate(draw(_ports))),
            outputs=tuple(Port(id=f"o{place}", name=name) for place, name in enumerate(draw(_ports))),
            title=draw(texts),
            note=draw(texts),
        )
        for each in draw(st.lists(texts, min_size=1, max_size=5, unique=True))
    ]
    boxes[0] = replace(boxes[0], group=inner)
    below = {group.parent for group in groups}
    groups = [group for group in groups if group.id in below or any(box.group == group.id for box in boxes)]
    links = []
    for place, (one, two) in enumerate(draw(st.lists(st.tuples(st.sampled_from(boxes), st.sampled_from(boxes))))):
        links.append(
            Link(
                id=str(place),
                source=one.id,
                target=two.id,
                source_port=draw(st.sampled_from([None, *(port.id for port in one.outputs)])),
                target_port=draw(st.sampled_from([None, *(port.id for port in two.inputs)])),
                label=draw(texts),
                is_pale=False,
            )
        )
    return Diagram(
        name=draw(texts),
        direction=draw(st.sampled_from(["down", "up", "right", "left"])),
        theme=PAPER,
        boxes=tuple(boxes),
        links=tuple(links),
        groups=tuple(groups),
        legend=Legend(title=draw(texts), facts=draw(texts), notes=tuple(draw(st.lists(texts, max_size=2)))),
    )


_some_texts = st.lists(texts, min_size=1, max_size=3)
_ports = st.lists(texts, max_size=3)
