import re

import pytest

from docs.pictures import PAGE, blocks, pictures, run


@pytest.mark.parametrize("place", range(len(list(blocks()))))
def test_the_code_of_the_page_runs_and_draws_its_pictures(here, place):
    model, code = list(blocks())[place]
    run(model, code)
    drawn = re.findall(r'"(\w+\.svg)"', code)
    assert drawn == [name for name in drawn if name in pictures() and (here / name).read_bytes().startswith(b"<svg")]


def test_every_picture_of_the_page_is_there_and_drawn_by_its_code():
    drawn = {name for _, code in blocks() for name in re.findall(r'"(\w+\.svg)"', code)}
    assert drawn == set(pictures()) == {path.name for path in (PAGE.parent / "pictures").iterdir()}


def test_the_page_names_every_function_of_the_peers():
    from cutaway.compat import keras, visualkeras

    text = PAGE.read_text(encoding="utf-8")
    views = [name for name in visualkeras.__all__ if "PRESETS" not in name and "TEXT" not in name]
    assert [name for name in (*keras.__all__, *views) if name != "summary" and name not in text] == []
