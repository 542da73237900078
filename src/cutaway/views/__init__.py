"""Views: records that turn a Graph into a Scene; one field is one option."""

from importlib import import_module

VIEWS = {"blocks": "cutaway.views.blocks:Blocks"}
"""Name → where the view's class lives; loaded on use."""


def load(name: str) -> type:
    """Return the class of the view called `name`; raises KeyError for an unknown one."""
    module, _, attribute = VIEWS[name].partition(":")
    view: type = getattr(import_module(module), attribute)
    return view
