"""What Keras says of its own operations, against the rules: each read from a model's JSON with its shapes erased."""

from collections.abc import Iterator
from functools import partial
from itertools import product
from types import ModuleType

import pytest
from analysis.shapes.live import Case, compare

from cutaway.analysis.shapes.operations import RULES
from cutaway.sources import read

pytestmark = pytest.mark.framework

UNARY = (
    "absolute arccos arccosh arcsin arcsinh arctan arctanh ceil conj copy cos cosh erf exp expm1 floor isfinite isinf",
    "isnan log log10 log1p log2 logical_not nan_to_num negative ones_like round rsqrt sign sin sinh sqrt square tan",
    "tanh zeros_like relu relu6 sigmoid softplus softsign silu log_sigmoid leaky_relu hard_sigmoid hard_silu elu selu",
    "gelu celu glu tanh_shrink hard_tanh hard_shrink threshold softmax log_softmax sparsemax normalize stop_gradient",
    "ravel fliplr transpose squeeze sort argsort flip cumsum cumprod angle real trunc reciprocal nancumsum nancumprod",
    "argpartition diff rot90 det slogdet logdet pinv qr svd eigh trace diagonal fft rfft irfft cholesky_inverse",
)
BINARY = (
    "add subtract multiply divide true_divide power maximum minimum mod floor_divide equal not_equal greater",
    "greater_equal less less_equal logical_and logical_or logical_xor arctan2 hypot heaviside logaddexp logaddexp2",
    "nextafter gcd lcm outer inner vdot isin solve append",
)
REDUCED = "sum mean max min prod var std any all argmax argmin logsumexp median nanmedian amax amin count_nonzero"
CALLING = {
    "AssociativeScan",
    "Cond",
    "ForiLoop",
    "Function",
    "JVP",
    "Map",
    "Scan",
    "Switch",
    "VectorizedMap",
    "WhileLoop",
}
"""Operations that call functions, which may be layers."""
UNKNOWN = {
    *("arctan2", "logsumexp", "normalize", "angle", "real", "diff", "multi_hot", "trace"),  # types that follow no rule
    *("hypot", "heaviside", "logaddexp", "logaddexp2", "nextafter", "gcd", "lcm"),
    *("det", "slogdet", "logdet", "pinv", "qr", "svd", "eigh", "rfft", "irfft"),  # of whole numbers
    *("argsort", "argpartition", "nancumsum", "nancumprod"),  # as cumsum
    *("fft", "inner", "quantile", "reciprocal", "rot90"),
    "squeeze",  # without an axis, where an open one may be 1
    *("cumsum", "cumprod"),  # without an axis Keras puts all axes into one
}


def unary(ops: ModuleType) -> Iterator[Case]:
    kinds = (((4, 6), "float32"), ((None, 6), "float32"), ((4, 6), "int32"), ((4, 6), "float16"), ((4, 6), "bool"))
    for name, kind in product(" ".join(UNARY).split(), kinds):
        yield Case(name, getattr(ops, name), [kind])


def binary(ops: ModuleType) -> Iterator[Case]:
    pairs = (((4, 6), (4, 6)), ((4, 1), (1, 6)), ((None, 6), (4, 6)), ((None, 6), (4, 1)), ((6,), (4, 6)))
    types = (
        ("float32", "float32"),
        ("float32", "int32"),
        ("int32", "int64"),
        ("float16", "float32"),
        ("bool", "int32"),
    )
    constants = (2, 2.5, True, [1.0] * 6, [[1], [2], [3], [4]])
    for name in " ".join(BINARY).split():
        function = getattr(ops, name)
        for (first, second), (one, two) in product(pairs, types):
            yield Case(name, function, [(first, one), (second, two)])
        for constant, dtype in product(constants, ("float32", "int32", "float16", "bool", "uint8")):
            yield Case(name, lambda x, f=function, c=constant: f(x, c), [((4, 6), dtype)])
            yield Case(name, partial(function, constant), [((4, 6), dtype)])


