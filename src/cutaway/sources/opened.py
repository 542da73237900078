"""A Model opened up: every call of every nested model once, with the ids of its nodes, and the way along references."""

from collections.abc import Iterator

from cutaway.errors import InputError, UnsupportedError
from cutaway.graph import Tensor
from cutaway.record import replace
from cutaway.sources.blueprint import Argument, Call, Layer, Model, Place, Reference, SameLayers, Which, referred
from cutaway.sources.files import CALLS

End = tuple[str, int]
"""A node's id and one of its ports: what a PortRef says, for the many that are only looked up."""


class Opened:
    """One call of a model: the whole one, or a nested one within `parent`, whose `place` it is and which is a `scope`.

    `nodes` and `inner` are what its own calls have become, `entries` the numbers of its inputs by their layers. `exit`
    is the node where a wrapper's model hands out; `feeds` are, by port of the scope, the ports inside that it feeds.
    `number` is equal for all calls of one model. `taken` and `handed` note where the tensors of its inputs and outputs
    are made, or a deep nesting would be walked at each level.
    """

    def __init__(
        self, model: Model, scope: str | None = None, parent: "Opened | None" = None, place: Place = (0, 0)
    ) -> None:
        self.model = model
        self.scope = scope
        self.parent = parent
        self.place = place
        self.prefix = "" if scope is None else f"{scope}/"
        self.depth = 0
        self.number = 0
        self.trainable = model.trainable is not False
        self.exit: str | None = None
        self.nodes: dict[Place, str] = {}
        self.inner: dict[Place, Opened] = {}
        self.feeds: dict[int, list[End]] = {}
        self.taken: dict[int, End | None] = {}
        self.handed: dict[int, End | None] = {}
        self.entries: dict[int, int] = {}
        if parent is not None:
            layer = parent.model.layers[place[0]]
            self.depth = parent.depth + 1
            self.trainable = parent.trainable and layer.trains

    @property
    def layer(self) -> Layer | None:
        """The layer that is called here; None for the whole model."""
        return None if self.parent is None else self.parent.model.layers[self.place[0]]

    @property
    def call(self) -> Call:
        """The call that this is; an empty one for the whole model."""
        layer = self.layer
        return Call() if layer is None else layer.calls[self.place[1]]

    def declared(self, number: int) -> Tensor:
        """Return what a nested model says of its input, but for the number of samples; nothing inside of a wrapper."""
        layer = self.model.layers[self.model.inputs[number]]
        tensor = layer.calls[0].outputs[0] if layer.calls and layer.calls[0].outputs else Tensor()
        wraps = self.layer is not None and self.layer.wraps
        return Tensor() if wraps or not tensor.shape else replace(tensor, shape=(None, *tensor.shape[1:]))

    def given(self) -> list[tuple[int, int, Argument]]:
        """Return what this is called with: the number of a port of the scope, the input that it is for, the tensor.

        A port has the number of its input; the ports of masks follow after those of all inputs.
        """
        call, width = self.call, len(self.model.inputs)
        found = [(index, index, argument) for index, argument in enumerate(call.arguments[:width])]
        return found + [(width + index, index, mask) for index, mask in enumerate(call.masks) if mask is not None]


Step = tuple[str, Opened, Place | None]
"""A node to be made: its id, and the call within an opened model that it is, or None for the end of a wrapper."""


