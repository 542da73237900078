"""What a caller said in a Dot that is not in the picture, and the warning that says so."""

from collections.abc import Collection, Iterator, Mapping

from cutaway.compat.keras.dot.looks import undrawn
from cutaway.compat.keras.dot.sketch import Sketch, paired
from cutaway.errors import warn


def warn_of_unshown(now: Sketch, before: Sketch, model: str, unread: Collection[str]) -> None:
    """Warn of attributes that nothing is drawn of, and of parts of labels that were not read."""
    found = dict.fromkeys(unread)
    for kind, said, usual in _said(now, before):
        found.update(dict.fromkeys(undrawn(kind, said, usual)))
    if found:
        names = ", ".join(sorted(found))
        warn(
            f'not in the picture of {model!r}: {names}; engine="graphviz" of model_to_dot draws what Graphviz knows of'
        )
    bare = [name for name in before.vertices if name in now.vertices and not _is_declared(name, now, before)]
    if bare:
        warn(
            f"{', '.join(map(repr, bare))} stand in the picture of {model!r} as bare names: they are deleted, but edges"
            " still lead to them; delete these, too"
        )


def _said(now: Sketch, before: Sketch) -> Iterator[tuple[str, Mapping[str, str], Mapping[str, str]]]:
    """Give what is said of everything, now and before, with what it is."""
    yield "graph", now.attributes, before.attributes
    for name, vertex in now.vertices.items():
        yield "node", vertex.attributes, before.vertices[name].attributes if name in before.vertices else {}
    for key, ring in now.rings.items():
        yield "cluster", ring.attributes, before.rings[key].attributes if key in before.rings else {}
    for arrow, usual in paired(now, before):
        yield "edge", arrow.attributes, usual.attributes if usual else {}


def _is_declared(name: str, now: Sketch, before: Sketch) -> bool:
    return "label" in now.vertices[name].attributes or "label" not in before.vertices[name].attributes
