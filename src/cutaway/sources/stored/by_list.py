"""The layers of a Model and a stored list of weights by layer, brought together by names.

The list has a row for each layer of the whole model; all weights of a nested model are in its row, those that are
trained first. Which of its layers a weight belongs to is told by its name (`encoder/conv1/kernel:0`, `conv1_W`).
"""

from collections.abc import Iterable, Sequence

from cutaway.sources.blueprint import Layer, Model
from cutaway.sources.owners import Path, Slot, slots, within
from cutaway.sources.stored.content import OWN, Row, Variable
from cutaway.sources.stored.names import Expected, Found, Named, expected, is_holding, is_known, is_trained

_NONE = (-1, 0, 0)
"""The score of a layer that a name does not mean."""


class ListMatch:
    """What each slot has in a list; None where that cannot be told."""

    def __init__(self, model: Model, rows: Iterable[Row]) -> None:
        self._model = model
        self._rows = {row.name: row for row in rows if row.name != OWN}

    def weights(self) -> Found:
        """Return the weights of each layer that is no nested model."""
        nested: dict[int, list[Slot]] = {}
        found: Found = {}
        for slot in slots(self._model):
            if slot.layer.inner is not None:
                nested.setdefault(slot.path[0], [])
            elif len(slot.path) > 1:
                nested[slot.path[0]].append(slot)
            else:
                found[slot.path] = slot, self._layer(slot.layer)
        for place, inside in nested.items():
            shares = self._shares(self._rows.get(self._model.layers[place].name), inside)
            for slot in inside:
                share = None if shares is None else shares.get(slot.path, [])
                found[slot.path] = slot, _agreed(slot.layer, share)
        return dict(sorted(found.items()))  # the first layer to have a weight gives it its key

    def _layer(self, layer: Layer) -> list[Named] | None:
        row = self._rows.get(layer.name)
        if row is None:
            return _agreed(layer, [])  # every layer has a row, and an operation has none
        if not row.whole:
            return _agreed(layer, None)
        return _agreed(layer, _named(layer, zip(row.variables, row.paths, strict=True)))

    def _shares(self, row: Row | None, inside: Sequence[Slot]) -> dict[Path, list[Named]] | None:
        """Return the weights of a nested model by the layers in it; None where one belongs to none of them."""
        if row is None or not row.whole:
            return None
        held = list(zip(row.variables, row.paths, strict=True))
        owners = _owners(row.paths, inside)
        if None in owners:
            owners = _in_order(row.variables, inside)
        shares: dict[Path, list[tuple[Variable, str]]] = {}
        for owner, each in zip(owners, held, strict=False):
            if owner is not None:
                shares.setdefault(owner.path, []).append(each)
        layers = {slot.path: slot.layer for slot in inside}
        given = {path: _named(layers[path], share) for path, share in shares.items()}
        return given if len(owners) == len(held) else None


def _in_order(variables: Sequence[Variable], inside: Sequence[Slot]) -> list[Slot | None]:
    """Return the owners of weights by their order alone, where their own names agree with it; else nothing."""
    trained: list[tuple[Slot, Expected]] = []
    others: list[tuple[Slot, Expected]] = []
    for slot in inside:
        wanted = expected(slot.layer.op, slot.layer.attributes)
        if wanted is None or is_holding(slot.layer.op):
            return []
        for each in wanted:
            (trained if slot.trainable and each.trained else others).append((slot, each))
    order = trained + others
    if [each.name for _, each in order] != [variable.name for variable in variables]:
        return []
    return [slot for slot, _ in order]


def _owners(paths: Sequence[str], inside: Sequence[Slot]) -> list[Slot | None]:
    """Return the one layer that each weight's name means; None for none or two.

    It is that with most of the names around it before its own along the weight, and of these the outermost, by its
    whole name: a layer of an unknown class may hold one of another's name.
    """
    by_name: dict[str, list[Slot]] = {}
    for slot in inside:
        by_name.setdefault(slot.layer.name.rpartition("/")[2], []).append(slot)
    found: list[Slot | None] = []
    for path in paths:
        steps = path.split(":", maxsplit=1)[0].split("/")
        meant = [slot for step in dict.fromkeys(steps[:-1]) for slot in by_name.get(step, ())]
        if not meant:  # Keras 1 joins the names by "_"
            last = steps[-1]
            heads = [last[:place] for place, letter in enumerate(last) if letter == "_"]
            meant = [slot for head in heads for slot in by_name.get(head, ())]
        scores = [(_score(path, steps, slot), slot) for slot in meant]
        most = max((score for score, _ in scores), default=_NONE)
        best = [slot for score, slot in scores if score == most != _NONE]
        found.append(best[0] if len(best) == 1 else None)
    return found


def _score(path: str, steps: list[str], slot: Slot) -> tuple[int, int, int]:
    """Return how well the names along a weight say that it is a layer's."""
    name, text = slot.layer.name, f"/{path}"
    start = passed = 0
    for each in slot.name.removesuffix(name).split("/")[:-1]:
        after = text.find(f"/{each}/", start) + len(each) + 1
        if after > start + len(each) and text.find(f"/{name}/", after) >= 0:
            start, passed = after, passed + 1
    place = text.find(f"/{name}/", start)
    if place >= 0:
        return passed + 1, -place, len(name)
    return (0, 0, len(name)) if steps[-1].startswith(f"{name}_") else _NONE


def _named(layer: Layer, held: Iterable[tuple[Variable, str]]) -> list[Named]:
    known = is_known(layer.op, layer.attributes)
    found = []
    for variable, path in held:
        name = within(path, layer.name)
        own = name.rpartition("/")[2]
        trained = is_trained(layer.op, layer.attributes, own, variable)
        found.append(Named(name, variable, trained=trained and (known or None)))
    return found


def _agreed(layer: Layer, found: list[Named] | None) -> list[Named] | None:
    """Return what was found for a layer; None if there is none where its config says that there must be some."""
    if layer.operation or layer.op == "InputLayer":
        return []
    wanted = expected(layer.op, layer.attributes)
    if found or (wanted is None and found is not None):
        return found
    return None if wanted or wanted is None or is_holding(layer.op) else []
