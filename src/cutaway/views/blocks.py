"""The `blocks` view: rounded boxes in the reader's words, arrows, nested models as captioned regions."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from cutaway.graph import Graph
from cutaway.layered.problem import Direction
from cutaway.page import Page
from cutaway.scene import Scene
from cutaway.theme import Theme
from cutaway.views.option import option

Fact: TypeAlias = Literal["shapes", "dtypes", "names", "activations", "trainable", "parameters"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Draw a model as boxes and arrows."""

    show: tuple[Fact, ...] = option(("shapes", "activations"), "what to say about layers, separated by commas")
    direction: Direction = option("down", "where the data flows on the page")
    depth: int | None = option(None, "how deep nested models are opened; 0 keeps them closed (default: all)", "N")
    numbers: bool = option(False, "number the boxes and add a key with the layers' names")
    legend: bool = option(True, "explain colours and signs below the figure")
    title: str | None = option(None, "the heading; empty for none (default: the model's name)", "TEXT")

    def __call__(self, graph: Graph, theme: Theme, page: Page) -> Scene:
        """Return the figure of `graph`."""
        raise NotImplementedError
