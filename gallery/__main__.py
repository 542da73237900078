"""Render every figure of the gallery as SVG, PNG and PDF, with an index: `python -m gallery FOLDER`."""

import html
import importlib.util
import sys
from pathlib import Path

from gallery import Entry, entry, names

STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:2em auto;max-width:1100px;padding:0 1em;color:#1f2630}
section{border-top:1px solid #d3dae2;padding:1em 0} pre{background:#f6f8fa;padding:1em;overflow:auto}
img{max-width:100%;max-height:1200px}
"""


def main(folder: Path) -> None:
    """Write all figures and `index.html` to `folder`; figures of live models only where Keras is installed."""
    folder.mkdir(parents=True, exist_ok=True)
    keras = importlib.util.find_spec("keras") is not None
    sections = []
    for one in map(entry, names()):
        if one.needs_keras and not keras:
            print(f"{one.name}: left out, it draws a live model and Keras is not installed")
            continue
        render(one, folder)
        sections.append(section(one))
        print(one.name)
    head = f"<!doctype html><meta charset='utf-8'><title>cutaway gallery</title><style>{STYLE}</style>"
    (folder / "index.html").write_text(head + "".join(sections), encoding="utf-8")
    print(folder / "index.html")


def render(one: Entry, folder: Path) -> None:
    """Write one figure in every format."""
    figure = one.draw()
    for suffix in ("svg", "png", "pdf"):
        figure.save(folder / f"{one.name}.{suffix}")


def section(one: Entry) -> str:
    """Return the part of the index about one figure."""
    name, title, text, code = (html.escape(part) for part in (one.name, one.title, one.text, one.code))
    others = ", ".join(f"<a href='{name}.{suffix}'>{suffix.upper()}</a>" for suffix in ("svg", "png", "pdf"))
    picture = f"<img src='{name}.svg' alt='{title}'>"
    return f"<section id='{name}'><h2>{title}</h2><p>{text} ({others})</p>{picture}<pre>{code}</pre></section>"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
