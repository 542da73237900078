"""HDF5 files: what h5py says of them, within limits, damaged or not."""

import contextlib
import io
import struct
import warnings
import zipfile
from functools import partial

import h5py
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cutaway.errors import InputError
from cutaway.sources.files.archive import members
from cutaway.sources.hdf5.reader import opened

FORMS = [
    {},
    {"libver": "latest"},
    {"libver": ("v108", "v108")},
    {"userblock_size": 1024},
    {"track_order": True},
]
NUMBERS = ("int8", "uint8", "int32", "uint64", "int64", "float16", "float32", "float64", "bool", ">f4", ">i2")


def plain(value):
    """Return what h5py gives for an attribute in plain Python."""
    if isinstance(value, h5py.Empty):
        return None
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list):
        return tuple(map(plain, value))
    if isinstance(value, np.generic):
        value = value.item()
    return value.decode() if isinstance(value, bytes) else value


def named(dtype):
    return "string" if dtype.kind in "OS" else dtype.name


def assert_same(wanted, held, *, values=True):
    """Assert that all groups, attributes, datasets and values are what h5py reads."""
    stack = [("", wanted)]
    while stack:
        path, item = stack.pop()
        for name in item.attrs:
            if not (isinstance(item.attrs[name], np.void)):
                np.testing.assert_equal(held.attribute(path, name), plain(item.attrs[name]), err_msg=f"{path} {name}")
        if isinstance(item, h5py.Dataset):
            dataset = held.dataset(path)
            assert (dataset.shape, dataset.dtype) == (item.shape, named(item.dtype)), path
            if values and dataset.dtype != "string":
                np.testing.assert_array_equal(held.values(path), item[()], err_msg=path)
            continue
        inner = {name: item[name] for name in item}
        groups = {name for name, child in inner.items() if isinstance(child, h5py.Group)}
        assert sorted(held.groups(path)) == sorted(groups)
        assert sorted(held.datasets(path)) == sorted(inner.keys() - groups)
        stack += [(f"{path}/{name}".strip("/"), child) for name, child in inner.items()]


