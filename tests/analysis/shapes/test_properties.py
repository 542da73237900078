"""What must hold of the rules for any attributes and any input."""

from itertools import product
from math import prod

from analysis.any_calls import DTYPES, axis_sizes, ports, tensors
from analysis.any_calls import attributes as any_attributes
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from cutaway.analysis.shapes import dims
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dtypes import FLOATS, promote
from cutaway.analysis.shapes.equation import contracted, parse
from cutaway.analysis.shapes.operations import RULES as OPERATIONS
from cutaway.analysis.shapes.rules import LAYERS
from cutaway.analysis.shapes.space import Window, slide, unslide
from cutaway.graph import Tensor
from cutaway.sources.attributes import plain

sizes = st.integers(1, 12)
shapes = st.lists(sizes, max_size=5).map(tuple)
windows = st.builds(Window, width=st.integers(1, 6), stride=st.integers(1, 5), dilation=st.integers(1, 4))


def places(length: int, window: Window) -> int:
    """Count the places of a window by sliding it, one step at a time."""
    return sum(1 for start in range(0, length, window.stride) if start + window.reach <= length)


@given(st.integers(1, 60), windows)
def test_a_valid_window_stands_where_it_fits(length, window):
    assert (slide(length, window, "valid") or 0) == places(length, window)


@given(st.integers(1, 60), windows)
def test_padding_that_keeps_the_length_has_a_place_for_each_stride(length, window):
    starts = len(range(0, length, window.stride))
    assert slide(length, window, "same") == slide(length, window, "causal") == starts
    assert slide(length, window, "full") == places(length + 2 * (window.reach - 1), window) or window.stride > 1


@given(st.integers(1, 60), windows, st.sampled_from(["valid", "same"]))
def test_a_transposed_convolution_undoes_a_convolution(length, window, padding):
    grown = unslide(length, window, padding, None)
    assert isinstance(grown, int)
    assert slide(grown, window, padding) == length


@given(windows, st.sampled_from(["valid", "same", "causal", "full", "odd", None]), st.sampled_from([None, "n"]))
def test_an_open_length_is_known_only_where_it_stays(window, padding, length):
    found = slide(length, window, padding)
    assert found is None or (found == length and window.stride == 1)


@given(st.lists(shapes, min_size=1, max_size=3))
def test_broadcasting_is_numpys(found):
    rank = max(map(len, found))
    aligned = [(1,) * (rank - len(shape)) + shape for shape in found]
    expected = []
    for column in zip(*aligned, strict=True):
        others = {size for size in column if size != 1}
        expected.append(None if len(others) > 1 else max(others, default=1))
    assert dims.broadcast(found) == tuple(expected)


@given(shapes, st.lists(st.sampled_from([1, 2, 3, 4, 6]), max_size=3), st.integers(0, 3))
def test_reshaping_keeps_the_number_of_elements(shape, sizes, place):
    target = [*sizes[:place], -1, *sizes[place:]]
    found = dims.reshaped(shape, target)
    known = prod(number for number in target if number != -1)
    if prod(shape) % known == 0:
        assert prod(found) == prod(shape)
    else:
        assert found[target.index(-1)] is None


keys = st.one_of(
    st.just("..."),
    st.none(),
    st.integers(-3, 3),
    st.builds(slice, st.none() | st.integers(-9, 9), st.none() | st.integers(-9, 9), st.sampled_from([None, 1, 2, -1])),
)


