"""A figure is drawn once, saved whole or not at all, and never breaks a notebook."""

import errno
import inspect
import os
import re
import stat
import sys
import types
import webbrowser
from dataclasses import replace
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from typing import Literal, get_origin
from urllib.parse import unquote, urlparse
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from PIL import Image

import cutaway
from cutaway.analysis.rules import LayerRule
from cutaway.drawing import draw
from cutaway.errors import InputError, UnsupportedError
from cutaway.figure import Figure
from cutaway.geometry import Point
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, Tensor
from cutaway.outputs import OUTPUTS
from cutaway.page import Page
from cutaway.record import Record
from cutaway.ruler import Face
from cutaway.scene import Close, Group, Line, Move, Scene, Text
from cutaway.scene import Path as Outline
from cutaway.theme import THEMES
from cutaway.views import VIEWS
from cutaway.views.blocks import Blocks
from cutaway.views.choice import checked, words_of
from cutaway.views.option import option, options
from cutaway.writing import write

PAPER = THEMES["paper"]
REPOSITORY = Path(__file__).parent.parent
REGULAR, BOLD = (Path(str(files("cutaway.fonts"))) / f"Inter-{weight}.ttf" for weight in ("Regular", "Bold"))


def mlp():
    tensor = Tensor(shape=("batch", 8), dtype="float32")
    return Graph(
        name="mlp",
        nodes=(
            Node(id="x", name="x", op="InputLayer", kind=Kind.INPUT, outputs=(Port(name="0", tensor=tensor),)),
            Node(
                id="dense",
                name="dense",
                op="Dense",
                kind=Kind.DENSE,
                inputs=(Port(name="0", tensor=tensor),),
                outputs=(Port(name="0", tensor=tensor),),
                attributes={"units": 8, "activation": "relu"},
            ),
        ),
        edges=(Edge(source="x", target="dense"),),
        inputs=("x",),
        outputs=(Output(name="dense", node="dense"),),
    )


def square(graph, theme, page):
    corners = [Point(80, 20), Point(80, 60), Point(20, 60)]
    outline = Outline(segments=(Move(Point(20, 20)), *map(Line, corners), Close()), fill="ink")
    text = Text(at=Point(20, 80), text=graph.name, size=8.0, face=Face())
    return Scene(width=100, height=100, marks=(outline, text), palette={"ink": "#102030"}, title=graph.name)


def figure(view=square):
    return Figure(graph=mlp(), view=view, theme=PAPER, page=Page())


def fail(graph, theme, page):
    raise ValueError("the view broke")


class TestScene:
    def test_is_drawn_once_and_late(self):
        calls = []

        def view(graph, theme, page):
            calls.append((graph, theme, page))
            return square(graph, theme, page)

        fig = figure(view)
        assert calls == []
        assert fig.scene is fig.scene
        assert calls == [(fig.graph, PAPER, Page())]

    def test_repr_is_one_short_line(self):
        assert repr(figure()) == "<cutaway.Figure of 'mlp': 2 nodes as square>"
        assert repr(figure(Blocks())) == "<cutaway.Figure of 'mlp': 2 nodes as blocks>"


