"""The values of HDF5 datasets as NumPy arrays: contiguous, compact and chunked ones, unpacked within their stated size.

Source: HDF5 File Format Specification 3.0, IV.A.2.i (layout) and IV.A.2.l (filters).
"""

import math
import zlib
from collections.abc import Mapping, Sequence

import numpy as np

from cutaway.sources.hdf5.messages import Header
from cutaway.sources.hdf5.window import DamagedHdf5Error, Window
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cutaway.sources.hdf5.reader import Dataset

_TYPE, _FILL = 3, 5
_COMPACT, _CONTIGUOUS, _CHUNKED = 0, 1, 2
_DEFLATE, _SHUFFLE, _CHECKSUM = 1, 2, 3
_NOWHERE = (1 << 64) - 1


def values(window: Window, dataset: "Dataset", header: Header, most: int) -> np.ndarray[Any, Any]:
    """Return the values of a dataset of numbers; raises DamagedHdf5Error for over `most` bytes of them."""
    dtype = _dtype(dataset, header)
    size = math.prod(dataset.shape) * dtype.itemsize
    if size > most:
        raise DamagedHdf5Error(f"they are {size} bytes, and {most} are the limit")
    _, layout, place = header.get_id_storage_params()
    if layout == _CONTIGUOUS:
        address = int.from_bytes(header.msg_data[place : place + 8], "little")
        if address == _NOWHERE:  # never written: all are the fill value
            return np.full(dataset.shape, _fill(header), dtype.newbyteorder("="))
        window.seek(address)
        found = np.frombuffer(window.raw(size), dtype)
    elif layout == _COMPACT:
        found = np.frombuffer(header.msg_data, dtype, math.prod(dataset.shape), place + 2)
    else:
        found = _chunked(window, dataset.shape, dtype, header)
    found = found.reshape(dataset.shape)
    if dataset.dtype == "bfloat16":  # the upper half of a float32
        return (found.astype(np.uint32) << 16).view(np.float32)
    return found.astype(dtype.newbyteorder("="), copy=False)


def _dtype(dataset: "Dataset", header: Header) -> np.dtype[Any]:
    """Return the type as it is stored: with its order of bytes, which the lowest bit of a number's type says."""
    place = header.find_msg_type(_TYPE)[0]["offset_to_message"]
    if dataset.dtype in {None, "string", "float8"}:
        raise DamagedHdf5Error("they are no numbers of a kind that can be read")
    name = {"bfloat16": "uint16", "bool": "bool"}.get(str(dataset.dtype), str(dataset.dtype))
    number = header.msg_data[place] & 15 in {0, 1}
    return np.dtype(name).newbyteorder(">" if number and header.msg_data[place + 1] & 1 else "<")


def _chunked(window: Window, shape: tuple[int, ...], dtype: np.dtype[Any], header: Header) -> np.ndarray[Any, Any]:
    from cutaway.sources.hdf5.reader import chunks

    found = np.full(shape, _fill(header), dtype)
    size, places = chunks(header)
    whole = math.prod(size) * dtype.itemsize
    if whole > 4 * found.nbytes + (1 << 20):
        raise DamagedHdf5Error(f"chunks of {whole} bytes are too large for them")
    for start, chunk in places.items():
        window.charge(whole // 64)
        window.seek(chunk.byte_offset)
        data = _unfiltered(
            window.read(chunk.size), chunk.filter_mask, header.filter_pipeline or [], whole, dtype.itemsize
        )
        block = np.frombuffer(data, dtype).reshape(size)
        inner = tuple(slice(0, max(0, most - at)) for at, most in zip(start, shape, strict=True))
        outer = tuple(slice(at, at + width) for at, width in zip(start, size, strict=True))
        found[outer] = block[inner]
    return found


def _fill(header: Header) -> Any:  # noqa: ANN401 - a scalar of any kind of number
    return header.fillvalue if header.find_msg_type(_FILL) else 0


def _unfiltered(data: bytes, mask: int, filters: Sequence[Mapping[str, Any]], whole: int, width: int) -> bytes:
    for place in reversed(range(len(filters))):
        kind = filters[place]["filter_id"]
        if mask >> place & 1:
            continue
        if kind == _DEFLATE:
            data = zlib.decompressobj().decompress(data, whole + 5)
        elif kind == _SHUFFLE:
            count = len(data) // width
            shuffled = np.frombuffer(data, np.uint8, count * width).reshape(width, count)
            data = shuffled.T.tobytes() + data[count * width :]
        elif kind == _CHECKSUM:
            data = data[:-4]
        else:
            raise DamagedHdf5Error(f"they are packed by filter {kind}")
    return data
