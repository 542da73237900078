"""What is heavy is loaded only by those who need it."""

import subprocess
import sys
from pathlib import Path

import pytest

import cutaway

EXAMPLE = Path(__file__).parents[1] / "examples" / "resnet50.json"
SOURCE = Path(cutaway.__file__).parents[1]
SMALL = EXAMPLE.with_name("stripes_cnn.keras")
HEAVY = (
    *("keras", "tensorflow", "torch", "jax", "numpy", "h5py", "pyfive", "yaml"),
    *("PIL", "reportlab", "fontTools", "rich", "pypdfium2_raw", "pygments"),
    *(
        "multiprocessing",
        "concurrent.futures",
        "tempfile",
        "difflib",
        "asyncio",
        "http",
        "email",
        "xml.etree",
        "unittest",
    ),
)


def loaded(code, *arguments):
    """Run `code` in a fresh process and return which of the heavy modules it has then loaded.

    The process runs isolated, so that no start-up file of the environment loads anything.
    """
    tail = f"\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules], sep=',')"
    head = f"import sys\nsys.path.insert(0, {str(SOURCE)!r})\n"
    before = _run(head + tail, arguments)
    after = _run(head + code + tail, arguments)
    return [name for name in after if name not in before]


def _run(code, arguments):
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, *map(str, arguments)], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return [name for name in done.stdout.strip().split(",") if name]


def test_the_package_loads_nothing_heavy_and_none_of_its_own_parts():
    assert loaded("import cutaway") == []
    done = subprocess.run(
        [sys.executable, "-c", "import cutaway, sys; print([m for m in sys.modules if m.startswith('cutaway.')])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_drawing_an_svg_loads_nothing_heavy(tmp_path):
    code = "from cutaway.cli import main\nassert main(['draw', *sys.argv[1:]]) == 0"
    assert loaded(code, EXAMPLE, "-o", tmp_path / "x.svg") == []
    assert (tmp_path / "x.svg").stat().st_size > 1000


def test_drawing_an_svg_does_without_typing(tmp_path):
    code = (
        "import sys\nfrom cutaway.cli import main\n"
        "assert main(['draw', *sys.argv[1:]]) == 0\nassert 'typing' not in sys.modules"
    )
    command = [sys.executable, "-I", "-c", f"import sys\nsys.path.insert(0, {str(SOURCE)!r})\n{code}"]
    subprocess.run([*command, str(EXAMPLE), "-o", str(tmp_path / "x.svg")], check=True)


NUMBERS = (
    *("analysis.complete", "analysis.cost", "analysis.formulas", "analysis.measures", "sources.complete"),
    *("views.measured", "views.readings", "views.scale", "views.parts.heat", "views.inside", "style"),
)
CHOICES = (
    *("analysis.select", "analysis.hide", "views.styling", "views.selecting", "views.annotated"),
    *("views.parts.tint", "views.parts.annotation", "views.choice", "grid"),
)
PLACES = (
    "fit.fitting",
    "fit.search",
    "fit.ways",
    "fit.price",
    "fit.levels",
    "fit.places",
    "fit.sentences",
    "fit.looks",
    "layered.ushape",
)
PARSER = ("cli.flags", "cli.draw_flags", "cli.values")
LARGE = (
    *("analysis.fold", "analysis.repeat", "analysis.simplify", "analysis.stages", "analysis.regions"),
    *("views.explaining", "views.block_names", "views.simplified_words", "views.parts.stack", "theme.folded"),
    *("fit.attempt", "layered.wrap", "colors"),
)


def parts_loaded(parts, *arguments):
    """Draw in a fresh process and return which parts of this package it has then loaded."""
    code = (
        "import sys\nfrom cutaway.cli import main\nassert main(['draw', *sys.argv[2:]]) == 0\n"
        "print(*[name for name in sys.argv[1].split() if f'cutaway.{name}' in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, " ".join(parts), *map(str, arguments)], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_plain_figures_load_only_what_they_take(tmp_path):
    target = tmp_path / "x.svg"
    plain = (*NUMBERS, *CHOICES, *PLACES, *PARSER)
    assert parts_loaded((*plain, *LARGE), SMALL, "-o", target) == []
    assert parts_loaded(plain, EXAMPLE, "-o", target) == []
    assert "analysis.measures" in parts_loaded(NUMBERS, EXAMPLE, "-o", target, "--color-by", "macs")
    assert "analysis.fold" in parts_loaded(LARGE, EXAMPLE, "-o", target)


def test_plain_command_lines_are_read_without_a_parser(tmp_path):
    code = (
        "from cutaway.cli import main\nassert main(['draw', *sys.argv[1:]]) == 0\nassert 'argparse' not in sys.modules"
    )
    loaded(code, SMALL, "-o", tmp_path / "x.svg")


@pytest.mark.parametrize("form", ["text", "markdown", "csv", "json", "html"])
def test_summaries_load_nothing_heavy(tmp_path, form):
    code = "from cutaway.cli import main\nassert main(sys.argv[1:]) == 0"
    assert loaded(code, "summary", EXAMPLE, "--format", form, "-o", tmp_path / "x") == []


@pytest.mark.parametrize("form", ["html", "md"])
def test_reports_load_only_what_finds_the_font(tmp_path, form):
    code = "from cutaway.cli import main\nassert main(sys.argv[1:]) == 0"
    assert loaded(code, "report", EXAMPLE, "-o", tmp_path / f"x.{form}") == ["tempfile"]


def test_drawing_a_png_loads_only_what_draws_it(tmp_path):
    code = "from cutaway.cli import main\nassert main(['draw', *sys.argv[1:]]) == 0"
    assert "pypdfium2_raw" in loaded(code, EXAMPLE, "-o", tmp_path / "x.png", "--dpi", "30")


def test_the_public_names_are_there_and_listed():
    for name in cutaway.__all__:
        assert getattr(cutaway, name).__name__ == name
        assert name in dir(cutaway)
    from cutaway.drawing import draw

    assert cutaway.draw is draw
    assert cutaway.__version__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'cutaway' has no attribute 'drew'"):
        _ = cutaway.drew


def test_drawing_compiles_no_annotation(tmp_path):
    """Annotations in quotes that `typing` is given are compiled (those in classes and functions are not), in 2 ms."""
    code = f"""
import sys
sys.path.insert(0, {str(SOURCE)!r})
found = []
def note(event, given):
    if event == "compile" and given[1] == "<string>" and not given[0].startswith(b"lambda _cls"):
        found.append(given[0].decode())
sys.addaudithook(note)
from cutaway.cli import main
main(["draw", sys.argv[1], "-o", sys.argv[2]])
print(*found, sep=",")
"""
    assert _run(code, (EXAMPLE, tmp_path / "x.svg")) == []