class TestSave:
    def test_the_suffix_tells_the_format(self, tmp_path):
        fig = figure()
        assert fig.save(tmp_path / "a.svg") is None
        fig.save(str(tmp_path / "a.PDF"))
        fig.save(tmp_path / "a.png", dpi=144)
        assert (tmp_path / "a.svg").read_text(encoding="utf-8") == fig.svg()
        assert (tmp_path / "a.PDF").read_bytes().startswith(b"%PDF-")
        with Image.open(tmp_path / "a.png") as image:
            assert image.size == (200, 200)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.PDF", "a.png", "a.svg"]

    def test_a_font_can_be_embedded(self, tmp_path):
        figure().save(tmp_path / "a.svg", embed_font=True)
        text = (tmp_path / "a.svg").read_text(encoding="utf-8")
        assert text == figure().svg(embed_font=True)
        assert "@font-face" in text
        assert "@font-face" not in figure().svg()

    @pytest.mark.parametrize(("name", "words"), [("a.xyz", "'.xyz'"), ("a", "without a suffix")])
    def test_an_unknown_suffix(self, tmp_path, name, words):
        with pytest.raises(InputError, match=words):
            figure().save(tmp_path / name)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("target", [BytesIO(), None, 3])
    def test_what_is_no_path(self, target):
        name = type(target).__name__
        told = rf"cannot save to a value of type '{name}': give a path, such as .*; svg\(\) returns .*, image\(\)"
        with pytest.raises(InputError, match=told):
            figure().save(target)

    def test_a_path_of_bytes(self, tmp_path):
        figure().save(os.fsencode(tmp_path / "a.svg"))
        assert (tmp_path / "a.svg").is_file()

    def test_the_docstring_names_the_formats(self):
        found = re.search(r"Formats: (.*?)\.$", Figure.save.__doc__, re.MULTILINE | re.DOTALL)
        assert re.findall(r"\.[a-z]+", found[1]) == list(OUTPUTS)

    def test_a_missing_folder(self, tmp_path):
        with pytest.raises(InputError, match=r"cannot write '.*a\.svg': there is no folder '.*nowhere'; make it first"):
            figure().save(tmp_path / "nowhere" / "a.svg")

    def test_a_folder_of_that_name(self, tmp_path):
        (tmp_path / "a.svg").mkdir()
        with pytest.raises(InputError, match="it is a folder"):
            figure().save(tmp_path / "a.svg")

    def test_a_file_in_place_of_the_folder(self, tmp_path):
        (tmp_path / "file").write_text("x")
        with pytest.raises(InputError, match="there is no folder"):
            figure().save(tmp_path / "file" / "a.svg")

    def test_a_name_that_is_too_long(self, tmp_path):
        with pytest.raises(InputError, match="cannot write"):
            figure().save(tmp_path / ("a" * 300 + ".svg"))
        assert list(tmp_path.iterdir()) == []

    def test_a_name_that_no_file_can_have(self):
        with pytest.raises(InputError, match="cannot write"):
            figure().save("a\0.svg")

    def test_a_relative_path(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        figure().save("a.svg")
        assert (tmp_path / "a.svg").is_file()

    def test_a_broken_view_leaves_the_file_as_it_was(self, tmp_path):
        target = tmp_path / "a.svg"
        target.write_text("precious")
        with pytest.raises(ValueError, match="the view broke"):
            figure(fail).save(target)
        assert target.read_text() == "precious"
        assert list(tmp_path.iterdir()) == [target]


class TestWrite:
    @pytest.mark.parametrize("step", ["fdopen", "replace"])
    def test_a_failure_on_the_way_loses_nothing_and_leaves_no_litter(self, tmp_path, monkeypatch, step):
        target = tmp_path / "a.svg"
        target.write_text("precious")

        def full(*args, **more):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, step, full)
        with pytest.raises(InputError, match=r"cannot write '.*a\.svg': No space left on device"):
            write(b"new", str(target))
        assert target.read_text() == "precious"
        assert list(tmp_path.iterdir()) == [target]

    def test_an_interrupt_leaves_no_litter(self, tmp_path, monkeypatch):
        def stop(*args):
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            write(b"new", str(tmp_path / "a.svg"))
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
    def test_permissions(self, tmp_path):
        before = os.umask(0o027)
        try:
            write(b"new", str(tmp_path / "fresh"))
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / "fresh").stat().st_mode) == 0o640
        (tmp_path / "fresh").chmod(0o604)
        write(b"newer", str(tmp_path / "fresh"))
        assert stat.S_IMODE((tmp_path / "fresh").stat().st_mode) == 0o604
        assert (tmp_path / "fresh").read_bytes() == b"newer"

    @pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
    def test_a_link_stays_a_link(self, tmp_path):
        (tmp_path / "real").mkdir()
        (tmp_path / "real" / "a.svg").write_text("old")
        (tmp_path / "link.svg").symlink_to(tmp_path / "real" / "a.svg")
        write(b"new", str(tmp_path / "link.svg"))
        assert (tmp_path / "link.svg").is_symlink()
        assert (tmp_path / "real" / "a.svg").read_text() == "new"

    @pytest.mark.skipif(not os.path.exists("/dev/null"), reason="needs a device")  # noqa: PTH110
    def test_a_device_is_written_to_and_stays(self):
        write(b"new", "/dev/null")
        assert not Path("/dev/null").is_file()

    def test_a_leftover_of_the_same_name_is_no_obstacle(self, tmp_path):
        leftover = tmp_path / f".cutaway-{os.getpid()}-0.tmp"
        leftover.write_text("not ours")
        write(b"new", str(tmp_path / "a.svg"))
        assert leftover.read_text() == "not ours"
        assert (tmp_path / "a.svg").read_bytes() == b"new"


