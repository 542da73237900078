"""Themes as files: what is saved is loaded, what is wrong is told in a sentence, what is faint is warned of."""

import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cutaway
from cutaway import theme as themes
from cutaway.errors import CutawayWarning, InputError
from cutaway.faults import faults
from cutaway.graph import Graph, Node
from cutaway.style import Style
from cutaway.theme import NAMES, PAPER, THEMES, Hatching, Theme, load, save
from cutaway.theme.values import LEAST, MOST, names
from gallery import model

COLORS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")
KINDS = [role for role in PAPER.palette if f"{role}.stroke" in PAPER.palette]


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", NAMES)
def test_what_is_saved_is_loaded(name, tmp_path):
    save(THEMES[name], tmp_path / "theme.toml")
    assert load(tmp_path / "theme.toml") == THEMES[name]


def test_a_theme_is_saved_by_its_name_or_from_a_file(tmp_path):
    save("mono", tmp_path / "one.toml")
    save(tmp_path / "one.toml", tmp_path / "two.toml")
    assert load(tmp_path / "two.toml") == THEMES["mono"]


@pytest.mark.parametrize("theme", ["papper", 3, None, Theme, b"paper"])
def test_what_is_no_theme_is_not_saved(theme, tmp_path):
    with pytest.raises(InputError, match=r"unknown theme .* allowed: 'paper'"):
        save(theme, tmp_path / "mine.toml")
    assert not list(tmp_path.iterdir())


@settings(max_examples=30, deadline=None)
@given(
    name=st.text(st.characters(exclude_categories=("Cs",))),
    colors=st.dictionaries(st.sampled_from(sorted(PAPER.palette)), COLORS),
    dashes=st.dictionaries(st.sampled_from(KINDS), st.just((2.5, 1.0))),
    hatchings=st.dictionaries(st.sampled_from(KINDS), st.builds(Hatching, angle=st.floats(-360, 360))),
    title=st.floats(7.5, 18),
)
def test_whatever_is_saved_is_loaded(tmp_path_factory, name, colors, dashes, hatchings, title):
    palette = {**PAPER.palette, "hatch": "#ABCDEF", **colors}
    if title < 10:
        del palette["page"]  # transparent
    sizes = replace(PAPER.sizes, title=title)
    theme = replace(PAPER, name=name, palette=palette, dashes=dashes, hatchings=hatchings, sizes=sizes)
    path = tmp_path_factory.mktemp("theme") / "theme.toml"
    save(theme, path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CutawayWarning)
        assert load(path) == theme


STYLES = """
    [[style]]
    select = "kind:convolution and filters=8"
    fill = "#ffe0e0"
    legend = "ours"
    [[style]]
    select = "op:Dense"
    emphasis = "mute"
    note = "two\\nlines"
    """


def test_styles_of_single_layers(tmp_path):
    found = load(written(tmp_path, STYLES))
    assert found.styles == (
        ("kind:convolution and filters=8", Style(fill="#ffe0e0", legend="ours")),
        ("op:Dense", Style(emphasis="mute", note="two\nlines")),
    )
    save(found, tmp_path / "again.toml")
    assert load(tmp_path / "again.toml") == found


def test_styles_of_volumes_and_neurons(tmp_path):
    text = """
    [[style]]
    select = "kind:dense"
    picture = "faces/cat.png"
    fit = "cover"
    shade = 12
    gap = [2, 4.5]
    size = [40, "?", 12]
    flat = true
    limit = 8
    """
    found = load(written(tmp_path, text))
    ((_, style),) = found.styles
    assert style.picture == str(tmp_path / "faces/cat.png")
    assert (style.size, style.gap, style.flat, style.limit) == ((40.0, None, 12.0), (2.0, 4.5), True, 8)
    save(found, tmp_path / "again.toml")
    assert load(tmp_path / "again.toml") == found
    with pytest.raises(InputError, match=r"\[\[style\]\] 1: cannot use the limit 0: give a whole number, 1 or more"):
        load(written(tmp_path, text.replace("limit = 8", "limit = 0")))


