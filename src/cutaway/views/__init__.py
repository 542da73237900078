"""Views: records that turn a Graph into a Scene; one field is one option."""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from cutaway.graph import Graph
    from cutaway.page import Page
    from cutaway.scene import Scene
    from cutaway.theme import Theme

View: TypeAlias = "Callable[[Graph, Theme, Page], Scene]"
"""What draws: an instance of a view, or any function of the same form."""

VIEWS = {
    "blocks": "cutaway.views.blocks:Blocks",
    "maps": "cutaway.views.maps.view:Maps",
    "neurons": "cutaway.views.neurons:Neurons",
    "volumes": "cutaway.views.volumes:Volumes",
}
"""Name → where the view's class lives; loaded on use."""


def load(name: str) -> type:
    """Return the class of the view called `name`; raises KeyError for an unknown one."""
    from importlib import import_module

    module, _, attribute = VIEWS[name].partition(":")
    view: type = getattr(import_module(module), attribute)
    return view