class TestNotebook:
    def test_shows_the_svg(self):
        bundle = figure()._repr_mimebundle_()
        assert bundle == {"image/svg+xml": figure().svg(), "text/plain": repr(figure())}
        ET.fromstring(bundle["image/svg+xml"])  # noqa: S314 - our own text

    def test_gives_only_what_is_wanted(self):
        fig = figure()
        assert set(fig._repr_mimebundle_(include={"text/plain"})) == {"text/plain"}
        assert set(fig._repr_mimebundle_(include=["image/svg+xml"], exclude=None)) == {"image/svg+xml"}
        assert set(fig._repr_mimebundle_(exclude={"image/svg+xml"})) == {"text/plain"}
        assert fig._repr_mimebundle_(include={"image/png"}) == {}
        assert figure(fail)._repr_mimebundle_(include={"text/plain"}) == {"text/plain": repr(figure(fail))}

    def test_never_raises(self):
        bundle = figure(fail)._repr_mimebundle_()
        assert bundle == {"text/plain": f"{figure(fail)!r} cannot be drawn: ValueError: the view broke"}

        def refuse(graph, theme, page):
            raise InputError("cannot draw this: too large")

        told = figure(refuse)._repr_mimebundle_()["text/plain"]
        assert told.endswith("cannot be drawn: cannot draw this: too large")

    def test_show_displays_there(self, monkeypatch):
        shown = []
        shell = types.SimpleNamespace(kernel=object())
        modules = {
            "IPython": types.ModuleType("IPython"),
            "IPython.core": types.ModuleType("IPython.core"),
            "IPython.core.getipython": types.SimpleNamespace(get_ipython=lambda: shell),
            "IPython.display": types.SimpleNamespace(display=shown.append),
        }
        for name, module in modules.items():
            monkeypatch.setitem(sys.modules, name, module)
        fig = figure()
        fig.show()
        assert shown == [fig]

    def test_show_opens_the_browser_elsewhere(self, monkeypatch, tmp_path):
        opened = []
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        monkeypatch.setattr(webbrowser, "open", lambda uri: opened.append(uri) or True)
        figure().show()
        (uri,) = opened
        shown = Path(unquote(urlparse(uri).path))
        assert shown.parent == tmp_path
        assert shown.read_text(encoding="utf-8") == figure().svg(embed_font=True)

    def test_show_says_where_the_file_is_without_a_browser(self, monkeypatch, tmp_path):
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        monkeypatch.setattr(webbrowser, "open", lambda uri: False)
        with pytest.raises(UnsupportedError, match=r"no browser was found; it lies in '.*\.svg'"):
            figure().show()


def test_image_is_a_pillow_image():
    image = figure().image(dpi=72)
    assert image.size == (100, 100)
    assert image.mode == "RGBA"
    assert image.getpixel((50, 40)) == (0x10, 0x20, 0x30, 255)
    buffer = BytesIO()
    image.save(buffer, "PNG")


def _facts(figure: Figure) -> str:
    title = next(mark for mark in figure.scene.marks if isinstance(mark, Group) and mark.part == "title")
    return " ".join([mark.text for mark in title.marks if isinstance(mark, Text)][1:])


