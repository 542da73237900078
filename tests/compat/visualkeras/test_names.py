"""The names that callers import: those of the package, of its modules, and what needs no Keras."""

import subprocess
import sys
from importlib import import_module
from types import FunctionType, ModuleType

import pytest

from cutaway.compat import visualkeras

HELPERS = """
    Box RectShape Circle Ellipses ColorWheel Ribbon resolve_style fade_color get_rgba_tuple get_keys_by_value
    self_multiply vertical_image_concat linear_layout resize_image_to_fit apply_affine_transform draw_node_logo
    draw_logos_legend get_layers get_incoming_layers get_outgoing_layers model_to_adj_matrix model_to_hierarchy_lists
    augment_output_layers find_layer_by_id find_layer_by_name find_input_layers find_output_layers is_internal_input
    extract_primary_shape calculate_layer_dimensions FunctionalNode FunctionalEdge FunctionalGraph
"""
VIEWS = ("layered", "graph", "functional", "lenet")


@pytest.mark.parametrize("name", [*HELPERS.split(), *visualkeras.__all__])
def test_names_of_the_package(name):
    assert getattr(visualkeras, name) is not None
    assert name in dir(visualkeras)


def test_a_name_that_there_is_not():
    with pytest.raises(AttributeError, match="has no attribute 'cubes'"):
        _ = visualkeras.cubes


@pytest.mark.parametrize("name", VIEWS)
def test_modules_of_views(name):
    module = import_module(f"cutaway.compat.visualkeras.{name}")
    assert isinstance(getattr(module, f"{name}_view"), FunctionType)
    assert getattr(visualkeras, f"{name}_view") is getattr(module, f"{name}_view")


def test_the_shape_that_label_callables_are_given():
    from cutaway.compat.visualkeras.lenet import RenderShape

    assert {"h_dim", "w_dim", "c_dim"} <= set(dir(RenderShape))


@pytest.mark.parametrize("name", ["options", "utils", "layer_utils"])
def test_other_modules(name):
    module = import_module(f"cutaway.compat.visualkeras.{name}")
    assert getattr(visualkeras, name) is module
    assert all(hasattr(module, each) for each in module.__all__)


def test_show_is_the_function_and_its_module_can_be_imported():
    module = import_module("cutaway.compat.visualkeras.show")
    assert isinstance(module, ModuleType)
    assert isinstance(visualkeras.show, FunctionType)
    assert module.show is visualkeras.show
    assert module.layered_view is visualkeras.layered_view


def test_it_works_without_keras_and_loads_nothing_for_that():
    """An object with layers is drawn where no framework is, and importing brings neither NumPy nor Pillow."""
    program = """
        import sys
        for name in ("keras", "tf_keras", "tensorflow", "numpy", "torch", "jax"):
            sys.modules[name] = None
        from cutaway.compat import visualkeras
        from cutaway.compat.visualkeras import *
        assert "PIL" not in sys.modules
        class Dense:
            def __init__(self, name, units):
                self.name, self.output_shape = name, (None, units)
        class Model:
            layers = [Dense("a", 8), SpacingDummyLayer(spacing=70), Dense("b", 4)]
        Model.layers[1].output_shape = (None, 8)
        assert show(Model(), legend=True).size > (100, 40)
    """
    code = "\n".join(line[8:] for line in program.splitlines())
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
