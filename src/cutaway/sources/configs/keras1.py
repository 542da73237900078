"""The configs of Keras 1 and before, made into those of Keras 2, which is how they are read.

What is old in them: the names of arguments (`keras1_names`); a Sequential that is a bare list of layers, and may begin
with a Merge of several models, which makes it a graph; inputs that no layer states; before 1.0, layers that are one
flat dict each, `name` being the class and `custom_name` the name (keras/models.py of 1.2.2, Sequential.from_config),
and the Graph (`keras1_graph`).
"""

from collections import Counter

from cutaway.sources.configs.functional import ends
from cutaway.sources.configs.keras1_names import SIGNS, renamed
from cutaway.sources.configs.serialized import Config, as_json, class_of, is_functional, layer_items, name_of, settings


def is_old(root: Config) -> bool:
    """Tell whether a serialised model is of Keras 1 or before, or has parts of theirs: Keras 2 reads a Merge as well.

    A later file may hold custom layers that use the words of Keras 1 for arguments of their own.
    """
    if _is_dated(root, "0.", "1."):
        return True
    signs = frozenset[str]() if isinstance(root.get("keras_version"), str) else SIGNS
    stack: list[object] = [root]
    seen: set[int] = set()
    while stack:
        item = stack.pop()
        if not isinstance(item, dict) or id(item) in seen:
            continue
        seen.add(id(item))
        config = item.get("config", item)
        if _is_flat(item) or item.get("class_name") in ("Merge", "Graph"):
            return True
        if isinstance(config, dict):
            if not signs.isdisjoint(config):
                return True
            config = config.get("layers", config.get("layer"))
        stack.extend(config if isinstance(config, list) else [config])
    return False


def renewed(root: Config) -> Config:
    """Return a serialised model of Keras 1 as Keras 2 would have written it; raises InputError for what is none."""
    whole: Config = as_json(root)
    renewal = _Renewal(later=_is_dated(root, "2."))
    stack = [whole]
    while stack:
        stack.extend(reversed(renewal.enter(stack.pop())))
    for model in reversed(renewal.models):  # a nested model comes after the one it is in
        renewal.connect(model)
    return whole


class _Renewal:
    """The models of a file, each before those in it, and the inputs that their first layers ask for.

    Names that the file does not hold are those that Keras 1 gives on loading it: the class, counted over the file; an
    input that is not stated is called after its reader if the file is `later`.
    """

    def __init__(self, *, later: bool) -> None:
        self._later = later
        self.models: list[Config] = []
        self._met: set[int] = set()
        self._first: set[int] = set()
        self._branches: dict[int, list[Config]] = {}
        self._inputs: dict[int, Config] = {}
        self._numbers: Counter[str] = Counter()

    def enter(self, item: Config) -> list[Config]:
        """Renew a layer or a model but for the layers inside it, which are returned in order."""
        if id(item) in self._met:
            return []
        self._met.add(id(item))
        _unfold(item)
        op = class_of(item)
        item["config"] = config = dict(settings(item))
        if not isinstance(item.get("name", config.get("name")), str):
            name = self._count(op.lower())
            if len(self._met) > 1:
                config["name"] = name
        if op == "Merge":
            return self._merge(item)
        if "layers" in config:
            self.models.append(item)
            below = layer_items(item)
            self._first.update(map(id, below[:1]))
            return below
        if id(item) in self._first and op != "InputLayer":
            self._inputs[id(item)] = self._input(item)
        item["config"] = _trained(renamed(op, config), op)
        return [layer for layer in (config.get("layer"),) if isinstance(layer, dict)]

    def connect(self, model: Config) -> None:
        """State the inputs of a chain; one that begins with several models, or with one of several inputs, branches."""
        layers = layer_items(model)
        if is_functional(model) or not layers or class_of(layers[0]) == "InputLayer":
            return
        heads = self._branches.get(id(layers[0])) or layers[:1]
        if id(heads[0]) in self._inputs and heads[0] is layers[0]:
            layers.insert(0, self._inputs[id(heads[0])])
            model["config"]["layers"] = layers
        elif heads[0] is not layers[0] or "layers" in settings(heads[0]):
            rest = layers if heads[0] is not layers[0] else layers[1:]
            model["config"] |= _graph([(head, self._entries(head)) for head in heads], rest)

    def _merge(self, item: Config) -> list[Config]:
        branches = item["config"].get("layers")
        below = [branch for branch in branches if isinstance(branch, dict)] if isinstance(branches, list) else []
        self._branches[id(item)] = below
        self._first.update(map(id, below))
        item["config"] = _trained(renamed("Merge", item["config"]), "Merge")
        return below

    def _count(self, word: str) -> str:
        self._numbers[word] += 1
        return f"{word}_{self._numbers[word]}"

    def _input(self, item: Config) -> Config:
        """Return the InputLayer before a first layer (keras/engine/topology.py of 1.2.2, create_input_layer)."""
        op, config = class_of(item), settings(item)
        held = {"batch_input_shape": _entering(op, config), "dtype": config.get("input_dtype")}
        name = f"{name_of(item)}_input" if self._later else self._count(f"{op.lower()}_input")
        return _given(name, held)

    def _entries(self, head: Config) -> list[Config]:
        """Return the InputLayers of what a graph begins with, once more."""
        if "layers" not in settings(head):
            return [self._inputs[id(head)]] if id(head) in self._inputs else []
        inside = {name_of(layer): layer for layer in layer_items(head)}
        if is_functional(head):
            stored = [end for _, end in ends(settings(head)["input_layers"])]
            found = [inside.get(str(end[0])) for end in stored if isinstance(end, list) and end]
        else:
            found = [layer for layer in layer_items(head)[:1] if class_of(layer) == "InputLayer"]
        return [_given(name_of(layer), settings(layer)) for layer in found if layer is not None]


