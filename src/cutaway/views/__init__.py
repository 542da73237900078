"""Views: records that turn a Graph into a Scene; one field is one option. Here a caller's view and theme are found."""

from collections.abc import Callable

from cutaway.errors import InputError, unknown
from cutaway.record import replace
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from cutaway.graph import Graph
    from cutaway.page import Page
    from cutaway.scene import Scene
    from cutaway.theme import Theme

View = Callable[["Graph", "Theme", "Page"], "Scene"]
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


def chosen_view(view: "str | View", options: "Mapping[str, Any]") -> "View":
    """Return the view of that name, or the given one, with `options`."""
    if isinstance(view, str):
        if view not in VIEWS:
            raise InputError(f"unknown view {view!r}: {unknown(view, VIEWS)}")
        kind = load(view)
        made: View = kind(**_checked(kind, view, options))
        return made
    if not callable(view) or isinstance(view, type):
        raise InputError(f"cannot draw with view={view!r}: give a name ({', '.join(VIEWS)}) or an instance of a view")
    if not options:
        return view
    if not hasattr(view, "__record_fields__"):
        raise InputError(f"the view {view!r} takes no options, but {', '.join(options)} was given")
    return replace(view, **_checked(type(view), type(view).__name__, options))


def _checked(view: type, name: str, given: "Mapping[str, Any]") -> dict[str, Any]:
    """Return the `given` options as the fields of `view`, which users call `name`, hold them."""
    if not given:
        return {}
    from cutaway.views.choice import checked

    return checked(view, name, given)


def chosen_theme(theme: "str | os.PathLike[str] | Theme", font: Any = None) -> "Theme":  # noqa: ANN401 - see choice.face
    """Return the theme of that name or in that TOML file, or the given one, with the typeface of a `font`."""
    from cutaway.theme import chosen

    look = chosen(theme)
    if font is None:
        return look
    from cutaway.views.choice import face

    return replace(look, face=face(font))


def in_theme(view: View, theme: "Theme") -> View:
    """Return the view with the styles of a theme under its own, if it takes styles."""
    if not theme.styles or "style" not in getattr(view, "__record_fields__", ()):
        return view
    from cutaway.views.theme_styles import theme_styles

    own = getattr(view, "style", None) or {}
    return replace(view, style={**theme_styles(theme), **own})


def informed(view: View, **known: object) -> View:
    """Return a view with those things that are `known` and that it has a field for."""
    fields = getattr(view, "__record_fields__", ())
    taken = {name: value for name, value in known.items() if name in fields and value is not None}
    return replace(view, **taken) if taken else view
