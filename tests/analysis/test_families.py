"""Rules by class name: a table says in which module each one is, and callers' own ones go first."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pytest

from cutaway.analysis import formulas, shapes
from cutaway.analysis.formulas.rules import FAMILIES as FORMULAS
from cutaway.analysis.formulas.rules import Formulas
from cutaway.analysis.shapes.rules import FAMILIES as SHAPES
from cutaway.analysis.shapes.rules import Rules


@pytest.mark.parametrize(("package", "table"), [(shapes, SHAPES), (formulas, FORMULAS)], ids=["shapes", "formulas"])
def test_the_table_names_all_classes_of_all_families(package: ModuleType, table):
    held = {}
    for module in iter_modules(package.__path__):
        rules = {} if module.ispkg else getattr(import_module(f"{package.__name__}.{module.name}"), "RULES", {})
        held.update(dict.fromkeys(rules, module.name))
    assert dict(table) == held


@pytest.mark.parametrize("made", [Rules, Formulas])
def test_a_callers_rules_go_first_and_the_others_stay(made):
    def mine(_):
        return ()

    built_in, rules = made({}), made({"Dense": mine, "Mine": mine})
    assert rules["Dense"] is rules["Mine"] is mine
    assert rules["Conv2D"] is built_in["Conv2D"]
    assert set(rules) == {*built_in, "Mine"}
    assert len(rules) == len(built_in) + 1
    assert rules.get("Nobodys") is None


def test_every_class_whose_shapes_are_known_has_known_weights():
    open_ended = {"Sequential"}
    assert set(Rules({})) - set(Formulas({})) == open_ended
