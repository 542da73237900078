"""Damaged copies of model files, each from a number: the same number and files give the same bytes."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

Json: TypeAlias = Any
LONGEST = 80_000
"""Bytes of a file that is worth damaging: a larger one has more of the same."""
SUFFIXES = (".json", ".keras", ".h5", ".hdf5", ".yaml", ".yml", ".gz")
SIZES = (1, 2, 4, 8)
NUMBERS = (0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 2**63 - 1, 2**64 - 1)
DEPTHS = (3, 30, 200, 330, 900, 20_000)
VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2.5, 1e308, float("nan"), float("inf"), 10**30, -(10**25),
    "", "x" * 3000, "\ud800", "\0", "a/b", "#", "é\u202e",
    [], {}, [[]], [None], [None, 1, 2], [1, 0, 0], ["x", 0, 0], [["x", 0, 0, {}]], [-1], [1e300], [0] * 40,
    {"class_name": "Dense"}, {"class_name": "Dense", "config": {}}, {"class_name": None, "config": None},
    {"class_name": "__lambda__", "config": {}}, {"class_name": "Sequential", "config": {"layers": []}},
    {"class_name": "Functional", "config": {"layers": [], "input_layers": [], "output_layers": []}},
    {"class_name": "__keras_tensor__", "config": {"shape": [None], "dtype": "float32", "keras_history": ["x", 0, 0]}},
    {"args": [], "kwargs": {}},
)  # fmt: skip
STRUCTURE = frozenset({
    "inbound_nodes", "config", "layers", "class_name", "name", "shape", "batch_shape", "keras_history", "input_layers",
    "output_layers", "args", "kwargs", "batch_input_shape", "build_config", "module",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A damaged file, and how it came about; `source` is what to read where it is a config and no file."""

    story: str
    data: bytes
    source: dict[str, Any] | None = None


