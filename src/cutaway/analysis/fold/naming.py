"""What a folded block is called: by what the names in it have in common, or by what is in it; and its id.

Names of layers have in common what they begin with: `conv2_block1_1_conv` and `conv2_block1_add` are of one block.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile

from cutaway.graph import Kind, Node

_PASSING = frozenset({Kind.ACTIVATION, Kind.REGULARIZATION, Kind.RESHAPE})
_MOST = 2
_SIGNS = "_/.-:#"
_DIGITS = frozenset("0123456789")


def block_name(instances: Sequence[Sequence[Node]]) -> str:
    """Return the name of a block.

    That is what all names in it begin with (`conv2_block` of conv2_block2 and conv2_block3); or, in a model that names
    only what blocks end with, what these names do (`mixed`); or its commonest operations.
    """
    shared = shared_name(instances)
    if shared:
        return shared
    ends = [instance[-1] for instance in instances]
    if not any(_is_automatic(node) for node in ends):
        shared = _common([stem([node.name]) for node in ends])
    return shared or _operations(instances[0])


def shared_name(instances: Sequence[Sequence[Node]]) -> str:
    """Return what all names in blocks begin with; empty where that is nothing."""
    return _common([_stem(instance) for instance in instances])


def _stem(nodes: Sequence[Node]) -> Sequence[str]:
    """Return the words that the names begin with which say where a layer belongs, or if none does, all names."""
    told = [words for node in nodes if (words := telling(node.name)) is not None]
    return _shared(told or [words_of(node.name) for node in nodes])


def _common(stems: Sequence[Sequence[str]]) -> str:
    """Return what several sequences of words begin with, a number that they do not share left out."""
    names = ["_".join(words) for words in stems]
    least, most = min(names), max(names)  # all others lie between these two
    shared = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(least, most, strict=False)))
    if any(name[len(shared) : len(shared) + 1].isdigit() for name in names):
        shared = shared.rstrip("0123456789")
    return shared.rstrip("_")


def _is_automatic(node: Node) -> bool:
    """Tell whether nobody chose a node's name: it is that of its class, perhaps with a number."""
    stem, sign, number = node.name.rpartition("_")
    name = (stem if sign and number.isdecimal() else node.name).replace("_", "").lower()
    return name in {node.op.lower(), node.operation.lower()} or node.name.startswith("tf.")


def _operations(nodes: Sequence[Node]) -> str:
    told = [node for node in nodes if node.kind not in _PASSING] or list(nodes)
    ops = Counter(node.operation for node in told)
    listed = [op if count == 1 else f"{count} {op}" for op, count in ops.most_common(_MOST)]
    return " + ".join(listed) + (" …" if len(ops) > _MOST else "")


def stem(names: Iterable[str]) -> tuple[str, ...]:
    """Return the words that all names begin with."""
    return _shared([words_of(name) for name in names])


def _shared(split: Sequence[list[str]]) -> tuple[str, ...]:
    """Return what several sequences of words begin with."""
    if not split:
        return ()
    least, most = min(split), max(split)  # all others lie between these two
    return tuple([one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(least, most, strict=False))])


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
    if not any(map(_is_numbered, first[:same])):
        return False
    if same + 1 >= min(len(first), len(second)):
        return True
    numbered = _is_numbered(first[same]) and _is_numbered(second[same])
    within = first[same].isdigit() and _is_numbered(first[same - 1])
    return within or not (numbered or _counts(first[same:]) != _counts(second[same:]))


def words_of(name: str) -> list[str]:
    """Return the words of a name."""
    return _spaced(name).split()


def _spaced(name: str) -> str:
    """Return a name with spaces for the signs between words."""
    for sign in _SIGNS:
        name = name.replace(sign, " ")
    return name


def first_word(name: str) -> str:
    """Return the first word of a name with the signs behind it; empty where there are none, or some in front of it."""
    first, sign, rest = _spaced(name).partition(" ")
    return name[: len(name) - len(rest.lstrip())] if first and sign else ""


def _is_numbered(word: str) -> bool:
    """Tell whether there is a number in a word; that of `conv2d` says nothing."""
    return not word.isalpha() and not _DIGITS.isdisjoint(word[:-2] if word[-1] in "dD" else word)


def is_counted(one: str, other: str) -> bool:
    """Tell whether two names count the layers of one thing: `bottom_conv1` and `bottom_conv2`."""
    first, second = words_of(one), words_of(other)
    last, like = (words[-1].rstrip("0123456789") if len(words) > 1 else None for words in (first, second))
    return bool(last) and last == like and first[:-1] == second[:-1] and first != second


def _counts(words: Sequence[str]) -> bool:
    """Tell whether the rest of a name counts parts (`blocks.0.norm1`), which are of their own beside what is single."""
    return any(map(str.isdigit, words[1:-1]))


def says(name: str) -> bool:
    """Tell whether a name says of which block a layer is: it has a number before its last word.

    Those that TensorFlow gives its functions (`tf.compat.v1.transpose_1`) do not.
    """
    return telling(name) is not None


def telling(name: str) -> list[str] | None:
    """Return the words of a name that says of which block a layer is; None where it does not."""
    if name.startswith("tf."):
        return None
    words = words_of(name)
    return words if any(map(_is_numbered, words[:-1])) else None


class Identities:
    """The ids that are taken, and for each name how far they are numbered."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def __contains__(self, identity: str) -> bool:
        return identity in self._taken

    def add(self, identity: str) -> None:
        """Count an id as taken."""
        self._taken.add(identity)

    def take(self, name: str) -> str:
        """Return an id that nothing has yet, and has from now on: the name, with a number where it is taken."""
        number = self._numbers.get(name, 1)
        found = name if number == 1 else f"{name} ({number})"
        while found in self._taken:
            number += 1
            found = f"{name} ({number})"
        self._numbers[name] = number
        self._taken.add(found)
        return found
