"""Rules that users give for layers that no built-in rule knows: shapes, and, if wanted, weights and multiply–adds."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from cutaway.analysis.shapes.call import Call, Rule, Tensors
from cutaway.errors import InputError
from cutaway.graph import Dim, Tensor
from cutaway.record import record

Asked: TypeAlias = Callable[[Call], Any]
"""What a user writes: a function of one call of the layer."""


@record
class LayerRule:
    """What a user says of a class of layers, each as a function of one call; None where a rule does not say it.

    `outputs` returns the shape of the output, `(*call.shape[:-1], 10)`, or, of several outputs, a list of shapes; a
    Tensor in place of a shape tells the type too, which otherwise is the one that the layer computes in. `weights`
    returns the shapes of the weights by their names; a name that begins with "~" is one that no training changes.
    `multiply_adds` returns how many one sample takes. `call.shape` is the shape of the first input, `call.inputs` are
    all of them, `call.attributes` is what the layer's config says.

    A rule may leave unknown sizes to chance: where it fails on a call of which an input is not wholly known (the batch
    aside), its answer counts as unknown. Any other failure is an InputError.

    >>> from cutaway.graph import Graph
    >>> double = LayerRule(
    ...     outputs=lambda call: (*call.shape[:-1], 2 * call.shape[-1]),
    ...     weights=lambda call: {"kernel": (call.shape[-1], 2 * call.shape[-1])},
    ... )
    """

    outputs: Asked | None = None
    weights: Asked | None = None
    multiply_adds: Asked | None = None


Given: TypeAlias = Mapping[str, LayerRule | Asked]
"""The rules of a caller by class name; a function alone is a rule of outputs."""


def layer_rules(given: Given | None) -> Mapping[str, LayerRule]:
    """Return a caller's rules by class name, in one form; raises InputError for what is no rule."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise InputError(f"cannot use the rules {given!r}: give a dict, {{'MyLayer': rule}}, by the names of classes")
    found: dict[str, LayerRule] = {}
    for name, rule in given.items():
        if not isinstance(name, str) or not (isinstance(rule, LayerRule) or callable(rule)) or isinstance(rule, type):
            raise InputError(
                f"cannot use the rule {rule!r} of {name!r}: give the name of a class, and a function of a call that"
                " returns the shape of its output, or a LayerRule"
            )
        found[name] = rule if isinstance(rule, LayerRule) else LayerRule(outputs=rule)
    return found


def output_rules(rules: Mapping[str, LayerRule]) -> Mapping[str, Rule]:
    """Return what the rules say of outputs as rules that inference takes."""

    def guarded(asked: Asked) -> Rule:
        return lambda call: _outputs(call, asked)

    return {name: guarded(rule.outputs) for name, rule in rules.items() if rule.outputs is not None}


def multiply_adds(rules: Mapping[str, LayerRule], call: Call) -> int | None:
    """Return the multiply–adds of a call by a user's rule, None where there is none; raises InputError."""
    rule = rules.get(call.op)
    found = None if rule is None or rule.multiply_adds is None else asked(call, rule.multiply_adds, "multiply_adds")
    if found is None or (isinstance(found, int) and not isinstance(found, bool) and found >= 0):
        return found
    raise broken(call, "multiply_adds", f"it returned {found!r}, which is no number of multiply–adds")


def asked(call: Call, rule: Asked, said: str) -> Any:  # noqa: ANN401 - whatever a user's function returns
    """Return what a user's function says of a call; None where it fails for what is unknown. Raises InputError."""
    try:
        return rule(call)
    except Exception as error:  # noqa: BLE001 - code of other people
        if any(tensor.shape is None or None in tensor.shape[1:] for tensor in call.inputs):
            return None
        raise broken(call, said, f"it raised {type(error).__name__}: {error}") from error


def broken(call: Call, said: str, why: str) -> InputError:
    """Return the error of a rule that does not do what a rule does."""
    return InputError(f"the rule for {said} of {call.op!r} failed on the layer {call.name!r}: {why}")


def is_shape(value: object) -> bool:
    """Tell whether a value is one shape, and not several."""
    return isinstance(value, Sequence) and not isinstance(value, str) and all(map(_is_dim, value))


def _is_dim(value: object) -> bool:
    return value is None or isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))


def _outputs(call: Call, rule: Asked) -> Tensors:
    found = asked(call, rule, "outputs")
    if found is None:
        return ()
    several = [found] if isinstance(found, Tensor) or is_shape(found) else found
    if not isinstance(several, Sequence) or isinstance(several, str):
        raise broken(call, "outputs", f"it returned {found!r}, which is no shape")
    return tuple([_tensor(each, call, found) for each in several])


def _tensor(value: object, call: Call, found: object) -> Tensor:
    shape: Any = value.shape if isinstance(value, Tensor) else value
    if shape is not None and not (is_shape(shape) and all(dim > 0 for dim in shape if isinstance(dim, int))):
        raise broken(call, "outputs", f"it returned {found!r}, which is no shape")
    sizes: tuple[Dim, ...] | None = None if shape is None else tuple(shape)
    return Tensor(shape=sizes, dtype=value.dtype if isinstance(value, Tensor) else call.dtype)
