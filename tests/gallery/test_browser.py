"""The gallery in a real browser: Chromium sets every text as wide as it was measured, and inside the page."""

from typing import TYPE_CHECKING

import pytest

from gallery import Entry, entry, names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FIGURES = tuple(one for one in map(entry, names()) if not one.needs_keras)

# Each text's natural width, without the length that the file asks for, and where it ends up on the page.
MEASURE = """
async () => {
  await document.fonts.ready;
  const page = document.querySelector("svg").getBoundingClientRect();
  return Array.from(document.querySelectorAll("text"), (text) => {
    const asked = Number(text.getAttribute("textLength"));
    const box = text.getBoundingClientRect();
    const inside = box.left >= page.left - 1 && box.right <= page.right + 1
      && box.top >= page.top - 1 && box.bottom <= page.bottom + 1;
    text.removeAttribute("textLength");
    return { text: text.textContent, asked, natural: text.getComputedTextLength(), inside };
  });
}
"""


@pytest.fixture(scope="module")
def page(chromium: str) -> "Iterator[Page]":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize("one", FIGURES, ids=lambda one: one.name)
def test_texts_are_as_wide_as_measured_and_on_the_page(one: Entry, page: "Page") -> None:
    page.set_content(f"<!doctype html><body>{one.draw().svg(embed_font=True)}</body>")
    measured = page.evaluate(MEASURE)
    assert measured
    assert [found for found in measured if not found["inside"]] == []
    assert [found for found in measured if abs(found["natural"] - found["asked"]) > 0.02 * found["asked"]] == []
