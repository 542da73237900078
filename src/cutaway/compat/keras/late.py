"""Modules that a program imports later: some are looked at once they are loaded, some are made that are not there.

The classes are what `importlib.abc` describes, without loading that, which takes a tenth of the time of a figure.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.abc import Loader


class Late:
    """Calls `seen` with each of the `watched` modules once it is loaded, and makes those of `made` that are missing.

    `made` are the contents of modules by their names. It works while it is in `sys.meta_path`, in front, where `owner`
    says whose it is.
    """

    def __init__(
        self,
        watched: Sequence[str],
        seen: Callable[[ModuleType], None],
        made: Mapping[str, Mapping[str, Any]],
        owner: Any,  # noqa: ANN401 - of no interest here
    ) -> None:
        self.owner = owner
        self._watched = frozenset(watched)
        self._seen = seen
        self._made = made

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how to load a module that is watched or made; None for others, which others find."""
        if fullname not in self._watched and fullname not in self._made:
            return None
        found = self._of_others(fullname, path, target)
        if found is None and fullname in self._made:
            return ModuleSpec(fullname, _Maker(self, self._made[fullname]))  # type: ignore[arg-type]
        if found is None:
            return None
        if fullname in self._watched and found.loader is not None:
            found.loader = _Watcher(found.loader, self._seen)  # type: ignore[assignment]
        return found

    def has_made(self, module: ModuleType | None) -> bool:
        """Tell whether this has made a module."""
        loader = getattr(getattr(module, "__spec__", None), "loader", None)
        return isinstance(loader, _Maker) and loader.owner is self

    def take_over(self, module: ModuleType) -> None:
        """Be the one that has made a module of another."""
        loader = getattr(module.__spec__, "loader", None)
        if isinstance(loader, _Maker):
            loader.owner = self

    def _of_others(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None) -> ModuleSpec | None:
        finders = list(sys.meta_path)  # those in front of this were asked before; one behind may be a Late, too
        for finder in finders[finders.index(self) + 1 :] if self in finders else ():
            if hasattr(finder, "find_spec"):
                found = finder.find_spec(fullname, path, target)
                if found is not None:
                    return found
        return None


class _Watcher:
    """Loads a module as another loader does, and calls `seen` with it."""

    def __init__(self, loader: "Loader", seen: Callable[[ModuleType], None]) -> None:
        self._loader = loader
        self._seen = seen

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Return the module that the other loader makes."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module, which then has its own loader as ever."""
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        self._seen(module)


class _Maker:
    """Makes a module of what is to be in it."""

    def __init__(self, owner: Late, content: Mapping[str, Any]) -> None:
        self.owner = owner
        self._content = content

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave it to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Fill the module."""
        vars(module).update(self._content)
