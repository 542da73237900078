"""Put what the options of a view ask for into the sizing that the view has by itself."""

from collections.abc import Iterable

from cutaway.errors import InputError
from cutaway.record import replace
from cutaway.views.sizing.sizes import Sizing


def asked_for(sizing: Sizing, view: object, names: Iterable[str]) -> Sizing:
    """Return a sizing with what the options of a view ask for, those of them that are not None.

    Of two bounds of a side of which one is asked for, the other one gives way. Raises InputError for a least length
    above the most.
    """
    asked = {name: value for name in names if (value := getattr(view, name)) is not None}
    for side in ("xy", "z"):
        low, high = f"min_{side}", f"max_{side}"
        least, most = asked.get(low, getattr(sizing, low)), asked.get(high, getattr(sizing, high))
        if least <= most or not asked.keys() & {low, high}:
            continue
        if low in asked and high in asked:
            raise InputError(
                f"cannot draw sides of {low}={least:g} to {high}={most:g} points: the least is above the most"
            )
        asked |= {high: least} if low in asked else {low: most}
    return replace(sizing, **asked)
