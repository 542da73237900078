"""Normalizations: gamma and beta along the normalized axes, and the statistics that are kept."""

from collections.abc import Mapping, Sequence

from cutaway.analysis.formulas.formed import Formula
from cutaway.analysis.formulas.forming import Weights, axis, weight
from cutaway.analysis.shapes.call import Call, wholes
from cutaway.analysis.shapes.dims import Shape, positions

_HALVES = frozenset(("float16", "bfloat16"))


def batch_normalization(call: Call) -> Weights | None:
    """Give gamma, beta, the moving mean and variance, and with `renorm` three more statistics.

    Keras 2 writes the axis as a list, keeps halves of precision whole, and with several axes has weights of the
    input's rank.
    """
    places, renorm = _axes(call, -1), call.flag("renorm")
    if places is None or renorm is None:
        return None
    listed = isinstance(call.attributes.get("axis"), tuple)
    dtype = "float32" if listed and call.variable_dtype in _HALVES else call.variable_dtype
    shape = _at(call.shape, places) if len(places) == 1 else _spread(call.shape, places)
    trained = _scaled(call, shape, dtype)
    kept = ("moving_mean", "moving_variance", *(("moving_stddev", "renorm_mean", "renorm_stddev") if renorm else ()))
    statistics = tuple(weight(call, name, shape, dtype=dtype, trainable=False) for name in kept)
    return None if trained is None else (*trained, *statistics)


def layer_normalization(call: Call) -> Weights | None:
    """Give gamma and beta; with `rms_scaling` gamma alone."""
    places, rms = _axes(call, -1), call.flag("rms_scaling")
    if places is None or rms is None:
        return None
    shape = _at(call.shape, places)
    if rms:
        return (weight(call, "gamma", shape),)
    return _scaled(call, shape, call.variable_dtype)


def group_normalization(call: Call) -> Weights | None:
    """Give gamma and beta along the axis that is grouped."""
    places = _axes(call, -1)
    return None if places is None else _scaled(call, _at(call.shape, places), call.variable_dtype)


def rms_normalization(call: Call) -> Weights | None:
    """Give a scale along the normalized axes."""
    places = _axes(call, -1)
    return None if places is None else (weight(call, "scale", _at(call.shape, places)),)


def normalization(call: Call) -> Weights | None:
    """Give what `adapt` finds out: nothing where mean and variance are set."""
    if call.has("mean"):
        return ()
    stored = call.attributes.get("axis", -1)
    places = () if stored is None or stored == () else _axes(call, -1)
    if places is None:
        return None
    rank = None if call.shape is None else len(call.shape)
    kept = places if rank is None else positions(places, rank)
    if kept is None:
        return None
    shape = _at(call.shape, sorted(kept))
    statistics = tuple(weight(call, name, shape, trainable=False) for name in ("mean", "variance"))
    return (*statistics, weight(call, "count", (), dtype="int64", trainable=False))


def _axes(call: Call, default: int) -> tuple[int, ...] | None:
    """Return the axes as they are stored, None where they are no whole numbers or outside of the input."""
    found = wholes(call.attributes["axis"]) if call.has("axis") else (default,)
    if not found or (call.shape is not None and positions(found, len(call.shape)) is None):
        return None
    return found


def _at(shape: Shape | None, places: Sequence[int]) -> Shape:
    return tuple(axis(shape, place) for place in places)


def _spread(shape: Shape | None, places: Sequence[int]) -> Shape | None:
    """Return a shape of the input's rank: 1 but along the axes."""
    kept = None if shape is None else positions(places, len(shape))
    if shape is None or kept is None:
        return None
    return tuple(dim if place in kept else 1 for place, dim in enumerate(shape))


def _scaled(call: Call, shape: Shape | None, dtype: str | None) -> Weights | None:
    """Return gamma and beta, as far as `scale` and `center` ask for them."""
    scale, center = call.flag("scale", default=True), call.flag("center", default=True)
    if scale is None or center is None:
        return None
    names = (*(("gamma",) if scale else ()), *(("beta",) if center else ()))
    return tuple(weight(call, name, shape, dtype=dtype) for name in names)


RULES: Mapping[str, Formula] = {
    **dict.fromkeys(
        ("BatchNormalization", "BatchNormalizationV1", "BatchNormalizationV2", "SyncBatchNormalization"),
        batch_normalization,
    ),
    "LayerNormalization": layer_normalization,
    "GroupNormalization": group_normalization,
    "RMSNormalization": rms_normalization,
    "Normalization": normalization,
}
