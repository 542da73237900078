"""Runs of equal layers drawn once, as `collapse_rules` ask for: of a layer with a badge, of a block with an arrow."""

from collections.abc import Mapping, Sequence

from cutaway.compat.visualkeras.ignoring import without
from cutaway.compat.visualkeras.layers import Subject
from cutaway.compat.visualkeras.mistakes import WrongTypeError, WrongValueError
from cutaway.compat.visualkeras.settling import Settled
from cutaway.errors import unknown, warn
from cutaway.record import Record
from cutaway.typed import Any, Literal

_KINDS = ("layer", "block")
_POSITIONS = ("above", "below")
_KEYS = ("kind", "selector", "repeat_count", "label", "annotation_position")


class Rule(Record):
    """What to draw once: so many repeats of a layer, or of a block of layers one behind the other."""

    place: int
    selectors: tuple[object, ...]
    is_block: bool
    count: int
    label: str
    position: Literal["above", "below"]


class Span(Record):
    """Layers that are drawn for all repeats of them, with what is said of that, above or below."""

    nodes: tuple[str, ...]
    label: str
    is_block: bool
    position: Literal["above", "below"]


class Collapsed(Record, eq=False):
    """A model with repeats drawn once."""

    subject: Subject
    spans: tuple[Span, ...]


def rules_of(given: Any) -> tuple[Rule, ...]:  # noqa: ANN401 - checked here
    """Return the rules that a caller gives; raises WrongTypeError and WrongValueError, with the number of the rule."""
    if given is None:
        return ()
    if isinstance(given, str | Mapping) or not isinstance(given, Sequence):
        raise WrongTypeError(f"collapse_rules must be a sequence of mappings, not {type(given).__name__}")
    return tuple([_rule(place, each) for place, each in enumerate(given)])


def asked_collapsed(subject: Subject, settled: Settled) -> Collapsed:
    """Return a model as `collapse_rules` ask for, which act unless `collapse_enabled` is given as False."""
    rules = rules_of(settled.values.get("collapse_rules"))
    is_refused = "collapse_enabled" in settled.given and not settled.collapse_enabled
    return collapsed(subject, () if is_refused else rules)


def collapsed(subject: Subject, rules: Sequence[Rule]) -> Collapsed:
    """Return a model with repeats drawn once, rule by rule; a rule that never applies is warned of."""
    spans: list[Span] = []
    for rule in rules:
        taken = {node for span in spans for node in span.nodes}
        found, gone = _repeats(subject, rule, taken)
        if not found:
            warn(
                f"collapse_rules[{rule.place}] never applies: nothing is repeated {rule.count} times in a row that"
                f" {rule.selectors[0] if not rule.is_block else rule.selectors!r} means"
            )
        spans += found
        subject = without(subject, gone)
    return Collapsed(subject=subject, spans=tuple(spans))


def _rule(place: int, given: object) -> Rule:
    where = f"collapse_rules[{place}]"
    if not isinstance(given, Mapping):
        raise WrongTypeError(f"{where} must be a mapping, not {type(given).__name__}")
    for key in given:
        if key not in _KEYS:
            raise WrongValueError(f"{where} has an unknown key {key!r}: {unknown(key, _KEYS)}")
    kind, count = given.get("kind"), given.get("repeat_count")
    if kind not in _KINDS:
        raise WrongValueError(f"{where}: kind must be 'layer' or 'block', not {kind!r}")
    if isinstance(count, bool) or not isinstance(count, int):
        raise WrongTypeError(f"{where}: repeat_count must be an integer, not {count!r}")
    if count < 2:
        raise WrongValueError(f"{where}: repeat_count must be 2 or more, not {count}")
    label = given.get("label")
    if label is not None and not isinstance(label, str):
        raise WrongTypeError(f"{where}: label must be a string, not {label!r}")
    position = given.get("annotation_position", "above")
    if position not in _POSITIONS:
        raise WrongValueError(f"{where}: annotation_position must be 'above' or 'below', not {position!r}")
    return Rule(
        place=place,
        selectors=_selectors(where, given.get("selector"), is_block=kind == "block"),
        is_block=kind == "block",
        count=count,
        label=f"{count}x" if label is None else label,
        position=position,
    )


def _selectors(where: str, given: object, *, is_block: bool) -> tuple[object, ...]:
    if not is_block:
        if not isinstance(given, str | type):
            raise WrongTypeError(f"{where}: selector must be a layer's name or class, not {given!r}")
        return (given,)
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise WrongTypeError(f"{where}: selector must be a sequence of layers' names or classes, not {given!r}")
    if len(given) < 2:
        raise WrongValueError(f"{where}: selector must have two layers or more for a block, not {len(given)}")
    for each in given:
        if not isinstance(each, str | type):
            raise WrongTypeError(f"{where}: selector must hold layers' names or classes, not {each!r}")
    return tuple(given)


def _repeats(subject: Subject, rule: Rule, taken: set[str]) -> tuple[list[Span], list[str]]:
    """Return the layers that are drawn for repeats, and those that are not drawn."""
    spans, gone = list[Span](), list[str]()
    size = len(rule.selectors)
    for line in _lines(subject):
        start = 0
        while start + size * rule.count <= len(line):
            nodes = line[start : start + size * rule.count]
            if taken.isdisjoint(nodes) and all(
                subject.layers[node].is_meant(rule.selectors[place % size]) for place, node in enumerate(nodes)
            ):
                spans.append(
                    Span(nodes=tuple(nodes[:size]), label=rule.label, is_block=rule.is_block, position=rule.position)
                )
                gone += nodes[size:]
                start += len(nodes)
            else:
                start += 1
    return spans, gone


def _lines(subject: Subject) -> list[list[str]]:
    """Return the layers in lines as long as they can be: each has one before it and one behind it."""
    into: dict[str, list[str]] = {node: [] for node in subject.layers}
    out_of: dict[str, list[str]] = {node: [] for node in subject.layers}
    for edge in subject.graph.edges:
        into[edge.target].append(edge.source)
        out_of[edge.source].append(edge.target)
    follows = {node: out_of[node][0] for node in into if len(out_of[node]) == 1 and len(into[out_of[node][0]]) == 1}
    starts = [node for node in into if node not in set(follows.values())]
    found: list[list[str]] = []
    for start in starts:
        line = [start]
        while line[-1] in follows:
            line.append(follows[line[-1]])
        found.append(line)
    return found
