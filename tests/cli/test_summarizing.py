"""`cutaway summary`: formats, several models, places, terminals, mistakes."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import command, model, run_in_terminal

import cutaway
from cutaway.cli import main, parse
from cutaway.views.summary.columns import COLUMNS

EXAMPLES = Path(__file__).parents[2] / "examples"
SIAMESE = EXAMPLES / "siamese.keras"


def summary(*arguments):
    return main(["summary", *map(str, arguments)])


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["summary"], "error: no model is given\ntry 'cutaway summary --help'\n"),
            (["summary", "x", "--colums", "name"], "unknown argument '--colums': did you mean '--columns'?"),
            (["summary", "x", "--columns", "name,mac"], "error: unknown column 'mac': did you mean 'macs'?"),
            (["summary", "x", "--columns", ","], "error: cannot use columns=',': there is none"),
            (["summary", "x", "--sort", "name"], "error: cannot sort by 'name': allowed: 'parameters'"),
            (["summary", "x", "--top", "0"], "--top: give a whole number, 1 or more, not '0'\n"),
            (["summary", "x", "--depth", "-1"], "--depth: give a whole number, 0 or more, not '-1'\n"),
            (
                ["summary", "x", "--show", "macs"],
                "error: --show belongs to 'draw', 'lint' and 'report'; here use --columns\n",
            ),
            (["draw", "x", "--columns=name"], "error: --columns belongs to 'summary'; here use --show\n"),
            (["summary", "x", "--dpi", "90"], "error: --dpi belongs to 'draw'\n"),
            (["summary", "x", "--values"], "error: --values belongs to 'report'\n"),
            (["report", "x", "--sort", "macs"], "error: --sort belongs to 'summary'\n"),
            (["report", "x", "--rules", "r.py"], "it is an argument in Python, cutaway.report(model, rules=...)"),
            (["summary", "x", "--source", "y"], "unknown argument '--source'"),
            (["summary", "x", "--format", "doc"], "unknown 'doc': allowed: 'text', 'markdown', 'csv', 'json', 'html'"),
            (["summary", "x", "--assume", "a=b"], "'b' is not a shape: 'b' is neither a number above 0 nor None"),
            (["summary", "x", "--assume", "=4"], "'=4' names nothing before '='"),
            (["summary", "x", "-o", "x.svg"], "cannot write the summary to 'x.svg': its suffix tells no format; give"),
            (["summary", "x", "-o", ""], "cannot write the summary to '': that is no name; name a file"),
            (["summary", "x", "-o", "out/", "--format", "csv"], "cannot write the summary to 'out/': it is a folder;"),
            (["summary", "x", "-o", "x.md", "--format", "csv"], "its suffix says markdown, --format says csv"),
            (["summary", "x", "y", "--weights", "w.h5"], "--weights is for one model, not for several"),
            (["summary", "x", "--debug=1"], "error: --debug takes no value: say only --debug"),
            (["summry", "x.keras"], "did you mean 'summary'? there are 'draw', 'summary', 'lint' and 'report'"),
            (["summry", "x.keras"], "\ntry: cutaway summary x.keras\n"),
        ],
    )
    def test_mistakes_are_two_lines_at_most(self, capsys, arguments, words):
        assert main(arguments) == 2
        out, err = capsys.readouterr()
        assert words in err
        assert (out, len(err.splitlines()) <= 2) == ("", True)

    @pytest.mark.parametrize("arguments", [["summary", "--help"], ["help", "summary"]])
    def test_the_help_has_all_columns(self, capsys, arguments):
        assert main(arguments) == 0
        text = capsys.readouterr().out
        for key, offer in COLUMNS.items():
            assert f"  {key} " in text
            assert offer.meaning in text
        assert "examples:\n  cutaway summary" in text

    @pytest.mark.parametrize(
        ("given", "assumed"),
        [
            (["128"], 128),
            (["128,768"], (None, 128, 768)),
            (["None,128"], (None, 128)),
            (["tokens=128"], {"tokens": 128}),
            (["tokens=128,768", "mask=128"], {"tokens": (None, 128, 768), "mask": 128}),
            (["time=5", "7"], 7),
            (["7", "time=5"], {"time": 5}),
        ],
    )
    @pytest.mark.parametrize("name", ["draw", "summary", "report"])
    def test_sizes_to_assume(self, name, given, assumed):
        flags = [word for item in given for word in ("--assume", item)]
        assert parse([name, "x", *flags]).keywords["assume"] == assumed

    def test_formats_have_two_words(self):
        assert parse(["summary", "x", "--format", "md"]).form == parse(["summary", "x", "--format", "markdown"]).form
        assert parse(["report", "x", "--format", "md"]).form == parse(["report", "x", "--format", "markdown"]).form

    def test_only_what_is_given_is_handed_on(self):
        assert parse(["summary", "x"]).keywords == {}
        given = parse(["summary", "x", "--top", "3", "--sort", "macs", "--columns", "name", "--depth", "0"])
        assert given.keywords == {"top": 3, "sort": "macs", "columns": "name", "depth": 0}


class TestOneModel:
    @pytest.mark.parametrize(
        ("form", "suffix"), [("text", "txt"), ("markdown", "md"), ("csv", "csv"), ("json", "json"), ("html", "html")]
    )
    def test_the_command_writes_what_python_saves(self, here, capfdbinary, form, suffix):
        cutaway.summarize(SIAMESE).save(f"python.{suffix}")
        saved = (here / f"python.{suffix}").read_bytes()
        assert summary(SIAMESE, "-o", f"suffix.{suffix}") == 0
        assert summary(SIAMESE, "-o", "flag", "--format", form) == 0
        assert capfdbinary.readouterr() == (b"", b"")
        assert summary(SIAMESE, "--format", form) == 0
        assert summary(SIAMESE, "--format", form, "-o", "-") == 0
        assert capfdbinary.readouterr() == (2 * saved, b"")
        assert (here / f"suffix.{suffix}").read_bytes() == (here / "flag").read_bytes() == saved

    def test_flags_reach_the_summary(self, capsys):
        assert summary(SIAMESE, "--columns", "name,macs", "--sort", "macs", "--top", "1", "--format", "csv") == 0
        rows = [*csv.reader(io.StringIO(capsys.readouterr().out))]
        assert [row[0] for row in rows] == ["id", "encoder/conv2"]
        assert rows[0] == ["id", "parent", "name", "macs", "shared_with"]

    def test_standard_input(self, capsys, monkeypatch):
        data = (EXAMPLES / "resnet50.json").read_bytes()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert summary("-") == 0
        assert capsys.readouterr().out == f"{cutaway.summarize(EXAMPLES / 'resnet50.json')}\n"

    def test_what_cannot_be_read_is_one_line(self, here, capsys):
        assert summary("absent.keras", "-o", "x.md") == 2
        assert capsys.readouterr() == ("", "error: cannot read 'absent.keras': there is no such file or folder\n")
        assert list(here.iterdir()) == []

    def test_the_model_is_not_overwritten(self, here, capsys):
        source = model(here / "m.json")
        assert summary(source, "-o", "m.json") == 2
        assert "cannot write the summary to 'm.json': that is a model" in capsys.readouterr().err
        assert json.loads(Path(source).read_text())["class_name"] == "Sequential"

    def test_another_model_is_not_overwritten_but_a_summary_is(self, here, capsys):
        before = Path(model(here / "b.json")).read_bytes()
        assert summary(model(here / "a.json"), "-o", "b.json") == 2
        assert "cannot write the summary to 'b.json': a model is in that file" in capsys.readouterr().err
        assert (here / "b.json").read_bytes() == before
        assert [summary(*names, "-o", "c.json") for names in (["a.json"], ["a.json", "b.json"], ["a.json"])] == [0] * 3
        assert capsys.readouterr().err == ""


class TestSeveralModels:
    def test_text_says_which_is_which(self, here, capsys):
        model(here / "a.json", "first")
        model(here / "b.json", "second")
        assert summary("a.json", "absent.json", "b.json") == 2
        out, err = capsys.readouterr()
        first, second = (str(cutaway.summarize(name)) for name in ("a.json", "b.json"))
        assert out == f"==> a.json <==\n{first}\n\n==> b.json <==\n{second}\n"
        assert err.splitlines() == [
            "error: cannot read 'absent.json': there is no such file or folder",
            "summarized 2 of 3 models",
        ]

    def test_csv_has_a_column_for_the_model_and_one_header(self, here):
        sources = [model(here / name, name) for name in ("a.json", "=b.json")]
        assert summary("a.json", "=b.json", "-o", "all.csv") == 0
        rows = [*csv.reader(io.StringIO((here / "all.csv").read_text("utf-8")))]
        columns = ["name", "operation", "output_shape", "parameters", "connected_to"]
        own = [[*csv.reader(io.StringIO(cutaway.summarize(source, columns=columns).csv()))] for source in sources]
        assert rows[0] == ["model", *own[0][0]]
        assert [row[1:] for row in rows[1:]] == [*own[0][1:], *own[1][1:]]
        assert [row[0] for row in rows[1:]] == ["a.json"] * (len(own[0]) - 1) + ["'=b.json"] * (len(own[1]) - 1)

    @pytest.mark.parametrize("flags", [[], ["--sort", "macs"], ["--columns", "name,macs"]])
    def test_csv_of_a_chain_and_of_a_model_that_branches_is_one_table(self, here, capsys, flags):
        assert summary(model(here / "a.json"), SIAMESE, "--format", "csv", *flags) == 0
        rows = [*csv.reader(io.StringIO(capsys.readouterr().out))]
        assert len({len(row) for row in rows}) == 1
        assert ("macs" in rows[0]) == bool(flags)

    @pytest.mark.parametrize("names", [["a.json", "b.json"], ["a.json", "absent.json"], ["absent.json", "none.json"]])
    def test_json_is_a_list(self, here, capsys, names):
        model(here / "a.json")
        model(here / "b.json")
        code = summary(*names, "--format", "json")
        found = json.loads(capsys.readouterr().out)
        there = [name for name in names if Path(name).exists()]
        assert code == (0 if there == names else 2)
        assert found == [{"model": name, **json.loads(cutaway.summarize(name).json())} for name in there]

    def test_html_is_one_page(self, here):
        for name in ("a", "b"):
            model(here / f"{name}.json", name)
        assert summary("a.json", "b.json", "-o", "all.html") == 0
        page = (here / "all.html").read_text("utf-8")
        assert page.count("<!DOCTYPE html>") == page.count("</html>") == 1
        assert page.count("<h2>") == 2

    @pytest.mark.parametrize("form", ["markdown", "html", "json"])
    def test_models_of_one_name_are_told_apart(self, here, capsys, form):
        names = ["a.json", "b.json"]
        for name in names:
            model(here / name)
        assert summary(*names, "--format", form) == 0
        out = capsys.readouterr().out
        assert all(out.count(name) == 1 for name in names)

    @pytest.mark.parametrize(("form", "times"), [("csv", 2), ("json", 3)])
    def test_a_row_of_any_length_is_written(self, here, capsys, form, times):
        """The standard library reads no field of over 131,072 characters unless told to."""
        name = "n" * 140_000
        for place in ("a.json", "b.json"):
            layers = [{"class_name": "Dense", "config": {"name": name, "units": 1}}]
            text = json.dumps({"class_name": "Sequential", "config": {"name": "m", "layers": layers}})
            (here / place).write_text(text)
        assert summary("a.json", "b.json", "--format", form) == 0
        assert capsys.readouterr().out.count(name) == 2 * times

    def test_nothing_is_written_where_nothing_is_summarized(self, here):
        assert summary("absent.json", "none.json", "-o", "all.md") == 2
        assert list(here.iterdir()) == []


class TestProcess:
    """What only a process of its own can show."""

    def test_a_terminal_is_filled_and_coloured_and_a_pipe_is_not(self, tmp_path):
        told = cutaway.summarize(SIAMESE)
        env = {**os.environ, "COLUMNS": "60", "TERM": "xterm"}
        env.pop("NO_COLOR", None)
        code, shown = run_in_terminal("summary", SIAMESE, cwd=tmp_path, stream="stdout", env=env)
        assert code == 0
        assert shown.replace("\r\n", "\n") == told.text(60, color=True) + "\n"
        assert "\x1b[" in shown
        narrow = run_in_terminal("summary", SIAMESE, cwd=tmp_path, stream="stdout", env={**env, "COLUMNS": "3"})
        assert narrow[0] == 0
        plain = run_in_terminal("summary", SIAMESE, cwd=tmp_path, stream="stdout", env={**env, "NO_COLOR": "1"})[1]
        assert plain.replace("\r\n", "\n") == told.text(60) + "\n"
        assert command("summary", SIAMESE, env=env).stdout.decode() == f"{told}\n"

    def test_where_there_is_only_ascii(self, tmp_path):
        done = command("summary", SIAMESE, env={**os.environ, "PYTHONIOENCODING": "ascii"})
        assert (done.returncode, done.stderr) == (0, b"")
        text = done.stdout.decode("ascii")
        told = cutaway.summarize(SIAMESE).text()
        assert text == f"{told}\n".replace("–", "-")
        assert text.count("?") == told.count("?")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
    @pytest.mark.parametrize("unbuffered", ["", "1"])
    @pytest.mark.parametrize("words", [["summary", str(SIAMESE)], ["draw", "-o", "-", str(SIAMESE)], ["--help"]])
    def test_where_the_disk_is_full(self, words, unbuffered):
        with Path("/dev/full").open("wb") as full:
            call = [sys.executable, "-m", "cutaway", *words]
            environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
            done = subprocess.run(call, stdout=full, stderr=subprocess.PIPE, check=False, env=environment)
        assert done.returncode == 2
        assert done.stderr == b"error: cannot write to standard output: No space left on device\n"

    @pytest.mark.parametrize("words", [["summary"], ["draw", "-o", "-"], ["report", "-o", "-"]])
    @pytest.mark.parametrize("closed", [">&-", ">&- 2>&-"])
    def test_where_standard_output_is_closed(self, words, closed):
        call = ["sh", "-c", f'exec "$0" -m cutaway "$@" {closed}', sys.executable, *words, str(SIAMESE)]
        done = subprocess.run(call, capture_output=True, check=False)
        told = b"error: cannot write to standard output: it is closed; name a file with -o\n"
        assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"" if "2>" in closed else told)

    @pytest.mark.parametrize("form", ["text", "json", "html"])
    def test_the_same_bytes_in_every_process(self, form):
        runs = [
            command("summary", SIAMESE, "--format", form, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
            for seed in ("1", "2")
        ]
        assert runs[0] == runs[1] != b""
