"""What tells folded blocks of one name apart where captions say no channels: a skip, or else numbers."""

from collections.abc import Mapping, Sequence

from cutaway.record import replace
from cutaway.typed import TYPE_CHECKING
from cutaway.views.volumes.called import said_below

if TYPE_CHECKING:
    from cutaway.analysis.reduction import Reduction
    from cutaway.views.block_names import BlockWords
    from cutaway.views.preparing import Prepared

Families = Sequence[tuple[str, ...]]
_SKIPLESS = "no skip"


def told_apart(prepared: "Prepared") -> "Prepared":
    """Return words about folded blocks with which those differ that are called the same, but are drawn in several."""
    if prepared.explaining is None:
        return prepared
    words, named = dict(prepared.words), dict[str, list[tuple[str, ...]]]()
    for blocks in prepared.explaining.families:
        own = tuple([block for block in blocks if block in words])
        if own:
            named.setdefault(words[own[0]].title, []).append(own)
    for families in named.values():
        untold = _untold(families, words)
        _with_skips(untold, words, prepared.reduction)
        untold = _untold(untold, words)
        for number, own in enumerate(untold, 1):
            words |= {block: replace(words[block], title=f"{words[block].title} ({number})") for block in own}
    return replace(prepared, words=words)


def _with_skips(families: Families, words: "dict[str, BlockWords]", reduction: "Reduction") -> None:
    """Say of which blocks there is no skip, where others have one."""
    skipping = [_has_skip(own[0], reduction) for own in families]
    for own, has_skip in zip(families, skipping, strict=True):
        if has_skip is False and True in skipping:
            words |= {block: replace(words[block], lines=(_SKIPLESS, *words[block].lines)) for block in own}


def _has_skip(block: str, reduction: "Reduction") -> bool | None:
    """Tell whether tensors are added in a block to what becomes of them; None where that is not sure."""
    from cutaway.analysis.fold.sketch import Sketch
    from cutaway.analysis.fold.trail import trail

    steps = trail(Sketch(reduction.patterns[reduction.blocks[block].pattern]))
    return None if steps is None else any(step.how == "residual" for step in steps)


def _untold(families: Families, words: "Mapping[str, BlockWords]") -> Families:
    """Return the blocks, if several, of which captions say nothing that they say of no others."""
    found = [own for own in families if not _is_told(own, families, words)]
    return found if len(found) > 1 else []


def _is_told(own: Sequence[str], families: Families, words: "Mapping[str, BlockWords]") -> bool:
    foreign = {each for other in families if other is not own for block in other for each in said_below(words[block])}
    return all(any(phrase not in foreign for phrase in said_below(words[block])) for block in own)
