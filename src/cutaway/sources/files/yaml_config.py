"""The YAML that `to_yaml()` of Keras 1 and 2 wrote, read event by event: no tag makes an object, no alias multiplies.

PyYAML's own loaders build nodes by recursion, and what stands behind aliases grows by powers once it is walked. Tags
of plain values are those that Python writes for its own (PyYAML's representer): a tuple is a list here.
"""

import re
from collections.abc import Iterator

from cutaway.errors import InputError, UnsupportedError
from cutaway.record import Record
from cutaway.sources.configs.serialized import Config
from cutaway.sources.files import YAML_CHARACTERS, YAML_LEVELS, YAML_VALUES
from cutaway.typed import Any

_LIKE = re.compile(r"^(?:backend|class_name|config|keras_version|layers|model_config)\s*:", re.MULTILINE)
_STANDARD = "tag:yaml.org,2002:"
_LISTS = frozenset({"seq", "python/tuple", "python/list"})
_DICTS = frozenset({"map", "omap", "python/dict"})
_TEXTS = frozenset({"str", "python/str", "python/unicode"})
_SCALARS = frozenset({"null", "bool", "int", "float"})
_OF_PYTHON = {
    "python/none": "null",
    "python/bool": "bool",
    "python/int": "int",
    "python/long": "int",
    "python/float": "float",
}
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def is_yaml(text: str) -> bool:
    """Tell whether the beginning of a text is that of a YAML config."""
    return not text.startswith("<") and "\0" not in text and _LIKE.search(text) is not None


def parse_yaml(text: str, where: str) -> Config:
    """Return the config in a YAML text; raises InputError or UnsupportedError, naming `where`, if it holds none."""
    import yaml

    if len(text) > YAML_CHARACTERS:
        raise InputError(f"cannot read {where}: a YAML config of over {YAML_CHARACTERS} characters is none")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = _Building(where).built(yaml.parse(text, Loader=loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = "" if mark is None else f" at line {mark.line + 1}, column {mark.column + 1}"
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "a character it cannot hold"
        raise InputError(f"cannot read {where}: it is not whole YAML ({problem}{place})") from error
    except RecursionError as error:
        raise InputError(f"cannot read {where}: it is nested too deeply") from error
    if isinstance(data, dict):
        return data
    raise InputError(f"cannot read {where}: its YAML holds a {type(data).__name__}, not a model's config")


class _Open(Record, kw_only=False):
    """A list or dict that is not whole yet: the key that waits for its value, and where the count stood before."""

    value: Any
    anchor: str | None
    before: int
    key: list[Any]


class _Building:
    """The value that a stream of events stands for."""

    def __init__(self, where: str) -> None:
        from yaml.resolver import Resolver

        self._where = where
        self._resolver: Any = Resolver()
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._count = 0
        self._documents: list[Any] = []

    def built(self, events: Iterator[Any]) -> Any:  # noqa: ANN401 - as `json.loads`
        """Return the value of the one document."""
        for event in events:
            match type(event).__name__:
                case "ScalarEvent":
                    self._add(1)
                    self._put(self._scalar(event), event.anchor, 1)
                case "SequenceStartEvent":
                    self._start([], event, _LISTS)
                case "MappingStartEvent":
                    self._start({}, event, _DICTS)
                case "SequenceEndEvent" | "MappingEndEvent":
                    done = self._stack.pop()
                    self._put(done.value, done.anchor, self._count - done.before)
                case "AliasEvent":
                    value, count = self._known(event.anchor)
                    self._add(count)
                    self._put(value, None, count)
        if len(self._documents) == 1:
            return self._documents[0]
        raise InputError(f"cannot read {self._where}: it holds {len(self._documents)} YAML documents, not one")

    def _start(self, value: Any, event: Any, tags: frozenset[str]) -> None:  # noqa: ANN401
        if event.tag is not None and _short(event.tag) not in tags:
            raise self._refused(event)
        if len(self._stack) >= YAML_LEVELS:
            raise InputError(f"cannot read {self._where}: it is nested deeper than {YAML_LEVELS} levels")
        before = self._count
        self._add(1)
        self._stack.append(_Open(value, event.anchor, before, []))

    def _put(self, value: Any, anchor: str | None, count: int) -> None:  # noqa: ANN401
        """Put a whole value where it belongs."""
        if anchor is not None:
            self._anchors[anchor] = (value, count)
        if not self._stack:
            self._documents.append(value)
            return
        top = self._stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key:
            top.value[top.key.pop()] = value
        else:
            top.key.append(value if isinstance(value, str) else str(value))

    def _known(self, anchor: str) -> tuple[Any, int]:
        if anchor in self._anchors:
            return self._anchors[anchor]
        raise InputError(f"cannot read {self._where}: its alias {anchor!r} stands for nothing before it")

    def _scalar(self, event: Any) -> object:  # noqa: ANN401
        from yaml import ScalarNode

        text: str = event.value
        if event.tag == "!":
            return text
        stated = event.tag is not None
        tag = _short(event.tag if stated else self._resolver.resolve(ScalarNode, text, event.implicit))
        tag = _OF_PYTHON.get(tag, tag)
        if tag in _TEXTS or (tag not in _SCALARS and not stated):  # a date is a text
            return text
        if tag not in _SCALARS:
            raise self._refused(event)
        try:
            return _plain(tag, text)
        except (ValueError, KeyError) as error:
            if stated:
                raise InputError(f"cannot read {self._where}: {text[:40]!r} is no {tag}") from error
            return text

    def _refused(self, event: Any) -> UnsupportedError:  # noqa: ANN401
        return UnsupportedError(
            f"cannot read {self._where}: line {event.start_mark.line + 1} has the tag {_short(event.tag)[:80]!r}, and"
            " nothing but plain values is made of what a file holds"
        )

    def _add(self, count: int) -> None:
        self._count += count
        if self._count > YAML_VALUES:
            raise InputError(f"cannot read {self._where}: it holds over {YAML_VALUES} values, aliases counted")


def _short(tag: str) -> str:
    return tag.removeprefix(_STANDARD)


def _plain(tag: str, text: str) -> object:
    """Return a scalar; raises ValueError or KeyError for what is none, or one that no configuration needs (1:30)."""
    digits = text.lower().replace("_", "")
    match tag:
        case "null":
            return None
        case "bool":
            return _TRUTHS[digits]
        case "int":
            return int(digits, 0)
    return float(digits.replace(".inf", "inf").replace(".nan", "nan"))
