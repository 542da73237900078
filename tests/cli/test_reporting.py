"""`cutaway report`: places, formats, mistakes."""

import json
import os
from pathlib import Path

import pytest
from command_line import command, model

import cutaway
from cutaway.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
SIAMESE = EXAMPLES / "siamese.keras"


def report(*arguments):
    return main(["report", *map(str, arguments)])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "error: no model is given\ntry 'cutaway report --help'\n"),
        (["x", "--value"], "unknown argument '--value': did you mean '--values'?"),
        (["x", "--values=yes"], "--values takes no value: say only --values"),
        (["x", "--format", "pdf"], "unknown 'pdf': allowed: 'html', 'md'"),
        (["x", "--direction", "dwon"], "unknown 'dwon': did you mean 'down'?"),
        (["x", "--font-bold", "b.ttf"], "--font-bold needs --font"),
        (["x", "-o", "x"], "no suffix tells the format; name a file, such as 'x.html', or a folder, 'x/'"),
        (["x", "-o", "x.pdf"], "cannot write 'x.pdf': give a file whose suffix is one of .html, .md"),
        (["x", "y", "-o", "x.html"], "cannot write 2 reports to 'x.html': give a folder, such as -o reports/"),
        (["x", "-o", "-", "--format", "md"], "cannot write Markdown to standard output: its figure is a file beside"),
    ],
)
def test_mistakes_are_two_lines_at_most(here, capsys, arguments, words):
    assert report(*arguments) == 2
    out, err = capsys.readouterr()
    assert words in err
    assert (out, len(err.splitlines()) <= 2) == ("", True)
    assert list(here.iterdir()) == []


def test_html_and_markdown(here, capsys):
    assert report(SIAMESE) == 0
    assert capsys.readouterr() == ("", "wrote siamese.html\n")
    assert report(SIAMESE, "-o", "page", "--format", "html") == 0
    assert report(SIAMESE, "-o", "net.md", "--values", "--direction", "right", "--theme", "dark") == 0
    assert capsys.readouterr() == ("", "")
    names = ["net.md", "net.report.svg", "page", "siamese.html"]
    assert sorted(path.name for path in here.iterdir()) == names
    assert (here / "page").read_text("utf-8") == cutaway.report(SIAMESE).html()
    made = cutaway.report(SIAMESE, values=True, direction="right", theme="dark")
    assert (here / "net.report.svg").read_text("utf-8") == made.figure.svg(embed_font=True)
    assert (here / "net.md").read_text("utf-8") == made.markdown("net.report.svg")
    assert "## Inside the layers" in made.markdown("net.report.svg")


def test_a_figure_that_was_drawn_before_stays(here):
    (here / "net.svg").write_text("precious")
    assert report(SIAMESE, "-o", "net.md") == 0
    assert (here / "net.svg").read_text() == "precious"


def test_to_standard_output(here, capfdbinary):
    assert report(SIAMESE, "-o", "-") == 0
    assert capfdbinary.readouterr() == (cutaway.report(SIAMESE).html().encode(), b"")
    assert list(here.iterdir()) == []


def test_several_models_and_a_bad_one_among_them(here, capsys):
    sources = [model(here / "a.json"), "absent.json", model(here / "b.json")]
    assert report(*sources, "-o", "reports", "--format", "md") == 2
    assert capsys.readouterr().err.splitlines() == [
        "error: cannot read 'absent.json': there is no such file or folder",
        "reported on 2 of 3 models",
    ]
    assert sorted(path.name for path in (here / "reports").iterdir()) == [
        "a.md",
        "a.report.svg",
        "b.md",
        "b.report.svg",
    ]


@pytest.mark.parametrize(("name", "output"), [("m.html", "m.html"), ("m.report.svg", "m.md")])
def test_the_model_is_not_overwritten(here, capsys, name, output):
    model(here / name)
    assert report(name, "-o", output) == 2
    assert "that is a model; name another file with -o" in capsys.readouterr().err
    assert json.loads((here / name).read_text())["class_name"] == "Sequential"
    assert [path.name for path in here.iterdir()] == [name]


def test_warnings_are_printed_and_on_the_page(here, capsys):
    layers = [
        {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, 4], "name": "x"}},
        {"module": "keras.layers", "class_name": "Dense", "config": {"units": 2, "name": "d"},
         "build_config": {"input_shape": [None, 5]}},
    ]  # fmt: skip
    config = {"module": "keras", "class_name": "Sequential", "config": {"name": "net", "layers": layers}}
    (here / "m.json").write_text(json.dumps(config))
    assert report("m.json", "--input-shape", "7", "-o", "m.md") == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines
    assert all(line.startswith("warning: ") for line in lines)
    page = (here / "m.md").read_text("utf-8")
    assert page.count("\n- ", page.index("## Warnings"), page.index("## In numbers")) == len(lines)


def test_the_same_bytes_in_every_process(tmp_path):
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = command("report", SIAMESE, "--values", "-o", tmp_path / f"{seed}.html", env=env)
        assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "1.html").read_bytes() == (tmp_path / "2.html").read_bytes()
