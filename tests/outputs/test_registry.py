import subprocess
import sys

import pytest
from outputs.scenes import rich
from small_graphs import chain

import cutaway
from cutaway.errors import InputError
from cutaway.outputs import OUTPUTS, OutputOptions, output_for

MAGIC = {
    ".svg": b"<svg ",
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".webp": b"RIFF",
    ".tif": b"II*\0",
    ".tiff": b"II*\0",
    ".bmp": b"BM",
    ".gif": b"GIF8",
    ".html": b"<!DOCTYPE html>",
    ".tex": b"% Written by cutaway",
}


@pytest.mark.parametrize("suffix", MAGIC)
def test_every_suffix_of_a_scene_writes_its_format(suffix):
    assert output_for(suffix).write(rich(), OutputOptions(dpi=50, stem="net")).startswith(MAGIC[suffix])


def test_suffix_may_be_in_capitals():
    assert output_for(".SVG") is OUTPUTS[".svg"]


@pytest.mark.parametrize(("suffix", "said"), [(".docx", "the suffix '.docx'"), ("", "without a suffix")])
def test_unknown_suffix_names_the_known_ones(suffix, said):
    with pytest.raises(InputError, match=said) as caught:
        output_for(suffix)
    assert all(known in str(caught.value) for known in OUTPUTS)


def test_options_reach_the_output():
    assert b"@font-face" in output_for(".svg").write(rich(), OutputOptions(embed_font=True))


def test_svg_loads_no_other_library():
    code = (
        "import sys;"
        "from cutaway.geometry import Point; from cutaway.ruler import Face;"
        "from cutaway.scene import Scene, Text; from cutaway.outputs import OutputOptions, output_for;"
        "text = Text(at=Point(1, 9), text='Conv 3×3', size=8, face=Face());"
        "scene = Scene(width=9, height=9, marks=(text,), palette={'ink': '#000000'});"
        "assert output_for('.svg').write(scene, OutputOptions(embed_font=True));"
        "print([name for name in ('PIL', 'pypdfium2_raw', 'reportlab', 'fontTools') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("suffix", "start"),
    [
        (".dot", b'digraph "chain" {'),
        (".gv", b'digraph "chain" {'),
        (".mmd", b"---\ntitle:"),
        (".mermaid", b"---\ntitle:"),
    ],
)
def test_graph_languages_are_written_from_what_a_figure_says(suffix, start):
    figure = cutaway.draw(chain("Dense"))
    data = output_for(suffix)(figure, OutputOptions())
    assert data.startswith(start)
    assert data.decode() in {figure.dot(), figure.mermaid()}
    assert "_fitted" not in vars(figure)  # nothing was laid out for it
