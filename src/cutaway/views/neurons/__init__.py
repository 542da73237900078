"""The `neurons` view: layers as columns of circles with their connections, all else as boxes."""

from collections.abc import Callable, Mapping

from cutaway.graph import Graph
from cutaway.layered.problem import Direction
from cutaway.record import field
from cutaway.theme import Theme
from cutaway.typed import Any, Literal
from cutaway.views.composition import Composition
from cutaway.views.frame import Frame
from cutaway.views.neurons.composing import composed
from cutaway.views.neurons.plan import Plan
from cutaway.views.option import (
    CAPTIONS,
    DEPTH,
    FACTS,
    FOLD,
    HIDE,
    HIGHLIGHT,
    LEGEND,
    MUTE,
    NOTES,
    SIMPLIFY,
    STAGES,
    STYLE,
    TITLE,
    TOTALS,
    UNFOLD,
    option,
)
from cutaway.views.preparing import Preparing, PreparingView

NeuronFact = Literal["shapes", "dtypes", "names", "activations", "trainable"]


class Neurons(PreparingView):
    """Draw a model as columns of neurons and their connections.

    Beside the options, `store` holds the values of the weights; `groupings` (views.parts.grouping) lie behind the
    columns and boxes that they name. Without `words` nothing is written at the columns; a
    column without `frames` is its circles alone; boxes `gather` lines from all neurons instead of one arrow. `own` are
    node_size, node_spacing, layer_spacing, limit, connector_color and connector_width of single nodes, by their ids;
    their pictures are cut round unless is_round says otherwise, and lie in the neurons whose numbers are `pictured`.
    """

    neurons: Any = option(
        None, "what is drawn as neurons (default: dense layers, and what goes on with their units)", "SELECTOR",
        form="selectors",
    )  # fmt: skip
    inputs: Literal["auto", "tensors", "neurons"] = option(
        "auto", "inputs as boxes or as neurons: 'auto' draws vectors that neurons read as neurons"
    )
    limit: int | None = option(10, "the most circles of a layer, three dots among them: 3 or more, 0 for all", "N")
    connections: Literal["full", "none"] = option(
        "full", "the lines between neurons", words={"none": "arrows from layer to layer"}
    )
    weighted: Literal["auto", "always", "never"] = option(
        "auto",
        "let lines and circles show weights",
        words={
            "auto": "those of layers that are not too large, where the model holds them",
            "always": "all that the model holds",
        },
    )
    lines: int = option(2000, "the most lines between two layers; of more, some are drawn; 0 for all", "N")
    node_size: float | None = option(
        None, "the diameter of a circle, in points (default: 12)", "POINTS", bounds=(0.5, 1000.0)
    )
    node_spacing: float | None = option(
        None, "between two circles, in points (default: a third of one)", "POINTS", bounds=(0.0, 1000.0)
    )
    layer_spacing: float | None = option(
        None, "between two columns, in points (default: six circles)", "POINTS", bounds=(0.0, 10_000.0)
    )
    connector_color: str | None = option(None, "the colour of lines between neurons (default: the theme's)", "COLOR")
    connector_width: float | None = option(
        None, "their width where no weights are shown, in points (default: 0.4)", "POINTS", bounds=(0.0, 100.0)
    )
    show: tuple[NeuronFact, ...] = option(
        ("shapes", "activations"), "what to say about layers, separated by commas", words=FACTS
    )
    curves: bool = option(False, "the curves of activations in the circles, in place of biases")
    direction: Direction = option("right", "where the data flows on the page")
    depth: int | None = DEPTH
    fold: Any = FOLD
    unfold: Any = UNFOLD
    simplify: Any = SIMPLIFY
    stages: bool = STAGES
    highlight: Any = HIGHLIGHT
    mute: Any = MUTE
    hide: Any = HIDE
    style: Any = STYLE
    captions: Any = CAPTIONS
    notes: Any = NOTES
    legend: bool = LEGEND
    title: str | None = TITLE
    totals: bool = TOTALS
    store: Any = None
    groupings: tuple[Any, ...] = ()
    words: bool = True
    frames: bool = True
    gathers: bool = False
    own: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def draws(self) -> tuple[str, ...]:
        """Which properties of styles it has a use for that other views have not."""
        return ("picture", "fit", "limit")

    @property
    def weighs(self) -> bool:
        """Whether the values of weights are wanted, where there are any."""
        return self.weighted != "never"

    @property
    def is_measured(self) -> bool:
        """Whether numbers are asked for that take more than reading the model's structure: there are none here."""
        return False

    def preparing(self, graph: Graph) -> Callable[[int], Plan]:
        """Return what prepares a graph for as many boxes as it is given; what these share is made once, when needed."""
        preparing = Preparing(self, graph)
        return lambda most: Plan(self, preparing.at(most))

    def composed(self, prepared: Plan, theme: Theme, breadth: float = 1.0) -> tuple[Composition, Frame]:
        """Return what is to be drawn, and the words around it; boxes may be `breadth` times as wide as usual."""
        return composed(self, prepared, theme, breadth)
