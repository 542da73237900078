"""Lay out one connected level, stage by stage.

`rank` gives the nodes their rows, `condense` and `stamp` leave fewer of these to be drawn: a level becomes
slices. Where `strands` finds nothing but parallel chains, `parallel` draws a slice at once. For all others, `sheet`
lays out lanes, `arrange` settles what goes where across (`split` finds paths, then come `order`, `even`, `sides`,
`label_room`, `place` and `ports`), `route` along, with the labels.
"""

from cutaway.layered import parallel
from cutaway.layered.condense import condense
from cutaway.layered.flat import Drawing, Flat
from cutaway.layered.rank import back_pins, ranks
from cutaway.layered.route import Router
from cutaway.layered.sheet import Sheet, build
from cutaway.layered.slices import Slice
from cutaway.layered.stamp import Stamps, stamped


def draw(flat: Flat, stamps: Stamps) -> Drawing:
    """Return the drawing of a connected level; the main path runs at x = 0 from the top on.

    `stamps` has the drawings of slices that were made before, and takes new ones.
    """
    back = back_pins(flat)
    return stamped(condense(flat, ranks(flat, back), back), stamps, _draw_slice)


def _draw_slice(part: Slice) -> Drawing:
    at_once = parallel.drawn(part)
    return draw_by_stages(part) if at_once is None else at_once


def draw_by_stages(part: Slice) -> Drawing:
    """Return the drawing of any slice."""
    flat = part.flat
    sheet = build(flat, part.rank, part.back)
    _settle(sheet)
    router = Router(sheet)
    lines = [[router.line(index, pin) for pin in range(len(net.pins))] for index, net in enumerate(flat.nets)]
    places = list(zip(sheet.x, router.top, strict=False))
    return Drawing(places=places, lines=lines, labels=router.labels(lines), height=router.height)


def _settle(sheet: Sheet) -> None:
    """Order the rows and give all items and ports their x."""
    if len(sheet.rows) == 2 and len(sheet.rows[0]) == len(sheet.rows[1]) == len(sheet.channels[1]) == 1:
        # One link between two nodes: nothing to settle. The stages find the same, but many slices are of this kind.
        hop = sheet.channels[1][0]
        sheet.leave[hop.net] = hop.start_offset
        sheet.enter[hop.net, hop.pin] = hop.end_offset
        sheet.x[hop.end] = hop.start_offset - hop.end_offset
        return
    from cutaway.layered.arrange import arrange

    arrange(sheet)