def _is_dated(root: Config, *versions: str) -> bool:
    version = root.get("keras_version")
    return isinstance(version, str) and version.startswith(versions)


def _unfold(item: Config) -> None:
    """Give a layer of before 1.0 its class and its config, and a Sequential that is a list of layers its dict."""
    if _is_flat(item):
        config = {key: value for key, value in item.items() if key not in {"name", "custom_name"}}
        if isinstance(item.get("custom_name"), str):
            config["name"] = item["custom_name"]
        op = item["name"]
        item.clear()
        item |= {"class_name": op, "config": config}
    if item.get("class_name") == "Graph" and isinstance(item.get("config"), dict):
        from cutaway.sources.configs.keras1_graph import opened

        item["config"] = opened(item["config"])
    if isinstance(item.get("config"), list):
        item["config"] = {"layers": item["config"]}


def _is_flat(item: Config) -> bool:
    return "class_name" not in item and "config" not in item and isinstance(item.get("name"), str)


def _trained(config: Config, op: str) -> Config:
    """Return the config of a layer with the `trainable` that it leaves out where there is nothing to train."""
    return config if op == "InputLayer" else {"trainable": True} | config


def _entering(op: str, config: Config) -> list[object] | None:
    """Return the shape of what a first layer reads, in any of the ways to say it; None where it does not."""
    stated, given = config.get("batch_input_shape"), config.get("input_shape")
    if isinstance(stated, list):
        return stated
    if isinstance(given, list):
        return [None, *given]
    width, length = config.get("input_dim"), config.get("input_length")
    if op == "Embedding":
        return [None, length]
    if not isinstance(width, int):
        return None
    return [None, length, width] if "input_length" in config else [None, width]


def _given(name: str, config: Config) -> Config:
    return {"class_name": "InputLayer", "name": name, "config": config | {"name": name}, "inbound_nodes": []}


def _graph(heads: list[tuple[Config, list[Config]]], rest: list[Config]) -> Config:
    """Return the config of a graph in which `rest` follows, in a row, on all heads together, each with its inputs."""
    starts = [entry for _, entries in heads for entry in entries]
    layers = [_called(head, entries) for head, entries in heads]
    given = layers
    for layer in rest:
        given = [_called(layer, given)]
        layers = [*layers, *given]
    return {
        "layers": [*starts, *layers],
        "input_layers": [_end(start) for start in starts],
        "output_layers": [_end(layer) for layer in given],
    }


def _called(layer: Config, given: list[Config]) -> Config:
    nodes = [[[*_end(each), {}] for each in given]] if given else []
    return layer | {"name": name_of(layer), "inbound_nodes": nodes}


def _end(layer: Config) -> list[object]:
    """Return the tensor that a layer gives; the calls of a nested model are counted from 1."""
    return [name_of(layer), int("layers" in settings(layer)), 0]
