"""The figures of the gallery keep every rule, in every theme."""

import pytest

import cutaway
from cutaway.linting import lint
from cutaway.theme import NAMES, named
from gallery import Entry, entry, names

ENTRIES = [one for one in map(entry, names()) if not one.needs_keras]


@pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.name)
def test_every_figure_keeps_every_rule(one: Entry):
    wanted = {"crowded"} if 'fold="none"' in one.code else set()  # every layer is what its author wants to see
    assert {fault.rule for fault in lint(one.draw())} == wanted


@pytest.mark.parametrize("theme", NAMES)
@pytest.mark.parametrize("one", [one for one in ENTRIES if one.name in {"custom", "siamese", "seq2seq", "tickets"}])
def test_a_figure_keeps_every_rule_in_every_theme(one: Entry, theme: str):
    figure = one.draw()
    drawn = cutaway.Figure(graph=figure.graph, view=figure.view, theme=named(theme))
    assert lint(drawn) == ()