def test_a_picture_itself_is_not_saved(tmp_path):
    held = replace(PAPER, styles=(("kind:dense", Style(picture=b"png")),))
    with pytest.raises(InputError, match="cannot save a picture that is no path"):
        save(held, tmp_path / "mine.toml")


def test_styles_of_a_theme_lie_under_those_of_a_figure(tmp_path):
    path = written(
        tmp_path, "[[style]]\nselect = 'kind:dense'\nfill = '#FFE0E0'\n[[style]]\nselect = 'no_layer'\nnote='x'"
    )
    net, plain = model("mlp.json"), cutaway.draw(model("mlp.json"))
    asked = {"kind:dense": "fill: #FFE0E0"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a theme is for many models: what is in none of this one is no mistake
        assert cutaway.draw(net, theme=path).svg() == cutaway.draw(net, style=asked).svg() != plain.svg()
    own = cutaway.draw(net, theme=path, style={"kind:dense": "fill: #E0FFE0"}).svg()
    assert own == cutaway.draw(net, style={"kind:dense": "fill: #E0FFE0"}).svg()


def test_a_selector_of_a_theme_that_is_none(tmp_path):
    path = written(tmp_path, "[[style]]\nselect = 'kind:thing'\nfill = 'red'")
    with pytest.raises(
        InputError, match=r"cannot use the theme 'mine': \[\[style\]\] 1, select: there is no kind 'thing'"
    ):
        cutaway.draw(model("mlp.json"), theme=path)


def test_what_is_not_said_is_as_in_the_base(tmp_path):
    path = written(
        tmp_path,
        """
        base = "dark"
        heat = ["#372F22", "#523F1F", "#734F1C"]
        [colors]
        page = "none"
        edge = "#b0b0b0"
        [kinds.dense]
        fill = "#402010"
        dash = [3, 1]
        hatch = {angle = 45}
        [kinds.reshape]
        dash = []
        [sizes]
        title = 14
        [strokes]
        box = 1.2
        [spacing]
        margin = 20
        """,
    )
    found, dark = load(path), THEMES["dark"]
    assert found.name == "mine"
    assert found.heat == ("#372F22", "#523F1F", "#734F1C")
    assert "page" not in found.palette
    changed = {role for role in dark.palette if found.palette.get(role) != dark.palette[role]}
    assert changed == {"page", "edge", "dense"}
    assert (found.palette["edge"], found.palette["dense"]) == ("#B0B0B0", "#402010")
    assert found.palette["hatch"] == found.palette["rule"]
    assert found.hatchings == {"dense": Hatching(angle=45.0)}
    assert found.dashes == {"regularization": dark.dashes["regularization"], "dense": (3.0, 1.0)}
    assert found.sizes == replace(dark.sizes, title=14.0)
    assert found.strokes == replace(dark.strokes, box=1.2)
    assert found.spacing == replace(dark.spacing, margin=20.0)


def test_no_hatch(tmp_path):
    path = written(tmp_path, 'base = "mono"\n[kinds.dense]\nhatch = false')
    assert set(load(path).hatchings) == {*THEMES["mono"].hatchings} - {"dense"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("bas = 'dark'", "unknown key 'bas' in the file: did you mean 'base'?"),
        ("base = 'drak'", "unknown base 'drak': did you mean 'dark'?"),
        ("base = []", "unknown base []"),
        ("name = 3", "name is 3: give a text"),
        ("heat = ['#000000']", "heat is ['#000000']: give 2 to 12 colours"),
        ("heat = ['#000000', 'red']", "heat, colour 2, is 'red': write a colour as '#rrggbb'"),
        ("colors = 3", "[colors] is 3: make it a table"),
        ("[colors]\nik = '#000000'", "unknown key 'ik' in [colors]: did you mean 'ink'?"),
        ("[colors]\nink = 'black'", "[colors] ink is 'black': write a colour as '#rrggbb'"),
        ("[colors]\nink = 'none'", "[colors] ink is 'none'"),
        ("[colors]\nink = '#12345g'", "[colors] ink is '#12345g'"),
        ("[kinds.dens]\nfill = '#000000'", "unknown key 'dens' in [kinds]: did you mean 'dense'?"),
        ("[kinds.dense]\nfil = '#000000'", "unknown key 'fil' in [kinds.dense]: did you mean 'fill'?"),
        ("[kinds.dense]\nstroke = 3", "[kinds.dense] stroke is 3: write a colour"),
        ("[kinds]\ndense = '#000000'", "[kinds.dense] is '#000000': make it a table"),
        ("[kinds.dense]\ndash = [1]", "[kinds.dense] dash is [1]: give lengths of line and gap"),
        ("[kinds.dense]\ndash = [0, 1]", "[kinds.dense] dash is 0: give 0.1 to 200"),
        ("[kinds.dense]\nhatch = true", "[kinds.dense] hatch is True: make it a table"),
        ("[kinds.dense]\nhatch = {gap = 2}", "hatch has no angle"),
        ("[kinds.dense]\nhatch = {angle = 2, gap = 0}", "hatch, gap, is 0: give 1 to 200"),
        ("[kinds.dense]\nhatch = {angle = 2, width = 9}", "hatch, width, is 9: give 0.1 to 1.5"),
        ("[sizes]\nlabel = 5.9", "[sizes] label is 5.9: give 6 to 40"),
        ("[sizes]\nlabel = true", "[sizes] label is True: give a number"),
        ("[sizes]\nlabel = nan", "[sizes] label is nan: give a number"),
        ("[sizes]\nlabels = 7", "unknown key 'labels' in [sizes]: did you mean 'label'?"),
        ("[sizes]\noperation = 12", "[sizes] leading is 9.2: lines of 12 pt need 13.2 or more"),
        ("[strokes]\nbox = 0", "[strokes] box is 0: give 0.1 to 4"),
        ("[spacing]\nlane = 6\n[strokes]\narrow_width = 6", "[spacing] lane is 6: arrowheads 6 wide need 7 or more"),
        ("[strokes]\nedge = 3", "[strokes] arrow_width is 4.4: lines 3 thick need 6 or more"),
        ("[sizes]\ntitle = 7", "[sizes] title is 7: facts of 7.5 pt beside it need 7.5 or more"),
        ("[sizes]\ntitle = 30", "[sizes] facts is 7.5: a title of 30 pt above them need 12 or more"),
        (
            "[spacing]\nlabel = 1\nlabel_air = 1\n[strokes]\narrow_width = 6",
            "[spacing] label is 1: arrowheads 6 wide beside",
        ),
        ("[strokes]\narrow_length = 12", "[spacing] rank is 12: arrowheads 12 long need 15 or more"),
        ("[spacing]\nrank = -3", "[spacing] rank is -3: give 8 to 100"),
        ("style = 3", "style is 3: write it as [[style]]"),
        ("[style]\nselect = 'a'", "style is {'select': 'a'}: write it as [[style]], a table for each"),
        ("style = ['a']", "[[style]] 1 is 'a': make it a table"),
        ("[[style]]\nfill = 'red'", "[[style]] 1 has no select: write what it is for, such as select = 'kind:att"),
        ("[[style]]\nselect = ' '", "[[style]] 1 selects ' ': write what it is for"),
        ("[[style]]\nselect = 'a'", "[[style]] 1 says nothing of 'a': give fill, stroke, pattern"),
        ("[[style]]\nselect = 'a'\nfil = 'red'", "unknown key 'fil' in [[style]] 1: did you mean 'fill'?"),
        (
            "[[style]]\nselect = 'a'\nnote = 'x'\n[[style]]\nselect = 'a'\nfill = 'rde'",
            "[[style]] 2: cannot use the colour 'rde': give '#1f77b4', '#abc' or a name; did you mean 'red'?",
        ),
        ("[[style]]\nselect = 'a'\nnote = 2", "[[style]] 1: cannot use the note 2: give a text"),
        ("[sizes", "it is no TOML:"),
        ("x = " + "[" * 100_000, "it is"),
        ("#" * 1_000_001, "it has more than a million bytes"),
    ],
)
def test_what_is_wrong_is_told(text, message, tmp_path):
    with pytest.raises(InputError) as told:
        load(written(tmp_path, text))
    assert str(told.value).startswith(f"cannot use the theme {str(tmp_path / 'mine.toml')!r}: ")
    assert message in str(told.value) or message == "it is"


