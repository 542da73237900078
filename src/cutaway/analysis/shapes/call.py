"""What a rule is told: one call of a layer, with its attributes and what is known of its inputs."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from cutaway.analysis.shapes import dtypes
from cutaway.analysis.shapes.dims import Shape
from cutaway.graph import Node, Tensor, Value
from cutaway.record import Record, field, replace
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.analysis.formulas.formed import Formula

CUSTOM = "custom>"
"""What the class of a layer begins with that is not the framework's own."""

Tensors = tuple[Tensor, ...]
Rule = Callable[["Call"], Tensors]
"""From a call to its outputs, in order; () where nothing is known of them."""


class Call(Record):
    """One call of a layer or an operation.

    An attribute that the file leaves out has the default of the class's constructor: Keras itself reads a
    configuration as the constructor's arguments. Where the constructor has no default, it is unknown; and so is
    whatever is not of the type expected. `ports` are the names of `inputs`, `rules` (of shapes) and `formulas` (of
    weights) serve the layers inside this one.
    """

    op: str
    attributes: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    inputs: Tensors = ()
    name: str = ""
    ports: tuple[str, ...] = ()
    trainable: bool | None = None
    rules: Mapping[str, Rule] = field(default_factory=lambda: MappingProxyType({}))
    formulas: "Mapping[str, Formula]" = field(default_factory=lambda: MappingProxyType({}))

    @property
    def first(self) -> Tensor:
        """The first input; unknown where there is none."""
        return self.inputs[0] if self.inputs else Tensor()

    @property
    def shape(self) -> Shape | None:
        """The shape of the first input."""
        return self.first.shape

    @property
    def arguments(self) -> Mapping[str, Value]:
        """The arguments of this call that are no tensors, by name; `input 1` is the second of unknown name."""
        value = self.attributes.get("call")
        return value if isinstance(value, Mapping) else MappingProxyType({})

    @property
    def is_operation(self) -> bool:
        """Whether this is a function of `keras.ops` rather than a layer: layers store `trainable` and a policy."""
        return self.trainable is None and ("dtype" not in self.attributes or self.op in _TYPED_OPERATIONS)

    @property
    def dtype(self) -> str | None:
        """The type that the layer computes in; without a stored policy that of its inputs, if they are floats."""
        policy = self.policy
        if policy is not None:
            return dtypes.computed(policy)
        found = dtypes.promote([tensor.dtype for tensor in self.inputs])
        return found if dtypes.is_float(found) else None

    @property
    def policy(self) -> str | None:
        """The name of the stored dtype policy, None where there is none."""
        value = self.attributes.get("dtype")
        if isinstance(value, Mapping):
            config = value.get("config")
            settings = config if isinstance(config, Mapping) else {}
            value = settings.get("name") or settings.get("source_name")
        return value if isinstance(value, str) else None

    @property
    def variable_dtype(self) -> str | None:
        """The type of the layer's variables: without a stored policy that of its inputs if they are floats.

        Keras 1 and the first releases of Keras 2 store none, and have `float32` for all that is not set otherwise.
        """
        if self.policy is not None:
            return dtypes.stored(self.policy)
        return None if self.has("dtype") else self.dtype or dtypes.DEFAULT_FLOAT

    def cast(self, index: int = 0) -> str | None:
        """Return the type of an input as the layer sees it: floats are cast to the policy's type, others are not."""
        dtype = self.inputs[index].dtype if index < len(self.inputs) else None
        return self.dtype if dtypes.is_float(dtype) and self.policy is not None else dtype

    def has(self, key: str) -> bool:
        """Say whether the attribute is stored and not null."""
        return self.attributes.get(key) is not None

    def whole(self, key: str, default: int | None = None) -> int | None:
        """Return a whole number."""
        value = self.attributes.get(key)
        return default if value is None else whole(value)

    def flag(self, key: str, *, default: bool = False) -> bool | None:
        """Return a truth value, for which 1 and 0 stand too; None where what is stored is none."""
        value = self.attributes.get(key)
        if value is None:
            return default
        return bool(value) if isinstance(value, bool | int | float) and value in {0, 1} else None

    def text(self, key: str, default: str | None = None) -> str | None:
        """Return a text as it stands."""
        value = self.attributes.get(key)
        if value is None:
            return default
        return value if isinstance(value, str) else None

    def word(self, key: str, default: str | None = None) -> str | None:
        """Return a word in lower case."""
        found = self.text(key, default)
        return None if found is None else found.lower()

    def wholes(self, key: str) -> tuple[int, ...] | None:
        """Return a list of whole numbers; a single one is a list of one."""
        return wholes(self.attributes.get(key))

    def spread(self, key: str, rank: int, default: int | None = None) -> tuple[int, ...] | None:
        """Return one whole number per spatial axis; a single one counts for all `rank` axes."""
        value = self.attributes.get(key)
        if value is None:
            return None if default is None else (default,) * rank
        found = wholes(value)
        if found is None:
            return None
        return found * rank if len(found) == 1 and rank > 0 else found if len(found) == rank else None

    def inner(self, layer: Value, inputs: Sequence[Tensor]) -> Tensors:
        """Return the outputs of a layer stored inside this one (`{'class_name': …, 'config': {…}}`) for `inputs`."""
        found = held(layer)
        rule = None if found is None else self.rules.get(found[0])
        if rule is None or found is None:
            return ()
        return rule(replace(self, op=found[0], attributes=found[1], inputs=tuple(inputs), ports=()))


def held(layer: Value) -> tuple[str, Mapping[str, Value]] | None:
    """Return class and configuration of a layer that is stored inside another one; None for anything else."""
    if not isinstance(layer, Mapping):
        return None
    op, config = layer.get("class_name"), layer.get("config")
    if not isinstance(op, str) or not isinstance(config, Mapping):
        return None
    return f"{CUSTOM}{op.rpartition('>')[2]}" if layer.get("custom") else op, config


def call_of(node: Node, rules: Mapping[str, Rule]) -> Call:
    """Return what a rule is told of a node; one of a custom class has no rule of a built-in one of the same name."""
    return Call(
        op=f"{CUSTOM}{node.op}" if node.custom else node.operation,
        attributes=node.attributes,
        inputs=tuple([port.tensor for port in node.inputs]),
        name=node.name,
        ports=tuple([port.name for port in node.inputs]),
        trainable=node.trainable,
        rules=rules,
    )


_TYPED_OPERATIONS = frozenset(
    (
        *("Arange", "Array", "Cast", "ConvertToTensor", "Cumprod", "Cumsum", "EmptyLike", "Full", "FullLike"),
        *("Geomspace", "Linspace", "Logspace", "MultiHot", "Nancumprod", "Nancumsum", "OneHot", "OnesLike", "Prod"),
        *("SaturateCast", "View", "ZerosLike"),
    )
)


def whole(value: Value) -> int | None:
    """Return `value` as a whole number (3 and 3.0, not True), None where it is none."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def wholes(value: Value) -> tuple[int, ...] | None:
    """Return `value` as a tuple of whole numbers, None where one of its items is none."""
    items = value if isinstance(value, tuple) else (value,)
    found = tuple(number for item in items if (number := whole(item)) is not None)
    return found if len(found) == len(items) else None


def one(shape: Shape | None, dtype: str | None) -> Tensors:
    """Return the outputs of a layer that has a single one."""
    return (Tensor(shape=shape, dtype=dtype),)
