"""The name of a block, and the words that tell it from others of its name."""

from collections.abc import Iterable

from cutaway.record import Record


class Called(Record, kw_only=False):
    """What a block is called; `details` are the facts that tell it from others of that name, as far as known.

    Of one that `widens`, from how many channels to how many it leads is told by where it stands.
    """

    title: str
    details: tuple[str, ...] = ()
    widens: bool = False


def known(*facts: str | None) -> tuple[str, ...]:
    """Return the facts that there are."""
    return tuple([fact for fact in facts if fact])


def change(before: int | None, after: int | None) -> str | None:
    """Say from what to what the channels go, as far as known."""
    if after is None:
        return None
    return f"{after} channels" if before is None else f"{before} → {after}"


def halving(stride: int | None) -> str | None:
    """Say a stride as what is left of each side: `/2`."""
    return f"/{stride}" if stride is not None and stride > 1 else None


def sides(kernel: Iterable[int] | None) -> str | None:
    """Say the sides of a kernel: `3×3`."""
    return "×".join(map(str, kernel)) if kernel else None
