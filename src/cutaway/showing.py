"""Show a figure: in the notebook where there is one, else in the browser."""

import sys
from collections.abc import Callable, Container

from cutaway.errors import CutawayError, UnsupportedError


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


def bundle(
    figure: object, svg: Callable[[], str], include: Container[str] | None, exclude: Container[str] | None
) -> dict[str, str]:
    """Return a figure as a notebook wants it; a notebook must not break because a figure does, so never raise."""

    def wanted(kind: str) -> bool:
        return (not include or kind in include) and not (exclude and kind in exclude)

    made = {"text/plain": repr(figure)}
    if wanted("image/svg+xml"):
        try:
            made["image/svg+xml"] = svg()
        except Exception as error:  # noqa: BLE001
            reason = str(error) if isinstance(error, CutawayError) else f"{type(error).__name__}: {error}"
            made["text/plain"] = f"{figure!r} cannot be drawn: {reason}"
    return {kind: content for kind, content in made.items() if wanted(kind)}


def _is_in_notebook() -> bool:
    if "IPython" not in sys.modules:
        return False
    from IPython.core.getipython import get_ipython

    return hasattr(get_ipython(), "kernel")
