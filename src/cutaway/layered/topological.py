"""Sort what must not lead back."""

from collections.abc import Collection, Sequence


def topological_order(after: Sequence[Collection[int]]) -> list[int]:
    """Return numbers so that each comes before those after it (Kahn 1962); what is in a ring is left out."""
    waiting = [0] * len(after)
    for others in after:
        for other in others:
            waiting[other] += 1
    order = [one for one, number in enumerate(waiting) if number == 0]
    for one in order:
        for other in after[one]:
            waiting[other] -= 1
            if waiting[other] == 0:
                order.append(other)
    return order
