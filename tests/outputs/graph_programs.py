"""The programs that read graph languages: Graphviz, and Mermaid within Node."""

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

MERMAID = Path(__file__).parent / "mermaid"


def program(name: str) -> str:
    """Return the path of a program; a test that asks for it fails, never skips, without one."""
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is not installed")
    return found


def svg_by_graphviz(text: str) -> str:
    """Return what `dot` draws; it must have nothing to say about the text."""
    return _by_graphviz(text, "dot", "-Tsvg")


def canonical_by_graphviz(text: str) -> str:
    """Return what Graphviz has read, without a layout."""
    return _by_graphviz(text, "nop")


def _by_graphviz(text: str, command: str, *flags: str) -> str:
    done = subprocess.run([program(command), *flags], input=text.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()


def counted(svg: str) -> tuple[int, int, int]:
    """Return how many boxes, links and groups `dot` has drawn."""
    found = re.findall(r'class="(node|edge|cluster)\b', svg)
    return found.count("node"), found.count("edge"), found.count("cluster")


def mermaid_faults(texts: Sequence[str]) -> list[str | None]:
    """Return what Mermaid's parser has against each text, None where it accepts it.

    Its packages are installed by `npm ci --prefix tests/outputs/mermaid`, or in the folder that CUTAWAY_NODE names.
    """
    command = [program("node"), str(MERMAID / "parse.mjs")]
    done = subprocess.run(command, input=json.dumps(texts).encode(), capture_output=True, check=False)
    if done.returncode:
        pytest.fail(f"Mermaid cannot be asked: {done.stderr.decode()}")
    found: list[str | None] = json.loads(done.stdout)
    return found
