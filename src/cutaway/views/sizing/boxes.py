"""Boxes that grow with the shape of what they give: across the flow with height or length, along it with channels."""

from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from cutaway.geometry import Size
from cutaway.layered.problem import Direction
from cutaway.record import replace
from cutaway.theme import Theme
from cutaway.views.parts.box import Glyph
from cutaway.views.sizing.axes import Axes
from cutaway.views.sizing.sizes import Extent, natural_sizing

_GROWTH = {"down": 130.0, "across": 90.0}
"""Points by which the largest face makes a box longer than its text, across the flow."""
_FAR = 1.6
"""Texts up to this multiple of the usual have room in the least size of all boxes; boxes with more grow to hold it."""


def shaped(
    glyphs: Mapping[str, Glyph],
    axes: Mapping[str, tuple[Axes, ...]],
    direction: Direction,
    theme: Theme,
    breadth: float = 1.0,
) -> dict[str, Glyph]:
    """Return the glyphs of boxes in the sizes that the first output of each asks for, each with room for its text.

    Where boxes are to be narrower, `breadth` times as wide as usual, they grow less.
    """
    is_across = direction in {"right", "left"}
    boxes = {key: glyphs[key] for key, outputs in axes.items() if outputs and glyphs[key].form == "box"}
    sizing = natural_sizing([axes[key][0] for key in boxes], theme)
    if not boxes:
        return dict(glyphs)
    widths, heights = zip(*map(_inner, boxes.values()), strict=True)
    least, found = Size(_usual(widths), _usual(heights)), dict(glyphs)
    less = min(1.0, breadth) ** 2  # text is narrower only as far as words can be wrapped
    for key, glyph in boxes.items():
        grown = _grown(sizing.volume(axes[key][0]), sizing.max_xy, is_across=is_across)
        grown = Size(grown.width * less, grown.height)
        width, height = _inner(glyph)
        found[key] = replace(
            glyph,
            size=Size(
                max(width, least.width + grown.width) + 2 * glyph.margin,
                max(height, least.height + grown.height) + 2 * glyph.margin,
            ),
        )
    return found


def shape_notes(axes: Collection[tuple[Axes, ...]], direction: Direction) -> tuple[str, ...]:
    """Say what the sizes of boxes stand for: those of the drawn outputs of these axes."""
    across, along = ("height", "width") if direction in {"right", "left"} else ("width", "height")
    firsts = [outputs[0] for outputs in axes if outputs]
    names = set(chain.from_iterable(each.names or () for each in firsts if not each.is_vector))
    said = [
        word
        for word, there in (
            ("image height", "height" in names),
            ("sequence length", "length" in names),
            ("the features of a vector", any(each.is_vector for each in firsts)),
        )
        if there
    ]
    if not said:
        return ()
    notes = [f"Beyond its text, the {across} of a box grows with the square root of {_either(said)}"]
    if "channels" in names:
        notes[0] += f", its {along} with that of its channels"
    if any(None in each.sizes or each.names is None for each in firsts):
        notes.append("Sizes that are not known add nothing")
    if any(len(outputs) > 1 for outputs in axes):
        notes.append("Of several outputs the first one counts")
    return tuple([f"{note}." for note in notes])


def _grown(extent: Extent, most: float, *, is_across: bool) -> Size:
    """Return how much a box grows beyond its text."""
    length = _GROWTH["across" if is_across else "down"] * extent.y / most
    across = 0.0 if "y" in extent.unknown else length
    along = 0.0 if "z" in extent.unknown else extent.z
    return Size(along, across) if is_across else Size(across, along)


def _inner(glyph: Glyph) -> tuple[float, float]:
    return glyph.size.width - 2 * glyph.margin, glyph.size.height - 2 * glyph.margin


def _usual(lengths: Iterable[float]) -> float:
    """Return the largest length that is not far beyond the usual."""
    ordered = sorted(lengths)
    return max(length for length in ordered if length <= _FAR * ordered[len(ordered) // 2])


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
