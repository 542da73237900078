"""A figure is drawn once, saved whole or not at all, and never breaks a notebook."""

import errno
import os
import re
import stat
import sys
import types
import webbrowser
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlparse
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from small_figures import mlp, square

from cutaway.errors import InputError, UnsupportedError
from cutaway.figure import Figure
from cutaway.outputs import OUTPUTS
from cutaway.page import Page
from cutaway.theme import THEMES
from cutaway.views.blocks import Blocks
from cutaway.writing import write

PAPER = THEMES["paper"]


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
