"""Rules of families of layers by class name: a family's module is loaded when one of its classes is met."""

from collections.abc import Iterator, Mapping
from importlib import import_module

from cutaway.typed import Generic, TypeVar

R = TypeVar("R")


def by_class(classes: Mapping[str, str]) -> dict[str, str]:
    """Return the module of each class, from the classes of each module in one text."""
    return {name: module for module, names in classes.items() for name in names.split()}


class Families(Mapping[str, R], Generic[R]):
    """Rules by class name: a caller's own ones, and for all others those in the `RULES` of their family's module.

    A class that is not the framework's own (`custom>Dense`) has only rules of the caller's, by its plain name.
    `modules` says in which module of `package` each class has its rule.
    """

    def __init__(self, package: str, modules: Mapping[str, str], own: Mapping[str, R]) -> None:
        self._package = package
        self._modules = modules
        self._own = own
        self._found: dict[str, R] = {}

    def __getitem__(self, op: str) -> R:
        if op not in self._found:
            self._found[op] = self._rule(op)
        return self._found[op]

    def _rule(self, op: str) -> R:
        name = op.rpartition(">")[2]
        if name in self._own:
            return self._own[name]
        rules: Mapping[str, R] = import_module(f"{self._package}.{self._modules[op]}").RULES
        return rules[op]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._own, *self._modules)))

    def __len__(self) -> int:
        return len(self._own.keys() | self._modules.keys())
