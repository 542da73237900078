import gzip
import subprocess
import sys
from io import BytesIO

import pydot
import pytest
from dot_models import branching
from PIL import Image

from cutaway.compat.keras import model_to_dot
from cutaway.compat.keras.mistakes import GraphvizError
from cutaway.errors import InputError, UnsupportedError

BEGINNINGS = {
    "png": b"\x89PNG",
    "svg": b"<svg",
    "pdf": b"%PDF",
    "jpg": b"\xff\xd8",
    "jpeg": b"\xff\xd8",
    "jpe": b"\xff\xd8",
    "gif": b"GIF8",
    "webp": b"RIFF",
    "bmp": b"BM",
    "dot": b"digraph",
    "canon": b"digraph",
}


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_every_format_is_drawn(kind):
    assert model_to_dot(branching()).create(format=kind).startswith(BEGINNINGS[kind])


def test_methods_of_pydot_write_files(here):
    dot = model_to_dot(branching(), dpi=72)
    for kind in ("png", "svg", "pdf", "jpg", "gif", "dot", "raw", "svgz"):
        assert getattr(dot, f"write_{kind}")(f"net.{kind}") is None
    assert dot.write("net.gv")
    assert dot.write(here / "other.png", prog="dot", format="png")
    assert (here / "net.gv").read_text("utf-8") == dot.to_string() == (here / "net.raw").read_text("utf-8")
    assert gzip.decompress((here / "net.svgz").read_bytes()) == (here / "net.svg").read_bytes() == dot.create_svg()
    with Image.open(here / "net.png") as image:
        assert image.info["dpi"] == pytest.approx((72, 72), abs=0.01)
        assert (here / "other.png").read_bytes() == (here / "net.png").read_bytes()


def test_pictures_are_as_fine_as_the_graph_says():
    small, large = (Image.open(BytesIO(model_to_dot(branching(), dpi=dpi).create_png())) for dpi in (50, 200))
    assert large.width == pytest.approx(4 * small.width, abs=4)


def test_no_graphviz_is_run(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    assert model_to_dot(branching()).create(prog="/usr/bin/dot", format="svg")


@pytest.mark.parametrize("kind", ["ps", "xdot", "plain", "cmapx", "nonsense", "json"])
def test_formats_of_graphviz_alone_are_refused(kind):
    with pytest.raises(UnsupportedError, match='engine="graphviz"'):
        model_to_dot(branching()).create(format=kind)


@pytest.mark.parametrize(
    "prog", ["neato", [], ["circo"], ["dot", "-s2"], ["dot", "-Tpng"], ["dot", "-Kneato"], ["dot", "x"]]
)
def test_programs_and_options_that_lay_out_otherwise_are_refused(prog):
    with pytest.raises(UnsupportedError, match="cannot"):
        model_to_dot(branching()).create(prog=prog, format="svg")


def test_the_program_of_the_object_counts():
    dot = model_to_dot(branching())
    dot.set_prog("fdp")
    with pytest.raises(UnsupportedError, match="fdp"):
        dot.create_svg()


@pytest.mark.parametrize(("name", "value"), [("dpi", "many"), ("dpi", "-1"), ("rankdir", "XY")])
def test_wrong_values_of_the_graph_are_refused(name, value):
    dot = model_to_dot(branching())
    dot.set(name, value)
    with pytest.raises(InputError, match=name):
        dot.create_png()


def test_graphviz_is_run_where_it_is_asked_for(monkeypatch):
    seen = []

    def create(self, *given):
        seen.append(given)
        return b"by graphviz"

    monkeypatch.setattr(pydot.Dot, "create", create)
    dot = model_to_dot(branching(), engine="graphviz")
    assert dot.create_svg(prog="neato") == b"by graphviz"
    assert seen == [("neato", "svg", None)]


def test_it_is_said_that_graphviz_is_not_there(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GraphvizError, match="not installed, or not on the PATH") as told:
        model_to_dot(branching(), engine="graphviz").create(prog="nothing-of-this-name", format="svg")
    assert "splines" not in str(told.value)
    assert isinstance(told.value, OSError)


def test_it_is_said_that_graphviz_gave_up(monkeypatch, capsys):
    monkeypatch.setattr(pydot.core, "call_graphviz", lambda **_: (b"half", b"no", subprocess.CompletedProcess([], 1)))
    with pytest.raises(GraphvizError, match="spline") as told:
        model_to_dot(branching(), engine="graphviz").create_svg()
    assert isinstance(told.value, AssertionError)
    assert not capsys.readouterr().out


def test_an_engine_that_is_none_is_refused():
    dot = model_to_dot(branching())
    dot.engine = "steam"
    with pytest.raises(InputError, match="steam"):
        dot.create_svg()


def test_making_and_reading_one_loads_neither_outputs_nor_layout():
    code = (
        "import sys; sys.path[:0] = ['tests']; import dot_models; from cutaway.compat.keras import model_to_dot;"
        "model_to_dot(dot_models.branching()).to_string();"
        "late = {'cutaway.outputs.svg', 'PIL', 'cutaway.compat.keras.dot.picture'};"
        "print(sorted(late & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


NAMES = [
    "a:b",
    'say "x"',
    "a\\",
    "<b>",
    "<b",
    '"q"',
    "a|{b}",
    "né",
    "node",
    "a b",
    "x\ny",
    "&amp;",
    "日本",
    "a\\N",
    "&",
]


@pytest.mark.languages
@pytest.mark.parametrize("name", NAMES)
def test_graphviz_takes_any_name_and_says_it_back(name):
    dot = model_to_dot(
        branching(a=name), show_shapes=True, show_layer_activations=True, engine="graphviz", splines="spline"
    )
    svg = dot.create_svg().decode()
    shown = (
        " ".join(name.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )
    assert f">{shown}<" in svg.replace("&#45;", "-").replace("\xa0", " ")
