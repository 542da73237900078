"""What the messages in an HDF5 object header say: types, names of attributes, plain values.

Source: HDF5 File Format Specification 3.0, IV.A.2.d (datatype) and IV.A.2.m (attribute).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from cutaway.sources.files import CONFIG_BYTES
from cutaway.sources.hdf5.window import DamagedHdf5Error, Window
from cutaway.typed import Any, Protocol

Value = str | int | float | tuple["Value", ...]
"""What an attribute holds, in plain Python."""

_DATASPACE = 1
_INTEGER, _FLOAT, _STRING, _ENUMERATED, _VARIABLE = 0, 1, 3, 8, 9
_FLOATS = {(2, 5): "float16", (2, 8): "bfloat16", (4, 8): "float32", (8, 11): "float64"}
"""Names by size in bytes and bits of the exponent."""


_NAMES = {2: 8, 21: 2}
"""Messages that tell where names of links and of attributes are, and how many bytes may come before that."""
_NODE, _DEEPEST_TREE = 30, 32


class Header(Protocol):
    """What is asked of pyfive's reading of an object header."""

    msg_data: bytes
    shape: tuple[int, ...] | None
    chunks: tuple[int, ...] | None
    filter_pipeline: Sequence[Mapping[str, Any]] | None
    fillvalue: object

    def find_msg_type(self, kind: int, /) -> list[dict[str, int]]:
        """Return the messages of a kind, with their places in `msg_data`."""
        ...

    def iter_links(self) -> Iterator[tuple[str, int | str]]:
        """Return names with addresses, or with paths for soft links."""
        ...

    def get_attributes(self) -> dict[str, object]:
        """Return all attributes."""
        ...

    def unpack_attribute(self, place: int, /) -> tuple[str, object]:
        """Return the name and value of the attribute whose message is at a place."""
        ...

    def get_id_storage_params(self) -> tuple[int, int, int]:
        """Return where the layout message is, the layout, and where what it says of it is."""
        ...


class Entered:
    """A group or dataset that was entered: its address, those of the groups around it, and its header."""

    __slots__ = ("address", "header", "is_dataset", "links", "trail")

    def __init__(self, address: int, trail: tuple[int, ...], header: Header) -> None:
        self.address = address
        self.trail = trail
        self.header = header
        self.is_dataset = bool(header.find_msg_type(_DATASPACE))
        self.links: dict[str, int] | None = None


def type_name(data: bytes, place: int) -> str | None:
    """Return the name of a stored type, as NumPy has it, or None for one that no weight has."""
    kind, size = data[place] & 15, int.from_bytes(data[place + 4 : place + 8], "little")
    if kind == _INTEGER:
        return f"{'int' if data[place + 1] & 8 else 'uint'}{size * 8}" if size in {1, 2, 4, 8} else None
    if kind == _FLOAT:
        return _FLOATS.get((size, data[place + 13]), "float8" if size == 1 else None)
    if kind == _ENUMERATED:  # h5py's bool: an int8 with the names FALSE and TRUE
        return "bool" if size == 1 and b"FALSE\0" in data[place : place + 64] else None
    if kind == _STRING or (kind == _VARIABLE and data[place + 1] & 15 == 1):
        return "string"
    return None


def attribute_name(data: bytes, place: int) -> str:
    """Return the name of the attribute whose message starts at a place."""
    size = int.from_bytes(data[place + 2 : place + 4], "little")
    start = place + (8 if data[place] == 1 else 9)
    return data[start : start + size].split(b"\0", 1)[0].decode("utf-8", "replace")


def attribute_parts(data: bytes, place: int) -> tuple[int, int]:
    """Return where the type and the dataspace of an attribute start; version 1 pads both to eights."""
    padded = data[place] == 1
    name, kind = (int.from_bytes(data[place + at : place + at + 2], "little") for at in (2, 4))
    if padded:
        name, kind = -(-name // 8) * 8, -(-kind // 8) * 8
    start = place + (8 if padded else 9) + name
    return start, start + kind


def refuse_deep_trees(window: Window, header: Header) -> None:
    """Raise DamagedHdf5Error where names are in a tree deeper than any: pyfive takes powers of its depth.

    Source: HDF5 File Format Specification 3.0, III.A.2 (B-tree), III.G (heap), IV.A.2.c (links), IV.A.2.v (attributes).
    """
    data, places = header.msg_data, []
    for kind, skipped in _NAMES.items():
        for message in header.find_msg_type(kind):
            place = message["offset_to_message"]
            start = place + 2 + (skipped if data[place + 1] & 1 else 0)
            places += [_address(data, at) for at in range(start, start + (24 if data[place + 1] & 2 else 16), 8)]
    while places:
        place = places.pop()
        if place + _NODE > window.length:  # not there, or damaged
            continue
        window.seek(place)
        node = window.read(_NODE)
        if node.startswith(b"FRHP"):
            places.append(_address(node, 22))
        elif node.startswith(b"BTHD") and int.from_bytes(node[12:14], "little") > _DEEPEST_TREE:
            raise DamagedHdf5Error("its names are in a tree that is too deep")


def _address(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 8], "little")


def plain(value: object) -> Value | None:
    """Return a value of pyfive's in plain Python; None for one without any.

    Raises DamagedHdf5Error for text that is not UTF-8, or longer than any config.
    """
    listed: Callable[[], object] | None = getattr(value, "tolist", None)  # of NumPy's arrays and scalars
    if listed is not None:
        value = listed()
    if isinstance(value, bytes):
        return _text([value])[0]
    if isinstance(value, str | int | float):
        return value
    if not isinstance(value, list):
        return None
    if value and isinstance(value[0], list):
        return _nested(value)
    if any(isinstance(item, bytes) for item in value):
        return tuple(_text(value))
    return tuple(value)


def _nested(rows: list[list[object]]) -> Value:
    """Return a table as a tuple of rows; deeper ones do not occur, and are flattened to them."""
    while rows and rows[0] and isinstance(rows[0][0], list):
        rows = [list(chain.from_iterable(row)) for row in rows]  # type: ignore[arg-type]
    return tuple(plain(row) or () for row in rows)


def _text(values: list[bytes | None]) -> list[str]:
    """Return the texts of strings, "" for one that was never written."""
    if sum(map(len, filter(None, values))) > CONFIG_BYTES:
        raise DamagedHdf5Error(f"its text is over {CONFIG_BYTES} bytes long")
    try:
        return [(value or b"").rstrip(b"\0").decode() for value in values]
    except UnicodeDecodeError as error:
        raise DamagedHdf5Error(f"its text is no UTF-8 ({error})") from error