class TestDraw:
    def test_a_graph(self):
        fig = draw(mlp(), direction="right", depth=2)
        assert isinstance(fig, cutaway.Figure)
        assert fig.graph == mlp()
        assert fig.view == Blocks(direction="right", depth=2)
        assert fig.theme == PAPER

    def test_a_config(self):
        layers = [
            {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, 4], "name": "x"}},
            {"module": "keras.layers", "class_name": "Dense", "config": {"units": 2, "name": "d"}},
        ]
        config = {"module": "keras", "class_name": "Sequential", "config": {"name": "net", "layers": layers}}
        assert draw(config).graph == cutaway.read(config)
        assert draw(config).graph.name == "net"

    def test_a_figure_for_a_place_tells_how_large_the_model_is(self):
        file = REPOSITORY / "examples" / "siamese.keras"
        facts = {name: _facts(draw(file, **given)) for name, given in {
            "plain": {}, "asked": {"totals": True}, "placed": {"width": "17cm"},
            "refused": {"width": "17cm", "totals": False},
        }.items()}  # fmt: skip
        assert facts["placed"] == facts["asked"] != facts["plain"] == facts["refused"]
        assert "parameters" in facts["placed"]
        assert "multiply–adds" in facts["placed"]

    def test_a_view_of_ones_own(self):
        assert draw(mlp(), view=square).scene.title == "mlp"
        assert draw(mlp(), view=Blocks(depth=1), numbers=True).view == Blocks(depth=1, numbers=True)
        with pytest.raises(InputError, match="takes no options"):
            draw(mlp(), view=square, depth=1)
        with pytest.raises(InputError, match="an instance of a view"):
            draw(mlp(), view=Blocks)

    def test_numbers_follow_from_a_config_and_from_stored_weights_alike(self):
        file = REPOSITORY / "examples" / "stripes_cnn.keras"
        for weights in (None, True, False):
            total = draw(file, show="parameters", weights=weights).scene.description
            assert total.endswith(" 1.36 k parameters.")

    def test_values_of_weights_are_read_only_where_they_are_asked_for(self):
        file = REPOSITORY / "examples" / "stripes_cnn.keras"
        assert draw(file, show="statistics").view.store is not None
        assert draw(file, show="statistics", weights=False).view.store is None
        assert draw(file, show="weights").view.store is None

    def test_rules_and_assumed_sizes_are_taken_without_numbers_too(self):
        rules = {"Dense": LayerRule(multiply_adds=lambda call: 8)}
        assert draw(mlp(), rules=rules).view.rules is rules
        words = Tensor(shape=(None, "time", 8), dtype="float32")
        first = replace(mlp().nodes[0], outputs=(Port(name="0", tensor=words),))
        graph = replace(mlp(), nodes=(first, *mlp().nodes[1:]))
        assert draw(graph, assume={"time": 5}).graph.nodes[0].outputs[0].tensor.shape == (None, 5, 8)
        with pytest.raises(InputError, match="cannot use the rules 5"):
            draw(mlp(), rules=5)

    def test_a_theme(self):
        assert draw(mlp(), theme="dark").theme == THEMES["dark"]
        own = replace(PAPER, name="own")
        assert draw(mlp(), theme=own).theme == own

    def test_a_font(self):
        assert draw(mlp(), font=REGULAR, theme="dark").theme == replace(
            THEMES["dark"], face=Face(family="Inter", regular=str(REGULAR))
        )
        for pair in ((REGULAR, BOLD), [str(REGULAR), os.fsencode(BOLD).decode()]):
            face = draw(mlp(), font=pair).theme.face
            assert face == Face(family="Inter", regular=str(REGULAR), bold=str(BOLD))
        assert "@font-face" in draw(mlp(), font=REGULAR).svg(embed_font=True)

    @pytest.mark.parametrize("font", [(), (REGULAR, BOLD, BOLD), 5, (REGULAR, None), b"Inter.ttf"])
    def test_what_is_no_font(self, font):
        with pytest.raises(InputError, match=r"cannot use font=.*: give the path of a TrueType file, or two paths"):
            draw(mlp(), font=font)

    def test_a_missing_font(self, tmp_path):
        with pytest.raises(InputError, match="cannot read the font"):
            draw(mlp(), font=tmp_path / "absent.ttf")

    def test_the_docstring_lists_the_arguments_and_the_options_of_the_default_view(self):
        doc = cutaway.draw.__doc__
        for name in inspect.signature(draw).parameters:
            assert name == "options" or re.search(rf"^    {name}: ", doc, re.MULTILINE)
        for name in (*THEMES, *VIEWS):
            assert f"'{name}'" in doc
        listed = doc.partition("Options of the view 'blocks':\n\n")[2].partition("\n\n")[0].splitlines()
        expected = []
        for name, (item, kind) in options(Blocks).items():
            words = () if item.metadata["words"] or item.metadata["metavar"] else words_of(kind)
            values = f": {', '.join(map(repr, words))}" if words else ""
            more = ", or in a list." if get_origin(kind) is tuple else ""
            expected.append(f"    {name}={item.default!r}: {item.metadata['help']}{more}{values}")
            meanings = "; ".join(f"{word}: {meaning}" for word, meaning in item.metadata["words"].items())
            expected += wrap(meanings, 120, initial_indent=" " * 8, subsequent_indent=" " * 8)
        assert listed == expected

    def test_words_that_are_explained_are_all_explained(self):
        explained = [(item, kind) for item, kind in options(Blocks).values() if item.metadata["words"]]
        assert explained
        for item, kind in explained:
            assert tuple(item.metadata["words"]) == words_of(kind)

    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"view": "block"}, "unknown view 'block': did you mean 'blocks'? allowed: 'blocks'"),
            (
                {"theme": "dork"},
                "unknown theme 'dork': did you mean 'dark'? allowed: 'paper', 'dark', 'mono', 'contrast', or a file",
            ),
            (
                {"theme": 3},
                "unknown theme 3: allowed: 'paper', 'dark', 'mono', 'contrast', or a file such as 'mine.toml'",
            ),
            (
                {"dirction": "up"},
                "unknown option 'dirction' of the view 'blocks': did you mean 'direction'? allowed: 'show', ",
            ),
            (
                {"direction": "Down"},
                "cannot use direction='Down': did you mean 'down'? allowed: 'down', 'up', 'right', 'left'",
            ),
            ({"direction": ["up"]}, "cannot use direction=['up']: allowed: 'down', 'up', 'right', 'left'"),
            ({"depth": "2"}, "cannot use depth='2': give a whole number (0 or more) or None"),
            ({"depth": -1}, "cannot use depth=-1: give a whole number (0 or more) or None"),
            ({"depth": True}, "cannot use depth=True: give a whole number (0 or more) or None"),
            ({"numbers": 1}, "cannot use numbers=1: give True or False"),
            ({"title": 5}, "cannot use title=5: give a text or None"),
            ({"show": 5}, "cannot use show=5: give a list of words"),
        ],
    )
    def test_what_is_not_allowed(self, more, words):
        with pytest.raises(InputError) as caught:
            draw(mlp(), **more)
        assert words in str(caught.value)

    def test_words_not_allowed_in_a_list(self):
        with pytest.raises(InputError, match="cannot use show with 'shape': did you mean 'shapes'"):
            draw(mlp(), show=["names", "shape"])


