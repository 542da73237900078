"""A layer's config, as Keras serialises it, reduced to plain values that a reader of a figure can use.

One mechanism for every class, driven by the forms that Keras writes and never by the layer:

* a serialised object is `{"class_name", "config"}` with its own config reduced in the same way, and `"custom": True`
  where its class is not Keras' own;
* initialisers and activations are names alone, dtype policies are their name ("mixed_float16");
* functions are their name, and a lambda is "λ": its marshalled code is never looked at, nor kept;
* slices are written as in Python ("1:", "::2", "..."), arrays as "array (3, 4) float32";
* a nested model is its class and name: its layers are the graph's, not an attribute's.

What is read here is what a JSON text holds (see `serialized.as_json`).
"""

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from types import MappingProxyType

from cutaway.graph import Value
from cutaway.typed import Any

LAMBDA = "λ"
DEEPEST = 24
"""Levels of nesting that are kept; below stands "…". No real config comes near."""

PLAIN = frozenset({str, int, float, bool, type(None)})
"""The types of values that stand for themselves."""
_ELSEWHERE = frozenset({"name", "trainable"})
_NO_NEWS = frozenset({"trainable"})
"""What an object inside a layer says of itself only where it is false."""
_POLICIES = ("Policy", "PolicyMap")
"""What the classes of dtype policies end with."""
_NAMED = ("initializer", "activation")
"""What the keys of those end with that are told by their names."""
_HISTORY = 1024
"""The usual length of the history of a float8 policy."""
_PACKAGES = frozenset({"keras", "keras_core", "tf_keras", "tensorflow"})
"""Packages that Keras itself is, or was, in."""
_FUNCTIONS = frozenset({"function", "builtin_function_or_method", "__lambda__"})


class Attributes(Mapping[str, Value]):
    """A layer's config as plain values, which are worked out when some are asked for: many figures ask for none.

    Nobody changes the config from then on.
    """

    __slots__ = ("_config", "_plain")

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._config = config
        self._plain: Mapping[str, Value] | None = None

    def _values(self) -> Mapping[str, Value]:
        if self._plain is None:
            self._plain = self._config = _entries(self._config, 0, _ELSEWHERE)
        return self._plain

    def __getitem__(self, key: str) -> Value:
        return self._values()[key]

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401, D102 - as mappings have it
        return self._values().get(key, default) if key in self._config else default

    def __contains__(self, key: object) -> bool:
        return key in self._config and key in self._values()

    def __iter__(self) -> Iterator[str]:
        return iter(self._values())

    def __len__(self) -> int:
        return len(self._values())

    def keys(self) -> KeysView[str]:  # noqa: D102
        return self._values().keys()

    def values(self) -> ValuesView[Value]:  # noqa: D102
        return self._values().values()

    def items(self) -> ItemsView[str, Value]:  # noqa: D102
        return self._values().items()

    def __eq__(self, other: object) -> bool:
        return self._values() == (other._values() if isinstance(other, Attributes) else other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._values())


def reduced(config: object) -> Mapping[str, Value]:
    """Return a layer's config as attributes; empty for anything that is not a dict."""
    return Attributes(config if isinstance(config, dict) else {})


def plain(value: object, key: str = "", depth: int = 0) -> Value:
    """Return any serialised value as a plain frozen one; `key` is the name it stands under."""
    if isinstance(value, dict) and depth < DEEPEST:
        name = value.get("class_name")
        if isinstance(name, str) and "config" in value:
            return _object(name, value, key, depth)
        return LAMBDA if _is_code(value) else _entries(value, depth + 1)
    if isinstance(value, (list, tuple)) and depth < DEEPEST:
        return tuple([item if type(item) in PLAIN else plain(item, key, depth + 1) for item in value])
    if value is None or isinstance(value, (str, int, float)):
        return value
    return "…" if depth >= DEEPEST else type(value).__name__


def policy(value: object) -> str | None:
    """Return the name of a serialised dtype or dtype policy ("float32", "mixed_float16", "int8_from_float32").

    A float8 policy whose history is not of the usual length has it in its name, as others have their settings there.
    """
    if isinstance(value, str):
        return value
    config = value.get("config") if isinstance(value, dict) else None
    return _policy_of(config) if isinstance(config, dict) else None


