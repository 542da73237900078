"""What names of layers have in common: `conv2_block1_1_conv` and `conv2_block1_add` are of one block."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

_BREAKS = re.compile(r"[_/.\-:#\s]+")
_NUMBER = re.compile(r"\d(?![dD]$)")  # that of conv2d says nothing


def stem(names: Iterable[str]) -> tuple[str, ...]:
    """Return the words that all names begin with."""
    split = [_words(name) for name in names]
    return tuple(words[0] for words in takewhile(lambda each: len(set(each)) == 1, zip(*split, strict=False)))


def same_stem(one: str, other: str) -> bool | None:
    """Tell whether two names are of one numbered block; None where a name says nothing (`conv2d_7`).

    `conv2_block1_add` and `conv2_block2_1_conv` are not, `conv2_block1_1_conv` and `conv2_block1_2_conv` are, and so
    are `block1_conv1` and `block1_conv2`: the last word is the layer's. `layers.1.downsample.norm` is not of the block
    `layers.1.blocks.0.norm1`: one of several counted parts is none with what is beside them.
    """
    return same_words(telling(one), telling(other))


def same_words(first: Sequence[str] | None, second: Sequence[str] | None) -> bool | None:
    """Tell whether two names are of one numbered block, by their words (see `telling`)."""
    if first is None or second is None:
        return None
    pairs = zip(first, second, strict=False)
    same = next((place for place, (word, like) in enumerate(pairs) if word != like), min(len(first), len(second)))
    if not any(_NUMBER.search(word) for word in first[:same]):
        return False
    if same + 1 >= min(len(first), len(second)):
        return True
    numbered = bool(_NUMBER.search(first[same]) and _NUMBER.search(second[same]))
    within = first[same].isdigit() and bool(_NUMBER.search(first[same - 1]))
    return within or not (numbered or _counts(first[same:]) != _counts(second[same:]))


def _words(name: str) -> Sequence[str]:
    return [word for word in _BREAKS.split(name) if word]


def is_counted(one: str, other: str) -> bool:
    """Tell whether two names count the layers of one thing: `bottom_conv1` and `bottom_conv2`."""
    first, second = _words(one), _words(other)
    last, like = (re.sub(r"\d+$", "", words[-1]) if len(words) > 1 else None for words in (first, second))
    return bool(last) and last == like and first[:-1] == second[:-1] and first != second


def _counts(words: Sequence[str]) -> bool:
    """Tell whether the rest of a name counts parts (`blocks.0.norm1`), which are of their own beside what is single."""
    return any(map(str.isdigit, words[1:-1]))


def says(name: str) -> bool:
    """Tell whether a name says of which block a layer is: it has a number before its last word.

    Those that TensorFlow gives its functions (`tf.compat.v1.transpose_1`) do not.
    """
    return telling(name) is not None


def telling(name: str) -> Sequence[str] | None:
    """Return the words of a name that says of which block a layer is; None where it does not."""
    words = _words(name)
    return words if not name.startswith("tf.") and any(map(_NUMBER.search, words[:-1])) else None
