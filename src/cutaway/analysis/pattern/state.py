"""Where the machine of a pattern stands: what it reached and took, and the branches it is in."""

from cutaway.errors import InternalError
from cutaway.graph import PortRef
from cutaway.record import Record


class Taken(Record):
    """A node of a match, and those taken before it."""

    node: str
    before: "Taken | None"


class Frame(Record):
    """Branches while they are walked: where they begin, what was taken before, what the ended ones reached."""

    begin: str
    taken: Taken | None
    ends: tuple[str, ...]
    around: "Frame | None"


class State(Record):
    """Where the machine stands: the next instruction, the places reached, what is taken, the branches it is in.

    `outer` is the tensor before the match that its first branches share; `since` is what was taken before the branches
    that were joined last.
    """

    next: int = 0
    front: tuple[str, ...] = ()
    taken: Taken | None = None
    frame: Frame | None = None
    since: Taken | None = None
    outer: PortRef | None = None


def moved(state: State, **changes: object) -> State:
    """Return the state with changes, at the next instruction unless another is named."""
    values: dict[str, object] = {
        "next": state.next + 1,
        "front": state.front,
        "taken": state.taken,
        "frame": state.frame,
        "since": state.since,
        "outer": state.outer,
    }
    return State(**(values | changes))  # type: ignore[arg-type]


def forked(state: State) -> State:
    """Return the state at the beginning of branches."""
    frame = Frame(begin=state.front[0], taken=state.taken, ends=(), around=state.frame)
    return moved(state, frame=frame)


def ended(state: State) -> Frame:
    """Return the branches with the end of the present one."""
    frame = state.frame
    if frame is None:
        raise InternalError("a pattern ends branches that it did not begin")
    return Frame(begin=frame.begin, taken=frame.taken, ends=(*frame.ends, *state.front), around=frame.around)


def holds(state: State, node: str) -> bool:
    """Tell whether a node is taken since the outermost branches began; along a chain none comes twice."""
    taken, end, frame = state.taken, state.since, state.frame
    while frame is not None:
        end, frame = frame.taken, frame.around
    while taken is not None and taken is not end:
        if taken.node == node:
            return True
        taken = taken.before
    return False


def listed(taken: Taken | None) -> tuple[str, ...]:
    """Return what was taken, in order."""
    found: list[str] = []
    while taken is not None:
        found.append(taken.node)
        taken = taken.before
    return tuple(reversed(found))
