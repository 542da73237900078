"""Typesetting what the tests write as TikZ; a test that asks for it fails, never skips, without TeX."""

import shutil
import subprocess
from pathlib import Path

import pytest

ENGINES = ("pdflatex", "lualatex", "xelatex")


def typeset(file: Path, engine: str = "pdflatex") -> tuple[Path, str]:
    """Return the PDF that TeX makes of a file, and what TeX says meanwhile."""
    if shutil.which(engine) is None:
        pytest.fail(f"{engine} is not installed: it typesets what these tests write")
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", file.name]
    done = subprocess.run(command, cwd=file.parent, capture_output=True, text=True, errors="replace", check=False)
    said = file.with_suffix(".log").read_text("utf-8", "replace")
    assert done.returncode == 0, done.stdout[-1500:]
    return file.with_suffix(".pdf"), said


def in_pixels(pdf: Path, dpi: int) -> Path:
    """Return the first page of a PDF as a PNG file."""
    target = pdf.with_name(f"{pdf.stem}-page")
    subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-png", "-singlefile", pdf.name, target.name], cwd=pdf.parent, check=True
    )
    return target.with_suffix(".png")


def words_in(pdf: Path) -> str:
    """Return the text of a PDF without any space, as its order on the page is a matter of taste."""
    done = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True)
    return "".join(done.stdout.split())
