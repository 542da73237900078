"""Nodes through which all goes that leads to them."""

from hypothesis import given
from hypothesis import strategies as st
from work_done import steps

from cutaway.analysis.gathering import gathering


def before(last, feeds):
    found, waiting = set(), [last]
    while waiting:
        node = waiting.pop()
        new = {each for each, after in feeds.items() if node in after} - found
        found |= new
        waiting += new
    return found


@given(st.data())
def test_what_leads_to_a_node_leads_nowhere_else(data):
    count = data.draw(st.integers(1, 9))
    feeds = {
        str(node): data.draw(st.sets(st.sampled_from([str(each) for each in range(node + 1, count)]), max_size=3))
        if node + 1 < count
        else set()
        for node in range(count)
    }
    exits = data.draw(st.sets(st.sampled_from(list(feeds)), max_size=2))
    expected = set()
    for node in feeds:
        within = before(node, feeds)
        if node not in exits and not within & exits and all(feeds[each] <= within | {node} for each in within):
            expected.add(node)
    assert gathering(feeds, exits) == expected


def test_a_skip_over_all_costs_in_proportion_to_the_length():
    def run(count):
        names = [str(node) for node in range(count + 1)]
        feeds = {name: {names[place + 1], *names[place + 4 : place + 5]} for place, name in enumerate(names[:-1])}
        gathering({**feeds, "0": {"1", names[-1]}, names[-1]: set()}, {names[-1]})

    assert steps(lambda: run(2000)) < 3 * steps(lambda: run(1000))
