"""Rules that users give for layers that no built-in rule knows: shapes, and, if wanted, weights and multiply–adds."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from operator import index
from types import MappingProxyType

from cutaway.analysis.formulas.formed import Formed, Formula
from cutaway.analysis.shapes.call import CUSTOM, Call, Rule, Tensors, whole
from cutaway.errors import InputError, warn
from cutaway.graph import Dim, Graph, Node, Tensor, Value
from cutaway.record import Record, replace
from cutaway.typed import Any

_NAMED = 5
"""Classes that a warning names."""

Asked = Callable[[Call], Any]
"""What a user writes: a function of one call of the layer."""


class LayerRule(Record):
    """What a user says of a class of layers, each as a function of one call; None where a rule does not say it.

    `outputs` returns the shape of the output, `(*call.shape[:-1], 10)`, or, of several outputs, a list of shapes; a
    Tensor in place of a shape tells the type too, which otherwise is the one that the layer computes in. `weights`
    returns the shapes of the weights by their names; a name that begins with "~" is one that no training changes.
    `multiply_adds` returns how many one sample takes. `call.shape` is the shape of the first input, `call.inputs` are
    all of them, `call.attributes` is what the layer's config says.

    The batch, where it stays in front, is `call.shape[0]`; a layer that puts four windows of a sample into it hands out
    four times as much. With None in its place it is left open, and costs behind the layer may be "at least".

    What a file or a live model tells itself wins: shapes that are stored, and weights wherever they are read, as they
    are with a rule of weights. A CutawayWarning tells where a rule contradicts it, and of a rule for which there is no
    layer. The rule goes before all that follows from a layer's attributes.

    A rule may leave unknown sizes to chance: where it fails on a call of which an input is not wholly known (the batch
    aside), its answer counts as unknown. Any other failure is an InputError.

    >>> from cutaway.analysis.complete import complete
    >>> from cutaway.graph import Graph, Node, Port, Tensor
    >>> entering = Port(name="inputs", tensor=Tensor(shape=(None, 4), dtype="float32"))
    >>> node = Node(id="d", name="d", op="Doubling", inputs=(entering,), outputs=(Port(name="output"),), trainable=True)
    >>> double = LayerRule(
    ...     outputs=lambda call: (*call.shape[:-1], 2 * call.shape[-1]),
    ...     weights=lambda call: {"kernel": (call.shape[-1], 2 * call.shape[-1])},
    ... )
    >>> found = complete(Graph(name="net", nodes=(node,)), rules={"Doubling": double}).nodes[0]
    >>> found.outputs[0].tensor.shape, found.weights[0].shape
    ((None, 8), (4, 8))
    """

    outputs: Asked | None = None
    weights: Asked | None = None
    multiply_adds: Asked | None = None

    def __post_init__(self) -> None:
        said = {"outputs": self.outputs, "weights": self.weights, "multiply_adds": self.multiply_adds}
        for name, asked in said.items():
            if asked is not None and (not callable(asked) or isinstance(asked, type)):
                raise InputError(
                    f"cannot use {name}={asked!r} in a LayerRule: give a function of one call of the layer, such as"
                    f" {name}={_EXAMPLES[name]}"
                )
        if all(asked is None for asked in said.values()):
            raise InputError(
                f"cannot use a LayerRule that says nothing: give one or more of {', '.join(said)}, such as"
                f" outputs={_EXAMPLES['outputs']}"
            )


_EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "outputs": "lambda call: call.shape",
        "weights": "lambda call: {'kernel': (call.shape[-1], 8)}",
        "multiply_adds": "lambda call: 8 * call.shape[-1]",
    }
)
Said = LayerRule | Asked
Given = Mapping[str, Said] | Mapping[type, Said] | Mapping[str | type, Said]
"""The rules of a caller by class, or by its name; a function alone is a rule of outputs."""


def layer_rules(given: Given | None) -> Mapping[str, LayerRule]:
    """Return a caller's rules by class name, in one form; raises InputError for what is no rule."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise InputError(f"cannot use the rules {given!r}: give a dict, {{'MyLayer': rule}}, by the names of classes")
    found: dict[str, LayerRule] = {}
    for key, rule in given.items():
        name = key.__name__ if isinstance(key, type) else key
        if not isinstance(name, str) or not (isinstance(rule, LayerRule) or callable(rule)) or isinstance(rule, type):
            raise InputError(
                f"cannot use the rule {rule!r} of {name!r}: give the name of a class, and a function of a call that"
                " returns the shape of its output, or a LayerRule"
            )
        found[name] = rule if isinstance(rule, LayerRule) else LayerRule(outputs=rule)
    return found


def warn_of_unused(given: Mapping[str, LayerRule], graph: Graph) -> None:
    """Warn of each rule of a class that no layer of a graph is of, and tell what was perhaps meant."""
    classes = {_class_of(node) for node in graph.nodes}
    if given.keys() <= classes:
        return
    known = {name for node in graph.nodes for name in classes_of(node)}
    opened = {scope.op for scope in graph.scopes}
    for name in [each for each in given if each not in known]:
        why = (
            "it is the class of a nested model, whose own layers are known"
            if name in opened
            else f"no layer of {graph.name!r} is of that class{_meant(name, classes, graph.nodes)}"
        )
        warn(f"the rule for {name!r} is not used: {why}")