def reduced(ops: ModuleType) -> Iterator[Case]:
    kinds = (((4, 6), "float32"), ((None, 6), "int32"), ((4, None), "bool"), ((4, 6), "float16"))
    for name, axis, keep, kind in product(REDUCED.split(), (None, 1, -1, (1, 2)), (True, False), kinds):
        options = {"axis": axis} if name == "count_nonzero" else {"axis": axis, "keepdims": keep}
        yield Case(name, partial(getattr(ops, name), **options), [kind])
    yield Case("moments", partial(ops.moments, axes=[1]), [kinds[0]])
    yield Case("average", partial(ops.average, axis=1), [kinds[0]])


def axes(ops: ModuleType) -> Iterator[Case]:
    for x in (((4, 6), "float32"), ((None, 6), "float32")):
        for target in ((-1, 3), (-1, 2, 3), (2, -1, 6)):
            yield Case("reshape", partial(ops.reshape, newshape=target), [x])
        for order in ((0, 2, 1), (2, 0, 1), None):
            yield Case("transpose", partial(ops.transpose, axes=order), [x])
        for axis in (0, 1, -1, (1, 3)):
            yield Case("expand_dims", partial(ops.expand_dims, axis=axis), [x])
        for axis in (0, 1, -1, 2):
            yield Case("stack", lambda x, y, a=axis: ops.stack([x, y], a), [x, x])
            yield Case("concatenate", lambda x, y, a=axis: ops.concatenate([x, y], a), [x, x])
            yield Case("repeat", partial(ops.repeat, repeats=3, axis=axis), [x])
        for how in (2, 3, [2, 4]):
            yield Case("split", partial(ops.split, indices_or_sections=how, axis=2), [x])
        for repeats in ([1, 2, 3], [2, 1, 2, 3], [2], 3):
            yield Case("tile", partial(ops.tile, repeats=repeats), [x])
        for width in ([[0, 0], [1, 2], [3, 0]], 1, [1, 2], [[1, 2]]):
            yield Case("pad", partial(ops.pad, pad_width=width), [x])
        yield Case("moveaxis", partial(ops.moveaxis, source=1, destination=2), [x])
        yield Case("moveaxis", partial(ops.moveaxis, source=[0, 1], destination=[2, 0]), [x])
        yield Case("swapaxes", partial(ops.swapaxes, axis1=1, axis2=2), [x])
        yield Case("cast", partial(ops.cast, dtype="int64"), [x])
        yield Case("clip", partial(ops.clip, x_min=0, x_max=1), [x])
        yield Case("top_k", partial(ops.top_k, k=2), [x])
        yield Case("unstack", partial(ops.unstack, axis=2), [x])
        yield Case("hstack", lambda x, y: ops.hstack([x, y]), [x, x])
        yield Case("vstack", lambda x, y: ops.vstack([x, y]), [x, x])
        yield Case("cumsum", partial(ops.cumsum, axis=1), [x])
        yield Case("broadcast_to", partial(ops.broadcast_to, shape=(2, 3, 4, 6)), [x])
    for axis in (1, -3, None):
        yield Case("squeeze", partial(ops.squeeze, axis=axis), [((1, 6, 4), "float32")])


def indexing(ops: ModuleType) -> Iterator[Case]:
    every, more = slice(None), slice(1, None)
    keys = (
        *((every, 0), (Ellipsis, 0), (every, more), (every, slice(None, None, 2)), (every, slice(-3, -1), 2)),
        *(
            (every, None, every),
            (Ellipsis, None),
            (Ellipsis, slice(1, 5, 2), 0),
            (every, every, slice(None, None, -1)),
            0,
        ),
    )
    for key, shape in product(keys, ((4, 6), (None, 6))):
        yield Case("get_item", lambda x, k=key: x[k], [(shape, "float32")])
    for axis in (None, 1, -1):
        yield Case("take", lambda x, i, a=axis: ops.take(x, i, axis=a), [((4, 6), "float32"), ((3,), "int32")])
        yield Case("take", partial(ops.take, indices=[1, 2], axis=axis), [((4, 6), "float32")])
    for axis in (-1, 1):
        yield Case("one_hot", partial(ops.one_hot, num_classes=5, axis=axis), [((4,), "int32")])
    yield Case("slice", partial(ops.slice, start_indices=[0, 0], shape=[2, 3]), [((6,), "float32")])
    condition = ((4, 6), "bool")
    for types in (("float32", "float32"), ("int32", "float32")):
        yield Case("where", ops.where, [condition, ((4, 6), types[0]), ((1, 6), types[1])])
    for constant in (0.0, 0):
        yield Case("where", lambda c, x, k=constant: ops.where(c, x, k), [condition, ((4, 6), "float16")])
        yield Case("where", lambda c, x, k=constant: ops.where(c, k, x), [condition, ((4, 6), "int32")])