def test_a_file_that_is_no_text(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="no text in UTF-8"):
        load(path)
    with pytest.raises(InputError, match=r"cannot be read: No such file"):
        load(tmp_path / "none.toml")
    with pytest.raises(InputError, match=r"cannot be read: Is a directory"):
        load(tmp_path)


def test_faint_colours_are_warned_of_with_their_numbers(tmp_path):
    path = written(tmp_path, "[colors]\ngrey = '#A0A0A0'")
    with pytest.warns(
        CutawayWarning, match=r"grey #A0A0A0 on page #FFFFFF has a contrast of 2\.6:1, under 4\.5:1"
    ) as told:
        assert load(path).palette["grey"] == "#A0A0A0"
    assert len(told) == 1
    assert str(told[0].message).endswith(" more")


def test_kinds_that_look_alike_are_warned_of(tmp_path):
    path = written(tmp_path, "[kinds.dense]\nfill = '#DCEAF6'\nstroke = '#0072B2'")
    with pytest.warns(CutawayWarning, match=r"convolution and dense are 0\.0 apart to \w+ vision, under 8"):
        load(path)


def test_a_role_that_no_file_holds(tmp_path):
    theme = replace(PAPER, palette={**PAPER.palette, "extra": "#000000"})
    with pytest.raises(InputError, match="no place for the role 'extra'"):
        save(theme, tmp_path / "mine.toml")
    assert not list(tmp_path.iterdir())


