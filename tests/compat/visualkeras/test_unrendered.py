"""An image beside a file that is written is drawn when it is read, and is the same image then."""

import pickle
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageDraw
from small_graphs import chain

import cutaway
from cutaway.compat.visualkeras.rendering import rendered
from cutaway.compat.visualkeras.unrendered import Unrendered

SCENE = cutaway.draw(chain("Dense")).scene
DRAWN = rendered(SCENE)


@pytest.fixture
def image():
    found = rendered(SCENE, BytesIO())
    assert type(found) is Unrendered
    return found


def test_its_size_and_mode_are_known_before(image):
    assert (image.size, image.mode, image.width, image.height) == (DRAWN.size, "RGBA", *DRAWN.size)
    assert image.info == DRAWN.info
    assert image.getbands() == DRAWN.getbands()
    assert type(image) is Unrendered


def saved(image):
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def painted(image):
    ImageDraw.Draw(image).line((0, 0, 9, 9), fill="red")
    return image.tobytes()


@pytest.mark.parametrize(
    "read",
    [
        saved,
        painted,
        Image.Image.tobytes,
        lambda image: image.copy().tobytes(),
        lambda image: image.convert("L").tobytes(),
        lambda image: image.resize((10, 10)).tobytes(),
        lambda image: image.crop((2, 2, 30, 30)).tobytes(),
        lambda image: image.getpixel((5, 5)),
        lambda image: ImageChops.invert(image).tobytes(),
        lambda image: Image.new("RGBA", image.size).paste(image),
        lambda image: pickle.loads(pickle.dumps(image)).tobytes(),  # noqa: S301 - its own
        lambda image: image.__array_interface__["data"],
        lambda image: image == DRAWN,
    ],
)
def test_it_is_the_drawn_one(read, image):
    assert read(image) == read(rendered(SCENE))
    assert type(image) is Image.Image


def test_it_can_be_pasted(image):
    ground = Image.new("RGBA", DRAWN.size)
    ground.paste(image, (0, 0), image)
    other = Image.new("RGBA", DRAWN.size)
    other.paste(DRAWN, (0, 0), DRAWN)
    assert ground.tobytes() == other.tobytes()