def products(ops: ModuleType) -> Iterator[Case]:
    pairs = (((4, 6), (6, 3)), ((None, 6), (6, 3)), ((2, 4, 6), (1, 6, 3)), ((4, 6), (6, None)), ((6,), (6, 2)))
    types = (("float32", "float32"), ("int8", "int8"), ("float16", "float32"))
    for (first, second), (one, two) in product(pairs, types):
        yield Case("matmul", ops.matmul, [(first, one), (second, two)])
        yield Case("dot", ops.dot, [(first, one), (second, two)])
    for equation in ("bij,bjk->bik", "bij,bjk", "...ij,...jk->...ik", "bij,bjk->ki", "Bij,Bjk->Bik", "bij,cjk->bcik"):
        for first, second in pairs[:2]:
            yield Case("einsum", partial(ops.einsum, equation), [(first, "float32"), (second, "float32")])
    for given in (1, ((2,), (1,)), ((1, 2), (2, 1))):
        yield Case("tensordot", partial(ops.tensordot, axes=given), [((4, 6), "float32"), ((6, 4), "float32")])


def vision(ops: ModuleType) -> Iterator[Case]:
    for order in ("channels_last", "channels_first"):
        image = ((8, 9, 3) if order == "channels_last" else (3, 8, 9), "float32")
        for padding, name, stride in product(("valid", "same"), ("max_pool", "average_pool"), (None, 2, 3)):
            options = {"pool_size": 2, "strides": stride, "padding": padding, "data_format": order}
            yield Case(name, partial(getattr(ops, name), **options), [image])
        yield Case("resize", partial(ops.image.resize, size=(4, 5), data_format=order), [image])
        yield Case("rgb_to_grayscale", partial(ops.image.rgb_to_grayscale, data_format=order), [image])
        for size, stride, padding in product((3, (2, 3)), (None, 1, 2), ("valid", "same")):
            options = {"size": size, "strides": stride, "padding": padding, "data_format": order}
            yield Case("extract_patches", partial(ops.image.extract_patches, **options), [image])
        blocks = ((8, 8, 4) if order == "channels_last" else (4, 8, 8), "float32")
        for name in ("depth_to_space", "space_to_depth"):
            yield Case(name, partial(getattr(ops, name), block_size=2, data_format=order), [blocks])


def convolutions(ops: ModuleType) -> Iterator[Case]:
    settings = product(
        ("channels_last", "channels_first"), ("valid", "same"), ({}, {"strides": 2}, {"dilation_rate": 2})
    )
    for order, padding, more in settings:
        options = {"padding": padding, "data_format": order, **more}
        for sizes, widths in (((9,), (3,)), ((9, 8), (3, 2)), ((None, 8), (3, 2)), ((9, 8, 7), (1, 2, 3))):
            entering = ((*sizes, 4) if order == "channels_last" else (4, *sizes), "float32")
            kernel, halved, deep = (ops.ones((*widths, *ends)) for ends in ((4, 6), (2, 6), (4, 2)))
            yield Case("conv", partial(ops.conv, kernel=kernel, **options), [entering])
            yield Case("conv", lambda x, k=halved, o=options: ops.conv(x, k, **o), [entering])
            yield Case("depthwise_conv", partial(ops.depthwise_conv, kernel=deep, **options), [entering])
            back = ops.ones((*widths, 5, 4))
            options_back = {"strides": 1, **options}
            yield Case("conv_transpose", partial(ops.conv_transpose, kernel=back, **options_back), [entering])
            mixing = ops.ones((*(1,) * len(widths), 8, 7))
            both = {"depthwise_kernel": deep, "pointwise_kernel": mixing}
            yield Case("separable_conv", partial(ops.separable_conv, **both, **options), [entering])
    flowing = ((3, 4, 6), "float32")
    yield Case("conv", lambda x, k: ops.conv(x, k[0]), [((9, 4), "float32"), flowing])


