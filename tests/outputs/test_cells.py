"""Pictures that are drawn in cells: the same pixels as in one, and nothing drawn where there is nothing."""

import pytest
from outputs.scenes import PALETTE, picture, rich
from PIL import ImageChops

from cutaway.geometry import Point, Rect
from cutaway.outputs import cells as module
from cutaway.outputs import png
from cutaway.outputs.cells import cells
from cutaway.outputs.png import to_image
from cutaway.record import replace
from cutaway.ruler import Face
from cutaway.scene import Group, Image, Line, Move, Path, Rounded, Scene, Stroke, Text

FAR = Path(segments=Rounded(Rect(2900, 1900, 50, 50), 0.0), fill="dense")
NEAR = Text(at=Point(10, 20), text="here", size=12, face=Face(), fill="ink")


def page(*marks, width=3000, height=2000):
    return Scene(width=width, height=height, marks=marks, palette=PALETTE)


@pytest.mark.parametrize("with_page", [True, False])
@pytest.mark.parametrize("side", [64, 100, 333])
def test_cells_show_what_one_picture_shows(monkeypatch, side, with_page):
    whole = to_image(rich(page=with_page), 150)
    monkeypatch.setattr(png, "CELL_PIXELS", 1)
    monkeypatch.setattr(module, "SIDE", side)
    parts = to_image(rich(page=with_page), 150)
    difference = ImageChops.difference(whole.convert("RGBA"), parts)
    worst = [high for _, high in difference.getextrema()]
    assert max(worst) <= 64  # where a cell cuts a curve, its smoothing differs a little
    assert sum(difference.convert("L").histogram()[9:]) <= 0.001 * whole.width * whole.height


def test_only_what_is_covered_is_drawn():
    found = list(cells(page(FAR, Group(marks=(NEAR,))), (3000, 2000), 1.0))
    assert [cell.marks for cell in found] == [(NEAR,), (FAR,)]
    assert sum(cell.width * cell.height for cell in found) < 60 * 60 + 60 * 40


def test_a_line_across_the_page_is_in_every_cell_it_meets():
    line = Path(segments=(Move(Point(0, 5)), Line(Point(3000, 5))), stroke=Stroke(paint="ink", width=1))
    found = list(cells(page(line, FAR), (3000, 2000), 1.0))
    assert [cell.left for cell in found if line in cell.marks] == [0, 1024, 2048]
    assert all(cell.height <= 12 for cell in found if line in cell.marks)


def test_cells_stay_on_the_page_and_in_painters_order():
    upper = replace(FAR, fill="ink")
    found = list(cells(page(FAR, upper, Image(data=b"", matrix=(9000, 0, 0, 9000, -50, -50))), (3000, 2000), 1.0))
    for cell in found:
        assert cell.left >= 0
        assert cell.top >= 0
        assert cell.left + cell.width <= 3000
        assert cell.top + cell.height <= 2000
    assert found[-1].marks[:2] == (FAR, upper)


def test_what_is_not_seen_makes_no_cell():
    unseen = Path(segments=Rounded(Rect(100, 100, 50, 50), 0.0))
    away = replace(NEAR, at=Point(-500, -500))
    assert list(cells(page(unseen, away, Path(segments=(), fill="ink")), (3000, 2000), 1.0)) == []


def test_turned_text_is_whole(monkeypatch):
    turned = page(replace(NEAR, at=Point(150, 150), angle=-90, text="turned upwards"), width=300, height=300)
    whole = to_image(turned, 72)
    monkeypatch.setattr(png, "CELL_PIXELS", 1)
    monkeypatch.setattr(module, "SIDE", 64)
    assert to_image(turned, 72).getbbox() == whole.getbbox()
    assert max(high for _, high in ImageChops.difference(whole, to_image(turned, 72)).getextrema()) <= 40


def test_pictures_that_are_drawn_twice_are_seen_twice():
    data = picture()
    one, other = (Image(data=data, matrix=(40, 0, 0, 40, x, 10), opacity=0.5) for x in (10, 60))
    both = to_image(page(one, other, width=110, height=60), 144)
    left, right = both.crop((20, 20, 100, 100)), both.crop((120, 20, 200, 100))
    assert left.tobytes() == right.tobytes()
    assert left.tobytes() == to_image(page(one, width=110, height=60), 144).crop((20, 20, 100, 100)).tobytes()
