"""Check the figures of models, and say what is wrong with them on standard output: `cutaway lint`."""

from cutaway.cli import Request
from cutaway.cli.orders import STANDARD_OUTPUT, Order, called, carry_out, received, tell, to_stderr, to_stdout
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.faults import Fault

HARD_FAULTS = 1
"""The exit code where a figure has what none may have."""


def run(request: Request) -> int:
    """Check all figures and return the exit code: 0, 1 for hard faults, or 2 if one could not be drawn."""
    found: list[tuple[str, tuple[Fault, ...]]] = []
    several = len(request.models) > 1
    for model in request.models:
        order = Order(request=request, model=model, target=STANDARD_OUTPUT, suffix="", data=received(model))
        outcome = carry_out(order, _make)
        tell(outcome, called(order) if several else "", to_stderr)
        if not outcome.error:
            found.append((called(order), outcome.result))
            if request.form != "json":
                _print(_text(called(order), outcome.result))
    if request.form == "json" and (found or several):
        _print(_json(found, several=several))
    if len(found) < len(request.models):
        return 2
    return HARD_FAULTS if any(fault.severity == "hard" for _, faults in found for fault in faults) else 0


def _make(order: Order) -> "tuple[Fault, ...]":
    from cutaway.linting import lint

    return lint(order.source, **order.request.keywords)


def _print(text: str) -> None:
    to_stdout(text.encode("utf-8", "replace"))


def _text(model: str, faults: "tuple[Fault, ...]") -> str:
    """Say each fault in a line, and then how many there are."""
    name = model if model.isprintable() else repr(model)
    lines = [f"{fault.severity}, rule {fault.number} ({fault.rule}): {fault.message}" for fault in faults]
    counts = [_count(faults, severity) for severity in ("hard", "soft")]
    return "".join(f"{name}: {line}\n" for line in [*lines, " and ".join(filter(None, counts)) or "no faults"])


def _count(faults: "tuple[Fault, ...]", severity: str) -> str:
    number = sum(fault.severity == severity for fault in faults)
    return f"{number:,} {severity} fault{'' if number == 1 else 's'}" if number else ""


def _json(found: "list[tuple[str, tuple[Fault, ...]]]", *, several: bool) -> str:
    import json

    reports = [_report(model, faults) for model, faults in found]
    return json.dumps(reports if several else reports[0], indent=2, ensure_ascii=False) + "\n"


def _report(model: str, faults: "tuple[Fault, ...]") -> dict[str, object]:
    hard = sum(fault.severity == "hard" for fault in faults)
    return {
        "model": model,
        "hard": hard,
        "soft": len(faults) - hard,
        "faults": [
            {
                "rule": fault.rule,
                "number": fault.number,
                "severity": fault.severity,
                "message": fault.message,
                "marks": list(fault.marks),
                "place": None if fault.place is None else [round(value, 2) for value in fault.place],
            }
            for fault in faults
        ],
    }