def _policy_of(config: Mapping[str, Any]) -> str | None:
    if "mode" in config:
        mode, source = config["mode"], config.get("source_name")
        if isinstance(mode, str) and isinstance(source, str):
            length = config.get("amax_history_length", _HISTORY)
            return f"{mode}_from_{source}" if length == _HISTORY else f"{mode}/{length}_from_{source}"
    name = config.get("name")
    return name if isinstance(name, str) else None


def is_custom(item: Mapping[str, Any]) -> bool:
    """Tell whether a serialised object is of a class that is not Keras' own, as far as the file says where it is from.

    Keras 3 and the last of Keras 2 write the module of their own classes, and none of those that a script defines;
    before, only a class that was registered tells its package.
    """
    module = item.get("module")
    if isinstance(module, str):
        return module.partition(".")[0] not in _PACKAGES
    name = item.get("class_name")
    return "module" in item or (isinstance(name, str) and ">" in name)


def _entries(held: Mapping[str, Any], depth: int, without: frozenset[str] = frozenset()) -> Mapping[str, Value]:
    """Return the entries of a dict as plain values; most are so as they stand."""
    made = dict(held)
    for key, item in held.items():
        if type(item) not in PLAIN:
            made[key] = plain(item, key, depth)
    for key in without:
        made.pop(key, None)
    if "function_type" in held:  # Keras 2 tells beside each function of a Lambda whether it is marshalled
        made |= {key: LAMBDA for key in made if held.get(f"{key}_type") == "lambda"}
    return MappingProxyType(made)


def _is_code(value: dict[str, Any]) -> bool:
    """Tell whether this is what Keras 3 writes of a lambda that is an activation: code, defaults and closure alone."""
    parts = value.get("value") if len(value) == 1 else None
    if isinstance(parts, list | tuple):
        return len(parts) == 3 and isinstance(parts[0], str)
    return value.keys() == {"code", "defaults", "closure"}


def _object(name: str, value: dict[str, object], key: str, depth: int) -> Value:
    """Return an object of a class in short."""
    config = value["config"]
    if name in _FUNCTIONS:
        return config if isinstance(config, str) and name != "__lambda__" else LAMBDA
    if name.startswith("__"):
        return _literal(name, config, value)
    if key.endswith(_NAMED):
        return name
    if name.endswith(_POLICIES):
        return (_policy_of(config) if isinstance(config, dict) else None) or name
    marked: dict[str, Value] = {"custom": True} if is_custom(value) else {}
    if not isinstance(config, dict):
        return MappingProxyType({"class_name": name, "config": plain(config, "", depth + 1), **marked})
    if "layers" in config:
        config = {"name": config.get("name")}
    without = _NO_NEWS if config.get("trainable") is not False else frozenset()
    return MappingProxyType({"class_name": name, "config": _entries(config, depth + 1, without), **marked})


def _literal(name: str, config: object, value: dict[str, object]) -> Value:
    """Return one of the values that Keras writes with a class name in double underscores, in short."""
    held: dict[str, object] = config if isinstance(config, dict) else {}
    match name:
        case "__slice__":
            start, stop, step = (_bound(held.get(part)) for part in ("start", "stop", "step"))
            return f"{start}:{stop}:{step}" if step else f"{start}:{stop}"
        case "__ellipsis__":
            return "..."
        case "__bytes__":
            return str(held.get("value", ""))
        case "__numpy__" | "__tensor__":
            return f"array {_shape(held.get('value'))} {held.get('dtype', '')}".strip()
        case "__typespec__":
            return str(value.get("spec_name", name))
    return name.strip("_")


def _bound(value: object) -> str:
    return "" if value is None else str(value) if isinstance(value, int) else "…"


def _shape(value: object) -> str:
    sizes: list[str] = []
    while isinstance(value, (list, tuple)) and len(sizes) < DEEPEST:
        sizes.append(str(len(value)))
        value = value[0] if value else None
    return f"({', '.join(sizes)})"
