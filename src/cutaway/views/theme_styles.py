"""The styles of a theme, by selectors that are made for many models."""

from collections.abc import Mapping

from cutaway.analysis.select import Selector, selector
from cutaway.errors import InputError
from cutaway.record import replace
from cutaway.style import Style
from cutaway.theme import Theme


def theme_styles(theme: Theme) -> Mapping[Selector, Style]:
    """Return the styles of a theme by their selectors. Raises InputError for a text that is none."""
    found: dict[Selector, Style] = {}
    for place, (text, asked) in enumerate(theme.styles, 1):
        try:
            found[replace(selector(text), general=True)] = asked
        except InputError as error:
            raise InputError(f"cannot use the theme {theme.name!r}: [[style]] {place}, select: {error}") from error
    return found
