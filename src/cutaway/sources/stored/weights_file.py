"""The weights that stand in a file or folder, or beside it, to the layers of its Model.

A `.keras` archive, or its folder, has them in `model.weights.h5`, or in several files with an index
(`model.weights.json`); an HDF5 file has them in itself. An archive with `.npz` weights is not read: they are pickles.
"""

import os
from collections.abc import Collection, Mapping

from cutaway.errors import CutawayError, InputError, UnsupportedError, warn
from cutaway.graph import Weight
from cutaway.sources.blueprint import Model
from cutaway.sources.files import CONFIG_BYTES
from cutaway.sources.owners import Keys, Path, Slot, filled, slots
from cutaway.sources.stored.content import Part, Place, Row, Stored, rows_of, tree_of
from cutaway.sources.stored.names import Found, Named
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.sources.files.archive import Member
    from cutaway.sources.hdf5.reader import Hdf5

Held = tuple[str, str | None, str]
"""A file, the member of that archive that is meant (None for a plain file), and what errors call it."""
Filled = tuple[Model, Mapping[str, Place]]
"""A Model with its weights, and where the values of each are, by its key."""


def with_weights(model: Model, path: str, *, named: bool, known: Collection[str] = ()) -> Filled:
    """Return a model with the weights that a file holds; warns of what is not known, and why.

    Of the layers along the names `known`, weights are known without the file: it is no news where that lacks them.
    Raises CutawayError where the file was `named` for its weights, but holds none that can be read.
    """
    where = repr(path)
    try:
        stored = stored_in(path, where)
    except CutawayError as error:
        if named:
            raise type(error)(f"no weights for {model.name!r}: {error}") from error
        warn(f"the weights of {model.name!r} stay unknown: {error}")
        return model, {}
    if stored is not None:
        return matched(model, stored, where, known, named=named)
    if named:
        raise InputError(f"no weights for {model.name!r}: {where} holds none")
    return model, {}


def stored_in(path: str, where: str) -> Stored | None:
    """Return what weights a file or folder holds; None where it holds none (a config alone).

    Raises InputError for what is damaged, UnsupportedError for what cannot be read.
    """
    files = held_in(path, where)
    return None if files is None else _read(files)


def held_in(path: str, where: str) -> "list[Held] | None":
    """Return the HDF5 files with weights that a file or folder is, or holds; None where there is none."""
    if os.path.isdir(path):
        return _of_files(path, sorted(os.listdir(path)), where)
    try:
        with open(path, "rb") as file:
            start = file.read(512)
    except OSError as error:
        raise InputError(f"cannot read {where}: {error.strerror or error}") from error
    if start.startswith(b"PK\3\4"):
        return _of_archive(path, where)
    if start.startswith(b"\x89HDF\r\n\x1a\n"):
        return [(path, None, where)]
    if path.endswith(".weights.json"):
        folder, name = os.path.split(path)
        return _of_files(folder, [name], where)
    return None


def matched(model: Model, stored: Stored, where: str, known: Collection[str] = (), *, named: bool = False) -> Filled:
    """Return a model with what is stored for its layers; warns of layers for which that cannot be told.

    Raises InputError where a file that was `named` for them holds weights, but none of the model's.
    """
    from cutaway.sources.stored.by_list import ListMatch
    from cutaway.sources.stored.by_tree import TreeMatch

    match = ListMatch(model, stored.rows) if stored.rows else TreeMatch(model, stored.tree)
    found = match.weights()
    more = stored.without({each.variable.place for _, held in found.values() for each in held or ()})
    if named and more and not any(held for _, held in found.values()):
        raise InputError(
            f"no weights for {model.name!r}: {where} holds those of another model ({_some(more)}); none fits a layer"
        )
    if more and all(held is not None for _, held in found.values()):
        warn(f"{where} holds weights that are no layer's in the figure, and are not counted: {_some(more)}")
    return _filled(model, found, where, known)


def _some(names: list[str]) -> str:
    return ", ".join(map(repr, names[:3])) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def by_weights(whole: Model, path: str, where: str) -> Filled | None:
    """Return a model that says nothing of its layers as the tree of its weights; None where a file holds none.

    Warns where they cannot be read.
    """
    from cutaway.sources.stored.model import grown

    try:
        stored = stored_in(path, where)
    except CutawayError as error:
        warn(f"the weights of {whole.name!r} stay unknown: {error}")
        return None
    found = None if stored is None else grown(whole, stored)
    if found is None:
        return None
    model, held = found
    leaves = [slot for slot in slots(model) if slot.layer.inner is None]
    return _filled(model, {slot.path: (slot, each) for slot, each in zip(leaves, held, strict=True)}, where)


