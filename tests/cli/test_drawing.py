"""The command: flags, exit codes, sentences, files; run in this process where that shows the same, else as one."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import fields
from pathlib import Path

import pytest
from command_line import command, model, run_in_terminal

import cutaway
from cutaway.cli import Usage, main, orders, parse
from cutaway.cli.drawing import FIGURE
from cutaway.errors import InputError
from cutaway.faults import faults
from cutaway.theme import THEMES
from cutaway.views import VIEWS, load
from cutaway.views.choice import options, words_of

EXAMPLES = Path(__file__).parents[2] / "examples"
MODELS = sorted(path for path in EXAMPLES.iterdir() if path.suffix in {".json", ".keras"})
RESNET = EXAMPLES / "resnet50.json"
IN_FULL = ("--fold", "none", "--simplify", "none")
THERE = "there are 'draw', 'summary', 'lint' and 'report'"


@pytest.fixture
def card(monkeypatch):
    """Offer the view `card`, which needs no layout."""
    monkeypatch.setitem(VIEWS, "card", "card_view:Card")


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "code", "stream", "words"),
        [
            ([], 2, "err", "usage: cutaway COMMAND MODEL... [options]"),
            (["--help"], 0, "out", "usage: cutaway COMMAND MODEL... [options]"),
            (["--version"], 0, "out", f"cutaway {cutaway.__version__}\n"),
            (["help"], 0, "out", "usage: cutaway COMMAND MODEL... [options]"),
            (["help", "draw"], 0, "out", "examples:\n  cutaway draw"),
            (
                ["drew", "x"],
                2,
                "err",
                f"error: unknown command 'drew': did you mean 'draw'? {THERE}\ntry 'cutaway --help'\n",
            ),
            (
                ["a b.keras", "-o", "x"],
                2,
                "err",
                f"error: unknown command 'a b.keras': {THERE}\ntry: cutaway draw 'a b.keras' -o x\n",
            ),
            (["-o", "x.svg", "a.json"], 2, "err", "try: cutaway draw -o x.svg a.json\n"),
            (["plot", "net.H5"], 2, "err", "try: cutaway draw net.H5\n"),
            ([str(EXAMPLES)], 2, "err", f"try: cutaway draw {EXAMPLES}\n"),
            (["draw"], 2, "err", "error: no model is given\ntry 'cutaway draw --help'\n"),
            (["draw", "x", "--view", "map"], 2, "err", "'volumes'\ntry 'cutaway draw --help'\n"),
            (["draw", "--help"], 0, "out", "examples:\n  cutaway draw"),
            (["draw", "x", "--dirction", "up"], 2, "err", "unknown argument '--dirction': did you mean '--direction'?"),
            (["draw", "x", "--dir=up"], 2, "err", "error: unknown argument '--dir': did you mean '--direction'?\n"),
            (["draw", "x", "-dpi", "9"], 2, "err", "error: unknown argument '-dpi': did you mean '--dpi'?\n"),
            (
                ["draw", "x", "--no"],
                2,
                "err",
                "'--no': did you mean '--no-stages', '--no-numbers', '--notes', '--no-legend' or '--no-totals'?\n",
            ),
            (["draw", "x", "--de", "1"], 2, "err", "'--de': did you mean '--depth' or '--debug'?\n"),
            (["draw", "x", "--qqqqqq"], 2, "err", "error: unknown argument '--qqqqqq'\n"),
            (["draw", "x", "--legend=no"], 2, "err", "error: --legend takes no value: say --legend or --no-legend\n"),
            (["draw", "x", "--no-legend", "True"], 2, "err", "error: --no-legend takes no value: say --legend or"),
            (["draw", "x", "--embed-font=1"], 2, "err", "error: --embed-font takes no value: say only --embed-font\n"),
            (["draw", "--title", "--legend=no", "x"], 2, "err", "error: --legend takes no value"),
            (
                ["draw", "x", "--direction", "dwon"],
                2,
                "err",
                "unknown 'dwon': did you mean 'down'? allowed: 'down', 'up'",
            ),
            (["draw", "x", "--show", "names,shape"], 2, "err", "unknown 'shape': did you mean 'shapes'?"),
            (["draw", "x", "--depth", "two"], 2, "err", "--depth: give a whole number, 0 or more, not 'two'\n"),
            (["draw", "x", "--depth", "-1"], 2, "err", "--depth: give a whole number, 0 or more, not '-1'\n"),
            (["draw", "x", "--view", "maps", "--flat"], 2, "err", "error: --flat belongs to '--view volumes'\n"),
            (["draw", "x", "--no-arrows"], 2, "err", "error: --no-arrows belongs to '--view volumes'\n"),
            (
                ["draw", "x", "--view", "maps", "--color-by", "macs"],
                2,
                "err",
                "--color-by belongs to '--view blocks'\n",
            ),
            (["draw", "x", "--view", "bloks"], 2, "err", "unknown 'bloks': did you mean 'blocks'?"),
            (["draw", "x", "--theme", "x"], 2, "err", "allowed: 'paper', 'dark', 'mono', 'contrast', or a file"),
            (["draw", "x", "--format", "docx"], 2, "err", "allowed: 'svg', 'pdf', 'png'"),
            (["draw", "x", "--dpi", "0"], 2, "err", "give a number above 0, not '0'"),
            (["draw", "x", "--jobs", "0"], 2, "err", "give a whole number, 1 or more, not '0'"),
            (["draw", "x", "--input-shape", "2,x"], 2, "err", "'2,x' is not a shape: 'x' is neither"),
            (["draw", "x", "--width", "8.5"], 2, "err", "--width: cannot use the length '8.5': give a length such as"),
            (["draw", "x", "--shape", "v"], 2, "err", "unknown 'v': allowed: 'auto', 'flow', 'u'"),
            (["draw", "x", "--font-bold", "b.ttf"], 2, "err", "--font-bold needs --font"),
            (["draw", "x", "-o"], 2, "err", "expected one argument"),
        ],
    )
    def test_answers(self, capsys, arguments, code, stream, words):
        assert main(arguments) == code
        out, err = capsys.readouterr()
        assert words in (out if stream == "out" else err)
        assert (err if stream == "out" else out) == ""
        if words.startswith("error"):
            assert len(err.splitlines()) <= 2

    def test_a_usage_error_is_two_lines(self, capsys):
        main(["draw", "x", "--direction", "dwon"])
        assert len(capsys.readouterr().err.splitlines()) == 2

    def test_every_field_of_every_view_has_its_flag_and_its_text(self, capsys):
        for name in VIEWS:
            main(["draw", "--view", name, "--help"])
            text = " ".join(capsys.readouterr().out.split())
            for field, (item, kind) in options(load(name)).items():
                assert f"--{field.replace('_', '-')}" in text
                assert item.metadata["help"].replace("%%", "%") in text
                for word in item.metadata["words"].keys() & words_of(kind):
                    assert f"{word}: {item.metadata['words'][word]}" in text

    def test_only_what_is_given_is_handed_to_the_view(self):
        usual = {"view": "blocks", "theme": "paper"}
        assert parse(["draw", "x"]).keywords == usual
        show = ("--show", "names, shapes")
        given = parse(
            ["draw", "x", "--direction", "left", "--depth", "2", "--no-legend", "--numbers", "--title", "T", *show]
        )
        assert given.keywords == usual | {
            "direction": "left",
            "depth": 2,
            "legend": False,
            "numbers": True,
            "title": "T",
            "show": ("names", "shapes"),
        }
        assert parse(["draw", "x", "--title", "", "--show", ""]).keywords == usual | {"title": "", "show": ()}

    @pytest.mark.parametrize(
        ("text", "shape"),
        [
            ("224,224,3", (None, 224, 224, 3)),
            ("None,224,224,3", (None, 224, 224, 3)),
            ("(?, None, 8)", (None, None, 8)),
            ("5", (None, 5)),
        ],
    )
    def test_shapes(self, text, shape):
        assert parse(["draw", "x", "--input-shape", text]).keywords["input_shape"] == shape

    def test_flags_are_not_guessed(self):
        with pytest.raises(Usage, match="unknown argument '--dir'"):
            parse(["draw", "x", "--dir", "up"])

    def test_models_may_stand_around_flags(self):
        assert parse(["draw", "a.json", "-o", "x/", "b.json", "--no-legend", "-"]).models == ("a.json", "b.json", "-")

    def test_a_model_may_be_called_like_the_value_of_a_switch(self, here):
        assert parse(["draw", "no", "--legend"]).models == ("no",)
        (here / "no").write_text("{}")
        assert parse(["draw", "--legend", "no"]).models == ("no",)

    def test_a_model_whose_name_starts_with_a_dash(self):
        assert parse(["draw", "--", "-x.json"]).models == ("-x.json",)


def destinations(*arguments):
    return orders.destinations(parse(["draw", *arguments]), FIGURE.noun, FIGURE.formats)


def places(*arguments):
    return [target for target, _ in destinations(*arguments)]


class TestDestinations:
    def test_of_one_model(self, here):
        assert places("a/net.keras") == ["net.svg"]
        assert places("net.keras", "--format", "pdf") == ["net.pdf"]
        assert places("net.keras", "-o", "fig.png") == ["fig.png"]
        assert places("net.keras", "-o", "-") == ["-"]
        assert places("net.keras", "-o", "figures/") == ["figures/net.svg"]
        (here / "out.d").mkdir()
        assert places("net.keras", "-o", "out.d", "--format", "png") == [str(Path("out.d", "net.png"))]
        (here / "v1.2").mkdir()
        assert places("v1.2") == ["v1.2.svg"]
        assert places(".hidden") == [".hidden.svg"]

    def test_of_standard_input(self):
        assert places("-") == ["-"]
        assert places("-", "-o", "fig.svg") == ["fig.svg"]
        assert places("-", "-o", "figs/") == ["figs/stdin.svg"]
        assert places("-", "a.json") == ["stdin.svg", "a.svg"]
        assert places("-", "stdin.keras") == ["stdin.json.svg", "stdin.keras.svg"]
        with pytest.raises(InputError, match="given twice"):
            places("-", "-")

    def test_what_is_no_place(self):
        with pytest.raises(
            InputError, match=r"'figs': no suffix .* a file, such as 'figs\.svg', or a folder, 'figs/'$"
        ):
            places("x", "-o", "figs")
        for models in (["x"], ["x", "y"], ["-"]):
            with pytest.raises(InputError, match="cannot write the figure to '': that is no name"):
                places(*models, "-o", "")

    def test_the_format_may_come_from_the_flag(self):
        assert destinations("x", "-o", "fig", "--format", "png") == [("fig", ".png")]
        assert destinations("x", "-o", "fig.v2", "--format", "png") == [("fig.v2", ".png")]
        assert destinations("x", "-o", "-", "--format", "pdf") == [("-", ".pdf")]
        assert destinations("x", "-o", "a.PNG", "--format", "png") == [("a.PNG", ".png")]
        with pytest.raises(InputError, match=r"'fig\.svg': its suffix says svg, --format says png"):
            places("x", "-o", "fig.svg", "--format", "png")

    def test_of_several_models(self, here):
        assert places("a.json", "b.keras") == ["a.svg", "b.svg"]
        assert places("a.json", "b.keras", "-o", "figs") == [
            str(Path("figs", "a.svg")),
            str(Path("figs", "b.svg")),
        ]
        for output in ("fig.svg", "-"):
            with pytest.raises(InputError, match=f"cannot write 2 figures to '{output}': give a folder"):
                places("a.json", "b.json", "-o", output)
        (here / "file").write_text("x")
        with pytest.raises(InputError, match="give a folder"):
            places("a.json", "b.json", "-o", "file")

    def test_of_models_of_one_name(self, here):
        assert places("net.json", "net.keras", "other.h5") == ["net.json.svg", "net.keras.svg", "other.svg"]
        assert places("runs/1/net.keras", "runs/2/net.keras") == ["1-net.svg", "2-net.svg"]
        assert places("a/x/net.json", "b/x/net.json") == ["a-x-net.svg", "b-x-net.svg"]
        assert places("Net.json", "net.keras") == ["Net.json.svg", "net.keras.svg"]
        assert places("a/m.json", "a/m.keras", "b/m.json") == ["a-m.svg", "m.keras.svg", "b-m.svg"]
        with pytest.raises(InputError, match=r"'\./net\.json' to a file of its own: is it given twice\?|given twice"):
            places("net.json", "./net.json")


@pytest.mark.usefixtures("card")
class TestDrawing:
    def draw(self, *arguments):
        return main(["draw", "--view", "card", *map(str, arguments)])

    def test_fits_the_figure_to_its_place(self, here):
        assert main(["draw", str(RESNET), "--width", "17cm", "-o", "x.svg"]) == 0
        assert 'width="481.89pt"' in (here / "x.svg").read_text(encoding="utf-8")

    def test_says_what_to_do_where_a_figure_does_not_fit(self, here, capsys):
        assert main(["draw", str(RESNET), *IN_FULL, "--page", "slide", "-o", "x.svg"]) == 2
        assert "at this height its text would be" in capsys.readouterr().err
        assert not (here / "x.svg").exists()

    def test_writes_the_figure_and_says_nothing(self, here, capsys):
        assert self.draw(model(here / "m.json"), "-o", "fig.svg", "--shout") == 0
        assert ">NET<" in (here / "fig.svg").read_text(encoding="utf-8")
        assert capsys.readouterr() == ("", "")

    def test_says_where_the_figure_is_if_it_was_not_told(self, here, capsys):
        assert self.draw(model(here / "sub" / "m.json")) == 0
        assert (here / "m.svg").is_file()
        assert capsys.readouterr() == ("", "wrote m.svg\n")
        assert self.draw(here / "sub" / "m.json", "absent.json", model(here / "n.json"), "--format", "pdf") == 2
        assert capsys.readouterr().err.splitlines() == [
            "wrote m.pdf",
            "error: cannot read 'absent.json': there is no such file or folder",
            "wrote n.pdf",
            "drew 2 of 3 models",
        ]

    @pytest.mark.parametrize(
        ("target", "flags", "words"),
        [
            ("fig.svg", ["--dpi", "300"], ["--dpi does nothing here: it is for pictures made of pixels"]),
            ("fig.PDF", ["--dpi", "9", "--embed-font"], ["--dpi does nothing here", "--embed-font does nothing here"]),
            ("fig.png", ["--embed-font"], ["--embed-font does nothing here: it is for svg"]),
            ("figs/", ["--embed-font", "--format", "png"], ["--embed-font does nothing here"]),
            ("fig.svg", ["--embed-font"], []),
            ("fig.png", ["--dpi", "36"], []),
            ("fig.pdf", [], []),
        ],
    )
    def test_flags_that_do_nothing_are_said(self, here, capsys, target, flags, words):
        assert self.draw(model(here / "m.json"), "-o", target, *flags) == 0
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == len(words)
        for line, start in zip(lines, words, strict=True):
            assert line.startswith(f"warning: {start}")

    def test_a_font(self, here, capsys):
        from importlib.resources import files

        regular, bold = (str(files("cutaway.fonts").joinpath(f"Inter-{weight}.ttf")) for weight in ("Regular", "Bold"))
        source = model(here / "m.json")
        assert self.draw(source, "-o", "fig.svg", "--font", regular, "--font-bold", bold) == 0
        assert self.draw(source, "-o", "fig.svg", "--font", regular) == 0
        assert self.draw(source, "-o", "fig.svg", "--font", "absent.ttf") == 2
        assert capsys.readouterr().err.startswith("error: cannot read the font 'absent.ttf'")

    def test_a_name_that_looks_like_json(self, here):
        (here / "[1]net.json").write_bytes(Path(model(here / "m.json")).read_bytes())
        assert self.draw("[1]net.json", "-o", "fig.svg") == 0

    def test_makes_the_folder_but_none_above_it(self, here, capsys):
        assert self.draw(model(here / "m.json"), "-o", "figs/") == 0
        assert (here / "figs" / "m.svg").is_file()
        assert self.draw(here / "m.json", "-o", "no/figs/") == 2
        told = "error: cannot make the folder 'no/figs/': there is no folder 'no'; make that first\n"
        assert capsys.readouterr().err == told
        assert self.draw(here / "m.json", "-o", "no/fig.svg") == 2
        assert capsys.readouterr().err == "error: cannot write 'no/fig.svg': there is no folder 'no'; make it first\n"

    def test_theme_font_and_dpi(self, here):
        source = model(here / "m.json")
        assert self.draw(source, "-o", "fig.svg", "--theme", "dark") == 0
        assert THEMES["dark"].palette["ink"].lower() in (here / "fig.svg").read_text(encoding="utf-8")
        assert self.draw(source, "-o", "fig.png", "--dpi", "36") == 0
        from PIL import Image

        with Image.open(here / "fig.png") as image:
            assert image.size == (100, 15)

    def test_an_unknown_suffix(self, here, capsys):
        assert self.draw(model(here / "m.json"), "-o", "fig.xyz") == 2
        assert "'.xyz'" in capsys.readouterr().err

    def test_a_missing_model_and_one_that_is_none(self, here, capsys):
        assert self.draw("absent.json", "-o", "fig.svg") == 2
        (here / "bad.json").write_text("{}")
        assert self.draw("bad.json", "-o", "fig.svg") == 2
        lines = capsys.readouterr().err.splitlines()
        assert lines[0] == "error: cannot read 'absent.json': there is no such file or folder"
        assert lines[1].startswith("error: ")
        assert "bad.json" in lines[1]
        assert len(lines) == 2
        assert not (here / "fig.svg").exists()

    def test_the_model_is_not_overwritten(self, here, capsys):
        source = model(here / "m.json")
        (here / "link.svg").symlink_to(source)
        assert self.draw(source, "-o", "link.svg") == 2
        assert "that is a model" in capsys.readouterr().err
        assert self.draw(model(here / "a.json"), model(here / "sub" / "b.svg"), "-o", "sub") == 2
        assert "cannot write the figure to 'sub/b.svg': that is a model" in capsys.readouterr().err
        assert json.loads(Path(source).read_text())

    @pytest.mark.parametrize(
        ("trouble", "words"),
        [("bug", "error: IndexError: list index out of range\n"), ("ours", "error: the layout lost a box\n")],
    )
    def test_a_bug_of_ours_is_owned_up_to_without_a_traceback(self, here, capsys, trouble, words):
        (here / "fig.svg").write_text("precious")
        arguments = (model(here / "m.json"), "-o", "fig.svg", "--trouble", trouble)
        assert self.draw(*arguments) == 2
        err = capsys.readouterr().err
        assert err == words + "this is a bug of cutaway: please report it, with what --debug shows\n"
        assert (here / "fig.svg").read_text() == "precious"
        assert self.draw(*arguments, "--debug") == 2
        assert "Traceback (most recent call last)" in capsys.readouterr().err
        assert sorted(path.name for path in here.iterdir()) == ["fig.svg", "m.json"]

    def test_warnings_of_ours_are_printed_and_others_are_not(self, here, capsys):
        assert self.draw(model(here / "m.json"), "-o", "fig.svg", "--trouble", "warning") == 0
        assert capsys.readouterr().err == "warning: a box was drawn otherwise\n"

    def test_an_interrupt_is_quiet(self, here, capsys):
        assert self.draw(model(here / "m.json"), "-o", "fig.svg", "--trouble", "interrupt") == 130
        assert capsys.readouterr() == ("", "")
        assert not (here / "fig.svg").exists()

    def test_to_standard_output(self, here, capfdbinary):
        source = model(here / "m.json")
        assert self.draw(source, "-o", "-") == 0
        out, err = capfdbinary.readouterr()
        assert out.rstrip().endswith(b"</svg>")
        assert err == b""
        assert self.draw(source, "-o", "-", "--format", "pdf") == 0
        assert capfdbinary.readouterr().out.startswith(b"%PDF-")

    def test_several_models_and_a_bad_one_among_them(self, here, capsys):
        sources = [model(here / "a.json", "first"), str(here / "absent.json"), model(here / "b.json", "second")]
        assert self.draw(*sources, "-o", "figs") == 2
        err = capsys.readouterr().err.splitlines()
        assert err == [
            f"error: cannot read {sources[1]!r}: there is no such file or folder",
            "drew 2 of 3 models",
        ]
        assert ">first<" in (here / "figs" / "a.svg").read_text(encoding="utf-8")
        assert ">second<" in (here / "figs" / "b.svg").read_text(encoding="utf-8")

    def test_lines_about_one_of_several_models_name_it(self, here, capsys):
        sources = [model(here / name) for name in ("a.json", "b.json")]
        assert self.draw(*sources, "-o", "figs", "--trouble", "warning") == 0
        expected = [f"warning: {source}: a box was drawn otherwise" for source in sources]
        assert capsys.readouterr().err.splitlines() == expected


class TestProcess:
    """What only a process of its own can show; on real models and the real view."""

    def test_several_jobs_give_what_one_gives(self, tmp_path):
        models = [*MODELS[:2], tmp_path / "absent.json"]
        for jobs in (1, 3):
            done = command("draw", *models, "-o", tmp_path / f"jobs{jobs}", "--jobs", jobs, cwd=tmp_path)
            assert done.returncode == 2
            lines = done.stderr.decode().splitlines()
            assert [line.partition(":")[0] for line in lines] == ["error", "drew 2 of 3 models"]
        for path in (tmp_path / "jobs1").iterdir():
            assert path.read_bytes() == (tmp_path / "jobs3" / path.name).read_bytes()
        assert len(list((tmp_path / "jobs3").iterdir())) == 2

    @pytest.mark.parametrize("unbuffered", ["", "1"])
    def test_a_closed_pipe_is_quiet(self, tmp_path, unbuffered):
        call = [sys.executable, "-m", "cutaway", "draw", str(RESNET), *IN_FULL, "-o", "-"]
        env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
        with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=env) as process:
            process.stdout.read(10)
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 141

    def test_all_of_a_large_figure_goes_through_a_pipe(self, tmp_path):
        command("draw", RESNET, *IN_FULL, "-o", tmp_path / "x.svg")
        piped = command("draw", RESNET, *IN_FULL, "-o", "-").stdout
        assert piped == (tmp_path / "x.svg").read_bytes()
        assert len(piped) > 100_000

    def test_a_bar_is_shown_on_a_terminal_only(self, tmp_path):
        models = [model(tmp_path / "a.json"), model(tmp_path / "b.json"), tmp_path / "absent.json"]
        code, shown = run_in_terminal("draw", *models, "-o", tmp_path / "figs", cwd=tmp_path)
        assert code == 2
        assert "drawing" in shown
        assert "absent.json" in shown
        done = command("draw", *models, "-o", tmp_path / "figs", cwd=tmp_path)
        assert b"drawing" not in done.stderr
        assert b"\x1b" not in done.stderr

    def test_pixels_are_not_thrown_at_a_terminal(self, tmp_path):
        ours, theirs = pty.openpty()
        call = [sys.executable, "-m", "cutaway", "draw", str(RESNET), "-o", "-", "--format", "png"]
        done = subprocess.run(call, stdout=theirs, stderr=subprocess.PIPE, check=False, cwd=tmp_path)
        os.close(theirs)
        os.close(ours)
        assert done.returncode == 2
        assert b"cannot write png to a terminal" in done.stderr

    def test_the_help_can_be_read_where_there_is_only_ascii(self):
        done = command("draw", "--help", env={**os.environ, "PYTHONIOENCODING": "ascii"})
        assert (done.returncode, done.stderr) == (0, b"")

    def test_the_console_script_is_the_same_command(self):
        script = shutil.which("cutaway", path=str(Path(sys.executable).parent))
        assert script is not None
        done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
        assert done.stdout == f"cutaway {cutaway.__version__}\n"

    @pytest.mark.parametrize("path", MODELS, ids=lambda path: path.name)
    @pytest.mark.parametrize("suffix", ["svg", "pdf", "png"])
    def test_every_example_gives_the_same_bytes_in_every_process(self, path, suffix, tmp_path):
        for seed in ("1", "2"):
            target = tmp_path / f"{seed}.{suffix}"
            dpi = ("--dpi", "50") if suffix == "png" else ()
            done = command("draw", path, "-o", target, *dpi, cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": seed})
            assert (done.returncode, done.stderr) == (0, b"")
        assert (tmp_path / f"1.{suffix}").read_bytes() == (tmp_path / f"2.{suffix}").read_bytes()


class TestPipes:
    """Models that come from standard input, or through a pipe with a name."""

    def test_json_in_and_svg_out(self, tmp_path):
        for text in (RESNET.read_text(encoding="utf-8"), "\ufeff\n" + RESNET.read_text(encoding="utf-8")):
            done = command("draw", "-", input=text.encode(), cwd=tmp_path)
            assert (done.returncode, done.stderr) == (0, b"")
            assert done.stdout.decode() == cutaway.draw(RESNET).svg()
        assert list(tmp_path.iterdir()) == []

    def test_json_in_utf_16(self, tmp_path):
        source = Path(model(tmp_path / "m.json"))
        done = command("draw", "-", "-o", "fig.svg", input=source.read_text().encode("utf-16"), cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        assert (tmp_path / "fig.svg").is_file()

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "cannot read standard input: it is empty"),
            ((EXAMPLES / "siamese.keras").read_bytes(), "cannot read standard input: only JSON is taken from there"),
            (b"{1", "cannot read the JSON text: "),
            (b"{}", "cannot read the JSON text: "),
        ],
    )
    def test_anything_else_is_refused(self, tmp_path, data, words):
        done = command("draw", "-", input=data, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.decode().startswith(f"error: {words}")
        assert len(done.stderr.splitlines()) == 1

    def test_among_several_models_and_jobs(self, tmp_path):
        other = model(tmp_path / "a.json")
        call = ("draw", "-", other, "-o", "figs", "--jobs", "2")
        done = command(*call, input=Path(other).read_bytes(), cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, b"")
        assert (tmp_path / "figs" / "stdin.svg").read_bytes() == (tmp_path / "figs" / "a.svg").read_bytes()
        done = command(*call, input=b"{1", cwd=tmp_path)
        assert done.stderr.decode().startswith("error: standard input: cannot read the JSON text: ")
        assert done.stderr.decode().endswith("\ndrew 1 of 2 models\n")

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names")
    def test_a_pipe_with_a_name(self, tmp_path):
        source, pipe = Path(model(tmp_path / "m.json")), tmp_path / "pipe"
        for data, code in ((source.read_bytes(), 0), (b"PK\3\4", 2)):
            os.mkfifo(pipe)
            writer = threading.Thread(target=pipe.write_bytes, args=(data,))
            writer.start()
            done = command("draw", pipe, "-o", "fig.svg", cwd=tmp_path)
            writer.join(30)
            assert done.returncode == code
            pipe.unlink()
        assert done.stderr.decode().startswith(f"error: cannot read {str(pipe)!r}: only JSON is taken from there")

    @pytest.mark.skipif(not os.path.exists("/dev/stdin"), reason="needs that device")  # noqa: PTH110
    def test_standard_input_by_its_file(self, tmp_path):
        source = Path(model(tmp_path / "m.json"))
        assert command("draw", "/dev/stdin", "-o", "a.svg", input=source.read_bytes(), cwd=tmp_path).returncode == 0
        with source.open() as file:
            assert command("draw", "/dev/stdin", "-o", "b.svg", stdin=file, cwd=tmp_path).returncode == 0
        assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


class TestWorkers:
    """Processes that die or are stopped, with a view whose module the workers can import."""

    def script(self, folder, *arguments):
        """Start the command with the view `card`, in the way a worker can follow."""
        code = (
            "import signal, sys\n"
            "from cutaway.views import VIEWS\n"
            "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # in the background a shell lets it be ignored
            "VIEWS['card'] = 'card_view:Card'\n"
            "if __name__ == '__main__':\n"
            "    from cutaway.cli import main\n"
            "    sys.exit(main(sys.argv[1:]))\n"
        )
        (folder / "start.py").write_text(code)
        path = os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])
        call = [sys.executable, str(folder / "start.py"), "draw", "--view", "card", *map(str, arguments)]
        return call, {**os.environ, "PYTHONPATH": path}

    def test_a_process_that_dies_takes_only_its_own_model_with_it(self, tmp_path):
        models = [model(tmp_path / f"{name}.json", name) for name in ("one", "dies", "two", "three")]
        call, env = self.script(tmp_path, *models, "-o", tmp_path / "figs", "--jobs", 2, "--trouble", "death")
        done = subprocess.run(call, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert done.stderr.splitlines() == [
            f"error: {models[1]}: the process that worked on it died; is the memory large enough?",
            "drew 3 of 4 models",
        ]
        assert sorted(path.name for path in (tmp_path / "figs").iterdir()) == ["one.svg", "three.svg", "two.svg"]

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_an_interrupt_stops_all_of_them_quietly(self, tmp_path, jobs):
        models = [model(tmp_path / f"{name}.json", name) for name in ("one", "two", "three")]
        call, env = self.script(tmp_path, *models, "-o", tmp_path / "figs", "--jobs", jobs, "--trouble", "sleep")
        start = time.monotonic()
        with subprocess.Popen(call, env=env, stderr=subprocess.PIPE, start_new_session=True, cwd=tmp_path) as process:
            while not (tmp_path / "started").exists():
                assert process.poll() is None, process.stderr.read()
                assert time.monotonic() - start < 30
                time.sleep(0.05)
            os.killpg(process.pid, signal.SIGINT)
            assert process.communicate(timeout=30)[1] == b""
        assert process.returncode == 130
        assert time.monotonic() - start < 15


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.name)
@pytest.mark.parametrize("direction", ["down", "right"])
def test_no_example_has_a_hard_fault(path, direction):
    fig = cutaway.draw(path, direction=direction)
    assert faults(fig.scene, fig.graph) == ()


@pytest.mark.parametrize(("form", "language"), [("dot", "dot"), ("gv", "dot"), ("mmd", "mermaid")])
def test_graph_languages(here, capsys, form, language):
    source = model(here / "m.json")
    assert main(["draw", source, "-o", f"by_suffix.{form}", "--dpi", "9", "--embed-font"]) == 0
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[2][:20] for line in told] == ["--dpi does nothing h", "--embed-font does no"]
    assert main(["draw", source, "-o", "figs/", "--format", form]) == 0
    text = getattr(cutaway.draw(source), language)()
    assert Path(f"by_suffix.{form}").read_text("utf-8") == Path("figs", f"m.{form}").read_text("utf-8") == text


def test_help_shows_what_the_readme_and_the_parser_know(capsys):
    """Every flag of the examples in the help is one that the parser takes."""
    main(["draw", "--help"])
    text = capsys.readouterr().out
    for line in re.findall(r"^  cutaway (draw .*?)(?:  .*)?$", text, flags=re.MULTILINE):
        assert parse(line.partition("|")[0].split()).models


def test_requests_hold_plain_values_that_a_worker_can_be_sent():
    import pickle

    request = parse(["draw", "x", "--show", "names", "--input-shape", "3,4"])
    assert pickle.loads(pickle.dumps(request)) == request  # noqa: S301 - our own bytes
    assert {item.name for item in fields(request)} >= {"models", "keywords"}