class Sample(Record):
    tone: Literal["high", "low"] = option("low", "how it sounds")
    parts: tuple[Literal["a", "b", "c"], ...] = option((), "of what")
    count: int | None = option(None, "how many", "N")
    internal: int = 3


def test_words_are_put_in_the_views_order_so_that_equal_wishes_are_equal():
    assert checked(Sample, "sample", {"parts": ["c", "a", "c"]}) == {"parts": ("a", "c")}
    assert checked(Sample, "sample", {"parts": " c , a"}) == {"parts": ("a", "c")}
    assert checked(Sample, "sample", {"parts": {"b"}, "count": None, "tone": "high"}) == {
        "parts": ("b",),
        "count": None,
        "tone": "high",
    }


def test_a_field_that_is_no_option_cannot_be_chosen():
    with pytest.raises(InputError, match="unknown option 'internal'"):
        checked(Sample, "sample", {"internal": 4})


def test_weights_may_be_in_a_file_of_their_own(tmp_path: Path) -> None:
    with ZipFile("examples/stripes_cnn.keras") as archive:
        config = archive.read("config.json").decode()
        archive.extract("model.weights.h5", tmp_path)
    stored = tmp_path / "model.weights.h5"
    alone, whole = draw(config, weights=stored), draw("examples/stripes_cnn.keras", show="parameters")
    assert [node.weights for node in alone.graph.nodes] == [node.weights for node in whole.graph.nodes]
    assert any(node.weights for node in alone.graph.nodes)
    with pytest.raises(InputError, match=r"give the file to cutaway\.read"):
        draw(alone.graph, weights=stored)


def test_a_file_named_for_its_weights_must_hold_some(tmp_path: Path) -> None:
    config = {"class_name": "Sequential", "config": {"name": "net", "layers": []}}
    with pytest.raises(InputError, match=r"no weights for 'net': cannot read 'nowhere\.h5': No such file"):
        draw(config, weights="nowhere.h5")
    (tmp_path / "net.json").write_text("{}")
    with pytest.raises(InputError, match=r"no weights for 'net': .*net\.json' holds none"):
        draw(config, weights=tmp_path / "net.json")
