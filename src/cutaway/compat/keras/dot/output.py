"""What a Dot is made into: a picture by cutaway, a text, or by Graphviz whatever Graphviz makes."""

from collections.abc import Sequence
from pathlib import Path

from cutaway.compat.keras.dot.sketch import Asked
from cutaway.compat.keras.mistakes import ArgumentError, GraphvizError
from cutaway.errors import UnsupportedError
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cutaway.compat.keras.dot.drawn_dot import DrawnDot

_TEXTS = frozenset({"dot", "gv", "canon", "raw"})
_SAME = {"jpe": "jpg", "svgz": "svg"}
_GRAPHVIZ = 'engine="graphviz" of model_to_dot (or dot.engine = "graphviz") asks Graphviz for it'
_ATTRIBUTES = {"G": "graph", "N": "node", "E": "edge"}


def created(dot: "DrawnDot", prog: Sequence[str] | str, format: str, encoding: str | None) -> bytes:  # noqa: A002
    """Return a Dot in a format of that name; `prog` is a program of Graphviz, perhaps with its options."""
    if dot.engine == "graphviz":
        return _by_graphviz(dot, prog, format, encoding)
    if dot.engine != "cutaway":
        raise ArgumentError(f"cannot draw with engine={dot.engine!r}: give 'cutaway' or 'graphviz'")
    name, *options = [prog] if isinstance(prog, str) else list(prog) or [""]
    program = Path(name).stem
    if program != "dot":
        raise UnsupportedError(f"cannot lay out as {program!r} does: cutaway lays out as 'dot' does; {_GRAPHVIZ}")
    asked = _asked(options, format)
    if format in _TEXTS:
        return dot.to_string().encode(encoding or "utf-8")
    return _drawn(dot, format, asked)


def _asked(options: Sequence[str], format: str) -> Asked:  # noqa: A002
    """Return the attributes that options of a command line set, for the graph, for nodes and for edges."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in _ATTRIBUTES.values()}
    for option in options:
        kind, (name, equals, value) = _ATTRIBUTES.get(option[1:2]), option[2:].partition("=")
        if option.startswith("-") and kind and name:
            found[kind][name] = value if equals else "true"
        elif option not in {f"-T{format}", "-Kdot", "-q"}:
            raise UnsupportedError(
                f"cannot draw with the option {option!r}: only -G, -N and -E with an attribute are understood, as in"
                f" -Gdpi=100; {_GRAPHVIZ}"
            )
    return Asked(**found)


def _drawn(dot: "DrawnDot", format: str, asked: Asked) -> bytes:  # noqa: A002
    from cutaway.compat.keras.dot.picture import picture
    from cutaway.outputs import OUTPUTS, OutputOptions

    output = OUTPUTS.get(f".{_SAME.get(format, format)}")
    if output is None or output.source != "scene":
        known = sorted(_TEXTS | set(_SAME) | {suffix[1:] for suffix, each in OUTPUTS.items() if each.source == "scene"})
        raise UnsupportedError(f"cannot draw as {format!r}: cutaway draws {', '.join(known)}; {_GRAPHVIZ}")
    found = picture(dot, asked)
    content = output(found.figure, OutputOptions(dpi=found.dpi))
    if format == "svgz":
        import gzip

        return gzip.compress(content, mtime=0)
    return content


def _by_graphviz(dot: "DrawnDot", prog: Sequence[str] | str, format: str, encoding: str | None) -> bytes:  # noqa: A002
    """Run Graphviz by way of pydot, which prints what went wrong, with the bytes of half a picture."""
    from contextlib import redirect_stdout
    from io import StringIO

    import pydot

    program: Any = prog if isinstance(prog, str) else list(prog)
    try:
        with redirect_stdout(StringIO()):
            found: Any = pydot.Dot.create(dot, program, format, encoding)
    except (OSError, AssertionError) as error:
        is_missing = isinstance(error, OSError)
        splines = 'splines="spline" often helps, and ' if dot.get("splines") == "ortho" and not is_missing else ""
        why = "it is not installed, or not on the PATH" if is_missing else f"it gave up ({error})"
        raise GraphvizError(f"cannot draw with Graphviz: {why}; {splines}engine='cutaway' draws without it") from error
    return bytes(found)
