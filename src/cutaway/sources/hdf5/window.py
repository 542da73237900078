"""The part of a file that is an HDF5 file, read within a budget of work.

A damaged HDF5 file can lead its reader in circles, or have it read the same megabytes for ever. So each read costs,
and a file that costs more than any sound one of its length is damaged. Work is counted, not timed: the same file ends
the same way on any machine.
"""

from types import TracebackType

from cutaway.errors import CutawayError, InputError
from cutaway.typed import BinaryIO

_ONE_READ = 64
"""What a read costs besides its bytes."""
_WORK_PER_BYTE, _LEAST_WORK, _MOST_WORK = 16, 1 << 16, 1 << 28
"""The costliest sound files need a tenth of it: many groups and next to no weights, all listed and measured."""


class DamagedHdf5Error(ValueError):
    """Say why an HDF5 file cannot be read."""


class Window:
    """A file object over `length` bytes from `start` of another; reading past them is an error, as is too much work."""

    closed = False

    def __init__(self, file: BinaryIO, start: int, length: int) -> None:
        self.file = file
        self.start = start
        self.length = length
        self._place = 0
        self.path = ""  # pyfive asks for it and never opens it
        self.gathered: int | None = None
        self.work_left = min(max(_WORK_PER_BYTE * length, _LEAST_WORK), _MOST_WORK)

    def charge(self, work: int) -> None:
        """Take work from what is left; raises DamagedHdf5Error beyond it."""
        self.work_left -= work
        if self.work_left < 0:
            raise DamagedHdf5Error("reading it takes more work than any sound file of its length")

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place, counted from the start or, for `whence` 2, from the end."""
        self._place = place + self.length if whence == 2 else place
        return self._place

    def tell(self) -> int:
        """Return the place of the next read."""
        return self._place

    def read(self, size: int) -> bytes:
        """Return the next bytes; what is `gathered` into one is copied with each piece of it, and costs accordingly."""
        if self.gathered is not None:
            self.gathered += size
        self.charge((self.gathered or size) + _ONE_READ)
        return self.raw(size)

    def raw(self, size: int) -> bytes:
        """Return the next bytes free of charge: for values, whose number the caller limits."""
        end = self._place + size
        if not 0 <= self._place <= end <= self.length:
            raise DamagedHdf5Error(f"it points to bytes {self._place} to {end}, and it has {self.length}")
        self.file.seek(self.start + self._place)
        data = self.file.read(size)
        if len(data) != size:
            raise DamagedHdf5Error("it is shorter than it was a moment ago")
        self._place = end
        return data


class Telling:
    """Turn whatever is raised inside into InputError: pyfive checks little, and raises what Python raises."""

    __slots__ = ("_what", "_where")

    def __init__(self, where: str, what: str) -> None:
        self._where = where
        self._what = what

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception) or isinstance(error, CutawayError):
            return
        reason = (
            f": {error}" if isinstance(error, DamagedHdf5Error) else f" is damaged, or unknown to us ({_short(error)})"
        )
        raise InputError(f"cannot read {self._where}: {self._what} in the HDF5 file{reason}") from error


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200].rstrip(": ")
