"""What `plot_model` and `model_to_dot` return, as IPython itself shows it: in a process of its own for each."""

import json
import os
import subprocess
import sys

import pytest
from keras_configs import called, given, layer, model, tensor

pytestmark = pytest.mark.framework

NET = model("net", [given("x"), layer("Dense", "d", called(tensor("x")), units=3)], [["x", 0, 0]], [["d", 0, 0]])
PROGRAM = """
import json, sys, warnings
warnings.simplefilter("ignore")  # IPython's own
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

shell = InteractiveShell.instance()
shell.kernel = None  # what a notebook's shell has
shell.user_ns["model"] = json.loads(sys.argv[1])
with capture_output() as captured:
    result = shell.run_cell(sys.argv[2])
result.raise_error()
shown = None if result.result is None else shell.display_formatter.format(result.result)[0]
kinds = {kind: str(content)[:40] for kind, content in (shown or {}).items()}
displayed = [sorted(each.data) for each in captured.outputs]
print(json.dumps([type(result.result).__name__, kinds, displayed]))
"""
IMPORT = "from cutaway.compat.keras import model_to_dot, plot_model\n"


def run(cell, folder):
    """Run a cell in a shell as of a notebook; return the class of its result, how that is shown, and what it showed."""
    environment = dict(os.environ, IPYTHONDIR=str(folder / "ipython"))
    command = [sys.executable, "-c", PROGRAM, json.dumps(NET), IMPORT + cell]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    ("file", "kind", "begin"),
    [("a.png", "image/png", "iVBORw0KGgo"), ("a", "image/png", "iVBORw0KGgo"), ("a.jpg", "image/jpeg", "/9j/")],
)
def test_pixels_are_an_image(file, kind, begin, tmp_path):
    name, shown, _ = run(f"plot_model(model, {file!r}, show_shapes=True, dpi=40)", tmp_path)
    assert name == "Image"
    assert shown[kind].startswith(begin)
    assert (tmp_path / file).stat().st_size


@pytest.mark.parametrize("file", ["a.svg", "a.pdf", "a.html", "a.dot", None])
def test_all_else_is_a_drawing(file, tmp_path):
    name, shown, _ = run(f"plot_model(model, {file!r})", tmp_path)
    assert name == "SVG"
    assert shown["image/svg+xml"].startswith("<svg")
    assert file is None or (tmp_path / file).stat().st_size


def test_a_drawing_is_the_file(tmp_path):
    same = "isinstance(shown, SVG) and shown.data == open('a.svg', encoding='utf-8').read()"
    cell = f"from IPython.display import SVG\nshown = plot_model(model, 'a.svg', rankdir='LR')\nassert {same}\nshown"
    name, shown, _ = run(cell, tmp_path)
    assert name == "SVG"
    assert shown["image/svg+xml"] == (tmp_path / "a.svg").read_text("utf-8")[:40]


def test_a_figure_is_displayed(tmp_path):
    cell = (
        "import cutaway\nfrom IPython.display import display\nfound = cutaway.draw(model)\nfound.show()\ndisplay(found)"
    )
    _, _, displayed = run(cell, tmp_path)
    assert displayed == [["image/svg+xml", "text/plain"]] * 2


def test_what_a_dot_creates_is_shown(tmp_path):
    cell = "from IPython.display import SVG\nSVG(model_to_dot(model, dpi=65).create(prog='dot', format='svg'))"
    name, shown, _ = run(cell, tmp_path)
    assert name == "SVG"
    assert shown["image/svg+xml"].startswith("<svg")
