"""What is given in place of a model by mistake, each told apart."""

import io
from functools import partial
from types import SimpleNamespace

import pytest

from cutaway.errors import CutawayWarning, InputError, UnsupportedError
from cutaway.sources import read


def build_model():
    return None


def of(module, name="Module"):
    """Return an object of a class that stands in a module, as those of a framework that is not installed do."""
    base = type("Module", (), {"__module__": module})
    return type(name, (base,), {})()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, r"^cannot read None: expected a path"),
        (4, r"^cannot read an int: expected a path"),
        (object(), r"^cannot read an object: expected a path"),
        (dict, r"the class dict: expected a model, which a call of the class makes"),
        (build_model, r"a function 'build_model': expected a model, and not what makes it; call it first"),
        (build_model.__str__, r"a method-wrapper: expected"),
        (partial(build_model), r"a function: expected a model"),
        ([], r"a list: expected a path, "),
        ((4,), r"a tuple: expected"),
        ({4}, r"a set: expected"),
        (b"{}", r"bytes: expected a path of a file, or its JSON as a text"),
        (io.BytesIO(b"{}"), r"an open file: expected its path$"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else None,
)
def test_a_value_that_is_no_model(value, said):
    with pytest.raises(InputError, match=said):
        read(value)


def test_an_open_file_is_named(tmp_path):
    path = tmp_path / "net.json"
    path.write_text("{}")
    with path.open() as file, pytest.raises(InputError, match=r"an open file: expected its path '.*net\.json'$"):
        read(file)


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("torch.nn.modules.module", "a ResNet of PyTorch: only Keras models are read"),
        ("flax.linen.module", "a ResNet of Flax: only Keras models are read"),
        ("tensorflow.python.saved_model.load", "a ResNet that was restored from a SavedModel: .* or its file"),
        ("tensorflow.python.module.module", "a ResNet: a tf.Module does not tell its layers"),
    ],
)
def test_models_of_other_frameworks_are_not_read(module, said):
    with pytest.raises(UnsupportedError, match=said):
        read(of(module, "ResNet"))


def test_a_foreign_model_that_lists_layers_is_read_as_far_as_it_tells():
    model = of("tensorflow.python.module.module", "Net")
    model.layers = [SimpleNamespace(name="a", output_shape=(None, 4))]
    with pytest.warns(CutawayWarning, match="the order of its layers"):
        assert [node.id for node in read(model).nodes] == ["a"]
