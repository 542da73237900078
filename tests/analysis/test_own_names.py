"""Names of parts without that of the whole."""

import pytest

from cutaway.analysis.names import without_model


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("net_v2_stem", "stem"),
        ("net_v2__stem", "stem"),
        ("net_v2", "net_v2"),
        ("net_v2_", "net_v2_"),
        ("net_v20_stem", "net_v20_stem"),
        ("my_net_v2_stem", "my_net_v2_stem"),
    ],
)
def test_a_name_does_not_repeat_that_of_the_model(name, short):
    assert without_model(name, "net_v2") == short
