from html.parser import HTMLParser

from outputs.scenes import rich

from cutaway.outputs.html import to_html
from cutaway.outputs.svg import to_svg
from cutaway.record import replace


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of the first title."""

    def __init__(self, page):
        super().__init__()
        self.found, self.title, self._open = [], None, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data):
        if self._open == "title" and self.title is None:
            self.title = data


def test_a_page_holds_the_figure_with_its_font():
    page = to_html(rich())
    assert to_svg(rich(), embed_font=True).rstrip() in page
    assert [tag for tag, _ in Elements(page).found].count("svg") == 1


def test_a_page_loads_nothing_and_runs_nothing():
    for tag, attributes in Elements(to_html(rich())).found:
        assert tag not in {"script", "link", "iframe", "object"}
        assert not any(name.startswith("on") for name in attributes)
        assert not any("://" in str(value) for name, value in attributes.items() if not name.startswith("xmlns"))


def test_the_title_is_escaped():
    hostile = '</title><script>alert("x")</script>\u202e'
    elements = Elements(to_html(replace(rich(), title=hostile)))
    assert "script" not in [tag for tag, _ in elements.found]
    assert elements.title == '</title><script>alert("x")</script>\\u202e'


def test_a_page_is_as_wide_as_the_window_within_bounds():
    assert "width:clamp(75pt,100%,150pt)" in to_html(replace(rich(), width=100.0))


def test_a_page_has_the_ground_of_its_figure():
    scene = rich()
    assert "background:#101010" in to_html(replace(scene, palette={**scene.palette, "page": "#101010"}))
    without = {role: color for role, color in scene.palette.items() if role != "page"}
    assert "background:#FFFFFF" in to_html(replace(scene, palette=without))
