"""What is inside a layer: its activation, how its weights start, and what they hold."""

from collections.abc import Iterable, Iterator, Mapping
from math import hypot, sqrt

from cutaway.errors import InputError, warn
from cutaway.graph import Graph, Node, Value, Weight
from cutaway.record import Record, replace
from cutaway.typed import Protocol
from cutaway.views.phrases import activation

_INITIALIZER = "_initializer"
_PEOPLE = {"glorot": "Glorot", "he": "He", "lecun": "LeCun"}


class Numbers(Protocol):
    """What the values of one weight are like, as `cutaway.weights.Statistics` has it."""

    @property
    def count(self) -> int: ...  # noqa: D102
    @property
    def finite(self) -> int: ...  # noqa: D102
    @property
    def minimum(self) -> float | None: ...  # noqa: D102
    @property
    def maximum(self) -> float | None: ...  # noqa: D102
    @property
    def mean(self) -> float | None: ...  # noqa: D102
    @property
    def deviation(self) -> float | None: ...  # noqa: D102
    @property
    def sparsity(self) -> float | None: ...  # noqa: D102


class Store(Protocol):
    """The values of weights by their keys, as `cutaway.read_weights` gives them; NumPy stays behind it."""

    def __contains__(self, key: object) -> bool: ...
    def statistics(self, key: str) -> Numbers: ...  # noqa: D102


class Values(Record):
    """What all values of a layer, or of one weight, are like together: the finite ones, of `count`.

    All but the counts are None where no value is finite. `deviation` is the root of the mean squared distance to the
    mean, `sparsity` the share of values that are 0.
    """

    count: int
    finite: int
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    deviation: float | None = None
    sparsity: float | None = None

    @property
    def odd(self) -> int:
        """How many values are infinite or not a number."""
        return self.count - self.finite


class HeldWeight(Record):
    """One weight by the name that it has in its layer (`kernel`, `query/bias`); `values` are None where not known."""

    name: str
    weight: Weight
    values: Values | None = None


class Inside(Record):
    """What is inside one node.

    `activation` is empty where there is none, and `weights` is None where they are not known. `initializers` are pairs
    of a weight's name and words ("kernel", "Glorot uniform"); of weights that are not known by name, of what the
    configuration calls them.
    """

    node: str
    activation: str = ""
    initializers: tuple[tuple[str, str], ...] = ()
    weights: tuple[HeldWeight, ...] | None = None

    @property
    def values(self) -> Values | None:
        """What the values of all its weights are like together; None where there are none, or one's are not known."""
        return together(held.values for held in self.weights or ())

    def start_of(self, name: str) -> str:
        """Return the words for how a weight starts, by its name in the layer; empty where nothing tells.

        Some layers name what starts a weight without saying that it is a kernel: `pointwise` of `pointwise_kernel`. Of
        several layers inside this one, that counts which is called as the first part of the name ends.
        """
        exact = dict(self.initializers).get(name)
        if exact is not None:
            return exact
        first, _, last = name.rpartition("/")
        for wanted in (last, last.removesuffix("_kernel"), "depthwise" if last == "kernel" else ""):
            told = [(key.rpartition("/")[0], words) for key, words in self.initializers if _last(key) == wanted]
            near = [pair for pair in told if first.partition("/")[0].endswith(pair[0])] or told
            if near:
                return max(near, key=lambda pair: len(pair[0]))[1]
        return ""


def _last(key: str) -> str:
    return key.rpartition("/")[2]


def insides(graph: Graph, store: Store | None = None) -> Mapping[str, Inside]:
    """Return what is inside each node, by its id; values are read from the `store`, each weight once.

    Warns of weights whose values cannot be read.
    """
    held: dict[str, HeldWeight] = {}
    for node in graph.nodes:
        for weight in node.weights or ():
            if weight.key not in held:
                values = None if store is None else _values(weight.key, store)
                held[weight.key] = HeldWeight(name=_own_name(weight, node), weight=weight, values=values)
    return {node.id: _inside(node, held) for node in graph.nodes}


def together(parts: Iterable[Values | None]) -> Values | None:
    """Return what several weights' values are like taken together; None where there are none, or one is not known."""
    found = list(parts)
    held = [part for part in found if part is not None]
    if not held or len(held) < len(found):
        return None
    count, finite = sum(part.count for part in held), sum(part.finite for part in held)
    full = [part for part in held if part.finite]
    if not finite:
        return Values(count=count, finite=0)
    shares = [part.finite / finite for part in full]
    mean = sum((part.mean or 0.0) * share for part, share in zip(full, shares, strict=True))
    off = [hypot(part.deviation or 0.0, (part.mean or 0.0) - mean) for part in full]
    return Values(
        count=count,
        finite=finite,
        minimum=min(part.minimum for part in full if part.minimum is not None),
        maximum=max(part.maximum for part in full if part.maximum is not None),
        mean=mean,
        deviation=hypot(*[each * sqrt(share) for each, share in zip(off, shares, strict=True)]),
        sparsity=sum((part.sparsity or 0.0) * share for part, share in zip(full, shares, strict=True)),
    )


def _inside(node: Node, held: Mapping[str, HeldWeight]) -> Inside:
    told = Inside(
        node=node.id,
        activation=activation(node.attributes),
        initializers=tuple(_initializers(node.attributes)),
        weights=None if node.weights is None else tuple([held[weight.key] for weight in node.weights]),
    )
    if told.weights is None or not told.initializers:
        return told
    found = [(each.name, start) for each in told.weights if (start := told.start_of(each.name))]
    return replace(told, initializers=tuple(found)) if found or not told.weights else told


def _own_name(weight: Weight, node: Node) -> str:
    """Return a weight's key without the id of its layer, or, in a layer that another one shares with, of its name."""
    if weight.key.startswith(f"{node.owner}/"):
        return weight.key[len(node.owner) + 1 :]
    _, layer, name = f"/{weight.key}".rpartition(f"/{node.name}/")
    return name if layer else weight.key


def _initializers(attributes: Mapping[str, Value], path: str = "") -> Iterator[tuple[str, str]]:
    """Give each initializer that a configuration tells, those of layers inside it (a wrapper's) by their paths."""
    for key, value in attributes.items():
        if key.endswith(_INITIALIZER) and isinstance(value, str):
            yield path + key.removesuffix(_INITIALIZER), _in_words(value)
        elif isinstance(value, Mapping):
            config = value.get("config")
            if isinstance(config, Mapping):
                yield from _initializers(config, f"{path}{key}/")


def _in_words(name: str) -> str:
    """Write the name of an initializer as words: Glorot uniform, zeros."""
    own = name.rpartition(">")[2].removesuffix("Initializer")  # a registered class is "package>Name"
    spaced = "".join(f" {letter}" if letter.isupper() else letter for letter in own).replace("_", " ")
    return " ".join(_PEOPLE.get(word.lower(), word.lower()) for word in spaced.split())


def _values(key: str, store: Store) -> Values | None:
    """Return what a weight's values are like; None where the store does not hold them, or they are no numbers."""
    if key not in store:
        return None
    try:
        found = store.statistics(key)
    except InputError as error:
        warn(f"the values of the weight {key!r} are left out: {error}")
        return None
    return Values(
        count=found.count,
        finite=found.finite,
        minimum=found.minimum,
        maximum=found.maximum,
        mean=found.mean,
        deviation=found.deviation,
        sparsity=found.sparsity,
    )
