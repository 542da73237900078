"""Models that hold a graph of layers: what all dialects write alike, which is everything but the calls.

A tensor is referred to as [layer, call, tensor], with both counted from 0; but the calls of a nested model count from 1
where its first node is what ties its own inputs to its outputs (keras/src/models/functional.py, get_config).
"""

from collections.abc import Callable, Mapping, Sequence

from cutaway.errors import InputError
from cutaway.graph import Tensor
from cutaway.record import Record, field, replace
from cutaway.sources.arguments import DEEPEST
from cutaway.sources.attributes import policy, reduced
from cutaway.sources.blueprint import Call, Layer, Model, Reference, Result, referred
from cutaway.sources.configs.serialized import (
    STRUCTURE,
    Config,
    class_of,
    input_tensor,
    layer_items,
    name_of,
    settings,
    shape_of,
    shown,
    trainable_of,
)

Triple = tuple[str, int, int]

_SIZES = frozenset({int, type(None)})
_MOST_TENSORS = 4096
"""Tensors that one call gives; more are refused, as each that is referred to makes all before it."""


class Names(Record, kw_only=False):
    """The layers of one model by name, to follow references.

    `counts` are how often they are called, by their places, and `firsts` the numbers of their first calls; `inputs` are
    the places of those that the model is fed by. `tensors` remembers types by what is stored: most stand in several
    calls.
    """

    model: str
    places: Mapping[str, int]
    counts: Sequence[int]
    firsts: Sequence[int]
    inputs: frozenset[int]
    tensors: dict[tuple[object, ...], Tensor] = field(default_factory=dict)

    def tensor(self, shape: object, dtype: object) -> Tensor:
        """Return a type as it is stored, of equal ones the same."""
        if not isinstance(shape, list) or not isinstance(dtype, str) or not _SIZES.issuperset(map(type, shape)):
            return Tensor(shape=shape_of(shape), dtype=policy(dtype))
        key = (*shape, dtype)
        found = self.tensors.get(key)
        if found is None:
            found = self.tensors[key] = Tensor(shape=shape_of(shape), dtype=dtype)
        return found

    def refer(self, value: object) -> Reference:
        """Return a stored [layer, call, tensor] as a Reference; raises InputError where it leads nowhere."""
        name, node, tensor = triple(value)
        place = self.places.get(name)
        if place is None:
            raise InputError(f"cannot read the model {self.model!r}: it refers to a layer {name!r} that it lacks")
        return (place, node - self.firsts[place]), tensor

    def sought(self, value: object) -> Reference | None:
        """Return a value as a Reference if it can be one: a list of constants may begin with a layer's name as well."""
        if not isinstance(value, list) or len(value) != 3 or not isinstance(value[0], str):
            return None
        name, node, tensor = value
        place = self.places.get(name)
        if place is None or type(node) is not int or type(tensor) is not int or not 0 <= tensor < _MOST_TENSORS:
            return None
        call = node - self.firsts[place]
        return ((place, call), tensor) if 0 <= call < self.counts[place] else None


Reader = Callable[[Config, Names, Mapping[int, Model]], Layer]
"""Returns a serialised layer with its calls, as a dialect stores them."""


def names_of(item: Config) -> Names:
    """Return the layers of a serialised model by name; raises InputError where two have the same."""
    places: dict[str, int] = {}
    items = layer_items(item)
    for place, entry in enumerate(items):
        name = name_of(entry)
        if name in places:
            raise InputError(f"cannot read the model {name_of(item)!r}: two of its layers are called {name!r}")
        places[name] = place
    starts = [places.get(triple(value)[0]) for _, value in ends(settings(item)["input_layers"])]
    return Names(
        model=name_of(item),
        places=places,
        counts=[max(1, len(nodes_of(entry))) for entry in items],
        firsts=[0] * len(items),
        inputs=frozenset(place for place in starts if place is not None),
    )


def counted(item: Config, names: Names, references: Sequence[object], linked: Callable[[Config], bool]) -> Names:
    """Return `names` with the numbers of first calls that `references` show.

    A layer whose calls cannot count from 0, as one more is referred to than it has, counts from 1; else so does what is
    `linked` and is not referred to as 0.
    """
    used: dict[str, set[int]] = {}
    for value in references:
        name, node, _ = triple(value)
        used.setdefault(name, set()).add(node)
    firsts: list[int] = []
    for name, count, entry in zip(names.places, names.counts, layer_items(item), strict=True):
        numbers = used.get(name, ())
        firsts.append(int(0 not in numbers and (count in numbers or linked(entry))))
    return replace(names, firsts=firsts)