class Array:
    """A stand-in for an array that knows only its shape: lists of lists, indexed as Python does."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape

    def taken(self, key: list) -> tuple[int, ...] | None:
        """Return the shape after indexing, None where Python refuses it."""
        used = sum(part is not None and part != "..." for part in key)
        if used > len(self.shape) or key.count("...") > 1:
            return None
        if "..." not in key:
            key = [*key, "..."]
        rest = [slice(None)] * (len(self.shape) - used)
        at = key.index("...")
        result, axis = [], iter(self.shape)
        for part in [*key[:at], *rest, *key[at + 1 :]]:
            if part is None:
                result.append(1)
            elif isinstance(part, slice):
                result.append(len(range(next(axis))[part]))
            elif not -(size := next(axis)) <= part < size:
                return None
        return tuple(result)


def written(part: object) -> object:
    """Return a part of a key as the reader writes it."""
    if not isinstance(part, slice):
        return part
    bounds = [part.start, part.stop] if part.step is None else [part.start, part.stop, part.step]
    return ":".join("" if bound is None else str(bound) for bound in bounds)


@given(shapes, st.lists(keys, max_size=4))
def test_indexing_is_pythons(shape, key):
    expected = Array(shape).taken(key)
    assume(expected is not None)
    call = Call(
        op="GetItem",
        inputs=(Tensor(shape=shape, dtype="float32"),),
        attributes=plain({"call": {"key": [written(part) for part in key]}}),
    )
    found = OPERATIONS["GetItem"](call)[0].shape
    assert found == tuple(size or None for size in expected)


@given(
    st.lists(st.sampled_from("abc"), max_size=3, unique=True), st.lists(st.sampled_from("bcd"), max_size=3, unique=True)
)
def test_an_equation_gives_the_sizes_of_its_labels(first, second):
    sizes = dict(zip("abcd", (2, 3, 5, 7), strict=True))
    output = sorted({*first, *second})
    equation = parse(f"{''.join(first)},{''.join(second)}->{''.join(output)}")
    assert equation is not None
    found = contracted(equation, [tuple(sizes[label] for label in term) for term in (first, second)])
    assert found == tuple(sizes[label] for label in output)


@given(st.text("abcAB.,-> ", max_size=12))
def test_any_text_is_read_as_an_equation_or_refused(text):
    equation = parse(text)
    if equation is not None:
        open_rank = any("..." in term for term in (*equation.inputs, equation.output))
        assert open_rank or contracted(equation, [None] * len(equation.inputs)) is not None


@given(st.sampled_from(DTYPES), st.sampled_from(DTYPES), st.sampled_from(DTYPES))
def test_promotion_does_not_depend_on_the_order_of_two(first, second, third):
    assert promote([first, second]) == promote([second, first])
    assert promote([first, first]) == first
    assert promote([first, second, None]) is None
    mixed = [dtype for dtype in (first, second, third) if dtype in FLOATS]
    result = promote([first, second, third])
    assert result is None or not mixed or result in FLOATS


# --- any attributes at all --------------------------------------------------------------------------------------------

WORDS = (
    *("valid", "same", "causal", "channels_last", "channels_first", "float32", "mixed_float16", "concat", "sum", "glu"),
    *("int", "one_hot", "multi_hot", "bij,bjk->bik", "...x,xy->...y", "λ", "stft", "1:", "::2", "array (3, 4) float32"),
)
NAMES = (
    *(
        "filters",
        "kernel_size",
        "strides",
        "padding",
        "dilation_rate",
        "data_format",
        "output_padding",
        "units",
        "size",
    ),
    *("depth_multiplier", "pool_size", "keepdims", "output_size", "cropping", "target_shape", "dims", "n", "height"),
    *("width", "axis", "axes", "return_sequences", "return_state", "merge_mode", "layer", "cell", "cells", "layers"),
    *("output_shape", "equation", "num_heads", "output_mode", "num_tokens", "num_bins", "vocabulary", "dtype", "call"),
    *("newshape", "source", "destination", "axis1", "axis2", "repeats", "pad_width", "shape", "indices_or_sections"),
    *("num", "subscripts", "num_classes", "k", "batch_shape", "input_dim", "output_dim", "max_tokens", "time_major"),
    *(
        "frame_length",
        "frame_step",
        "fft_length",
        "mode",
        "expand_dims",
        "sequence_stride",
        "key",
        "input 1",
        "indices",
    ),
)
attributes = any_attributes(NAMES, WORDS, [*sorted(LAYERS), "LSTMCell", "StackedRNNCells", "Mine"])
RULES = sorted({("layer", name) for name in LAYERS} | {("operation", name) for name in OPERATIONS})


def one_of(op: str, held: dict, *found: tuple, kind: str = "operation") -> tuple:
    """Return a case of the property below: a rule, its attributes, inputs of known shapes, no ports' names."""
    return (kind, op), held, tuple(Tensor(shape=shape, dtype="float32") for shape in found), ()


@settings(max_examples=800)
@example(*one_of("Glu", {}, (1,)))
@example(*one_of("Dot", {"axes": []}, (2, 3), (2, 3)))
@example(*one_of("Reshape", {"newshape": [0, 2]}, (3, 2)))
@example(*one_of("Reshape", {"target_shape": [0]}, (3, 2), kind="layer"))
@example(*one_of("InputLayer", {"batch_shape": [None, -1, 0]}, kind="layer"))
@example(
    *one_of(
        "STFTSpectrogram",
        {"fft_length": -2, "expand_dims": False, "data_format": "channels_last"},
        (2, 9, 1),
        kind="layer",
    )
)
@given(st.sampled_from(RULES), attributes, st.lists(tensors, max_size=4).map(tuple), ports)
def test_no_rule_ever_fails_or_invents_a_size(named, held, inputs, names):
    kind, op = named
    call = Call(op=op, attributes=plain(held), inputs=inputs, ports=names, rules=LAYERS)
    for tensor in (LAYERS if kind == "layer" else OPERATIONS)[op](call):
        assert isinstance(tensor, Tensor)
        assert tensor.dtype is None or isinstance(tensor.dtype, str)
        for dim in tensor.shape or ():
            assert dim is None or isinstance(dim, str) or (type(dim) is int and dim > 0)


# --- less knowledge never gives another answer ------------------------------------------------------------------------

