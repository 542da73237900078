"""What the classic look draws, taken from its scene: boxes, their colours, texts, lines; and small models to draw."""

from cutaway.compat.visualkeras.functional import functional_plate
from cutaway.compat.visualkeras.interfaces import FUNCTIONAL, LAYERED
from cutaway.compat.visualkeras.layered import layered_plate
from cutaway.compat.visualkeras.settling import settled
from cutaway.geometry import Rect
from cutaway.outputs.paint import extent
from cutaway.scene import Group, Image, Path, Text


class Thing:
    """A layer of no library."""

    def __init__(self, name, output_shape, **more):
        self.name = name
        self.output_shape = output_shape
        self.__dict__.update(more)


class Conv2D(Thing):
    pass


class SeparableConv2D(Conv2D):
    pass


class MaxPooling2D(Thing):
    pass


class Flatten(Thing):
    pass


class Dense(Thing):
    pass


class Model:
    """A model of no library."""

    name = "things"

    def __init__(self, *layers):
        self.layers = list(layers)


def chain():
    """Return a small network of images."""
    return Model(
        Conv2D("conv", (None, 16, 16, 30)),
        MaxPooling2D("pool", (None, 8, 8, 30)),
        Flatten("flatten", (None, 100)),
        Dense("dense", (None, 60)),
        Dense("out", (None, 10)),
    )


def layered(model, **keywords):
    return layered_plate(model, settled(LAYERED, keywords))


def functional(model, **keywords):
    return functional_plate(model, settled(FUNCTIONAL, keywords))


def groups(plate, part):
    """Return the groups of a part, in painter's order."""
    return [mark for mark in every(plate.scene.marks) if isinstance(mark, Group) and mark.part == part]


def every(marks):
    for mark in marks:
        yield mark
        if isinstance(mark, Group):
            yield from every(mark.marks)


def node(plate, ref):
    return next(group for group in groups(plate, "node") if group.ref == ref)


def nodes(plate):
    return [group.ref for group in groups(plate, "node")]


def outline(plate, ref):
    """Return the extent of all that a box covers."""
    return extent(next(mark for mark in every(node(plate, ref).marks) if isinstance(mark, Path)).segments)


def front_path(plate, ref):
    found = node(plate, ref)
    inner = [mark for mark in found.marks if isinstance(mark, Group) and mark.part == "front"]
    return next(mark for mark in (inner[0] if inner else found).marks if isinstance(mark, Path))


def front(plate, ref) -> Rect:
    """Return the extent of the front of a box."""
    return extent(front_path(plate, ref).segments)


def size(plate, ref):
    """Return the depth that is seen, height and width of a box, to whole pixels."""
    face, whole = front(plate, ref), outline(plate, ref)
    return round(whole.width - face.width), round(face.height), round(face.width)


def color(plate, ref):
    fill = front_path(plate, ref).fill
    return fill.red, fill.green, fill.blue


def paths(plate, ref):
    return [mark for mark in every(node(plate, ref).marks) if isinstance(mark, Path)]


def texts(plate):
    return [mark.text for mark in every(plate.scene.marks) if isinstance(mark, Text)]


def text(plate, words) -> Text:
    return next(mark for mark in every(plate.scene.marks) if isinstance(mark, Text) and mark.text == words)


def images(plate):
    return [mark for mark in every(plate.scene.marks) if isinstance(mark, Image)]


def lines(plate):
    """Return the lines between boxes, those of funnels too."""
    inside = {id(mark) for group in groups(plate, "node") for mark in every(group.marks)}
    return [
        mark
        for mark in every(plate.scene.marks)
        if isinstance(mark, Path) and mark.fill is None and mark.stroke and id(mark) not in inside
    ]


def gap(plate, one, other):
    """Return the pixels between two fronts."""
    return round(front(plate, other).x - front(plate, one).right)
