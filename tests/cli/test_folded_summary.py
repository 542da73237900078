"""`cutaway summary --fold`: how it is asked for, and what it tells."""

import re
from pathlib import Path

import pytest

from cutaway.cli import main, parse

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(
    ("given", "fold"),
    [
        (["--fold", "net.keras"], "auto"),
        (["net.keras", "--fold"], "auto"),
        (["--fold", "--debug", "net.keras"], "auto"),
        (["--fold", "none", "net.keras"], "none"),
        (["--fold=1", "net.keras"], 1),
        (["--fold", "A = Conv2D > ReLU", "--fold", "B=Dense+", "net.keras"], {"A": "Conv2D > ReLU", "B": "Dense+"}),
    ],
)
def test_folding_takes_a_value_or_none(given, fold):
    request = parse(["summary", *given])
    assert (request.keywords, request.models) == ({"fold": fold}, ("net.keras",))


def test_blocks_are_rows(capsys):
    assert main(["summary", "--fold", str(EXAMPLES / "resnet50.json"), "--unfold", "conv5_block"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"\nconv4_block +× 5  Bottleneck", out)
    assert "conv5_block3_2_conv" in out
