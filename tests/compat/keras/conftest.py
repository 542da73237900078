"""What the tests of Keras' functions share: no notebook, though Keras loads IPython where that is installed."""

import sys

import pytest


@pytest.fixture(autouse=True)
def _no_notebook(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
