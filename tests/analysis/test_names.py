import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.analysis.names import snake


def as_keras_does(name: str) -> str:
    """Return what `to_snake_case` in keras/src/utils/naming.py says: every capital before or behind a small letter."""
    name = re.sub(r"\W+", "", name)
    return re.sub(r"(?<=.)(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])", "_", name, flags=re.DOTALL).lower()


@pytest.mark.parametrize(
    ("op", "name"),
    [
        ("Conv2DTranspose", "conv2d_transpose"),
        ("LSTM", "lstm"),
        ("ReLU", "re_lu"),
        ("GlobalAveragePooling2D", "global_average_pooling2d"),
        ("_Private", "__private"),
        ("", ""),
    ],
)
def test_names_that_keras_gives(op, name):
    assert snake(op) == name


@given(st.text(st.sampled_from("aZbQ2_ .äÄΣ"), max_size=12))
def test_any_class_is_written_as_keras_does(op):
    assert snake(op) == as_keras_does(op)
