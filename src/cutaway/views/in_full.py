"""What boxes say in the words of code: classes of layers, all that these are given and give, and what is trained."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from cutaway.graph import Dim, Kind, Node, Port, Tensor
from cutaway.views.readings import Phrases, Row, Said


def class_text(node: Node) -> str:
    """Return the class of a layer as code has it; of a wrapper also that of the layer in it: `Bidirectional(LSTM)`."""
    inner = node.attributes.get("layer")
    name = inner.get("class_name") if inner is not None and isinstance(inner, Mapping) else None
    return f"{node.op}({name})" if isinstance(name, str) else node.op


def activation_text(node: Node) -> str:
    """Return the activation of a layer by its name in code, a linear one too; nothing where it has none."""
    value = node.attributes.get("activation")
    if isinstance(value, Mapping):
        value = value.get("registered_name") or value.get("class_name") or value.get("name")
    return value.rpartition(">")[2] if isinstance(value, str) else ""


def classed(node: Node, show: frozenset[str], sharing: Phrases) -> tuple[str, tuple[Said, ...]]:
    """Return the title of a box in the words of code, and what stands below it, with what is said of its `sharing`.

    The title is the name of a layer above its class if that is asked for, else the class.
    """
    name, code = node.name if "names" in show else "", class_text(node)
    activation = activation_text(node) if "activations" in show else ""
    below = (code, *sharing) if name else sharing
    said: list[Said] = [below] if below else []
    if activation:
        said.append(Row(head="activation", phrases=(activation,)))
    return name or code, tuple(said)


def code_text(shape: tuple[Dim, ...] | None) -> str:
    """Write a shape as code does, with the batch axis: `(None, 28, 28, 1)`; `?` where nothing is known."""
    if shape is None:
        return "?"
    dims = ", ".join([str(dim) if isinstance(dim, int) else "None" for dim in shape])
    return f"({dims},)" if len(shape) == 1 else f"({dims})"


def full_lines(node: Node, show: frozenset[str]) -> Iterator[Said]:
    """Say of a node its `io_shapes`, `io_dtypes` and whether it is `trained`, as far as these are asked for."""
    if "io_shapes" in show or "io_dtypes" in show:
        if node.kind is not Kind.INPUT:
            yield Row(head="in", phrases=_tensors(node.inputs, show), is_list=True)
        yield Row(head="out", phrases=_tensors(node.outputs, show), is_list=True)
    if "trained" in show and node.trainable is not None and node.weights:
        yield Row(head="trainable", phrases=("yes" if node.trainable else "no",))


def _tensors(ports: Sequence[Port], show: frozenset[str]) -> tuple[str, ...]:
    """Write tensors one by one, of equal neighbours how many there are."""
    texts = [_tensor(port.tensor, show) for port in ports] or ["?"]
    return tuple([_times(len(list(group)), text) for text, group in groupby(texts)])


def _times(count: int, text: str) -> str:
    return text if count == 1 else f"{count} × {text}"


def _tensor(tensor: Tensor, show: frozenset[str]) -> str:
    shape = [code_text(tensor.shape)] if "io_shapes" in show else []
    dtype = [tensor.dtype or "?"] if "io_dtypes" in show else []
    return " ".join(dict.fromkeys([*shape, *dtype]))
