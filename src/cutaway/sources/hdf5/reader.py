"""HDF5 files, through the one boundary to pyfive: plain values come out, and InputError for whatever is wrong.

pyfive reads the containers (headers, links, heaps, trees); it is imported, and NumPy with it, only when an HDF5 file is
opened. It trusts what it reads, so it reads through a Window with a budget, is asked for one attribute at a time, and
whatever it raises becomes InputError here and nowhere else.
"""

from collections.abc import Iterator
from typing import Self, cast

from cutaway.errors import InputError
from cutaway.record import Record
from cutaway.sources.files import VALUE_BYTES
from cutaway.sources.hdf5.messages import (
    Entered,
    Header,
    Value,
    attribute_name,
    attribute_parts,
    plain,
    refuse_deep_trees,
    type_name,
)
from cutaway.sources.hdf5.start import start_of
from cutaway.sources.hdf5.window import DamagedHdf5Error, Telling, Window
from cutaway.typed import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import numpy as np

    from cutaway.sources.files.archive import Member

_TYPE, _ATTRIBUTE, _SYMBOLS, _ATTRIBUTES = 3, 12, 17, 21
"""Kinds of messages in an object header."""
_LONGEST_NAME = 1 << 16


class Dataset(Record):
    """An array in the file: its shape, and the name of its type, as NumPy has it, or None where no weight has such.

    "string" is text of any kind, "bfloat16" is told where the file tells it, be it as a type or in the attribute
    "dtype", as Keras does.
    """

    path: str
    shape: tuple[int, ...]
    dtype: str | None


def opened(path: str, where: str, *, member: "Member | None" = None) -> "Hdf5":
    """Open an HDF5 file, or one that is a member of a zip archive; a context manager.

    Raises InputError, which calls the file `where`, here and in all methods, whatever is wrong with it.
    """
    from cutaway.sources.files.archive import ArchiveError, unpacked

    try:
        file: BinaryIO = open(path, "rb")  # noqa: SIM115 - Hdf5 closes it
        try:
            start, length = 0, file.seek(0, 2)
            if member is not None:
                file, start, length = unpacked(file, member)
            return Hdf5(file, *start_of(Window(file, start, length)), where)
        except BaseException:
            file.close()
            raise
    except (OSError, ArchiveError, DamagedHdf5Error) as error:
        raise InputError(f"cannot read {where}: {getattr(error, 'strerror', None) or error}") from error