def _filled(model: Model, found: Found, where: str, known: Collection[str] = ()) -> Filled:
    from cutaway.sources.stored.twins import merged

    weights: dict[Path, tuple[Weight, ...] | None] = {}
    places: dict[str, Place] = {}
    unknown: list[str] = []
    keys = Keys()
    for slot, held in merged(found).values():
        if held is None:
            weights[slot.path] = None
            unknown += [] if slot.name in known else [slot.name]
        else:
            weights[slot.path] = tuple(_weight(each, slot, keys, places) for each in held)
    if unknown:
        warn(f"the weights of {_some(unknown)} stay unknown: {where} does not say which of its weights are theirs")
    return filled(model, weights), places


def _weight(each: Named, slot: Slot, keys: Keys, places: dict[str, Place]) -> Weight:
    variable = each.variable
    key = keys.of((variable.place.file, variable.place.member, variable.place.dataset), slot.name, each.name)
    places.setdefault(key, variable.place)
    trained = each.trained if slot.trainable else False
    return Weight(key=key, shape=variable.shape, dtype=variable.dtype, trainable=trained)


def _of_archive(path: str, where: str) -> "list[Held] | None":
    from cutaway.sources.files.archive import DamagedArchiveError, content, members

    try:
        with open(path, "rb") as file:
            held = {member.name: member for member in members(file)}
            name = _chosen(list(held))
            if name is None:
                return None
            said = f"{name!r} in {where}"
            if not name.endswith(".json"):
                return [(path, name, said)]
            parts = _parts(content(file, held[name], CONFIG_BYTES), said)
    except DamagedArchiveError as error:
        raise InputError(f"cannot read {where}: the archive is damaged or cut short: {error}") from error
    folder = name.rpartition("/")[0]
    return [(path, f"{folder}/{part}".strip("/"), f"{part!r} in {where}") for part in parts]


def _of_files(folder: str, names: list[str], where: str) -> "list[Held] | None":
    name = _chosen(names)
    if name is None:
        return None
    path = os.path.join(folder, name)
    if not name.endswith(".json"):
        return [(path, None, repr(path))]
    try:
        if os.path.getsize(path) > CONFIG_BYTES:
            raise InputError(f"cannot read {path!r}: it is over {CONFIG_BYTES} bytes long")
        with open(path, "rb") as file:
            parts = _parts(file.read(), repr(path))
    except OSError as error:
        raise InputError(f"cannot read {where}: {error.strerror or error}") from error
    paths = [os.path.join(folder, part) for part in parts]
    return [(path, None, repr(path)) for path in paths]


def _chosen(names: list[str]) -> str | None:
    """Return the file of a folder or archive that holds the weights, or tells where they are."""
    for suffix in (".weights.h5", ".weights.json", ".weights.npz"):
        found = [name for name in names if name.endswith(suffix) and not name.startswith("__MACOSX")]
        known = [name for name in found if name.rpartition("/")[2] == f"model{suffix}"]
        if suffix == ".weights.h5" and not known and any(name.endswith(".weights.json") for name in names):
            continue
        if known or len(found) == 1:
            if suffix == ".weights.npz":
                raise UnsupportedError(
                    f"cannot read {found[0]!r}: its weights are Python pickles, which are never opened"
                )
            return (known or found)[0]
    return None


def _parts(index: bytes, where: str) -> list[str]:
    """Return the files that an index of sharded weights names, each once; they stand beside it."""
    from cutaway.sources.configs import parse

    listed = parse(index, where).get("weight_map")
    found: dict[str, None] = {}
    for each in listed.values() if isinstance(listed, dict) else ():
        found.update(dict.fromkeys(map(str, each if isinstance(each, list) else [each])))
    if not found or any("/" in name or "\\" in name or name.startswith(".") for name in found):
        raise InputError(f"cannot read {where}: it does not name the files of sharded weights beside it")
    return list(found)


def _read(files: "list[Held]") -> Stored:
    from cutaway.sources.hdf5.reader import opened

    tree = Part("")
    rows: tuple[Row, ...] = ()
    for path, name, where in files:
        with opened(path, where, member=None if name is None else member_of(path, name, where)) as held:
            rows += rows_of(held, path, name)
            if not rows:
                tree_of(held, path, name, tree)
    return Stored(tree, rows)


def held_file(place: Place) -> "Hdf5":
    """Open the file that a dataset is in; a context manager. Raises InputError."""
    from cutaway.sources.hdf5.reader import opened

    where = repr(place.file)
    member = None if place.member is None else member_of(place.file, place.member, where)
    return opened(place.file, where, member=member)


def member_of(path: str, name: str, where: str) -> "Member":
    """Return a member of an archive by name; raises InputError where it is not there."""
    from cutaway.sources.files.archive import DamagedArchiveError, members

    try:
        with open(path, "rb") as file:
            found = next((member for member in members(file) if member.name == name), None)
    except (OSError, DamagedArchiveError) as error:
        raise InputError(f"cannot read {where}: {error}") from error
    if found is None:
        raise InputError(f"cannot read {where}: it is not in the archive")
    return found
