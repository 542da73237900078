"""The object of pydot that draws itself without Graphviz."""

import copy
import os

import pydot

from cutaway.compat.keras.dot.ids import unread
from cutaway.compat.keras.dot.origin import Origin, fill
from cutaway.compat.keras.dot.pickling import pickled, unpickled
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class DrawnDot(pydot.Dot):
    """A `pydot.Dot` that cutaway draws, or Graphviz where its `engine` says so.

    `origin` is the model that it is made of.
    """

    def __init__(self, *args: Any, origin: Origin | None = None, engine: str = "cutaway", **attributes: Any) -> None:  # noqa: ANN401 - as pydot has it
        super().__init__(*args, **attributes)
        self.origin = origin
        self.engine = engine
        if origin is not None:
            plotting = origin.plotting
            self.set("rankdir", plotting.rankdir)
            self.set(name="concentrate", value=True)
            self.set("dpi", int(plotting.dpi) if plotting.dpi == int(plotting.dpi) else plotting.dpi)
            if plotting.generation == 3:
                self.set("splines", plotting.splines)
            if origin.notes:
                self.set("label", unread(origin.notes))
            self.set_node_defaults(shape="record")
            fill(self, origin)

    def create(self, prog: "Sequence[str] | str | None" = None, format: str = "ps", encoding: str | None = None) -> Any:  # noqa: A002, ANN401 - as pydot has it
        """Return a picture of it, as bytes, or the text in the DOT language for "dot", "gv" and "canon".

        `prog` is "dot", or a list of it and options such as "-Gdpi=100". Raises UnsupportedError for formats that only
        Graphviz makes, and for programs and options that lay out in other ways, unless the engine is "graphviz".
        """
        from cutaway.compat.keras.dot.output import created

        return created(self, self.prog if prog is None else prog, format, encoding)

    def write(
        self,
        path: "str | bytes | os.PathLike[str]",
        prog: "Sequence[str] | str | None" = None,
        format: str = "raw",  # noqa: A002 - as pydot has it
        encoding: str | None = None,
    ) -> bool:
        """Write a picture of it, or the text in the DOT language for "raw", and return True."""
        from cutaway.writing import write

        content = (
            self.to_string().encode(encoding or "utf-8") if format == "raw" else self.create(prog, format, encoding)
        )
        write(content, os.fsdecode(path))
        return True

    def __getstate__(self) -> dict[str, Any]:
        origin = None if self.origin is None else pickled(self.origin)
        return {**super().__getstate__(), "engine": self.engine, "origin": origin}

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        self.engine = state.get("engine", "cutaway")
        origin = state.get("origin")
        self.origin = None if origin is None else unpickled(origin)

    def __copy__(self) -> "DrawnDot":
        return self._like(copy.copy(self.obj_dict))

    def __deepcopy__(self, memo: dict[int, Any]) -> "DrawnDot":
        return self._like(copy.deepcopy(self.obj_dict, memo))

    def _like(self, contents: dict[str, Any]) -> "DrawnDot":
        made = DrawnDot(obj_dict=contents, engine=self.engine)
        made.origin, made.prog = self.origin, self.prog
        made.shape_files = list(self.shape_files)
        return made
