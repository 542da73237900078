"""Where an HDF5 file starts, ends and has its root group: the superblock.

Source: HDF5 File Format Specification 3.0, II.A.
"""

from cutaway.sources.hdf5.window import DamagedHdf5Error, Window

SIGNATURE = b"\x89HDF\r\n\x1a\n"
_LENGTH = 96
"""Bytes of the longest superblock that is read: version 0 with the entry of the root group; version 1 has four more."""
_PLACES = {0: (13, 24, 40, 64), 1: (13, 28, 44, 68), 2: (9, 12, 28, 36), 3: (9, 12, 28, 36)}
"""By version, where the sizes of addresses and lengths, the base, the end and the root group's address are."""


def start_of(window: Window) -> tuple[Window, int]:
    """Return the window from whose start addresses count, and the address of the root group.

    A user block may precede the superblock, which stands at byte 0, 512, 1024, 2048, ... Raises DamagedHdf5Error.
    """
    place = 0
    while window.seek(place) + _LENGTH <= window.length:
        block = window.read(_LENGTH)
        if block.startswith(SIGNATURE):
            return _root(window, place, block)
        place = place * 2 or 512
    raise DamagedHdf5Error("the HDF5 file is cut short" if window.length < _LENGTH else "it is no HDF5 file")


def _root(window: Window, place: int, block: bytes) -> tuple[Window, int]:
    version = block[8]
    if version not in _PLACES:
        raise DamagedHdf5Error(f"the HDF5 file is of version {version}, and versions 0 to 3 are known")
    sizes, *places = _PLACES[version]
    if block[sizes : sizes + 2] != b"\x08\x08":
        raise DamagedHdf5Error("the HDF5 file is damaged: its addresses do not have eight bytes")
    base, end, root = (int.from_bytes(block[at : at + 8], "little") for at in places)
    if base > place:
        raise DamagedHdf5Error("the HDF5 file is damaged: it starts after its own start")
    if end > window.length:
        raise DamagedHdf5Error(f"the HDF5 file is cut short: {window.length} of its {end} bytes are there")
    return (Window(window.file, window.start + base, window.length - base) if base else window), root
