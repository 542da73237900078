"""Images and files: every suffix, vector where that is possible, and clear words where it is not."""

from io import BytesIO

import pytest
from classic_marks import chain, layered
from PIL import Image

from cutaway.compat.visualkeras import layered_view
from cutaway.compat.visualkeras.rendering import rendered
from cutaway.errors import InputError

pytestmark = pytest.mark.filterwarnings("ignore:nothing tells the flow")


def test_a_point_is_a_pixel():
    scene = layered(chain()).scene
    assert rendered(scene).size == (scene.width, scene.height)


@pytest.mark.parametrize("suffix", ["png", "jpg", "jpeg", "webp", "tif", "bmp", "gif", "tga", "PNG"])
def test_pixels(tmp_path, suffix):
    path = tmp_path / f"net.{suffix}"
    image = layered_view(chain(), to_file=path)
    with Image.open(path) as stored:
        assert stored.size == image.size


def test_vectors(tmp_path):
    for suffix, start in ((".svg", b"<"), (".pdf", b"%PDF")):
        path = tmp_path / f"net{suffix}"
        layered_view(chain(), to_file=str(path))
        data = path.read_bytes()
        assert data.startswith(start)
        assert b"<image" not in data
        assert b"/Subtype /Image" not in data


def test_open_files():
    plain, told = BytesIO(), BytesIO()
    layered_view(chain(), to_file=plain)
    layered_view(chain(), to_file=told, format="svg")
    assert plain.getvalue().startswith(b"\x89PNG")
    assert told.getvalue().lstrip().startswith(b"<")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("net.eps", "no writer for PostScript; save as .pdf"),
        ("net.xyz", "unknown file extension: '.xyz'"),
        ("net", "''"),
    ],
)
def test_what_cannot_be_written(tmp_path, name, words):
    with pytest.raises(ValueError, match=words) as raised:
        layered_view(chain(), to_file=tmp_path / name)
    assert isinstance(raised.value, InputError)
    assert list(tmp_path.iterdir()) == []


def test_no_path_at_all():
    with pytest.raises(TypeError, match="cannot save to_file=3"):
        layered_view(chain(), to_file=3)


def test_a_folder_that_is_missing(tmp_path):
    with pytest.raises(InputError, match="cannot write"):
        layered_view(chain(), to_file=tmp_path / "missing" / "net.png")
