"""Properties of styles that a view has no use for."""

from collections.abc import Mapping

from cutaway.analysis.select import selector
from cutaway.errors import warn
from cutaway.style import style
from cutaway.style.values import OF_SOME_VIEWS
from cutaway.typed import Any


def warn_of_unused(view: object, styles: Mapping[Any, Any]) -> None:
    """Say once which properties are given that only other views draw; those of a theme are for all views.

    What a view draws beyond the looks that all views share is in its `draws`, if it has that.
    """
    drawn = getattr(view, "draws", ())
    given = [style(each) for chosen, each in styles.items() if not selector(chosen).general]
    unused = [
        name for name in OF_SOME_VIEWS if name not in drawn and any(getattr(each, name) is not None for each in given)
    ]
    if unused:
        name = type(view).__name__.lower()
        warn(f"the view {name!r} has no use for {', '.join(unused)} in a style, and draws as without")
