"""Reports in a real browser: nothing sticks out of the page or is fetched, long figures are kept in their place."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import cutaway

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def browser(chromium: str) -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "look"), [("siamese.keras", {}), ("resnet50.json", {}), ("resnet50.json", {"direction": "right"})]
)
def test_the_page_fits_and_is_readable(tmp_path, browser, width, scheme, name, look) -> None:
    path = tmp_path / "page.html"
    cutaway.report(EXAMPLES / name, path, **look)
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('figure').getBoundingClientRect().height") <= 900
    svg = "document.querySelector('figure svg').getBoundingClientRect()"
    assert page.evaluate(f"{svg}.width / {svg}.height") == pytest.approx(_ratio(name, look), rel=0.01)
    ink, paper = (page.evaluate(f"getComputedStyle(document.body).{what}") for what in ("color", "colorScheme"))
    assert ink == ("rgb(0, 0, 0)" if scheme == "light" else "rgb(255, 255, 255)")
    assert paper == "light dark"
    assert [url for url in fetched if not url.startswith(("file:", "data:"))] == []
    page.close()


@pytest.mark.parametrize("name", ["siamese.keras", "resnet50.json"])
def test_printed_tables_fit_on_the_paper(tmp_path, browser, name) -> None:
    path = tmp_path / "page.html"
    cutaway.report(EXAMPLES / name, path)
    page = browser.new_page(viewport={"width": 718, "height": 1047})  # A4 within the usual margins, at 96 dots per inch
    page.emulate_media(media="print")
    page.goto(path.as_uri())
    edges = "[...document.querySelectorAll('table')].map(table => table.getBoundingClientRect().right)"
    assert max(page.evaluate(edges)) <= 718
    page.close()


def _ratio(name: str, look: dict[str, str]) -> float:
    scene = cutaway.report(EXAMPLES / name, **look).figure.scene
    return scene.width / scene.height