def sources(*folders: Path) -> list[tuple[str, bytes]]:
    """Return the model files in some folders with their names, in an order that depends on nothing else."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name.endswith(SUFFIXES) and "truth" not in path.name:
                data = path.read_bytes()
                if 0 < len(data) <= LONGEST:
                    found.append((path.relative_to(folder).as_posix(), data))
    return found


def mutant(number: int, files: Sequence[tuple[str, bytes]]) -> Mutant:
    """Return the damaged file of a number."""
    random = Random(number)  # noqa: S311 - the same number, the same damage
    name, data = random.choice(files)
    config = _config(data)
    story = [name]
    if config is not None and random.random() < 0.6:
        story += [_damage_tree(config, random) for _ in range(random.choice((1, 1, 1, 2, 4, 12)))]
        if random.random() < 0.1:
            deep, depth = _deepened(config, random)
            return Mutant(" ".join([*story, f"as a dict {depth} deep"]), b"", deep)
        data = _packed(data, _text(config, random, story).encode("utf-8", "surrogatepass"))
        if random.random() < 0.9:
            return Mutant(" ".join(story), data)
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        damage = random.choice(BYTES)
        other = random.choice(files)[1]
        data = damage(data, random, other)
        story.append(damage.__name__.strip("_"))
    return Mutant(" ".join(story), data)


def _config(data: bytes) -> Json:
    """Return the config in a file of any form, or None."""
    try:
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data = archive.read("config.json")
        elif data.startswith(b"\x89HDF"):
            start, end = _text_in_hdf5(data)
            data = data[start:end]
        return json.loads(data)
    except (ValueError, KeyError, zipfile.BadZipFile, RecursionError):
        return None


def _text_in_hdf5(data: bytes) -> tuple[int, int]:
    """Return where the config stands in an HDF5 file, as one piece, as it does in all that Keras writes."""
    start = data.index(b'{"')
    _, length = json.JSONDecoder().raw_decode(data[start:].decode("latin-1"))
    return start, start + length


def _packed(data: bytes, text: bytes) -> bytes:
    """Return a file with another config in place of its own; in an HDF5 file it is cut to the length of that."""
    if data.startswith(b"PK"):
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
            for member in old.infolist():
                held = text if member.filename == "config.json" else old.read(member)
                new.writestr(zipfile.ZipInfo(member.filename), held)
        return packed.getvalue()
    if data.startswith(b"\x89HDF"):
        start, end = _text_in_hdf5(data)
        return data[:start] + text[: end - start].ljust(end - start) + data[end:]
    return text


def _text(config: Json, random: Random, story: list[str]) -> str:
    """Return a config as JSON, now and then with something that `json` does not write."""
    text = json.dumps(config, ensure_ascii=random.random() < 0.5, separators=(",", ":"))
    if random.random() < 0.12:
        places = [place for place in range(len(text)) if text.startswith((':"', ":[", ":{", ":n", ":1"), place)]
        if places:
            place = random.choice(places) + 1
            depth = random.choice(DEPTHS)
            start, end = random.choice(
                (("[", "]"), ('{"config":', "}"), ('{"class_name":"A","config":{"layer":', "}}"))
            )
            text = text[:place] + start * depth + "null" + end * depth + "," + '"_":' + text[place:]
            story.append(f"nested {depth} deep at {place}")
    if random.random() < 0.05:
        digits = random.choice((20, 400, 5000))
        text = text.replace("null", "9" * digits, 1)
        story.append(f"a number of {digits} digits")
    return text


def _deepened(config: Json, random: Random) -> tuple[dict[str, Any], int]:
    """Return a config with one of its parts wrapped deeply, as no JSON text could hold it."""
    depth = random.choice(DEPTHS)
    holder, key = random.choice(places(config))
    kind = random.randrange(4)
    for _ in range(depth):
        inner = holder[key]
        wrapped: Any = [inner] if kind == 0 else {"a": inner} if kind == 1 else {"class_name": "A", "config": inner}
        if kind == 3:
            wrapped = {"class_name": "Sequential", "config": {"name": "s", "layers": [inner]}}
        holder[key] = wrapped
    return (config if isinstance(config, dict) else {"config": config}), depth


def places(config: Json) -> list[tuple[Any, Any]]:
    """Return every place in a config as what holds it and its key there."""
    found: list[tuple[Any, Any]] = []
    stack = [config]
    while stack:
        holder = stack.pop()
        if isinstance(holder, dict | list):
            items = list(holder.items() if isinstance(holder, dict) else enumerate(holder))
            found += [(holder, key) for key, _ in items]
            stack += [item for _, item in items]
    return found or [([config], 0)]


def _damage_tree(config: Json, random: Random) -> str:
    found = places(config)
    if random.random() < 0.5:  # where the structure is, rather than a setting
        found = [place for place in found if place[1] in STRUCTURE or isinstance(place[1], int)] or found
    holder, key = random.choice(found)
    other, at = random.choice(found)
    damage = random.randrange(7)
    if damage == 0:
        del holder[key]
    elif damage == 1:
        holder[key] = deepcopy(random.choice(VALUES))
    elif damage == 2 and isinstance(holder, list):
        holder.insert(random.randrange(len(holder) + 1), deepcopy(holder[key]))
    elif damage == 3:
        holder[key] = deepcopy(other[at])
    elif damage == 4:
        copies = deepcopy(holder[key]), deepcopy(other[at])
        other[at], holder[key] = copies
    elif damage == 5 and isinstance(holder, dict):
        holder[random.choice(["name", "config", "layers", "x", "", "class_name"])] = holder.pop(key)
    elif damage == 6 and isinstance(holder[key], list):
        random.shuffle(holder[key])
    else:
        holder[key] = [holder[key]]
    return f"{damage}@{str(key)[:20]}"


def _flip(data: bytes, random: Random, _: bytes) -> bytes:
    changed = bytearray(data)
    for _number in range(random.choice((1, 1, 4, 32))):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _overwrite(data: bytes, random: Random, _: bytes) -> bytes:
    place, length = random.randrange(len(data) + 1), random.choice((1, 2, 8, 64, 512))
    fill = random.choice((b"\0" * length, b"\xff" * length, random.randbytes(length)))
    return data[:place] + fill + data[place + length :]


def _insert(data: bytes, random: Random, _: bytes) -> bytes:
    place = random.randrange(len(data) + 1)
    return data[:place] + random.randbytes(random.choice((1, 2, 8, 100))) + data[place:]


def _delete(data: bytes, random: Random, _: bytes) -> bytes:
    place = random.randrange(len(data) + 1)
    return data[:place] + data[place + random.choice((1, 2, 8, 100, 4000)) :]


def _truncate(data: bytes, random: Random, _: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _splice(data: bytes, random: Random, other: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other) + 1) :]


def _repeat(data: bytes, random: Random, _: bytes) -> bytes:
    place, length = random.randrange(len(data) + 1), random.choice((8, 100, 2000))
    return data[:place] + data[place : place + length] * random.choice((2, 20)) + data[place + length :]


def _number(data: bytes, random: Random, _: bytes) -> bytes:
    """Put a number where one may stand: in the first kilobytes, or the last, or after a mark of a format."""
    width = random.choice(SIZES)
    marks = (b"TREE", b"HEAP", b"SNOD", b"GCOL", b"OHDR", b"FRHP", b"BTHD", b"PK\1\2", b"PK\3\4", b"PK\5\6", b"\x89HDF")
    found = [place for mark in marks for place in _all(data, mark)]
    place = random.choice(found) if found and random.random() < 0.7 else random.choice((0, max(0, len(data) - 60)))
    place += random.randrange(64)
    value = random.choice((*NUMBERS, len(data), len(data) - 1, place, random.getrandbits(32))) % (1 << (8 * width))
    return data[:place] + value.to_bytes(width, "little") + data[place + width :]


def _all(data: bytes, mark: bytes) -> list[int]:
    found, place = [], data.find(mark)
    while place >= 0 and len(found) < 500:
        found.append(place)
        place = data.find(mark, place + 1)
    return found


BYTES: tuple[Callable[[bytes, Random, bytes], bytes], ...] = (
    _flip, _flip, _overwrite, _insert, _delete, _truncate, _splice, _repeat, _number, _number, _number, _number,
)  # fmt: skip