def arrays(ops: ModuleType) -> Iterator[Case]:
    for x in (((4, 6), "float32"), ((None, 6), "float32"), ((5, 6), "int32")):
        for how, axis in product((2, 3, [2, 4]), (1, 2, -1)):
            yield Case("array_split", partial(ops.array_split, indices_or_sections=how, axis=axis), [x])
        yield Case("hsplit", partial(ops.hsplit, indices_or_sections=2), [x])
        yield Case("dsplit", partial(ops.dsplit, indices_or_sections=2), [x])
        for axis in (None, 1, 2):
            yield Case("append", lambda x, y, a=axis: ops.append(x, y, axis=a), [x, x])
        for turns in (1, 2, -1):
            yield Case("rot90", partial(ops.rot90, k=turns, axes=(1, 2)), [x])
        for taken, axis in ((1, -1), (2, 1)):
            yield Case("diff", partial(ops.diff, n=taken, axis=axis), [x])
        for asked, keep in product((0.5, [0.1, 0.9]), (True, False)):
            yield Case("quantile", partial(ops.quantile, q=asked, axis=1, keepdims=keep), [x])
        yield Case("argsort", partial(ops.argsort, axis=1), [x])
        yield Case("segment_sum", partial(ops.segment_sum, segment_ids=ops.ones((4,), "int32"), num_segments=3), [x])
        yield Case("take_along_axis", lambda a, i: ops.take_along_axis(a, i, axis=1), [x, ((2, 6), "int32")])
        yield Case("digitize", partial(ops.digitize, bins=ops.ones((3,))), [x])
        yield Case("isin", partial(ops.isin, x2=ops.ones((3,))), [x])
    for axis in (-1, 1):
        yield Case("multi_hot", partial(ops.multi_hot, num_classes=5, axis=axis), [((4, 3), "int32")])
    scores = ((4, 5), "float32")
    yield Case("binary_crossentropy", ops.binary_crossentropy, [scores, scores])
    yield Case("categorical_crossentropy", ops.categorical_crossentropy, [scores, scores])
    yield Case("sparse_categorical_crossentropy", ops.sparse_categorical_crossentropy, [((4,), "int32"), scores])


def algebra(ops: ModuleType) -> Iterator[Case]:
    for x in (((4, 6), "float32"), ((None, 6), "float32"), ((5, 6), "int32")):
        for offset in (0, 1, -2):
            yield Case("diagonal", partial(ops.diagonal, offset=offset, axis1=1, axis2=2), [x])
            yield Case("trace", partial(ops.trace, offset=offset, axis1=1, axis2=2), [x])
        for full in (True, False):
            yield Case("svd", partial(ops.svd, full_matrices=full), [x])
        yield Case("svd", partial(ops.svd, compute_uv=False), [x])
        for mode in ("reduced", "complete"):
            yield Case("qr", partial(ops.qr, mode=mode), [x])
        yield Case("fft", lambda a, b: ops.fft((a, b)), [x, x])
        for length in (None, 5, 8):
            yield Case("rfft", partial(ops.rfft, fft_length=length), [x])
            yield Case("irfft", lambda a, b, n=length: ops.irfft((a, b), n), [x, x])
    for b in (((4, 2), "float32"), ((4,), "float32")):
        yield Case("solve", ops.solve, [((4, 4), "float32"), b])
        yield Case("solve_triangular", ops.solve_triangular, [((4, 4), "float32"), b])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    "family", [unary, binary, reduced, axes, indexing, products, vision, convolutions, arrays, algebra]
)
def test_an_operation_gives_what_keras_says(family):
    import keras

    outcome = compare(family(keras.ops))
    assert outcome.wrong == []
    assert outcome.unknown <= UNKNOWN
    assert outcome.total > 10


def test_every_operation_is_known_to_have_no_weights():
    from keras.src.ops.operation import Operation

    pending, names = [Operation], set()
    while pending:
        each = pending.pop()
        pending += each.__subclasses__()
        names |= {each.__name__} if each.__module__.startswith("keras.src.ops.") and each is not Operation else set()
    assert names - RULES.keys() == CALLING


def test_an_operation_with_weights_of_its_own_is_read():
    import keras

    counted = keras.Input((4,), dtype="int32")
    graph = read(keras.Model(counted, keras.ops.bincount(counted, weights=keras.ops.ones((4,)))))
    assert graph.nodes[1].weights == ()
