"""SVG in Chromium, PNG and PDF in poppler: one figure, one look."""

import subprocess
from io import BytesIO
from itertools import pairwise

import pytest
from outputs.scenes import rich
from PIL import Image as Pillow
from PIL import ImageChops

from cutaway.geometry import Point
from cutaway.outputs.pdf import to_pdf
from cutaway.outputs.png import to_image
from cutaway.outputs.svg import to_svg
from cutaway.ruler import Face, width
from cutaway.scene import Scene, Text, texts

pytestmark = pytest.mark.browser

DPI = 288  # three pixels per CSS pixel: no renderer has to round the size of the page
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--disable-lcd-text")


@pytest.fixture(scope="module")
def page(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield browser.new_page(device_scale_factor=DPI / 96)
        browser.close()


def in_chromium(page, svg, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.set_content(f"<!doctype html><style>body{{margin:0}}svg{{display:block}}</style>{svg}")
    page.evaluate("document.fonts.ready")
    return Pillow.open(BytesIO(page.screenshot())).convert("RGB")


def in_poppler(pdf, folder):
    (folder / "figure.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(DPI), "-png", "-singlefile", "figure.pdf", "figure"]
    subprocess.run(command, cwd=folder, check=True)
    return Pillow.open(folder / "figure.png").convert("RGB")


def differences(first, second):
    """Return the mean difference of grey levels, and the share of pixels that are off by more than 64."""
    assert first.size == second.size
    off = ImageChops.difference(first.convert("L"), second.convert("L")).tobytes()
    return sum(off) / len(off), sum(value > 64 for value in off) / len(off)


def without_images(scene):
    """Renderers smooth enlarged pictures in their own ways; everything else is compared."""
    from dataclasses import replace

    from cutaway.scene import Image

    return replace(scene, marks=tuple(mark for mark in scene.marks if not isinstance(mark, Image)))


def test_all_three_look_the_same(page, tmp_path):
    scene = without_images(rich())
    drawn = {
        "png": to_image(scene, DPI).convert("RGB"),
        "svg": in_chromium(page, to_svg(scene, embed_font=True), (427, 294)).crop((0, 0, 1280, 880)),
        "pdf": in_poppler(to_pdf(scene), tmp_path),
    }
    for one, other in (("png", "svg"), ("png", "pdf"), ("svg", "pdf")):
        mean, far = differences(drawn[one], drawn[other])
        assert mean < 1.2, (one, other, mean)
        assert far < 0.005, (one, other, far)


def test_pictures_are_in_the_same_place(page, tmp_path):
    """Compare at a tenth of the size, where the ways of smoothing do not count."""
    scene = rich()
    small = [
        image.resize((128, 88), Pillow.Resampling.BOX)
        for image in (
            to_image(scene, DPI).convert("RGB"),
            in_chromium(page, to_svg(scene, embed_font=True), (427, 294)).crop((0, 0, 1280, 880)),
            in_poppler(to_pdf(scene), tmp_path),
        )
    ]
    for one, other in pairwise(small):
        off = ImageChops.difference(one, other).convert("L").tobytes()
        assert max(off) < 24
        assert sum(off) / len(off) < 1


def test_widths_are_those_of_the_browser(page):
    scene = rich()
    in_chromium(page, to_svg(scene, embed_font=True).replace(" textLength=", " data-length="), (427, 294))
    seen = page.evaluate("[...document.querySelectorAll('text')].map(text => text.getComputedTextLength())")
    expected = [width(text.text, text.size, text.face, text.weight) for text in texts(scene.marks)]
    assert seen == pytest.approx(expected, abs=0.03)


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_labels_fit_where_the_font_is_missing(page, anchor):
    """Without the font, every label still fills the room that was measured for it, and no more."""
    words = ("Conv 3×3 / 64", "WWWWWWWWMMMM", "illllliiiij", "中文 层", "λ ⊕ → ‖w‖²")
    label = {"size": 8, "face": Face(family="No Such Family At All"), "anchor": anchor}
    marks = tuple(Text(at=Point(150, 20 + 20 * row), text=text, **label) for row, text in enumerate(words))
    scene = Scene(width=300, height=120, marks=marks, palette={"ink": "#000000"})
    in_chromium(page, to_svg(scene), (400, 160))
    boxes = page.evaluate(
        "[...document.querySelectorAll('text')].map(text => { const b = text.getBBox(); return [b.x, b.width] })"
    )
    for text, (left, long) in zip(words, boxes, strict=True):
        wanted = width(text, 8, Face())
        assert long == pytest.approx(wanted, abs=1), text
        assert left == pytest.approx(150 - {"start": 0, "middle": wanted / 2, "end": wanted}[anchor], abs=1)
