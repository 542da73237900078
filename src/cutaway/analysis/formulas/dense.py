"""Dense layers and embeddings."""

from collections.abc import Mapping
from typing import Final

from cutaway.analysis.formulas.formed import Formed, Formula
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dims import size


def dense(call: Call) -> tuple[Formed, ...] | None:
    """Give a matrix from the last axis to `units`, and a bias."""
    units, channels = size(call.whole("units")), call.shape[-1] if call.shape else None
    return (Formed(name="kernel", shape=(channels, units), dtype=call.dtype, trainable=True),)


RULES: Final[Mapping[str, Formula]] = {"Dense": dense}
