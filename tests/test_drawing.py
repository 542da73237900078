"""`draw` takes what can be read, and says in words what is not allowed; its docstring lists its options."""

import inspect
import os
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from textwrap import wrap
from typing import Literal, get_origin
from zipfile import ZipFile

import pytest
from small_figures import mlp, square

import cutaway
from cutaway.analysis.rules import LayerRule
from cutaway.drawing import draw
from cutaway.errors import InputError
from cutaway.figure import Figure
from cutaway.graph import Port, Tensor
from cutaway.record import Record
from cutaway.ruler import Face
from cutaway.scene import Group, Text
from cutaway.theme import THEMES
from cutaway.views import VIEWS
from cutaway.views.blocks import Blocks
from cutaway.views.choice import checked, options, words_of
from cutaway.views.option import option

PAPER = THEMES["paper"]
REPOSITORY = Path(__file__).parent.parent
REGULAR, BOLD = (Path(str(files("cutaway.fonts"))) / f"Inter-{weight}.ttf" for weight in ("Regular", "Bold"))


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