names = st.text(
    st.characters(codec="utf-8", exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=9
)
names = names.filter(lambda name: set(name) != {"."})
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
values = st.one_of(
    texts,
    texts.map(str.encode).filter(lambda text: not text.endswith(b"\0")),
    st.integers(-(2**62), 2**62),
    st.floats(allow_nan=False),
    st.booleans(),
    st.lists(st.integers(-1000, 1000), max_size=6).map(partial(np.array, dtype="int32")),
    st.lists(texts, max_size=6).map(lambda held: np.array(held, dtype=h5py.string_dtype())),
    st.lists(st.lists(st.floats(width=32), min_size=2, max_size=2), min_size=1, max_size=3).map(np.array),
)
attributes = st.dictionaries(names, values, max_size=12)
groups = st.recursive(
    st.tuples(attributes, st.just({})),
    lambda inner: st.tuples(attributes, st.dictionaries(names, inner, max_size=4)),
    max_leaves=6,
)


def fill(group, described):
    held, inner = described
    for name, value in held.items():
        group.attrs[name] = value
    for name, below in inner.items():
        fill(group.create_group(name), below)


@pytest.mark.parametrize("form", FORMS, ids=str)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(groups)
def test_groups_and_attributes_are_those_that_h5py_reads(form, tmp_path, described):
    path = tmp_path / "some.h5"
    with h5py.File(path, "w", **form) as file:
        fill(file, described)
    with h5py.File(path) as file, opened(str(path), "it") as held:
        assert_same(file, held)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_datasets_are_those_that_h5py_reads(form, tmp_path):
    path = tmp_path / "some.h5"
    random = np.random.default_rng(0)
    later = form.get("libver") == "latest"
    with h5py.File(path, "w", **form) as file:
        for name in NUMBERS:
            for shape in [(), (0,), (5,), (3, 4), (7, 5, 3), (1, 1, 1)]:
                array = (random.random(shape) * 100).astype(name)
                place = f"{name}/of{'x'.join(map(str, shape))}"
                file[f"plain/{place}"] = array
                if array.size > 1 and not later:  # its index of chunks is newer than what pyfive reads
                    for kind in ({}, {"compression": "gzip"}, {"shuffle": True, "compression": 9, "fletcher32": True}):
                        chunks = tuple(max(1, size // 2) for size in shape)
                        file.create_dataset(f"chunks/{len(kind)}/{place}", data=array, chunks=chunks, **kind)
        file["texts"] = np.array(["a", "bcd"], dtype=h5py.string_dtype())
        file["letters"] = np.array([b"a", b"bcd"])
        file.create_dataset("unwritten", (3, 2), "float32", fillvalue=7)
        file.create_dataset("wide", (0, 10), "float32", chunks=(1, 10), maxshape=(None, 10))
        if not later:
            partly = file.create_dataset("partly", (100,), "int32", chunks=(10,), fillvalue=-3)
            partly[25:31] = 1
            file.create_dataset("never", (100,), "int32", chunks=(10,), fillvalue=-3)
    with h5py.File(path) as file, opened(str(path), "it") as held:
        assert_same(file, held, values=not later)
        with pytest.raises(InputError, match="no numbers"):
            held.values("texts")


def test_bfloat16_is_told_by_its_type_or_by_keras(tmp_path):
    path = tmp_path / "some.h5"
    wanted = np.array([1, -2.5, 3e38], "float32")
    raw = (wanted.view("uint32") >> 16).astype("uint16")
    with h5py.File(path, "w") as file:
        kind = h5py.h5t.IEEE_F16LE.copy()
        kind.set_fields(15, 7, 8, 0, 7)
        kind.set_ebias(127)
        space = h5py.h5s.create_simple(raw.shape)
        dataset = h5py.h5d.create(file.id, b"typed", kind, space)
        dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, raw, mtype=kind)
        file["opaque"] = raw.view("V2")
        file["said"] = raw.view("V2")
        file["said"].attrs["dtype"] = "bfloat16"
    upper = (raw.astype("uint32") << 16).view("float32")
    with opened(str(path), "it") as held:
        assert [held.dataset(name).dtype for name in ("typed", "opaque", "said")] == ["bfloat16", None, "bfloat16"]
        for name in ("typed", "said"):
            np.testing.assert_array_equal(held.values(name), upper)


def test_long_texts_and_lists_are_read(tmp_path):
    path = tmp_path / "some.h5"
    text, names = "é" * 300_000, [f"layer_{number}" for number in range(3000)]
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = text.encode()
        file.attrs["layer_names"] = np.array([name.encode() for name in names])
    with opened(str(path), "it") as held:
        assert held.attribute("", "model_config") == text
        assert held.attribute("", "layer_names") == tuple(names)


def test_what_is_not_there_is_nothing(tmp_path):
    path = tmp_path / "some.h5"
    with h5py.File(path, "w") as file:
        file["a/b"] = 1
    with opened(str(path), "it") as held:
        assert [held.holds(name) for name in ("", "a/b", "a/c", "a/b/c")] == [True, True, False, False]
        assert held.attribute("", "x") is held.attribute("no/such", "x") is None
        assert held.groups("no") == held.datasets("no/such") == held.groups("a/b") == ()
        with pytest.raises(InputError, match="no dataset 'a'"):
            held.dataset("a")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_file_in_an_archive_is_read(method, tmp_path):
    inner = io.BytesIO()
    with h5py.File(inner, "w") as file:
        file["layers/dense/vars/0"] = np.arange(1000, dtype="float32")
    path = tmp_path / "net.keras"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("first", b"x" * 100)
        archive.writestr("model.weights.h5", inner.getvalue())
    with path.open("rb") as file:
        member = members(file)[1]
    with opened(str(path), "it", member=member) as held:
        assert_same(h5py.File(inner), held)


@pytest.mark.parametrize("version", [0, 3])
@pytest.mark.parametrize("length", [0, 8, 20, 90, 100, -1])
def test_a_truncated_file_is_told_so(version, length, tmp_path):
    path = tmp_path / "some.h5"
    with h5py.File(path, "w", libver="latest" if version else None) as file:
        file["a"] = np.arange(100)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(InputError, match="cannot read it: the HDF5 file is cut short"):
        opened(str(path), "it")


def test_a_group_that_is_in_itself_is_refused(tmp_path):
    path = tmp_path / "some.h5"
    with h5py.File(path, "w") as file:
        file["a/b/c"] = file["/"]
    with (
        opened(str(path), "it") as held,
        pytest.raises(InputError, match="the object 'a/b/c' in the HDF5 file: it is in itself"),
    ):
        held.groups("a/b")


def test_links_that_multiply_are_too_much_work(tmp_path):
    path = tmp_path / "some.h5"
    with h5py.File(path, "w") as file:
        inner = file.create_group("last")
        for number in range(40):
            outer = file.create_group(f"level{number}")
            outer["a"] = outer["b"] = inner
            inner = outer
    with opened(str(path), "it") as held, pytest.raises(InputError, match="more work than any sound file"):
        walk(held)


def test_values_over_the_limit_are_refused(tmp_path):
    path = tmp_path / "some.h5"
    with h5py.File(path, "w") as file:
        file.create_dataset("bomb", (1 << 20, 1 << 20), "float32", chunks=(1 << 10, 1 << 10), compression="gzip")
        file["some"] = np.arange(100, dtype="float32")
    with opened(str(path), "it") as held:
        with pytest.raises(InputError, match=r"4398046511104 bytes, and 1073741824 are the limit"):
            held.values("bomb")
        with pytest.raises(InputError, match=r"400 bytes, and 300 are the limit"):
            held.values("some", most=300)


def test_a_header_in_pieces_without_end_is_too_much_work(tmp_path):
    path = tmp_path / "some.h5"
    with h5py.File(path, "w") as file:
        file["large"] = np.zeros(4_000_000, "uint8")
    data = bytearray(path.read_bytes())
    pieces = [(0, 4_000_000), *[(0, 24)] * 40_000]
    messages = b"".join(struct.pack("<HHIQQ", 16, 16, 0, place, size) for place, size in pieces)
    header = struct.pack("<BBHIII", 1, 0, len(pieces), 1, len(messages), 0) + messages
    data[64:72] = struct.pack("<Q", len(data))
    path.write_bytes(data + header)
    with pytest.raises(InputError, match="more work than any sound file"):
        opened(str(path), "it")


@pytest.mark.parametrize("attributes", [False, True])
def test_names_in_a_tree_too_deep_are_refused(attributes, tmp_path):
    path = tmp_path / "some.h5"
    with h5py.File(path, "w", libver="latest") as file:
        for number in range(50):
            if attributes:
                file.attrs[f"name{number}"] = number
            else:
                file.create_group(f"name{number}")
    data = bytearray(path.read_bytes())
    place = data.index(b"BTHD")
    data[place + 6 : place + 10] = b"\xff" * 4
    data[place + 12 : place + 14] = b"\xff\xff"
    path.write_bytes(data)
    with pytest.raises(InputError, match="in a tree that is too deep"):
        everything(path)


def walk(held):
    """Read all that an open file holds."""
    stack = [""]
    while stack:
        outer = stack.pop()
        for name in ("model_config", "layer_names", "numbers", "name"):
            held.attribute(outer, name)
        stack += [f"{outer}/{name}".strip("/") for name in held.groups(outer)]
        for name in held.datasets(outer):
            held.values(f"{outer}/{name}".strip("/"))


def everything(path):
    with opened(str(path), "it") as held:
        walk(held)


@pytest.fixture(scope="module", params=FORMS[:2], ids=str)
def sound(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("hdf5") / "sound.h5"
    with h5py.File(path, "w", **request.param) as file:
        file.attrs["model_config"] = '{"class_name": "Sequential"}'
        file.attrs["layer_names"] = np.array([f"dense_{number}" for number in range(9)], dtype=h5py.string_dtype())
        for number in range(9):
            group = file.create_group(f"layers/dense_{number}")
            group.attrs["numbers"] = np.arange(5)
            group.create_dataset("0", data=np.ones((3, 4), "float32"))
        if not request.param:
            file.create_dataset("packed", data=np.arange(100), chunks=(10,), compression="gzip")
    everything(path)
    return path.read_bytes()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=2000)
@given(changes=st.lists(st.tuples(st.integers(0, 10**6), st.binary(min_size=1, max_size=8)), min_size=1, max_size=3))
def test_a_damaged_file_gives_its_values_or_our_error(sound, tmp_path, changes):
    data = bytearray(sound)
    for place, piece in changes:
        at = place % (len(data) - len(piece))
        data[at : at + len(piece)] = piece
    path = tmp_path / "damaged.h5"
    path.write_bytes(data)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with contextlib.suppress(InputError):
            everything(path)


@pytest.mark.corpus
def test_the_files_of_the_corpus_are_what_h5py_reads(corpus):
    found = 0
    for path in sorted({*corpus.rglob("*.h5"), *corpus.rglob("*.hdf5"), *corpus.rglob("*.keras")}):
        data = path.read_bytes()
        member, source = None, path
        if data.startswith(b"PK"):
            with path.open("rb") as file:
                member = {member.name: member for member in members(file)}.get("model.weights.h5")
            if member is None:
                continue
            source = io.BytesIO(zipfile.ZipFile(path).read("model.weights.h5"))
        elif not data.startswith(b"\x89HDF") or "truncated" in path.name:
            continue
        with h5py.File(source) as file, opened(str(path), "it", member=member) as held:
            found += 1
            assert_same(file, held)
    assert found > 350
