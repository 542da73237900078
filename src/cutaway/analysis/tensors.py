"""What two sources say of one tensor: one filled in from the other, and whether they can both be right."""

from cutaway.graph import Tensor


def sized(stored: Tensor, found: Tensor) -> Tensor:
    """Return `stored` with what it leaves open taken from `found`: single sizes too, where both have as many axes."""
    known, shape = stored.shape, found.shape
    if known is not None and shape is not None and len(known) == len(shape):
        pairs = zip(known, shape, strict=True)
        shape = tuple([dim if isinstance(dim, int) or other is None else other for dim, other in pairs])
        stored = Tensor(shape=shape, dtype=stored.dtype)
    return stored.filled(found)


def disagree(first: Tensor, second: Tensor) -> bool:
    """Say whether two tensors cannot be the same: other types, ranks or known sizes."""
    if first.dtype is not None and second.dtype is not None and first.dtype != second.dtype:
        return True
    if first.shape is None or second.shape is None:
        return False
    if len(first.shape) != len(second.shape):
        return True
    pairs = zip(first.shape, second.shape, strict=True)
    return any(isinstance(a, int) and isinstance(b, int) and a != b for a, b in pairs)


def describe(tensor: Tensor) -> str:
    """Write a tensor's type for a sentence: `(?, 224, 224, 3) float32`."""
    sizes = "of unknown shape"
    if tensor.shape is not None:
        sizes = f"({', '.join('?' if dim is None else str(dim) for dim in tensor.shape)})"
    return sizes if tensor.dtype is None else f"{sizes} {tensor.dtype}"
