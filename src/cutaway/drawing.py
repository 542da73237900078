"""Drawing a model: what a caller says of a source, of its look and of its place becomes a figure."""

from collections.abc import Sequence

from cutaway.figure import Figure, FilePath
from cutaway.graph import Graph
from cutaway.page import Page
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views import View, chosen_theme, chosen_view, in_theme, informed

if TYPE_CHECKING:
    from cutaway.analysis.assume import Assumed
    from cutaway.analysis.rules import Given
    from cutaway.fit import Shape
    from cutaway.fit.places import Length
    from cutaway.sources.given_shape import Shapes


def draw(  # noqa: PLR0913 - each is a word of the one call that users write
    source: object,
    *,
    view: "str | View" = "blocks",
    theme: FilePath | Theme = "paper",
    font: FilePath | Sequence[FilePath] | None = None,
    width: "Length | None" = None,
    height: "Length | None" = None,
    page: str | Page | None = None,
    shape: "Shape" = "auto",
    input_shape: "Shapes | None" = None,
    assume: "Assumed | None" = None,
    weights: bool | FilePath | None = None,
    rules: "Given | None" = None,
    **options: Any,  # noqa: ANN401 - each has the type of the view's field
) -> Figure:
    """Draw a model.

    source: all that `cutaway.read` accepts (a path, a JSON or YAML text, a configuration, a live model), or a Graph.
    view: 'blocks', 'volumes' (cuboids), 'maps' (stacks of feature maps), 'neurons', an instance of a view, or a
        function of a Graph, a Theme and a Page that returns a Scene.
    theme: 'paper', 'dark', 'mono', 'contrast', a TOML file such as 'mine.toml' (see cutaway.theme.load), or a Theme,
        such as `dataclasses.replace(cutaway.theme.PAPER, ...)`.
    font: a TrueType file to use instead of the theme's font, or two: (regular, bold).
    width: of the figure: '8.5cm', '17cm', '210mm', '3.5in', '1600px' (96 to the inch), or a number of points. The
        figure is then made for it: direction, columns or rows, gaps and type are chosen so that no text is under 6
        points; `figure.fit` says how. Default: as large as it needs to be.
    height: the most that it may be high, likewise.
    page: a place that has a name: 'column' (8.5 cm of a paper), 'columns' (17 cm), 'a4', 'letter', 'slide' (16:9),
        'readme', 'poster' (A1), or a cutaway.page.Page; width and height go before its own.
    shape: 'u' draws an encoder and decoder with skips as a U, 'flow' never does; 'auto' does where that fits best.
    input_shape: for a model that does not know its own: (224, 224, 3), or with the batch (None, 224, 224, 3); several
        in a list or dict.
    assume: sizes in place of open ones: 128 for all but the batch, {"title": 128} by inputs, or by the names of axes.
    weights: a file of them beside the model's own, such as 'net.weights.h5'; True reads those in the model's file
        even where formulas tell as much, False never does.
    rules: what is not known of your own layers, by class: {'MyLayer': function} (see cutaway.LayerRule)

    Options of the view 'blocks':

    show=('shapes', 'activations'): what to say about layers, separated by commas, or in a list.
        shapes: of the data, where they change; dtypes: the data's types; names: the layers' own; activations: of the
        layers that have one; classes: the framework's own, in place of what the layers do; io_shapes: of all that a
        layer is given and gives, in its box, as code writes them; io_dtypes: the types of all that a layer is given and
        gives, in its box; trained: whether training changes it, of each layer that has weights; parameters: how many
        values the weights have; trainable: 'frozen' where a layer is not trained, and how many parameters are, where
        not all are; non_trainable: the parameters that training leaves as they are; macs: multiply–adds of a forward
        pass, for a batch of one; flops: two for each multiply–add; memory: of the activations, for a batch of one;
        weight_memory: of the weights; receptive_field: how much of the model's input one value of the output sees;
        stride: how far a layer's window moves; effective_stride: how far apart two values of the output lie in the
        model's input; weights: their names and shapes; statistics: of the values of weights, where a file or a live
        model holds them; initializers: how the weights start
    direction='down': where the data flows on the page: 'down', 'up', 'right', 'left'
    lines='rounded': how lines are led: 'rounded', 'cut', 'swung', 'curved', 'straight', 'none'
    depth=None: how deep nested models are opened; 0 keeps them closed (default: all)
    fold='auto': equal blocks as one box: 'auto' (above 40 boxes), 'none', a depth, or patterns by their names
    unfold=None: blocks to draw in full, by ids such as 'conv5_*' (default: none)
    simplify='auto': what is merged or left out: 'auto' (above 40 boxes), 'none', or words with commas between
    stages=True: regions around the stages of a folded model, but where captions cut them
    color_by=None: colour the boxes by a number that `show` names (default: by their kind)
    size_by=None: let boxes grow with the 'shape' of outputs, or a number that `show` names (default: with their text)
    numbers=False: number the boxes and add a key with the layers' names
    highlight=None: nodes that stand out, while the rest recedes (default: none)
    mute=None: nodes that recede (default: none)
    hide=None: nodes that are left out, while edges go through (default: none)
    style=None: colours, patterns and labels of nodes (default: by their kind)
    captions=None: regions around whole boxes, by their captions (default: nested models)
    notes=None: texts beside nodes (default: none)
    legend=True: explain colours and signs below the figure
    title=None: the heading; empty for none (default: the model's name, known ones as usually spelled)
    totals=False: parameters and multiply–adds beside the title (default: in figures for a place)

    Those of other views are told by the command line: `cutaway draw --view volumes --help`. Raises InputError for a
    name or a value that is not allowed, and what `read` raises.
    """
    given = {"input_shape": input_shape, "weights": weights, "assume": assume, "rules": rules}
    look = chosen_theme(theme, font)
    maker = in_theme(chosen_view(view, options), look)
    graph, maker = _prepared(source, maker, given)
    if not graph.inputs and not isinstance(source, Graph):
        from cutaway.sources.unbuilt import warn_unbuilt

        warn_unbuilt(graph)
    if shape == "auto" and width is None and height is None and page is None:
        return Figure(graph=graph, view=maker, theme=look)
    from cutaway.fit.places import wished

    wish = wished(width=width, height=height, page=page, shape=shape, direction=options.get("direction"))
    if "totals" not in options:
        maker = informed(maker, totals=True)
    return Figure(graph=graph, view=maker, theme=look, wish=wish)


def _prepared(source: object, view: View, given: dict[str, Any]) -> "tuple[Graph, View]":
    """Return the graph of a source, and the view with what it takes to draw that; `given` are the fields of Beside."""
    weights, is_graph = given["weights"], isinstance(source, Graph)
    asks = getattr(view, "is_measured", False) or getattr(view, "weighs", False)
    if asks or not (given["assume"] is None and given["rules"] is None) or (is_graph and weights):
        from cutaway.sources.beside import Beside, told

        graph, known = told(source, view, Beside(**given))
        return graph, informed(view, **known)
    if isinstance(source, Graph):
        return source, view
    from cutaway.sources import read

    return read(source, input_shape=given["input_shape"], weights=weights or False), view
