"""What models are called in titles: as the field writes them."""

from collections.abc import Mapping
from types import MappingProxyType

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
