"""The Graph of Keras before 1.0, and of 1.0 as a legacy: nodes by name, each with its inputs' names and how they merge.

Source: keras/legacy/models.py of 1.2.2, Graph.get_config, add_node, add_output. What is shared between nodes there
(add_shared_node) hands out parts under names of their own, and is refused.
"""

from cutaway.errors import InputError, UnsupportedError
from cutaway.sources.configs.serialized import Config


def opened(config: Config) -> Config:
    """Return the config of a Graph as that of a functional model, its layers still in their old form.

    Raises InputError for what is no Graph, UnsupportedError for shared nodes.
    """
    name = config.get("name")
    title = name if isinstance(name, str) and name != "Graph" else "graph"
    held = config.get("nodes")
    starts, nodes, results = (_listed(config, key) for key in ("input_config", "node_config", "output_config"))
    if not isinstance(held, dict):
        raise InputError("cannot read a Graph: it has no 'nodes'")
    layers = [_start(start) for start in starts]
    for node in nodes:
        name = _name(node)
        layer = held.get(name)
        if "layer" in node or not isinstance(layer, dict):
            why = "is shared between several places" if "layer" in node else "is not among its nodes"
            raise UnsupportedError(f"cannot read a Graph of Keras before 1.0: its node {name!r} {why}")
        layers += _joined(node)
        layers.append(layer | _called(name, _feeds(node)) | _renamed(layer, name))
    ends: list[str] = []
    for result in results:
        merge = _joined(result)
        layers += merge
        ends += [_name(each) for each in merge] or _sources(result)
    return {
        "name": title,
        "layers": layers,
        "input_layers": [[_name(start), 0, 0] for start in starts],
        "output_layers": [[end, 0, 0] for end in ends],
    }


def _listed(config: Config, key: str) -> list[Config]:
    found = config.get(key)
    listed = found if isinstance(found, list) else [found]
    entries = [entry for entry in listed if isinstance(entry, dict) and isinstance(entry.get("name"), str)]
    if len(entries) != len(listed):
        raise InputError(f"cannot read a Graph: its {key!r} is no list of named entries")
    return entries


def _name(entry: Config) -> str:
    return str(entry["name"])


def _start(entry: Config) -> Config:
    shape = entry.get("batch_input_shape")
    given = entry.get("input_shape")
    held = {
        "name": entry["name"],
        "batch_input_shape": shape if isinstance(shape, list) else [None, *given] if isinstance(given, list) else None,
        "dtype": "float32" if entry.get("dtype") == "float" else entry.get("dtype"),
    }
    return {"class_name": "InputLayer", "name": entry["name"], "config": held, "inbound_nodes": []}


def _sources(entry: Config) -> list[str]:
    several = entry.get("inputs")
    if isinstance(several, list) and several:
        return [str(each) for each in several]
    return [str(entry["input"])] if entry.get("input") else []


def _joined(entry: Config) -> list[Config]:
    """Return the Merge in front of a node or an output with several inputs, by the name that Keras 1.0 gives it."""
    sources = _sources(entry)
    if len(sources) < 2:
        return []
    name = f"merge_inputs_for_{_name(entry)}"
    held = {"name": name, "mode": entry.get("merge_mode", "concat")}
    held |= {key: entry[key] for key in ("concat_axis", "dot_axes") if key in entry}
    return [{"class_name": "Merge", "config": held} | _called(name, sources)]


def _feeds(entry: Config) -> list[str]:
    return [_name(each) for each in _joined(entry)] or _sources(entry)


def _called(name: str, sources: list[str]) -> Config:
    nodes = [[[source, 0, 0, {}] for source in sources]] if sources else []
    return {"name": name, "inbound_nodes": nodes}


def _renamed(layer: Config, name: str) -> Config:
    """Return what gives a layer the name of its node, and its class where it is one flat dict."""
    config = layer.get("config")
    if isinstance(config, dict):
        return {"config": config | {"name": name}}
    if "class_name" in layer:
        return {}
    rest = {key: value for key, value in layer.items() if key not in {"name", "custom_name"}}
    return {"class_name": str(layer.get("name")), "config": rest | {"name": name}}
