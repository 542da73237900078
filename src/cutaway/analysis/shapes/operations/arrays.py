"""Operations of NumPy that cut, join and turn along axes that their names imply."""

from collections.abc import Mapping
from functools import partial

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one, wholes
from cutaway.analysis.shapes.dims import Shape, position, positions, product, replace, size, total
from cutaway.analysis.shapes.dtypes import promote
from cutaway.analysis.shapes.merge import joined
from cutaway.analysis.shapes.operations.axes import split
from cutaway.analysis.shapes.operations.operands import Operand, operands
from cutaway.graph import Dim, Tensor
from cutaway.record import replace as changed

_MOST_PARTS = 4096


def split_along(call: Call, axis: int) -> Tensors:
    """Cut along one axis."""
    return split(changed(call, attributes={**call.attributes, "axis": axis}))


def split_unevenly(call: Call) -> Tensors:
    """Cut into parts of which the first are longer by one where they cannot be equal."""
    shape, parts = call.shape, call.whole("indices_or_sections")
    place = position(call.whole("axis", 0), len(shape)) if shape else None
    if shape is None or place is None or parts is None or not 0 < parts <= _MOST_PARTS:
        return split(call)
    sizes = [_part(shape[place], parts, number) for number in range(parts)]
    return tuple([Tensor(shape=replace(shape, place, each), dtype=call.first.dtype) for each in sizes])


def _part(dim: Dim, parts: int, number: int) -> Dim:
    return size(dim // parts + (number < dim % parts)) if isinstance(dim, int) else None


def append(call: Call) -> Tensors:
    """Join two tensors along an axis; without one each is flattened first."""
    shapes = [tensor.shape for tensor in call.inputs]
    known = [shape for shape in shapes if shape is not None]
    dtype = promote([tensor.dtype for tensor in call.inputs])
    if len(known) != 2:
        return one(None, None if len(shapes) != 2 else dtype)
    if call.has("axis"):
        return one(joined(known, call.whole("axis")), dtype)
    return one((total([product(shape) for shape in known]),), dtype)


def turned(call: Call) -> Tensors:
    """Exchange two axes at each odd quarter turn; at an even one Keras says so too, but does not."""
    shape, times = call.shape, call.whole("k", 1)
    axes = wholes(call.attributes.get("axes", (0, 1)))
    places = positions(axes, len(shape)) if shape else None
    if shape is None or times is None or places is None or len(places) != 2:
        return one(None, call.first.dtype)
    if times % 2 == 0:
        return one(None, call.first.dtype)
    first, second = places
    return one(replace(replace(shape, first, shape[second]), second, shape[first]), call.first.dtype)


def differences(call: Call) -> Tensors:
    """Shorten the axis by one as often as differences are taken."""
    shape, times = call.shape, call.whole("n", 1)
    place = position(call.whole("axis", -1), len(shape)) if shape else None
    if shape is None or place is None or times is None:
        return one(None, None)
    dim = shape[place]
    return one(replace(shape, place, size(dim - times) if isinstance(dim, int) else None), None)


def quantiles(call: Call) -> Tensors:
    """Reduce, once for each of the quantiles, which stand in front."""
    from cutaway.analysis.shapes.operations.reduction import reduced

    found: list[Operand] = [*operands(call, ("q",))]
    shape, asked = reduced(call), found[1].shape if len(found) == 2 and len(call.inputs) == 1 else None
    whole: Shape | None = None if shape is None or asked is None else (*asked, *shape)
    return one(whole, call.first.dtype if call.first.dtype == "float32" else None)


def among(call: Call) -> Tensors:
    """Tell of each element whether it is among others."""
    led = bool(call.ports) and call.ports[0] in {"x1", "inputs", "input 0"} and "input 0" not in call.arguments
    return one(call.shape if led else None, "bool")


def in_top(call: Call) -> Tensors:
    """Tell of each target whether it is among the best."""
    return one(call.shape if len(call.inputs) == 2 else None, "bool")


def scattered(call: Call) -> Tensors:
    """Give the shape asked for; of the type Keras says what is not so."""
    asked = call.wholes("shape") if call.has("shape") else None
    return one(None if asked is None else tuple([size(dim) for dim in asked]), None)


def untold(_: Call) -> Tensors:
    """Say nothing."""
    return ()


_UNTOLD = """
    AllClose Arange Bincount CDist CTCDecode CTCLoss Corrcoef Correlate CropImages Cross Diag Diagflat Dstack Eig
    ExtractSequences Fold Full Geomspace Histogram ISTFT Imag Kron Ldexp Linspace Logspace Lstsq LuFactor
    MapCoordinates MatrixRank Meshgrid MultiHot Ndim Nonzero PSNR PadImages Polar Rearrange SSIM STFT
    ScaleAndTranslate SearchSorted SegmentReduction Select Size Slogdet SobelEdges Trapezoid Unfold Unique UnravelIndex
    Vander ViewAsComplex ViewAsReal
"""
"""Operations without a rule: they have no weights either."""


RULES: Mapping[str, Rule] = {
    "Vsplit": partial(split_along, axis=0),
    "Hsplit": partial(split_along, axis=1),
    "Dsplit": partial(split_along, axis=2),
    "ArraySplit": split_unevenly,
    "Append": append,
    "Rot90": turned,
    "Diff": differences,
    **dict.fromkeys(("Quantile", "Nanquantile", "Percentile", "Nanpercentile"), quantiles),
    "IsIn": among,
    "InTopK": in_top,
    "Scatter": scattered,
    **dict.fromkeys(_UNTOLD.split(), untold),
}