class Hdf5:
    """An open HDF5 file: paths are names joined by "/", and "" is the root. Links other than hard ones are left out."""

    def __init__(self, file: BinaryIO, window: Window, root: int, where: str) -> None:
        self._file = file
        self._where = where
        self._heaps: dict[int, Any] = {}
        self._window = window
        with self._telling("the group '/'"):
            self._objects = {"": Entered(root, (), self._header(root))}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._file.close()

    def holds(self, path: str) -> bool:
        """Return whether there is a group or dataset."""
        return self._found(path) is not None

    def attribute(self, path: str, name: str) -> Value | None:
        """Return the value of an attribute; None where there is none, or of a kind that Keras never writes.

        An array is a tuple, a table a tuple of them.
        """
        found = self._found(path)
        if found is None:
            return None
        with self._telling(f"the attribute {name!r} of {path or '/'!r}"):
            data = found.header.msg_data
            for message in found.header.find_msg_type(_ATTRIBUTE):
                place = message["offset_to_message"]
                self._window.charge(64)
                if attribute_name(data, place) == name:
                    return self._value(found.header, place)
            if found.header.find_msg_type(_ATTRIBUTES):
                return plain(found.header.get_attributes().get(name))
        return None

    def groups(self, path: str) -> tuple[str, ...]:
        """Return the names of the groups in a group, in stored order; none where there is no such group."""
        return tuple(name for name, child in self._children(path) if not child.is_dataset)

    def datasets(self, path: str) -> tuple[str, ...]:
        """Return the names of the datasets in a group, in stored order; none where there is no such group."""
        return tuple(name for name, child in self._children(path) if child.is_dataset)

    def dataset(self, path: str) -> Dataset:
        """Return what a dataset is."""
        found = self._found(path)
        if found is None or not found.is_dataset:
            raise InputError(f"cannot read {self._where}: the HDF5 file has no dataset {path!r}")
        with self._telling(f"the dataset {path!r}"):
            (kind,) = found.header.find_msg_type(_TYPE)[:1]
            dtype = type_name(found.header.msg_data, kind["offset_to_message"])
            shape = found.header.shape
        if self.attribute(path, "dtype") == "bfloat16":
            dtype = "bfloat16"
        return Dataset(path=path, shape=(0,) if shape is None else tuple(shape), dtype=dtype)

    def values(self, path: str, most: int = VALUE_BYTES) -> "np.ndarray[Any, Any]":
        """Return the values of a dataset of numbers, bfloat16 as float32; InputError for over `most` bytes of them."""
        from cutaway.sources.hdf5.values import values

        dataset = self.dataset(path)
        header = self._objects[path.strip("/")].header
        with self._telling(f"the values of {path!r}"):
            return values(self._window, dataset, header, most)

    def _found(self, path: str) -> "Entered | None":
        path = path.strip("/")
        if path in self._objects:
            return self._objects[path]
        parts = path.split("/")
        known = ""
        for end in range(1, len(parts) + 1):
            inner = "/".join(parts[:end])
            if inner not in self._objects:
                links = self._links(known)
                if parts[end - 1] not in links:
                    return None
                self._enter(inner, self._objects[known], links[parts[end - 1]])
            known = inner
        return self._objects[path]

    def _children(self, path: str) -> "list[tuple[str, Entered]]":
        if self._found(path) is None:
            return []
        path = path.strip("/")
        outer = self._objects[path]
        inside = f"{path}/" if path else ""
        found = []
        for name, address in self._links(path).items():
            if inside + name not in self._objects:
                self._enter(inside + name, outer, address)
            found.append((name, self._objects[inside + name]))
        return found

    def _enter(self, path: str, outer: "Entered", address: int) -> None:
        with self._telling(f"the object {path!r}"):
            if address in outer.trail or address == outer.address:
                raise DamagedHdf5Error("it is in itself")
            self._window.charge(64 * (len(outer.trail) + 1))
            self._objects[path] = Entered(address, (*outer.trail, outer.address), self._header(address))

    def _links(self, path: str) -> dict[str, int]:
        found = self._objects[path]
        if found.links is None:
            found.links = {}
            with self._telling(f"the group {path or '/'!r}"):
                for name, address in () if found.is_dataset else self._stored_links(found.header):
                    if not name or "/" in name or name in {".", ".."}:
                        raise DamagedHdf5Error(f"something in it has the name {name[:80]!r}")
                    if isinstance(address, int):
                        found.links[name] = address
        return found.links

    def _stored_links(self, header: Header) -> Iterator[tuple[str, int | str]]:
        from pyfive.btree import BTreeV1Groups
        from pyfive.misc_low_level import Heap, SymbolTable

        tables = header.find_msg_type(_SYMBOLS)
        if not tables:
            yield from header.iter_links()
        for table in tables:
            place = table["offset_to_message"]
            tree, names = (int.from_bytes(header.msg_data[place + at : place + at + 8], "little") for at in (0, 8))
            heap = Heap(self._window, names).data
            for address in BTreeV1Groups(self._window, tree).symbol_table_addresses():
                for entry in SymbolTable(self._window, address).entries:
                    if entry["cache_type"] in {0, 1}:
                        start = entry["link_name_offset"]
                        name = heap[start : heap.index(b"\0", start, start + _LONGEST_NAME)]
                        yield name.decode(), entry["object_header_address"]

    def _header(self, address: int) -> Header:
        from pyfive.dataobjects import DataObjects

        self._window.gathered = 0
        try:
            header = cast("Header", DataObjects(self._window, address, global_heaps=self._heaps))
        finally:
            self._window.gathered = None
        refuse_deep_trees(self._window, header)
        return header

    def _value(self, header: Header, place: int) -> Value | None:
        from pyfive.dataobjects import determine_data_shape

        data = header.msg_data
        kind, space = attribute_parts(data, place)
        shape = determine_data_shape(data, space)[0]
        if type_name(data, kind) is None or shape is None:
            return None
        count = 1
        for size in shape:
            count *= size
        if count > len(data):
            raise DamagedHdf5Error(f"{count} values do not fit into its {len(data)} bytes")
        value = plain(header.unpack_attribute(place)[1])
        return "" if value is None else value  # a text that was never written

    def _telling(self, what: str) -> Telling:
        return Telling(self._where, what)


def chunks(header: Header) -> tuple[tuple[int, ...], dict[tuple[int, ...], Any]]:
    """Return the shape of a dataset's chunks, and by the index where they start, where and how each is stored."""
    from pyfive.h5d import DatasetID

    index: Any = DatasetID(header).index
    return header.chunks or (), index
