"""The report: what is on the page, that it stands for itself, and that nothing in a model can break it."""

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from keras_configs import called, given, layer, model, tensor
from weights_files import archive, tree, values

import cutaway
from cutaway.errors import CutawayWarning, InputError

EXAMPLES = Path(__file__).parents[1] / "examples"
SIAMESE = EXAMPLES / "siamese.keras"
HOSTILE = "</title><script>alert(1)</script>|`*_[x](javascript:y)&\"'\x1b[0m\u202e"


class Elements(HTMLParser):
    """Collects the elements and the attributes of a page, and says what is not closed."""

    def __init__(self, text):
        super().__init__()
        self.names, self.attributes, self.open = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.names.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def headings(text):
    return [html.unescape(each) for each in re.findall("<h2>(.*?)</h2>", text)]


def hostile():
    layers = [given("x"), layer("Dense", HOSTILE, called(tensor("x")), units=2)]
    return json.dumps(model(HOSTILE, layers, ["x", 0, 0], [HOSTILE, 0, 0]))


def test_the_page_has_everything_in_order():
    found = cutaway.report(SIAMESE, values=True)
    page = found.html()
    expected = ["Worth noticing", "In numbers", "Figure", "Inputs and outputs", "Layers", "Inside the layers"]
    assert headings(page) == expected
    assert re.findall("^## (.*)$", found.markdown("x.svg"), re.MULTILINE) == expected
    assert "From siamese.keras, written by Keras 3" in page
    for text in (page, found.markdown("x.svg")):
        for part in found.sheet.parts:
            for sentence in part.sentences:
                assert sentence in html.unescape(text)
    assert found.figure.svg(embed_font=True)[20:-20] in page


def test_the_numbers_are_those_of_the_summary_and_the_figure():
    found = cutaway.report(EXAMPLES / "mobilenet_v2.json")
    told = cutaway.summarize(EXAMPLES / "mobilenet_v2.json")
    assert found.summary.table.totals == told.table.totals
    assert ">3,538,984<" in found.html()
    assert "3.54 M parameters" in found.figure.svg()


@pytest.mark.parametrize(
    "source", [SIAMESE, EXAMPLES / "resnet50.json", hostile()], ids=["siamese", "resnet", "hostile"]
)
def test_the_page_stands_for_itself(source):
    page = cutaway.report(source).html()
    found = Elements(page)
    assert found.open == []
    assert {"html", "head", "body", "svg", "figure", "table"} <= set(found.names)
    assert "script" not in found.names
    for name, value in found.attributes:
        assert not name.startswith("on")
        if name in {"src", "href", "xlink:href"}:
            assert value.startswith(("#", "data:"))
    assert not re.search(r"@import|url\((?!['\"]?(#|data:))", page)


def test_hostile_names_are_text():
    found = cutaway.report(hostile())
    page = found.html()
    markdown = re.sub("`` .*? ``", "", found.markdown("x.svg"))  # what is code is shown as it is
    for text in (page.replace(found.figure.svg(embed_font=True).strip(), ""), markdown):
        assert "<script>" not in text
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "](javascript" not in markdown.replace(r"\]", "")


def test_markdown_and_its_figure_are_written_together(tmp_path):
    found = cutaway.report(SIAMESE, tmp_path / "my net.md")
    assert (tmp_path / "my net.md").read_text("utf-8") == found.markdown("my net.report.svg")
    assert "](my%20net.report.svg)" in found.markdown("my net.report.svg")
    assert (tmp_path / "my net.report.svg").read_text("utf-8") == found.figure.svg(embed_font=True)


def test_neither_file_is_touched_where_one_cannot_be_written(tmp_path):
    (tmp_path / "net.report.svg").write_text("precious")
    (tmp_path / "net.md").mkdir()
    with pytest.raises(InputError, match=r"cannot write '.*net\.md': it is a folder"):
        cutaway.report(SIAMESE, tmp_path / "net.md")
    assert (tmp_path / "net.report.svg").read_text() == "precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["net.md", "net.report.svg"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("net.pdf", r"cannot save a report in a file with the suffix '\.pdf': give one of \.html, \.md"),
        ("net", "cannot save a report in a file without a suffix"),
        (3, "cannot save to a value of type 'int'"),
    ],
)
def test_what_is_no_place(path, words):
    with pytest.raises(InputError, match=words):
        cutaway.report(SIAMESE, path)


def test_what_was_warned_of_is_on_the_page_without_the_folder(tmp_path):
    layers = [given("x"), layer("Dense", "d", called(tensor("x")), units=2)]
    config = model("net", layers, ["x", 0, 0], ["d", 0, 0])
    stored = tree(layers__dense=[values(3, 2), values(2)])
    path = archive(tmp_path / "net.keras", config, model_weights_h5=stored)
    with pytest.warns(CutawayWarning) as caught:
        found = cutaway.report(path, weights=True)
    told = next(part for part in found.sheet.parts if part.title == "Warnings")
    assert len(told.sentences) == len({str(item.message) for item in caught})
    assert str(tmp_path) not in found.html()


def test_sizes_that_are_assumed_are_said():
    layers = [given("x", (None, None, 4)), layer("LSTM", "l", called(tensor("x", shape=(None, None, 4))), units=2)]
    config = json.dumps(model("net", layers, ["x", 0, 0], ["l", 0, 0]))
    assert "are open in the input x" in cutaway.report(config).html()
    found = cutaway.report(config, assume=7).html()
    assert "are open in the input x" not in found
    assert "Assumed: 7 for open sizes" in found


@pytest.mark.parametrize("values", ["yes", 1, None])
def test_whether_to_tell_values_is_true_or_false(values):
    with pytest.raises(InputError, match=f"cannot use values={values!r}: give True or False"):
        cutaway.report(SIAMESE, values=values)


def test_conventions_are_said_once():
    layers = [given("x", (None, None, 4)), layer("LSTM", "l", called(tensor("x", shape=(None, None, 4))), units=2)]
    found = cutaway.report(json.dumps(model("net", layers, ["x", 0, 0], ["l", 0, 0])))
    page = found.markdown("net.report.svg")
    assert "?" in page.partition("## Layers")[2].partition("\n---\n")[0]
    assert (page.count("a batch of one"), page.count("not known.")) == (1, 1)


def test_a_graph_has_no_values():
    graph = cutaway.read(SIAMESE)
    assert "Layers" in headings(cutaway.report(graph).html())
    with pytest.raises(InputError, match="cannot tell values of a graph, or with weights=False"):
        cutaway.report(graph, values=True)
    with pytest.raises(InputError, match="cannot tell values"):
        cutaway.report(SIAMESE, values=True, weights=False)


@pytest.mark.parametrize("values", [False, True])
def test_the_figure_tells_of_values_where_it_is_asked_to(values):
    look = {"show": ("weights", "statistics")}
    assert (
        cutaway.report(SIAMESE, values=values, **look).figure.svg() == cutaway.draw(SIAMESE, totals=True, **look).svg()
    )


def test_a_notebook_gets_the_page_in_a_frame():
    found = cutaway.report(SIAMESE)
    (frame,) = re.findall('^<iframe srcdoc="([^"]*)"', found._repr_html_())
    assert html.unescape(frame) == found.html()
