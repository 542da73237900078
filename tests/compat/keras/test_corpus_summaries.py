"""Summaries of the corpus' files, against what Keras says of the models in them."""

import pytest
from corpus_rows import FORMS, stored

from cutaway.compat.keras import source
from cutaway.compat.keras.mistakes import ArgumentError

pytestmark = [pytest.mark.corpus, pytest.mark.filterwarnings("ignore::cutaway.CutawayWarning")]

OLD = {"Convolution1D", "Convolution2D"}
"""What Keras 2 makes layers of other names of."""


@pytest.mark.parametrize("form", FORMS)
def test_rows_and_totals_are_those_of_keras(corpus, form):
    checked = totals = refused = 0
    for row, path in stored(corpus, form):
        if not row.is_loaded or not row.holds_graph:
            continue
        facts = row.facts()
        try:
            _, listing = source.listing(path, nested=False, layer_range=None)
        except ArgumentError:  # chains of Keras 2 that know no shape for their input
            refused += 1
            continue
        wanted = [(layer["name"], layer["class"]) for layer in facts["layers"]]
        listed = [(each.name, each.op) for each in listing.rows if each.op not in OLD or (each.name, each.op) in wanted]
        if len(listed) != len(wanted):  # facts tell of layers only, and of the input of a chain as of one
            listed = [each for each in listed if each in wanted]
            wanted = [each for each in wanted if each in listed or each[1] not in {"InputLayer", *_renamed(OLD)}]
        assert listed == wanted, path
        checked += 1
        built = all(each.built for each in listing.rows)
        if listing.total.known and built and facts["total_params"] is not None:
            assert listing.total.count == facts["total_params"], path
            totals += 1
            assert_split(listing, facts, path)
    assert checked > 10 * refused
    assert totals > 0


def assert_split(listing, facts, path):
    """Hold what is said to be trained to the facts, which is all of that if nothing says "at least"."""
    (_, trained), (_, others) = listing.sums()[1:3]
    assert trained.known == others.known, path
    told = facts.get("trainable_params")
    if told is not None:
        assert trained.count <= told, path
        assert others.count <= listing.total.count - told, path
    if trained.known:
        assert trained.count + others.count == listing.total.count, path


def _renamed(names):
    return {name.replace("olution", "") for name in names}
