"""A short way to write down one level: boxes of one size, and links between them by number."""

from cutaway.layered.flat import Flat, Net, Node, Pin, Style
from cutaway.layered.problem import Gaps


def flat(count: int, *links: tuple[int, int]) -> Flat:
    """Return a level where each box has one tensor, and inputs in the order of the links."""
    nets: dict[int, list[Pin]] = {}
    inputs: dict[int, int] = {}
    for source, target in links:
        inputs[target] = inputs.get(target, -1) + 1
        nets.setdefault(source, []).append((target, inputs[target]))
    return Flat(
        nodes=tuple(Node(left=10.0, right=10.0, height=20.0) for _ in range(count)),
        nets=tuple(Net(tensor=str(source), source=source, pins=tuple(pins)) for source, pins in nets.items()),
        style=Style(gaps=Gaps()),
    )
