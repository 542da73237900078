"""What a file of weights holds, before it is known which layer it belongs to; only shapes and types are read.

Keras stores weights in two ways. A *tree* follows the attributes of the model's objects: the variables of each stand in
its group `vars`, numbered, and its parts in groups beside it (keras/src/saving/saving_lib.py). A *list* has one group
per layer of the whole model, by name, and an attribute with the names of its weights in order
(keras/src/legacy/saving/legacy_h5_format.py).
"""

import re

from cutaway.errors import InputError
from cutaway.record import Record, field, replace
from cutaway.sources.files import MODEL_LEVELS, WEIGHT_PARTS
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from cutaway.sources.hdf5.reader import Hdf5

DEPENDENCIES = "_layer_checkpoint_dependencies"
"""What TensorFlow 2.12 calls the group `layers`."""
OWN = "top_level_model_weights"
"""What Keras calls the row of a model's own weights, which are no layer's."""
_ELSEWHERE = frozenset({"optimizer", "metrics", "seed_generator", "_random_generator", "random_generator"})
"""Parts that hold no weights of layers: what training needs, and states of random numbers."""


class Place(Record, kw_only=False):
    """Where a dataset is: the file, the member of that archive (None for a plain file), and its path in there."""

    file: str
    member: str | None
    dataset: str


class Variable(Record, kw_only=False):
    """One stored array; `name` is its own, without those of layers, and None where only its number is known.

    `said` is what a list calls it: the names along it, which stay the same wherever it is stored again.
    """

    place: Place
    shape: tuple[int, ...]
    dtype: str | None
    name: str | None = None
    said: str | None = None


class Part(Record, kw_only=False, frozen=False, eq=False):
    """An object of a model, as stored: its name if the file tells it, its own variables, and its parts by attribute.

    A list or dict of objects is a part too, and no object itself.
    """

    path: str
    is_object: bool = False
    name: str | None = None
    variables: list[Variable] = field(default_factory=list)
    parts: "dict[str, Part]" = field(default_factory=dict)

    def below(self) -> "Iterator[Part]":
        """Give this part and all in it, each before what is in it."""
        stack: list[Part] = [self]
        while stack:
            part = stack.pop()
            yield part
            stack.extend(reversed(part.parts.values()))

    @property
    def holds(self) -> bool:
        """Tell whether there is any variable in it, at any depth."""
        return any(part.variables for part in self.below())


class Row(Record, kw_only=False):
    """A layer of a list, with its weights in order; `whole` is False where some that it names are missing."""

    name: str
    variables: tuple[Variable, ...]
    paths: tuple[str, ...]
    whole: bool = True


class Stored(Record, kw_only=False):
    """What a file holds: rows, if it is a list by layers, else a tree."""

    tree: Part
    rows: tuple[Row, ...] = ()

    def without(self, taken: "Collection[Place]") -> list[str]:
        """Return the objects and rows that have variables, but none that is `taken`: a model's own, or another's."""
        groups = [(part.path or "/", part.variables) for part in self.tree.below()]
        groups += [(row.name, list(row.variables)) for row in self.rows]
        return [name for name, held in groups if held and not any(each.place in taken for each in held)]


def tree_of(held: "Hdf5", file: str, member: str | None, root: Part) -> None:
    """Add what a file holds as a tree to `root`, which other files of the same model may have begun."""
    stack = [("", root)]
    count = 0
    while stack:
        path, part = stack.pop()
        count += 1
        if count > WEIGHT_PARTS or path.count("/") >= MODEL_LEVELS:
            what = (
                f"over {WEIGHT_PARTS} objects" if count > WEIGHT_PARTS else f"objects over {MODEL_LEVELS} levels deep"
            )
            raise InputError(f"cannot read {file!r}: it holds weights of {what}, which no model has")
        for name in sorted(held.groups(path), key=natural):
            below = f"{path}/{name}" if path else name
            if name == "vars":
                part.is_object = True
                said = held.attribute(below, "name")
                part.name = said if isinstance(said, str) else part.name
                part.variables += _numbered(held, below, Place(file, member, below))
                part.variables.sort(key=_number)  # several files may each hold some
            elif name not in _ELSEWHERE:
                stack.append((below, part.parts.setdefault(name, Part(below))))


def rows_of(held: "Hdf5", file: str, member: str | None) -> tuple[Row, ...]:
    """Return what a file holds as a list; empty where it is none."""
    root = "model_weights" if "model_weights" in held.groups("") else ""
    found = []
    for name in [*_texts(held, root, "layer_names"), OWN]:
        group = f"{root}/{name}".strip("/")
        paths = _texts(held, group, "weight_names")
        stored = [_at(held, f"{group}/{path}", Place(file, member, group)) for path in paths]
        named = zip(stored, paths, strict=True)
        variables = tuple(replace(each, said=path) for each, path in named if each is not None)
        whole = len(variables) == len(paths) and held.holds(group)
        if whole or name != OWN:
            found.append(Row(name, variables if whole else (), tuple(paths) if whole else (), whole=whole))
    return tuple(found)


def natural(name: str) -> tuple[str, int]:
    """Return the key that sorts `dense_10` behind `dense_9`, as Keras numbers them, and private names last."""
    found = re.fullmatch(r"(.*?)_(\d+)", name)
    base, number = (found[1], int(found[2])) if found else (name, -1)
    return ("~" if base.startswith("_") else "") + base, number


def _numbered(held: "Hdf5", group: str, place: Place) -> list[Variable]:
    found = [_at(held, f"{group}/{name}", place) for name in held.datasets(group)]
    return [each for each in found if each is not None]


def _number(variable: Variable) -> tuple[int, str]:
    name = variable.place.dataset.rpartition("/")[2]
    return (int(name), "") if name.isdigit() else (-1, name)


def _at(held: "Hdf5", path: str, place: Place) -> Variable | None:
    parent, _, name = path.rpartition("/")
    if name not in held.datasets(parent):
        return None
    dataset = held.dataset(path)
    own = name.split(":")[0]
    return Variable(
        place=replace(place, dataset=path),
        shape=dataset.shape,
        dtype=dataset.dtype,
        name=None if own.isdigit() else own,
    )


def _texts(held: "Hdf5", group: str, name: str) -> list[str]:
    """Return an attribute that is a list of texts, which Keras splits where it is too long for one."""
    value = held.attribute(group, name)
    found: list[object] = list(value) if isinstance(value, list | tuple) else []
    number = 0
    while value is None:
        part = held.attribute(group, f"{name}{number}")
        if not isinstance(part, list | tuple):
            break
        found += part
        number += 1
    return [each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each) for each in found]