def functional(item: Config, inner: Mapping[int, Model], names: Names, finish: Names, layer: Reader) -> Model:
    """Return a serialised Functional model; `inner` holds its nested models by the identity of their configs.

    `names` follow the references in calls, `finish` those of its ends. Raises InputError where it contradicts itself.
    """
    config = settings(item)
    starts = [(key, referred(finish.refer(value))) for key, value in ends(config["input_layers"])]
    layers = tuple(
        [
            _input(entry) if place in names.inputs or _is_input(entry) else _read(entry, names, inner, layer)
            for place, entry in enumerate(layer_items(item))
        ]
    )
    keyed = isinstance(config["input_layers"], Mapping)
    outputs = [(key, finish.refer(value)) for key, value in ends(config["output_layers"])]
    return Model(
        name=name_of(item),
        op=class_of(item),
        layers=layers,
        inputs=tuple(place for _, place in starts),
        outputs=tuple(Result(name=key or layers[referred(end)].name, source=end) for key, end in outputs),
        keys=tuple(key if keyed else layers[place].name for key, place in starts),
        attributes=reduced({key: value for key, value in config.items() if key not in STRUCTURE}),
        trainable=trainable_of(item),
    )


def _read(item: Config, names: Names, inner: Mapping[int, Model], layer: Reader) -> Layer:
    try:
        return layer(item, names, inner)
    except InputError as error:
        raise InputError(f"{error} (in the calls of {name_of(item)!r})") from error


def triple(value: object) -> Triple:
    """Return a stored [layer, call, tensor]; raises InputError for anything else."""
    if isinstance(value, (list, tuple)) and len(value) == 3:
        name, node, tensor = value
        if isinstance(name, str) and isinstance(node, int) and isinstance(tensor, int) and node >= 0 <= tensor:
            if tensor >= _MOST_TENSORS:
                raise InputError(f"cannot read a reference to tensor {tensor} of {name!r}: no call gives that many")
            return name, node, tensor
    raise InputError(f"cannot read a reference to a tensor: {shown(value)} is not [layer, call, tensor]")


def ends(structure: object) -> list[tuple[str, object]]:
    """Return the [layer, call, tensor] entries of `input_layers` or `output_layers`, flattened as Keras does.

    Each has its key where they stand in a dict, else "". One bare entry is a model with a single tensor.
    """
    if _is_end(structure):
        return [("", structure)]
    found: list[tuple[str, object]] = []
    stack: list[tuple[str, object, int]] = [("", structure, 0)]
    while stack:
        key, entry, depth = stack.pop()
        if _is_end(entry) or not isinstance(entry, list | tuple | Mapping) or depth > DEEPEST:
            found.append((key, entry))
        elif isinstance(entry, Mapping):
            stack.extend(
                (".".join(filter(None, (key, str(k)))), entry[k], depth + 1) for k in sorted(entry, reverse=True)
            )
        else:
            many = len(entry) > 1 and key
            stack.extend((f"{key} {i}" if many else key, entry[i], depth + 1) for i in reversed(range(len(entry))))
    return found


def end_references(item: Config) -> list[object]:
    """Return what a serialised model's inputs and outputs refer to."""
    config = settings(item)
    return [value for part in ("input_layers", "output_layers") for _, value in ends(config[part])]


def nodes_of(item: Config) -> list[object]:
    """Return a layer's stored calls; one that takes no tensor is not stored, though a layer has at least one."""
    nodes = item.get("inbound_nodes")
    return nodes if isinstance(nodes, list) else []


def _is_end(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) == 3 and isinstance(value[0], str)


def _is_input(item: Config) -> bool:
    return not nodes_of(item) and class_of(item) == "InputLayer"


def _input(item: Config) -> Layer:
    return Layer(
        name=name_of(item),
        op=class_of(item),
        attributes=reduced(settings(item)),
        calls=(Call(outputs=(input_tensor(item),)),),
    )
