"""What most command lines are is read without the parser, and means the same."""

import pytest

from cutaway import cli
from cutaway.cli import Usage, parse
from cutaway.cli.draw_flags import request


@pytest.mark.parametrize(
    "line",
    [
        ["net.keras"],
        ["net.keras", "-o", "net.svg"],
        ["-o", "net.svg", "net.keras"],
        ["one.json", "-o", "figures", "two words.h5", "yes"],
        ["-", "-o", "-"],
        [""],
    ],
)
def test_models_and_the_place_of_the_figure_mean_what_the_parser_says(line, monkeypatch):
    expected = request(line)
    monkeypatch.setattr(cli, "_reader", None)
    assert parse(["draw", *line]) == expected


@pytest.mark.parametrize(
    "line",
    [
        ["net.keras", "-o"],
        ["-o", "net.svg"],
        ["net.keras", "-o", "a.svg", "-o", "b.svg"],
        ["net.keras", "-o", "--debug"],
        ["net.keras", "-onet.svg"],
        ["net.keras", "--theme", "dark"],
        ["net.keras", "-5"],
        ["--", "net.keras"],
        [],
    ],
)
def test_all_else_is_for_the_parser(line):
    assert told(lambda: parse(["draw", *line])) == told(lambda: request(line))


def told(read):
    try:
        return read()
    except Usage as usage:
        return usage.text, usage.code