class Opening:
    """All calls of a model in the order of its layers, depth first, and all its opened nested models.

    `firsts` are the ids of the first nodes of layers, by the ids of all others of the same layer.
    """

    def __init__(self, model: Model) -> None:
        self.whole = Opened(model)
        self.steps: list[Step] = []
        self.scopes: list[Opened] = []
        self.firsts: dict[str, str] = {}
        self._taken: set[str] = set()
        self._same = SameLayers()
        self._first_of: dict[Which, str] = {}
        self._numbers: dict[Which, int] = {}
        self._next: dict[str, int] = {}  # where to look on for an id that is free, or many of one name take for ever
        self._open()

    def _open(self) -> None:
        self._enter(self.whole)
        stack = [(self.whole, _places(self.whole.model))]
        while stack:
            opened, places = stack[-1]
            place = next(places, None)
            if place is None:
                stack.pop()
                self._leave(opened)
                continue
            layer = opened.model.layers[place[0]]
            if place[0] in opened.entries:
                continue
            identity = self._identity(opened.prefix + layer.name, place[1])
            if layer.inner is None:
                self._node(identity, opened, place)
                continue
            below = self._scope(identity, opened, place, layer.inner)
            stack.append((below, _places(below.model)))

    def _scope(self, identity: str, parent: Opened, place: Place, model: Model) -> Opened:
        opened = Opened(model, identity, parent, place)
        opened.number = self._numbers.setdefault(self._which(parent, place), len(self._numbers) + 1)
        parent.inner[place] = opened
        self.scopes.append(opened)
        self._enter(opened)
        return opened

    def _enter(self, opened: Opened) -> None:
        """Make nodes of those inputs that stay nodes, and entries of the others."""
        model, layer = opened.model, opened.layer
        stay = set(model.inputs) if layer is None or layer.wraps else _unread(model)
        stay.update([model.inputs[index] for index, mask in enumerate(opened.call.masks) if mask is not None])
        for index, place in enumerate(model.inputs):
            entry = model.layers[place]
            opened.entries.setdefault(place, index)
            if place in stay and not (layer is None and entry.hidden) and (place, 0) not in opened.nodes:
                self._node(self._identity(opened.prefix + entry.name, 0), opened, (place, 0))

    def _leave(self, opened: Opened) -> None:
        layer = opened.layer
        if layer is not None and layer.wraps:
            opened.exit = self._identity(opened.prefix + layer.name, 0)
            self.steps.append((opened.exit, opened, None))

    def _node(self, identity: str, opened: Opened, place: Place) -> None:
        opened.nodes[place] = identity
        first = self._first_of.setdefault(self._which(opened, place), identity)
        if first != identity:
            self.firsts[identity] = first
        self.steps.append((identity, opened, place))

    def _which(self, opened: Opened, place: Place) -> Which:
        return self._same.which(opened.number, place[0], opened.model.layers[place[0]])

    def _identity(self, path: str, call: int) -> str:
        if len(self._taken) >= CALLS:
            raise UnsupportedError(f"cannot open {self.whole.model.name!r}: its nested models make over {CALLS} calls")
        identity = path if call == 0 else f"{path}#{call + 1}"
        if identity in self._taken:
            wanted, count = identity, self._next.get(identity, call + 1)
            while identity in self._taken:
                count += 1
                identity = f"{path}#{count}"
            self._next[wanted] = count
        self._taken.add(identity)
        return identity


def follow(opened: Opened, source: Reference | None, passed: list[tuple[Opened, int]] | None = None) -> End | None:
    """Return the output port where a tensor is made, through any borders; None where nothing in the model makes it.

    Appends the inputs of nested models that it comes in through to `passed`. Raises InputError for a broken reference.
    """
    crossed: list[tuple[dict[int, End | None], int]] = []
    end = None
    while source is not None:
        place, tensor = source
        identity = opened.nodes.get(place)
        inner = opened.inner.get(place) if identity is None else None
        if inner is not None:
            identity = inner.exit
        if identity is not None:
            end = identity, tensor
            break
        if inner is not None:  # from here it only goes further in: an input that is handed on is a node
            notes, number = inner.handed, tensor
            opened, source = inner, _output(inner, number)
        else:
            notes, number = opened.taken, _entered(opened, place)
            if passed is not None and opened.parent is not None:
                passed.append((opened, number))
            opened, source = _outside(opened, number)
        if number in notes and (inner is not None or passed is None):
            end = notes[number]
            break
        crossed.append((notes, number))
    for notes, number in crossed:
        notes[number] = end
    return end


def _entered(opened: Opened, place: Place) -> int:
    """Return the number of the input that a reference means, which leads to no node; InputError if it is none."""
    index = opened.entries.get(place[0])
    if index is None or place[1]:
        layer = opened.model.layers[place[0]]
        raise InputError(
            f"cannot read the model {opened.model.name!r}: it refers to call {place[1]} of {layer.name!r},"
            f" which is called {len(layer.calls)} times"
        )
    return index


def _outside(opened: Opened, index: int) -> tuple[Opened, Reference | None]:
    """Return what is given for an input, and where; nothing for the whole model."""
    arguments = opened.call.arguments
    return opened.parent or opened, arguments[index].source if index < len(arguments) else None


def _output(opened: Opened, tensor: int) -> Reference:
    results = opened.model.outputs
    if tensor >= len(results):
        raise InputError(
            f"cannot read the model: output {tensor} of {opened.model.name!r} is used, and it has {len(results)}"
        )
    return results[tensor].source


def _places(model: Model) -> Iterator[Place]:
    return iter([(index, call) for index, layer in enumerate(model.layers) for call in range(len(layer.calls))])


def _unread(model: Model) -> set[int]:
    """Return the inputs that nobody inside reads, or that are an output of the model as they are."""
    read = {
        referred(argument.source)
        for layer in model.layers
        for call in layer.calls
        for argument in (*call.arguments, *call.masks)
        if argument is not None and argument.source is not None
    }
    given = {referred(result.source) for result in model.outputs}
    return {place for place in model.inputs if place not in read or place in given}
