"""Show a figure: in the notebook where there is one, else in the browser."""

import sys
from collections.abc import Callable

from cutaway.errors import UnsupportedError


def show(figure: object, svg: Callable[[], str]) -> None:
    """Show a figure in the notebook, or else its SVG in the browser, from a temporary file.

    Raises UnsupportedError where there is no browser.
    """
    if _is_in_notebook():
        from IPython.display import display

        display(figure)
        return
    import tempfile
    import webbrowser
    from pathlib import Path

    with tempfile.NamedTemporaryFile("w", prefix="cutaway-", suffix=".svg", delete=False, encoding="utf-8") as file:
        file.write(svg())
    if not webbrowser.open(Path(file.name).as_uri()):
        raise UnsupportedError(f"cannot show the figure: no browser was found; it lies in {file.name!r}")


def _is_in_notebook() -> bool:
    if "IPython" not in sys.modules:
        return False
    from IPython.core.getipython import get_ipython

    return hasattr(get_ipython(), "kernel")