def test_a_figure_in_a_theme_of_a_file(tmp_path):
    path = written(tmp_path, "[kinds.other]\nfill = '#F0E9EE'")
    graph = Graph(name="m", nodes=(Node(id="a", name="a", op="A"),))
    for given_theme in (path, str(path)):
        assert "#f0e9ee" in cutaway.draw(graph, theme=given_theme).svg()


def test_an_unknown_name_of_the_module():
    with pytest.raises(AttributeError, match="no attribute 'SEPIA'"):
        themes.SEPIA  # noqa: B018


def test_the_example():
    example = Path(__file__).parents[2] / "examples" / "lecture.toml"
    theme = load(example)
    assert isinstance(theme, Theme)
    assert theme != THEMES["contrast"]
    assert theme.name == "lecture"


@st.composite
def lengths(draw, table: str) -> dict[str, float]:
    """Give some of the lengths of a table, each within its bounds, often on one of them."""
    found = {}
    for key in names(getattr(PAPER, table)):
        least = LEAST.get(f"{table}.{key}", LEAST[table])
        most = MOST.get(f"{table}.{key}", MOST[table])
        if not draw(st.integers(0, 7)):
            found[key] = draw(st.sampled_from([least, most]) | st.floats(least, most))
    return found


@settings(max_examples=60, deadline=None)
@given(
    tables=st.fixed_dictionaries({table: lengths(table) for table in ("sizes", "strokes", "spacing")}),
    graph=st.sampled_from([cutaway.read(model("custom.json")), cutaway.read(model("seq2seq.json"))]),
    direction=st.sampled_from(["down", "right"]),
)
def test_no_file_makes_a_hard_fault(tmp_path_factory, tables, graph, direction):
    text = "\n".join(
        f"[{name}]\n" + "\n".join(f"{key} = {value}" for key, value in table.items()) for name, table in tables.items()
    )
    path = written(tmp_path_factory.mktemp("theme"), text)
    try:
        theme = load(path)
    except InputError as refused:
        assert " or more" in str(refused)  # noqa: PT017 - what does not fit together is told
        return
    figure = cutaway.draw(graph, theme=theme, direction=direction)
    assert faults(figure.scene, figure.graph) == ()


def test_a_transparent_page_lies_on_white_paper_in_a_report(tmp_path):
    path = written(tmp_path, "[colors]\npage = 'none'")
    assert "background:#FFFFFF" in cutaway.report(cutaway.read(model("mlp.json")), theme=path).html()
