"""What a Dot is made of, as bytes: as `pickle` has it, but for mappings that nobody can change."""

import copyreg
import pickle
from collections.abc import Callable, Mapping
from io import BytesIO
from types import MappingProxyType

from cutaway.compat.keras.dot.origin import Origin
from cutaway.typed import Any


def pickled(origin: Origin) -> bytes:
    """Return an origin as bytes."""
    stream = BytesIO()
    pickler = pickle.Pickler(stream)
    table: Any = copyreg.dispatch_table
    pickler.dispatch_table = {**table, MappingProxyType: _reduced}
    pickler.dump(origin)
    return stream.getvalue()


def unpickled(content: bytes) -> Origin:
    """Return the origin in the state of a Dot that the caller unpickles, and trusts therefore."""
    found: Any = pickle.loads(content)  # noqa: S301 - no file that is read
    if not isinstance(found, Origin):
        raise TypeError("the origin of a Dot is none")
    return found


def unchangeable(content: dict[Any, Any]) -> Mapping[Any, Any]:
    """Return a mapping that nobody can change."""
    return MappingProxyType(content)


def _reduced(mapping: Mapping[Any, Any]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    return unchangeable, (dict(mapping),)
