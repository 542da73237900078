"""What Keras 3 builds for some hundred settings of its layers, against the formulas."""

from random import Random

import pytest
from analysis.formulas.live_weights import compare
from analysis.formulas.newer_settings import adapted, newer, quantized
from analysis.formulas.settings_grid import FAMILIES

pytestmark = pytest.mark.framework


@pytest.mark.parametrize("family", [newer, quantized, adapted, *FAMILIES], ids=lambda family: family.__name__)
def test_the_weights_are_keras(family):
    import keras

    outcome = compare(keras, family(Random(7)), exact=True)  # noqa: S311 - nothing secret
    assert outcome.wrong == []
    assert outcome.unknown == []
    assert outcome.total > outcome.refused
