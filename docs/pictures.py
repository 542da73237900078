"""Draw the pictures of docs/migration.md by the code that stands there: `python -m docs.pictures`."""

import contextlib
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "migration.md"
_BLOCK = re.compile(r"<!-- model: (\w+) -->\n```python\n(.*?)```", re.DOTALL)


def blocks() -> Iterator[tuple[Path, str]]:
    """Give the code of the page, each piece with the file of the model that it is about."""
    for name, code in _BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        yield ROOT / "gallery" / "models" / f"{name}.json", code


def pictures() -> list[str]:
    """Return the names of the pictures that the page shows."""
    return re.findall(r"\]\(pictures/(\w+\.svg)\)", PAGE.read_text(encoding="utf-8"))


def run(model: Path, code: str) -> None:
    """Run a piece of code in the current folder."""
    exec(compile(code, str(PAGE), "exec"), {"model": str(model)})  # noqa: S102 - of a page of ours


def main() -> None:
    """Write the pictures beside the page."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for model, code in blocks():
            run(model, code)
        for name in pictures():
            (PAGE.parent / "pictures" / name).write_bytes(Path(name).read_bytes())


if __name__ == "__main__":
    main()