IMAGES = {"dtype": "float32", "data_format": "channels_last"}
KNOWN = (
    ("Conv2D", {**IMAGES, "filters": 4, "kernel_size": 3, "strides": 2, "padding": "valid"}, 1),
    ("Conv2D", {**IMAGES, "filters": 4, "kernel_size": 1, "padding": "same"}, 1),
    ("DepthwiseConv2D", {**IMAGES, "kernel_size": 2, "depth_multiplier": 3}, 1),
    ("Conv2DTranspose", {**IMAGES, "filters": 4, "kernel_size": 3, "strides": 2, "padding": "same"}, 1),
    ("MaxPooling2D", {**IMAGES, "pool_size": 2, "padding": "same"}, 1),
    ("GlobalAveragePooling2D", {**IMAGES, "keepdims": False}, 1),
    ("ZeroPadding2D", {**IMAGES, "padding": [[1, 2], [0, 1]]}, 1),
    ("UpSampling2D", {**IMAGES, "size": [2, 3]}, 1),
    ("Flatten", IMAGES, 1),
    ("Reshape", {"dtype": "float32", "target_shape": [-1, 2]}, 1),
    ("Permute", {"dtype": "float32", "dims": [3, 1, 2]}, 1),
    ("Dense", {"dtype": "float32", "units": 5}, 1),
    ("Add", {"dtype": "float32"}, 2),
    ("Concatenate", {"dtype": "float32", "axis": -1}, 2),
    ("Concatenate", {"dtype": "float32", "axis": 2}, 3),
    ("Dot", {"dtype": "float32", "axes": [1, 2]}, 2),
    ("MultiHeadAttention", {"dtype": "float32", "num_heads": 2}, 2),
    ("Attention", {"dtype": "float32"}, 2),
    ("CategoryEncoding", {"dtype": "float32", "num_tokens": 7, "output_mode": "one_hot"}, 1),
    ("TimeDistributed", {"dtype": "float32", "layer": {"class_name": "Flatten", "config": {"dtype": "float32"}}}, 1),
    ("Reshape", {"newshape": [-1, 2]}, 1),
    ("Matmul", {}, 2),
    ("Einsum", {"subscripts": "...ij,...jk->...ik"}, 2),
    ("Sum", {"axis": [1], "keepdims": False}, 1),
    ("Multiply", {}, 2),
    ("Stack", {"axis": 1}, 3),
    ("Tile", {"repeats": [2, 1]}, 1),
    ("GetItem", {"call": {"key": [":", 0, "1:"]}}, 1),
    ("Ravel", {}, 1),
    ("Transpose", {"axes": [0, 2, 3, 1]}, 1),
)


@settings(max_examples=300)
@given(st.sampled_from(KNOWN), st.data())
def test_knowing_less_never_gives_another_answer(known, data):
    op, held, number = known
    operation = "dtype" not in held
    full = [tuple(data.draw(st.lists(st.integers(1, 9), min_size=4, max_size=4))) for _ in range(number)]
    if data.draw(st.booleans()):
        full = full[:1] * number
    masks = [data.draw(st.lists(st.booleans(), min_size=4, max_size=4)) for _ in range(number)]
    less = [
        tuple(None if hide else dim for dim, hide in zip(*pair, strict=True)) for pair in zip(full, masks, strict=True)
    ]
    results = []
    for each in (full, less):
        inputs = tuple(Tensor(shape=shape, dtype="float32") for shape in each)
        call = Call(op=op, attributes=plain(held), inputs=inputs, rules=LAYERS)
        results.append((OPERATIONS if operation else LAYERS)[op](call))
    for first, second in zip(*results, strict=False):
        if first.shape is None or second.shape is None:
            continue
        assert len(first.shape) == len(second.shape)
        for sure, open_one in zip(first.shape, second.shape, strict=True):
            assert sure is None or open_one is None or sure == open_one


@given(st.lists(axis_sizes, min_size=1, max_size=4).map(tuple), sizes)
@example((None, "n"), 2)
def test_twice_an_unknown_is_unknown(shape, factor):
    found = [dims.times(dim, factor) for dim in shape]
    for dim, result in zip(shape, found, strict=True):
        assert result == (dim * factor if isinstance(dim, int) else dim if factor == 1 else None)


def test_every_axis_of_every_window_is_independent():
    for width, stride, padding in product((1, 2, 3), (1, 2, 3), ("valid", "same")):
        held = {**IMAGES, "filters": 1, "kernel_size": [width, 1], "strides": [stride, 1], "padding": padding}
        call = Call(op="Conv2D", attributes=plain(held), inputs=(Tensor(shape=(None, 10, 7, 3), dtype="float32"),))
        shape = LAYERS["Conv2D"](call)[0].shape
        assert shape == (None, slide(10, Window(width=width, stride=stride), padding), 7, 1)
