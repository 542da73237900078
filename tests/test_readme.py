"""What the README says is so: its table of options is the list of the view's fields, and its tours run."""

import re
import shlex
from contextlib import chdir, redirect_stdout
from inspect import Parameter, signature
from io import BytesIO, StringIO, TextIOWrapper
from itertools import takewhile
from pathlib import Path

import pytest

import cutaway
from cutaway.cli import main
from cutaway.outputs import OUTPUTS
from cutaway.theme import THEMES
from cutaway.views import VIEWS, load
from cutaway.views.choice import options, words_of

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """Return the README's first block of code in `language`."""
    found = re.search(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert found, f"the README has no block of {language}"
    return found[1]


def rows(view: str) -> dict[str, str]:
    """Return the options of a view by their names, a row of a table each."""
    found = {}
    for name, (item, kind) in options(load(view)).items():
        flag = f"--{name.replace('_', '-')}"
        flags = f"`{flag}`, `--no-{flag[2:]}`" if kind is bool else f"`{flag} {item.metadata['metavar']}".rstrip() + "`"
        meanings = item.metadata["words"]
        words = [f"`{word}`: {meanings[word]}" if word in meanings else f"`{word}`" for word in words_of(kind)]
        values = ("; " if meanings else ", ").join(words)
        found[name] = f"| `{name}={item.default!r}` | {flags} | {item.metadata['help']} | {values} |"
    return found


def option_tables() -> str:
    """Return the options of all views as the README shows them: those that all share, then the others of each."""
    of_views = {view: rows(view) for view in VIEWS}
    first, *others = of_views.values()
    shared = [name for name, row in first.items() if all(other.get(name) == row for other in others)]
    parts = [("All views:", {name: first[name] for name in shared})]
    for view, found in of_views.items():
        says = (load(view).__doc__ or "").partition("\n")[0].rstrip(".")
        own = {name: row for name, row in found.items() if name not in shared}
        parts.append((f'`view="{view}"`: {says[:1].lower()}{says[1:]}.', own))
    head = "| in Python | on the command line | says | values |\n|---|---|---|---|"
    return "\n\n".join(["\n".join((f"{words}\n", head, *table.values())) for words, table in parts])


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with the examples in it, in which figures may be written."""
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    return tmp_path


def test_options_are_those_of_the_views() -> None:
    assert option_tables() in README


def test_all_flags_are_there_and_no_others() -> None:
    help_text = StringIO()
    with redirect_stdout(help_text):
        for command in ("draw", "summary", "lint", "report"):
            main([command, "--help"])
        for view in VIEWS:
            main(["draw", "--view", view, "--help"])
    flags = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", help_text.getvalue())) - {"--pipe"}  # Inkscape's
    assert set(re.findall(r"`(--[a-z-]+)", README)) == flags | {"--version"}


def test_arguments_and_their_defaults_are_those_of_python() -> None:
    told = signature(cutaway.draw).parameters
    for call in (cutaway.draw, cutaway.Figure.save, cutaway.summarize, cutaway.report):
        for name, item in signature(call).parameters.items():
            if item.kind is Parameter.KEYWORD_ONLY and (call is cutaway.draw or name not in told):
                assert f"`{call.__name__}({name}={item.default!r})`" in README
    for name in (*THEMES, *VIEWS):
        assert f"`{name}`" in README


def test_all_formats_are_there() -> None:
    written = README.partition("## What it writes")[2].partition("## ")[0]
    assert set(re.findall(r"`(\.[a-z]+)`", written)) == set(OUTPUTS)


def test_what_is_said_of_the_first_figure() -> None:
    figure = cutaway.draw(ROOT / "examples" / "resnet50.json")
    assert 'font-family="Inter, ' in figure.svg()
    assert "@font-face" not in figure.svg()
    assert "textLength" in figure.svg()
    assert "@font-face" in figure.svg(embed_font=True)


def test_python_tour_runs(checkout: Path) -> None:
    with chdir(checkout), redirect_stdout(StringIO()):
        exec(compile(block("python"), "README.md", "exec"), {})  # noqa: S102 - our own words
    assert {path.name for path in checkout.iterdir()} >= {"siamese.svg", "siamese.png", "resnet50.pdf"}


def test_command_tour_runs(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = [line.removeprefix("$ cutaway ") for line in block("console").splitlines()]
    assert len(commands) > 3
    with chdir(checkout):
        for command in commands:
            words = shlex.split(command, comments=True)
            given = Path(words[words.index("<") + 1]).read_bytes() if "<" in words else b""
            monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(given)))
            assert main(list(takewhile(lambda word: word not in {"<", ">"}, words))) == 0, command
    assert (checkout / "figures" / "mobilenet_v2.svg").stat().st_size > 1000


def test_pictures_and_links_exist() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if "://" not in target and not (ROOT / target).exists()] == []
