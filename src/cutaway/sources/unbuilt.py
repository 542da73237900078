"""What is said of a chain that is not built: which sizes are unknown, and how to make them known."""

from cutaway.errors import warn
from cutaway.graph import Graph


def warn_unbuilt(graph: Graph) -> None:
    """Warn where a model is a chain of layers that nobody has told the shape of its input, or where it has no layers.

    Say how to build it.
    """
    if not graph.nodes:
        warn(f"{graph.name!r} has no layers, so that nothing is drawn of it: add some first")
    if graph.op == "Sequential" and graph.nodes and not graph.inputs:
        warn(
            f"the sizes in {graph.name!r} are unknown, and shown as '?': it is not built; build it first, as in"
            " model.build((None, 28, 28, 1)), or give its input_shape, as in input_shape=(28, 28, 1)"
        )
