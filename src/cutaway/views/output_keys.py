"""Keys of the marks of a graph's outputs, which are no nodes."""

from cutaway.graph import Graph, Output


def output_key(place: int) -> str:
    """Return the key of the mark of a graph's output, by its place; no id of a graph starts with this character."""
    return f"\0output/{place}"


def keyed_outputs(graph: Graph) -> list[tuple[str, Output]]:
    """Return the outputs with the keys of their marks."""
    return [(output_key(place), output) for place, output in enumerate(graph.outputs)]
