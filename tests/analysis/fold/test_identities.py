"""New ids: none is taken, and each is the same however many were asked for before."""

from hypothesis import given
from hypothesis import strategies as st
from work_done import steps

from cutaway.analysis.fold.naming import Identities

NAMES = st.lists(st.sampled_from(["a", "a (2)", "a (3)", "b", ""]), max_size=12)


@given(NAMES, NAMES)
def test_no_id_is_given_twice_and_each_is_the_first_that_is_free(taken, asked):
    ids, used = Identities(taken), set(taken)
    for name in asked:
        numbered = [name, *(f"{name} ({number})" for number in range(2, 30))]
        assert ids.take(name) == next(each for each in numbered if each not in used)
        used.add(next(each for each in numbered if each not in used))
        assert all(each in ids for each in used)


def test_many_ids_of_one_name_take_steps_in_proportion_to_their_number():
    def taking(number: int) -> int:
        ids = Identities(())
        return steps(lambda: [ids.take("block") for _ in range(number)])

    assert taking(400) < 12 * taking(50)
