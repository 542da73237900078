"""Keras' own functions replaced by ours, for a whole program or for a while; no framework is loaded for that."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

from cutaway.compat.keras.dot import model_to_dot
from cutaway.compat.keras.late import Late
from cutaway.compat.keras.plot_model import plot_model
from cutaway.compat.keras.printing import print_summary
from cutaway.typed import Any

_OURS = {"plot_model": plot_model, "model_to_dot": model_to_dot}
_PACKAGES = ("keras", "tf_keras")
_ROOTS = ("keras", "tf_keras", "tensorflow.keras")
"""Below which names Keras' modules may be known."""
_PLOTS = tuple([f"{package}.{module}" for package in _PACKAGES for module in (
    "src.utils.model_visualization", "src.utils.vis_utils", "utils.vis_utils"
)])  # fmt: skip
"""Where the generations of Keras define the functions that plot."""
_MODELS = tuple([f"{package}.{module}" for package in _PACKAGES for module in (
    "src.models.model", "src.engine.training", "engine.training"
)])  # fmt: skip
"""Where they define the class of all models."""
_GONE = tuple([f"{root}.utils.vis_utils" for root in _ROOTS])
"""What old programs import and Keras 3 has no more."""


def patch() -> Callable[[], None]:
    """Let `keras.utils.plot_model`, `model_to_dot` and `Model.summary` be ours from now on; return what undoes it.

    That holds for Keras 3, tf.keras and tf_keras, whether they are loaded already or later, under every name that their
    own modules have for these functions. A name that a program has imported before stays what it was. There is a module
    `keras.utils.vis_utils` as well, where Keras has none.
    """
    patching = _Patching()
    patching.begin()
    return patching.end


@contextmanager
def patched() -> Iterator[None]:
    """Let Keras' functions be ours as `patch` does, within a `with` statement."""
    undo = patch()
    try:
        yield
    finally:
        undo()


class _Patching:
    """What is replaced, and by what it was replaced."""

    def __init__(self) -> None:
        self._originals: dict[tuple[str, str], object] = {}
        self._summaries: list[tuple[Any, object]] = []
        self._utils = frozenset([f"{root}.utils" for root in _ROOTS])
        watched = (*_PLOTS, *_MODELS, *self._utils)
        self._late = Late(watched, self._look_at, dict.fromkeys(_GONE, _OURS), self)

    def begin(self) -> None:
        """Replace what is loaded, and watch for what is not."""
        sys.meta_path.insert(0, self._late)
        for name in (*_PLOTS, *_MODELS, *self._utils):
            if name in sys.modules:
                self._look_at(sys.modules[name])

    def end(self) -> None:
        """Put back what was there, where nobody has put something else in the meantime; not under another patch."""
        if self._late in sys.meta_path:
            sys.meta_path.remove(self._late)
        other = next((each for each in sys.meta_path if isinstance(each, Late)), None)
        if other is not None:
            self._leave_to(other)
        self._put_back()
        self._originals.clear()
        self._summaries.clear()

    def _leave_to(self, other: Late) -> None:
        """Let a patch that is still active put back what this has replaced."""
        heir: _Patching = other.owner
        heir._originals |= self._originals
        heir._summaries += self._summaries
        for name in _GONE:
            if self._late.has_made(sys.modules.get(name)):
                other.take_over(sys.modules[name])
        self._originals.clear()
        self._summaries.clear()

    def _put_back(self) -> None:
        for name in [name for name in _GONE if self._late.has_made(sys.modules.get(name))]:
            made, above = sys.modules.pop(name), sys.modules.get(name.rpartition(".")[0])
            if vars(above).get("vis_utils") is made:
                del above.vis_utils  # type: ignore[union-attr]
        for module in _below(_ROOTS):
            for name, ours in _OURS.items():
                original = self._originals.get((_package(module), name))
                if original is not None and vars(module).get(name) is ours:
                    setattr(module, name, original)
        for model, original in self._summaries:
            if vars(model).get("summary") is print_summary:
                model.summary = original

    def _look_at(self, module: ModuleType) -> None:
        """Replace what a module defines of Keras' functions, wherever it is known in Keras."""
        name = module.__name__
        if name in _PLOTS:
            for function, ours in _OURS.items():
                original = vars(module).get(function)
                if original is not None and original is not ours:
                    self._originals[_package(module), function] = original
            self._replace()
        if name in _MODELS:
            model = vars(module).get("Model")
            original = vars(model).get("summary") if isinstance(model, type) else None
            if original is not None and original is not print_summary:
                self._summaries.append((model, original))
                model.summary = print_summary  # type: ignore[union-attr]
        if name in self._utils and f"{name}.vis_utils" not in sys.modules:
            import_module(f"{name}.vis_utils")

    def _replace(self) -> None:
        originals = {id(original): _OURS[name] for (_, name), original in self._originals.items()}
        for module in _below(_ROOTS):
            for name in _OURS:
                value = vars(module).get(name)
                if id(value) in originals:
                    setattr(module, name, originals[id(value)])


def _below(roots: tuple[str, ...]) -> list[ModuleType]:
    """Return the modules that are loaded below some names."""
    heads = tuple([f"{root}." for root in roots])
    return [each for name, each in list(sys.modules.items()) if name.startswith(heads) and isinstance(each, ModuleType)]


def _package(module: ModuleType) -> str:
    """Return the package of Keras that a module is of; tf.keras is either of them."""
    package = module.__name__.partition(".")[0]
    if package in _PACKAGES:
        return package
    file = (getattr(module, "__file__", None) or "").replace("\\", "/")
    return "tf_keras" if "/tf_keras/" in file else "keras"
