"""Operations of Keras 3 that call layers or models which they are given: a Switch's branches, what a Map maps.

Those stand in the file whole, among the arguments of the call (`keras.ops.switch`, `map`) or in the operation's own
config (`vectorized_map`). Functions and lambdas stand there as code, which nobody looks at; `cond` takes nothing else,
and loops cannot be saved: such an operation stays one node.
"""

from collections.abc import Sequence

from cutaway.sources.configs.functional import ends, nodes_of
from cutaway.sources.configs.serialized import Config, is_functional, is_operation, name_of, settings


def open_branches(item: Config, layers: Sequence[Config]) -> None:
    """Write an operation, in place, as a model of its branches or as a wrapper of its layer, if it holds any.

    `layers` are those of the model that it is in.
    """
    nodes = nodes_of(item)
    node = nodes[0] if len(nodes) == 1 else None
    if not is_operation(item) or not isinstance(node, dict) or not isinstance(node.get("args"), list):
        return
    args, config = node["args"], dict(settings(item))
    if item["class_name"] == "VectorizedMap" and _is_layer(config.get("function")):
        item["config"] = {**config, "layer": config.pop("function")}
    elif item["class_name"] == "Map" and args and _is_layer(args[0]):
        item["config"] = {**config, "layer": args[0]}
        item["inbound_nodes"] = [{**node, "args": args[1:]}]
    elif item["class_name"] == "Switch" and len(args) > 1 and isinstance(args[1], list):
        given = [args[0], *args[2:]]
        if all(map(_is_layer, args[1])) and all(map(_is_tensor, given)) and not _gives_several(item, layers):
            _open_switch(item, args[1], given)


def _is_layer(value: object) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("class_name"), str)
        and not value["class_name"].startswith("__")
        and isinstance(value.get("config"), dict)
    )


def _is_tensor(value: object) -> bool:
    return isinstance(value, dict) and value.get("class_name") == "__keras_tensor__"


def _gives_several(item: Config, layers: Sequence[Config]) -> bool:
    """Tell whether anybody reads another tensor of a call than the first: what gives it cannot be told."""
    stack: list[object] = [nodes_of(layer) for layer in layers]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            history = value.get("keras_history")
            if isinstance(history, list) and history[:1] == [name_of(item)] and history[-1] != 0:
                return True
            stack.extend(value.values())
    return False


def _open_switch(item: Config, branches: Sequence[Config], given: Sequence[Config]) -> None:
    name = name_of(item)
    starts = ["index", *(f"operand {place}" if len(given) > 2 else "operand" for place in range(1, len(given)))]
    names = [*starts, *map(name_of, branches), name]
    if len(set(names)) < len(names) or any(is_functional(each) and _ends(each) != 1 for each in branches):
        return
    tensors = [_tensor(start, settings(tensor)) for start, tensor in zip(starts, given, strict=True)]
    layers = [_start(start, settings(tensor)) for start, tensor in zip(starts, given, strict=True)]
    layers += [{**each, "name": name_of(each), "inbound_nodes": [_call(tensors[1:])]} for each in branches]
    results = [_tensor(name_of(each), {}) for each in branches]
    layers.append({**item, "name": name, "inbound_nodes": [_call([tensors[0], results])]})
    item["config"] = {
        "name": name,
        "layers": layers,
        "input_layers": [[start, 0, 0] for start in starts],
        "output_layers": [[name, 0, 0]],
    }
    item["inbound_nodes"] = [_call([list(given)])]


def _ends(model: Config) -> int:
    return len(ends(settings(model)["output_layers"]))


def _start(name: str, like: Config) -> Config:
    held = {"name": name, "batch_shape": like.get("shape"), "dtype": like.get("dtype")}
    return {"module": "keras.layers", "class_name": "InputLayer", "name": name, "config": held, "inbound_nodes": []}


def _tensor(name: str, like: Config) -> Config:
    return {"class_name": "__keras_tensor__", "config": {**like, "keras_history": [name, 0, 0]}}


def _call(args: Sequence[object]) -> Config:
    return {"args": list(args), "kwargs": {}}
