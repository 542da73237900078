"""Find the links that lead back, so that all others lead down: by depth-first search (Gansner et al. 1993, §2.1)."""

from cutaway.layered.flat import Flat, PinKey


def back_pins(flat: Flat) -> frozenset[PinKey]:
    """Return the pins whose link closes a cycle or a loop, searched from the sources on, in the order of the nodes."""
    if not [node for _, source, pins, _ in flat.nets for node, _ in pins if node <= source]:
        return frozenset()  # as networks are written down: sources before targets
    out = _links_out(flat)
    fed = [False] * len(flat.nodes)
    for net in flat.nets:
        for pin in net.pins:
            if pin.node != net.source:
                fed[pin.node] = True
    roots = sorted(range(len(flat.nodes)), key=lambda node: fed[node])
    state = [0] * len(flat.nodes)  # 0 unseen, 1 on the way, 2 done
    back: set[PinKey] = set()
    for root in roots:
        if state[root] == 0:
            _search(root, out, state, back)
    return frozenset(back)


def _links_out(flat: Flat) -> list[list[tuple[int, PinKey]]]:
    out: list[list[tuple[int, PinKey]]] = [[] for _ in flat.nodes]
    for index, net in enumerate(flat.nets):
        for number, pin in enumerate(net.pins):
            out[net.source].append((pin.node, (index, number)))
    return out


def _search(root: int, out: list[list[tuple[int, PinKey]]], state: list[int], back: set[PinKey]) -> None:
    state[root] = 1
    stack = [(root, iter(out[root]))]
    while stack:
        node, links = stack[-1]
        for target, key in links:
            if state[target] == 1:
                back.add(key)
            elif state[target] == 0:
                state[target] = 1
                stack.append((target, iter(out[target])))
                break
        else:
            state[node] = 2
            stack.pop()
