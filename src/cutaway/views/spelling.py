"""How shapes, counts and names of models are written, for a reader."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from cutaway.graph import Dim, Tensor
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

_POWERS = {2: "²", 3: "³"}
_UNITS = (("T", 10**12), ("G", 10**9), ("M", 10**6), ("k", 10**3))

_FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "bert": "BERT", "convnext": "ConvNeXt", "densenet": "DenseNet", "efficientnet": "EfficientNet",
        "inception_resnet": "Inception-ResNet", "inception": "Inception", "mobilenet": "MobileNet", "nasnet": "NASNet",
        "regnetx": "RegNetX", "regnety": "RegNetY", "resnet_rs": "ResNet-RS-", "resnet": "ResNet", "vgg": "VGG",
        "vit": "ViT", "xception": "Xception",
    }
)  # fmt: skip
"""How the field writes families of models, which in code are words of a file; what tells members apart has a hyphen."""

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "alexnet": "AlexNet", "cnn": "CNN", "gan": "GAN", "gpt": "GPT-", "gru": "GRU", "lenet": "LeNet-",
        "lstm": "LSTM", "mlp": "MLP", "rnn": "RNN", "unet": "U-Net", "vae": "VAE",
    }
)  # fmt: skip
"""The same for words that take a space before a size or a version."""

_SIZES: Mapping[str, str] = MappingProxyType(
    {
        "tiny": "Tiny", "mini": "Mini", "mobile": "Mobile", "small": "Small", "base": "Base", "medium": "Medium",
        "large": "Large", "xlarge": "XLarge",
    }
)  # fmt: skip

_LETTERS = frozenset({"s", "m", "l"})


@lru_cache(1024)
def shape_text(shape: tuple[Dim, ...] | None) -> str:
    """Write a shape without its free batch axis: `56²×64`, `?×768`, `10`; `?` where nothing is known.

    A fixed batch is written as it is. Equal neighbouring axes are drawn together only beside another axis (`56²×64`,
    `64×56²`), so that a matrix of equal sides stays `64×64`.
    """
    if shape is None:
        return "?"
    dims = shape[1:] if shape and shape[0] is None else shape
    if not dims:
        return "scalar"
    return "×".join(_grouped(dims))


def _grouped(dims: Sequence[Dim]) -> list[str]:
    count = len(dims)
    for length in (3, 2):
        if count <= length:
            continue
        if _equal(dims[:length]):
            return [f"{dims[0]}{_POWERS[length]}", *map(_dim, dims[length:])]
        if _equal(dims[-length:]):
            return [*map(_dim, dims[:-length]), f"{dims[-1]}{_POWERS[length]}"]
    return [_dim(dim) for dim in dims]


def _equal(dims: Sequence[Dim]) -> bool:
    return isinstance(dims[0], int) and dims[0] > 1 and len(set(dims)) == 1


def _dim(dim: Dim) -> str:
    return "?" if dim is None else str(dim)


def tensor_text(tensor: Tensor, *, shape: bool = True, dtype: bool = False) -> str:
    """Write what is asked of a tensor, separated by a space: `56²×64 float16`."""
    parts = [shape_text(tensor.shape)] if shape else []
    if dtype:
        parts.append(tensor.dtype or "?")
    return " ".join(parts)


def is_row_of_integers(tensor: Tensor) -> bool:
    """Tell whether a tensor is a row of integers, such as a text, of a length that is known or has a name."""
    shape = tensor.shape
    if shape is None or len(shape) != 2 or shape[0] is not None or shape[1] in {None, 1}:
        return False
    return (tensor.dtype or "").startswith(("int", "uint"))


def count_text(count: "int | Fraction") -> str:
    """Write a number in three figures: `25.6 M`, `1.2 k`, `512`, `0.5`."""
    if count >= 10**15:
        from decimal import Decimal

        return f"{Decimal(int(count)):.2e}"
    for unit, size in _UNITS:
        if 2000 * count >= 1999 * size:  # in three figures it is 1 of this unit, not 1000 of the next
            return f"{float(count / size):.3g} {unit}"
    return str(count) if isinstance(count, int) else f"{float(count):.3g}"


def bytes_text(count: int) -> str:
    """Write an amount of memory in three figures: `3.1 MB`, `512 B`; a kB is 1000 bytes."""
    text = count_text(count)
    return f"{text}B" if text[-1].isalpha() else f"{text} B"


def length_text(length: "int | Fraction") -> str:
    """Write a length in steps of the data: `27`, `0.5`."""
    return str(length) if isinstance(length, int) else f"{float(length):.3g}"


def heading(name: str) -> str:
    """Write the name of a model for a title as the field does, where all of it is known; others as they are.

    `vgg16` is VGG16, `efficientnetv2-b0` EfficientNetV2-B0, `mobilenet_1.00_224` MobileNet (1.0, 224), `gpt2_small`
    GPT-2 small. A name with capitals is its author's own and keeps all of its letters.
    """
    code = name.lower().replace("-", "_")
    word = next((word for words in (_FAMILIES, _WORDS) for word in words if code.startswith(word)), None)
    if word is None:
        return name
    known = _FAMILIES.get(word) or _WORDS[word]
    family = known.removesuffix("-")
    if name != name.lower() and not name.startswith(family):
        return name
    parts = _parts(code[len(word) :])
    number = parts[0].removeprefix("_" if known != family else "") if parts else ""
    if number.isdecimal():
        family, parts = known + number, parts[1:]
    scaled = _scaled(parts[-2:]) if word == "mobilenet" else ""
    told = _written(parts[:-2] if scaled else parts, "-" if word in _FAMILIES else " ")
    if told is None or (name != name.lower() and _letters(family + told) != _letters(name)):
        return name
    return family + told + scaled


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name))


def _parts(code: str) -> list[str]:
    """Split words at underscores, which they keep in front, and behind numbers: `50v2_s` is `50`, `v2` and `_s`."""
    parts = [""] if code else []
    for before, letter in zip(" " + code, code, strict=False):
        if letter == "_" or (before.isdecimal() and letter.isalpha()):
            parts.append("")
        parts[-1] += letter
    return [part for part in parts if part]


def _written(parts: list[str], joint: str) -> str | None:
    """Write version, variant and size, in which models of one family differ; None where anything else is said."""
    told = ""
    for part in parts:
        word = part.removeprefix("_")
        number = word[1:].isdecimal()
        if word[:1] == "v" and number:
            told += word.upper() if part == word else f"{joint}{word}"
        elif (word[:1] == "b" and number) or (word in _LETTERS and "V" in told):
            told += f"{joint}{word.upper()}"
        elif word in _SIZES:
            told += f"{joint}{_SIZES[word] if joint == '-' else word}"
        else:
            return None
    return told


def _scaled(last: list[str]) -> str:
    """Write the width and the resolution of a MobileNet; nothing where the last parts of a name are no such pair."""
    if len(last) < 2 or not last[1][1:].isdecimal():
        return ""
    whole, point, fraction = last[0].removeprefix("_").partition(".")
    if not (point and whole.isdecimal() and fraction.isdecimal()):
        return ""
    return f" ({whole}.{fraction.rstrip('0') or '0'}, {last[1][1:]})"
