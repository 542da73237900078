"""The layers of their own that `keras.applications` has: others may use the names, so arguments are asked for too."""

from collections.abc import Mapping

from cutaway.analysis.formulas.formed import Formula
from cutaway.analysis.formulas.forming import Weights, weight
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dims import size


def layer_scale(call: Call) -> Weights | None:
    """Give a scale for each channel (ConvNeXt)."""
    if not (call.has("init_values") and call.has("projection_dim")):
        return None
    return (weight(call, "gamma", (size(call.whole("projection_dim")),)),)


def scaled_sum(call: Call) -> Weights | None:
    """Give none: the scale of the residual is a constant (InceptionResNetV2)."""
    return () if call.has("scale") else None


RULES: Mapping[str, Formula] = {"LayerScale": layer_scale, "CustomScaleLayer": scaled_sum}
