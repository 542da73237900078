"""`cutaway lint`: text and JSON, one model and several, exit codes, mistakes."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import command, model

import cutaway
from cutaway.cli import main
from cutaway.figure import Figure
from cutaway.linting import lint

MISSING = "the node 'd' is neither drawn nor accounted for by another mark"


def run(*arguments):
    return main(["lint", *map(str, arguments)])


@pytest.fixture
def net(tmp_path):
    return model(tmp_path / "net.json")


@pytest.fixture
def _incomplete(monkeypatch):
    """Let every figure be that of a view which leaves out a layer: our own leave out none."""

    def incomplete(source, **look):
        drawn = cutaway.draw(source, **look)
        scene = drawn.scene
        left = tuple(mark for mark in scene.marks if getattr(mark, "ref", "") not in {"d", "d:0->d"})
        return lint(Figure(graph=drawn.graph, view=lambda *_: replace(scene, marks=left), theme=drawn.theme))

    monkeypatch.setattr("cutaway.linting.lint", incomplete)


def test_a_fine_figure(net, capsys):
    assert run(net) == 0
    assert capsys.readouterr().out == f"{net}: no faults\n"


def test_soft_faults_are_told_and_no_failure(net, capsys):
    assert run(net, "--title", "", "--no-legend") == 0
    first, second, last = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{net}: soft, rule 4 (legend-missing): there is no legend that explains dense")
    assert second == f"{net}: soft, rule 14 (no-title): the figure has no title"
    assert last == f"{net}: 2 soft faults"


@pytest.mark.usefixtures("_incomplete")
def test_a_hard_fault_is_a_failure(net, capsys):
    assert run(net, "--title", "") == 1
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first == f"{net}: hard, rule 6 (missing): {MISSING}"
    assert last == f"{net}: 3 hard faults and 3 soft faults"


@pytest.mark.usefixtures("_incomplete")
def test_json(net, capsys):
    assert run(net, "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    assert {key: report[key] for key in ("model", "hard", "soft")} == {"model": net, "hard": 3, "soft": 2}
    assert report["faults"][0] == {
        "rule": "missing",
        "number": 6,
        "severity": "hard",
        "message": MISSING,
        "marks": ["d"],
        "place": None,
    }
    assert [fault["severity"] for fault in report["faults"]] == ["hard"] * 3 + ["soft"] * 2


def test_several_models(net, tmp_path, capsys):
    other = model(tmp_path / "other.json", "other")
    assert run(net, other, "--format", "json") == 0
    assert [report["model"] for report in json.loads(capsys.readouterr().out)] == [net, other]
    assert run(net, tmp_path / "none.json", other, "--format", "json") == 2
    shown = capsys.readouterr()
    assert [report["model"] for report in json.loads(shown.out)] == [net, other]
    assert shown.err.startswith("error: ")
    assert run(tmp_path / "none.json", "--format", "json") == 2
    assert capsys.readouterr().out == ""


def test_the_look_is_that_of_draw(net, tmp_path, capsys):
    theme = tmp_path / "faint.toml"
    theme.write_text("[colors]\ngrey = '#A0A0A0'", encoding="utf-8")
    assert run(net, "--theme", theme, "--direction", "right") == 0
    shown = capsys.readouterr()
    assert "soft, rule 3 (faint-text): the text" in shown.out
    assert shown.err.startswith(f"warning: the theme {str(theme)!r} is used as it is, but: grey #A0A0A0 on")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "error: no model is given\ntry 'cutaway lint --help'\n"),
        (["x", "--format", "xml"], "unknown 'xml': allowed: 'text', 'json'"),
        (["x", "--font-bold", "a.ttf"], "--font-bold needs --font"),
        (["x", "-o", "y"], "-o belongs to 'draw', 'summary' and 'report'"),
        (
            ["x", "--theme", "dork"],
            "unknown 'dork': did you mean 'dark'? allowed: 'paper', 'dark', 'mono', 'contrast', or",
        ),
        (["x", "--theme", "none.toml"], "error: "),
    ],
)
def test_mistakes(arguments, message, capsys):
    assert run(*arguments) == 2
    assert message in capsys.readouterr().err


def test_a_theme_file_that_there_is_not(net, tmp_path, capsys):
    assert run(net, "--theme", tmp_path / "none.toml") == 2
    assert "cannot use the theme" in capsys.readouterr().err


def test_a_place_is_told(net, tmp_path, capsys):
    theme = tmp_path / "faint.toml"
    theme.write_text("[colors]\ngrey = '#A0A0A0'", encoding="utf-8")
    assert run(net, "--theme", theme, "--format", "json") == 0
    fault = json.loads(capsys.readouterr().out)["faults"][0]
    x, y = fault["place"]
    assert fault["rule"] == "faint-text"
    assert f"at ({x:.1f}, {y:.1f})" in fault["message"]


def test_help(capsys):
    assert run("--help") == 0
    shown = capsys.readouterr().out
    assert "usage: cutaway lint MODEL... [options]" in shown
    assert "Exit codes: 0 no hard faults; 1 hard faults; 2 wrong usage" in shown
    assert "--direction" in shown


def test_the_place_is_that_of_draw(net, capsys):
    assert run(net, "--width", "17cm") == 0
    assert run(net, "--width", "1mm") == 2
    assert "cannot use the length '1mm'" in capsys.readouterr().err


def test_standard_input(net):
    done = command("lint", "-", input=Path(net).read_bytes())
    assert (done.returncode, done.stdout.decode()) == (0, "standard input: no faults\n")


def test_drawing_loads_none_of_it(net, tmp_path):
    code = (
        "import sys; from cutaway.cli import main; main(['draw', sys.argv[1], '-o', sys.argv[2]]);"
        "print([name for name in sys.modules if name.startswith(('cutaway.linting', 'cutaway.theme.', 'cutaway.colors',"
        " 'cutaway.faults', 'tomllib'))])"
    )
    call = [sys.executable, "-c", code, net, str(tmp_path / "x.svg")]
    assert subprocess.run(call, capture_output=True, check=True, text=True).stdout == "[]\n"
