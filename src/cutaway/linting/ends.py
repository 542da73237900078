"""Rule 1: the inputs and outputs of the whole model are drawn, named and shaped. Rule 9: regions have captions.

Rule 14: the figure has a title and a description, and every box and region has a title of its own.
"""

from collections.abc import Iterator

from cutaway.faults.fault import Fault
from cutaway.graph import Tensor
from cutaway.linting.subject import Box, Subject


def ends(subject: Subject) -> Iterator[Fault]:
    """Yield the inputs and outputs that are not drawn, not named, or do not say a shape that is known."""
    boxes = {box.ref: box for box in subject.boxes}
    for name in subject.graph.inputs:
        node = subject.nodes[name]
        yield from _end("input", name, node.outputs[0].tensor if node.outputs else Tensor(), boxes.get(name))
    marks: dict[str, list[Box]] = {}
    for box in subject.outputs:
        marks.setdefault(box.ref, []).append(box)
    for output in subject.graph.outputs:
        ports = subject.nodes[output.node].outputs
        tensor = ports[output.port].tensor if output.port < len(ports) else Tensor()
        left = marks.get(output.name)
        beside = boxes.get(output.node)
        said = beside.texts if beside and (beside.is_shaped or beside.beside) else ()  # what is drawn after a shape
        yield from _end("output", output.name, tensor, left.pop(0) if left else None, said)


def _end(word: str, name: str, tensor: Tensor, box: Box | None, beside: tuple[str, ...] = ()) -> Iterator[Fault]:
    if box is None:
        yield Fault("end-not-drawn", (name,), f"the {word} {name!r} of the model has no mark of its own")
        return
    if not any(character.isalnum() for text in box.texts for character in text):
        yield Fault("end-unnamed", (name,), f"the mark of the {word} {name!r} has no name", box.place)
    elif not _says_shape(tensor, (*box.texts, *beside)):
        yield Fault("end-unshaped", (name,), f"the mark of the {word} {name!r} does not say its shape", box.place)


def _says_shape(tensor: Tensor, texts: tuple[str, ...]) -> bool:
    """Tell whether all sizes stand in some texts; a shape without any is told by a word or a question mark."""
    if tensor.shape is None:
        return True
    said = " ".join(texts)
    sizes = [str(dim) for dim in tensor.shape[1:] if isinstance(dim, int)]
    return all(size in said for size in sizes) if sizes else len(texts) > 1


def captions(subject: Subject) -> Iterator[Fault]:
    """Yield the regions that do not say what they are; of one in several parts, the first one says so."""
    named = {region.ref for region in subject.regions if region.texts}
    for region in subject.regions:
        if region.ref not in named:
            message = f"the region of {region.ref!r} has no caption"
            yield Fault("region-without-caption", (region.ref,), message, region.place)


def words(subject: Subject) -> Iterator[Fault]:
    """Yield what those who hear the figure, or point at a mark of it, are not told."""
    if not subject.scene.title.strip():
        yield Fault("no-title", (), "the figure has no title")
    if not subject.scene.description.strip():
        yield Fault("no-description", (), "the figure has no description, which is its alternative text")
    for box in (*subject.boxes, *subject.outputs, *subject.regions):
        if not box.group.title.strip():
            message = f"the mark of {box.ref!r} has no title of its own"
            yield Fault("mark-without-title", (box.ref,), message, box.place)
