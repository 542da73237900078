"""Files of several models: a name for each, progress, and a line for what went wrong, while the others are made."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence

from cutaway.cli.orders import STANDARD_INPUT, Order, Outcome, Product, called, carry_out, tell, tell_place, to_stderr
from cutaway.errors import InputError


def names_for(models: Sequence[str]) -> list[str]:
    """Name each file after its model; where two would be the same, by ever more of the model's path."""
    choices = [_choices(model) for model in models]
    levels = [0] * len(models)
    while True:
        names = [names[level] for names, level in zip(choices, levels, strict=True)]
        taken = Counter(name.casefold() for name in names)  # some file systems do not tell cases apart
        clashing = [place for place, name in enumerate(names) if taken[name.casefold()] > 1]
        if not clashing:
            return names
        for place in clashing:
            levels[place] += 1
            if levels[place] == len(choices[place]):
                raise InputError(f"cannot write a file of its own for {models[place]!r}: is it given twice?")


def _choices(model: str) -> list[str]:
    """Return ever longer names for one model: `net`, `net.keras`, `run1-net`, `run1-net.keras` and so on."""
    if model == STANDARD_INPUT:
        return ["stdin", "stdin.json"]
    path = os.path.abspath(model)
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0] if not os.path.isdir(path) else name
    parts = [part for part in folder.replace("\\", "/").split("/") if part and not part.endswith(":")]
    stem = stem or name
    tails = ["-".join(parts[len(parts) - count :]) for count in range(1, len(parts) + 1)]
    return [stem, name, *(f"{tail}-{end}" for tail in tails for end in (stem, name))]


def make_many(orders: list[Order], product: Product) -> int:
    """Make all files and return the exit code: 0, or 2 if one could not be made."""
    from cutaway.cli.progress import progress

    failed = 0
    with progress(len(orders), product.doing) as (say, advance):
        for order, outcome in zip(orders, _outcomes(orders, product), strict=True):
            tell(outcome, called(order), say)
            tell_place(order, outcome, say)
            failed += bool(outcome.error)
            advance()
    if failed:
        to_stderr(f"{product.done} {len(orders) - failed} of {len(orders)} models")
    return 2 if failed else 0


def _outcomes(orders: list[Order], product: Product) -> Iterable[Outcome]:
    jobs = min(orders[0].request.jobs, len(orders))
    if jobs == 1:
        return (carry_out(order, product.make) for order in orders)
    from cutaway.cli.workers import outcomes

    return outcomes(orders, product.make, jobs)