def _meant(name: str, classes: Collection[str], nodes: Iterable[Node]) -> str:
    """Say which classes have a name like one that no layer has, or else which are not the framework's own."""
    from difflib import get_close_matches

    names = {each.lower(): each for each in sorted(classes)}
    near = [names[each] for each in get_close_matches(name.rpartition(">")[2].lower(), names)]
    if near:
        return f"; did you mean {' or '.join(map(repr, near))}?"
    own = list(dict.fromkeys(node.op for node in nodes if node.custom))[:_NAMED]
    return f"; its custom classes are {', '.join(map(repr, own))}" if own else ""


def source_of(node: Node, ruled: Collection[str]) -> str:
    """Say in a warning by what something is known of a node: a rule of the caller's, where its class is `ruled`."""
    return "your rule" if ruled and not classes_of(node).isdisjoint(ruled) else "its attributes and inputs"


def classes_of(node: Node) -> frozenset[str]:
    """Return the classes, by which rules are found, of a node and of the layers stored in it."""
    return frozenset((_class_of(node), *_held(node)))


def _class_of(node: Node) -> str:
    return node.op if node.custom else node.operation


def _held(node: Node) -> Iterator[str]:
    stack: list[Value] = [node.attributes]
    while stack:
        value = stack.pop()
        if isinstance(value, Mapping):
            op = value.get("class_name")
            if isinstance(op, str):
                yield op.rpartition(">")[2]
            stack += value.values()
        elif isinstance(value, tuple):
            stack += value


def output_rules(rules: Mapping[str, LayerRule]) -> Mapping[str, Rule]:
    """Return what the rules say of outputs as rules that inference takes."""

    def guarded(asked: Asked) -> Rule:
        return lambda call: _outputs(call, asked)

    return {name: guarded(rule.outputs) for name, rule in rules.items() if rule.outputs is not None}


def weight_formulas(rules: Mapping[str, LayerRule]) -> Mapping[str, Formula]:
    """Return what the rules say of weights as formulas."""

    def guarded(rule: Asked) -> Formula:
        return lambda call: _weights(call, rule)

    return {name: guarded(rule.weights) for name, rule in rules.items() if rule.weights is not None}


def multiply_adds(rules: Mapping[str, LayerRule], call: Call) -> int | None:
    """Return the multiply–adds of a call by a user's rule, None where there is none; raises InputError."""
    rule = rules.get(call.op.removeprefix(CUSTOM))
    found = None if rule is None or rule.multiply_adds is None else _asked(call, rule.multiply_adds, "multiply_adds")
    number = None if found is None else whole(found)
    if found is not None and (number is None or number < 0):
        raise _broken(call, "multiply_adds", f"it returned {found!r}, which is no number of multiply–adds")
    return number


def _asked(call: Call, rule: Asked, said: str) -> Any:  # noqa: ANN401 - whatever a user's function returns
    """Return what a user's function says of a call; None where it fails for what is unknown. Raises InputError."""
    try:
        return rule(replace(call, op=call.op.removeprefix(CUSTOM)))
    except Exception as error:
        if any(tensor.shape is None or None in tensor.shape[1:] for tensor in call.inputs):
            return None
        raise _broken(call, said, f"it raised {type(error).__name__}: {error}") from error


def _broken(call: Call, said: str, why: str) -> InputError:
    op = call.op.removeprefix(CUSTOM)
    return InputError(f"the rule for {said} of {op!r} failed on the layer {call.name!r}: {why}")


def _weights(call: Call, rule: Asked) -> tuple[Formed, ...] | None:
    found = _asked(call, rule, "weights")
    if found is None:
        return None
    shapes = {name: _shape(shape) for name, shape in found.items()} if isinstance(found, Mapping) else {"": None}
    if None in shapes.values() or not all(isinstance(name, str) for name in shapes):
        raise _broken(call, "weights", f"it returned {found!r}, which is no dict of shapes by the names of weights")
    return tuple(
        [
            Formed(name=name.removeprefix("~"), shape=shape, dtype=call.variable_dtype, trainable=name[:1] != "~")
            for name, shape in shapes.items()
        ]
    )


def _outputs(call: Call, rule: Asked) -> Tensors:
    found = _asked(call, rule, "outputs")
    if found is None:
        return ()
    single = isinstance(found, Tensor) or _shape(found) is not None
    several = [found] if single else found if isinstance(found, list | tuple) else [""]
    tensors = [_tensor(each, call.dtype) for each in several]
    if None in tensors:
        raise _broken(call, "outputs", f"it returned {found!r}, which is no shape, nor a list of shapes")
    return tuple([each for each in tensors if each is not None])


def _tensor(value: object, dtype: str | None) -> Tensor | None:
    """Return what a rule says of one output; None for what says nothing that can be understood."""
    if isinstance(value, Tensor):
        shape = _shape(value.shape)
        return None if shape is None and value.shape is not None else Tensor(shape=shape, dtype=value.dtype or dtype)
    shape = _shape(value)
    return None if shape is None and value is not None else Tensor(shape=shape, dtype=dtype)


def _shape(value: object) -> tuple[Dim, ...] | None:
    """Return a shape as a graph has it, None for what is none."""
    if not isinstance(value, list | tuple):
        return None
    try:
        shape = tuple([each if each is None or isinstance(each, str) else index(each) for each in value])
    except TypeError:
        return None
    return None if any(isinstance(dim, int) and dim < 0 for dim in shape) else shape
