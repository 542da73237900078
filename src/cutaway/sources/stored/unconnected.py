"""A subclassed model in a file: there is no graph in it, so its layers stand where their weights are stored."""

from cutaway.errors import warn
from cutaway.sources.configs import lone_model
from cutaway.sources.configs.serialized import Config
from cutaway.sources.stored.weights_file import Filled, by_weights

_REMEDY = "give the live model itself, with its input_shape if it is not built"


def unconnected(config: Config, where: str, weights: str | None, *, unused: bool) -> Filled:
    """Return the layers of a model that says nothing of them, as its weights tell; one layer where those do not either.

    `weights` is the file that may hold them; `unused` tells that an input_shape was given. Warns of what is shown.
    """
    lone = lone_model(config, where)
    found = None if weights is None else by_weights(lone, weights, repr(weights))
    so = ", and the input_shape is not used" if unused else ""
    said = f"{where} does not say how the layers of {lone.name!r} hang together ({lone.op} is a subclassed model)"
    if found is None:
        said = f"{where} says nothing of the layers of {lone.name!r} ({lone.op} is a subclassed model)"
        text = f"{said}: it is shown as one layer{so}; {_REMEDY}"
    else:
        text = f"{said}: they are shown where their weights are stored, without connections{so}; {_REMEDY}"
    warn(text)
    return found or (lone, {})
