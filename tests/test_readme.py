"""What the README says is so: its table of options is the list of the view's fields, and its tours run."""

import re
import shlex
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from cutaway.cli import main
from cutaway.views import load
from cutaway.views.choice import words_of
from cutaway.views.option import options

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """Return the README's first block of code in `language`."""
    found = re.search(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert found, f"the README has no block of {language}"
    return found[1]


def table() -> str:
    """Return the options of the blocks view as the README shows them."""
    rows = ["| in Python | on the command line | says | values |", "|---|---|---|---|"]
    for name, (item, kind) in options(load("blocks")).items():
        flag = f"--{name.replace('_', '-')}"
        flags = f"`{flag}`, `--no-{flag[2:]}`" if kind is bool else f"`{flag} {item.metadata['metavar']}".rstrip() + "`"
        values = ", ".join(f"`{word}`" for word in words_of(kind))
        rows.append(f"| `{name}={item.default!r}` | {flags} | {item.metadata['help']} | {values} |")
    return "\n".join(rows)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with the examples in it, in which figures may be written."""
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    return tmp_path


def test_options_are_those_of_the_view() -> None:
    assert table() in README


def test_python_tour_runs(checkout: Path) -> None:
    with chdir(checkout), redirect_stdout(StringIO()):
        exec(compile(block("python"), "README.md", "exec"), {})  # noqa: S102 - our own words
    assert {path.name for path in checkout.iterdir()} >= {"siamese.svg", "siamese.png", "resnet50.pdf"}


def test_command_tour_runs(checkout: Path) -> None:
    commands = [line.removeprefix("$ cutaway ") for line in block("console").splitlines()]
    assert len(commands) > 3
    with chdir(checkout):
        for command in commands:
            words = shlex.split(command.partition(" > ")[0], comments=True)
            assert main(words) == 0, command
    assert (checkout / "figures" / "mobilenet_v2.svg").stat().st_size > 1000


def test_pictures_and_links_exist() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if "://" not in target and not (ROOT / target).exists()] == []
