"""Do the daily work on cutaway: check, test, gallery, accept, bench. CI calls the same commands.

Run it with the Python of an environment that has `pip install -e '.[test,dev]'`, for instance
`.venv/bin/python dev.py check`.
"""

import argparse
import ast
import difflib
import html
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OUT = ROOT / "out"
FILE_LINES = 260
FUNCTION_LINES = 50
LINTERS = (
    ("-m", "ruff", "check", "."),
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "mypy"),
    ("-m", "pyright", "--pythonpath", sys.executable),
    ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="lint, format, types, the import rule, lengths of files and functions")
    commands.add_parser("test", help="run the tests as the README says").add_argument("rest", nargs="*")
    commands.add_parser("gallery", help="render every gallery figure to out/gallery, with an index.html")
    accept_parser = commands.add_parser("accept", help="show changed goldens before and after, then accept them")
    accept_parser.add_argument("--yes", action="store_true", help="accept without asking")
    commands.add_parser("bench", help="measure against Keras, Graphviz and visualkeras; fails beyond the agreed ratios")
    options, unknown = parser.parse_known_args(arguments)
    if unknown and options.command != "test":
        parser.error(f"unknown arguments: {' '.join(unknown)}")
    if options.command == "check":
        return check()
    if options.command == "gallery":
        return python("-m", "gallery", str(OUT / "gallery"))
    if options.command == "accept":
        return accept(yes=options.yes)
    if options.command == "bench":
        return bench()
    return python("-m", "pytest", "-n", "auto", *options.rest, *unknown)


def python(*arguments: str, root: Path = ROOT) -> int:
    """Run this Python in `root` with its `src` first on the path, and return the exit code."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    return subprocess.run([sys.executable, *arguments], cwd=root, env=environment, check=False).returncode


def bench() -> int:
    """Run every benchmark that has a bound, all of them even after a failure; return 1 if one of them broke it."""
    return max(
        [
            python("benchmarks/peer.py", "--gate"),
            python("-m", "benchmarks.summary", "--gate", "--runs", "3"),
            python("-m", "benchmarks.layout", "--gate", "--runs", "5"),
            python("-m", "benchmarks.layout", "--scale", "--gate", "--runs", "3"),
            python("-m", "benchmarks.folding", "--gate", "--runs", "5"),
            python("-m", "benchmarks.visualkeras", "--gate"),
            python("benchmarks/plot_model.py", "--gate", "--models", "ResNet50", "--runs", "3"),
        ]
    )


def check() -> int:
    """Run every linter, all of them even after a failure; return 1 if one of them found something."""
    failed = []
    for linter in LINTERS:
        print(f"== {' '.join(linter)}", flush=True)
        if python(*linter):
            failed.append(" ".join(linter[:3]))
    print("== lengths", flush=True)
    long = list(too_long())
    print("\n".join(long) or "all within bounds")
    if failed or long:
        print(f"failed: {', '.join([*failed, *(['lengths'] if long else [])])}", file=sys.stderr)
    return 1 if failed or long else 0


def too_long() -> Iterator[str]:
    """Name the files and functions under src that are longer than allowed; there are no exceptions."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT)
        lines = text.count("\n")
        if lines > FILE_LINES:
            yield f"{name}: {lines} lines; at most {FILE_LINES} are allowed"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                text = ast.get_docstring(node, clean=False) or ""  # of the one public call, all options are explained
                length = (node.end_lineno or node.lineno) - node.lineno + 1 - text.count("\n")
                if length > FUNCTION_LINES:
                    yield f"{name}:{node.lineno}: {node.name}: {length} lines; at most {FUNCTION_LINES} are allowed"


def accept(*, yes: bool) -> int:
    """Record all goldens anew in a copy of the tree, show them beside those of HEAD, take them over if agreed."""
    tree = copied_tree(OUT / "accept" / "tree")
    if record(tree):
        print("some tests fail even with fresh goldens: mend them first", file=sys.stderr)
        return 1
    changed = changed_goldens(tree)
    if not changed:
        print("no golden differs from HEAD")
        return take_over(tree, sorted(golden_paths(tree) | golden_paths(ROOT)))
    page = OUT / "accept" / "index.html"
    page.write_text(before_after(tree, changed), encoding="utf-8")
    print("\n".join(changed))
    print(f"{len(changed)} changed; look at {page}")
    if not yes and not (sys.stdin.isatty() and input("accept? [y/N] ").strip().lower() == "y"):
        print("nothing accepted (say --yes to accept)")
        return 1
    return take_over(tree, sorted(golden_paths(tree) | golden_paths(ROOT)))


def copied_tree(target: Path) -> Path:
    """Copy the files that git knows or could know, as they are in the working tree, to `target`."""
    shutil.rmtree(target, ignore_errors=True)
    for name in git("ls-files", "-co", "--exclude-standard").decode().splitlines():
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    return target


def record(tree: Path) -> int:
    """Run the tests of `tree` that compare goldens so that they write them; figures of live models need Keras."""
    tests = [str(path) for path in sorted(tree.glob("tests/**/test_*.py")) if "snapshot" in path.read_text("utf-8")]
    marks = "not browser and not corpus and not languages"
    if importlib.util.find_spec("keras") is None:
        marks += " and not framework"
        print("Keras is not installed: the figures of live models are not recorded")
    return python("-m", "pytest", "--snapshot-update", "-m", marks, *tests, root=tree)


def golden_paths(tree: Path) -> set[str]:
    """Return the paths of all recorded goldens, relative to `tree`."""
    found = [*tree.glob("gallery/golden/*"), *tree.glob("tests/**/__snapshots__/**/*")]
    return {path.relative_to(tree).as_posix() for path in found if path.is_file()}


def changed_goldens(tree: Path) -> list[str]:
    """Return the goldens that differ between HEAD and `tree`, new and removed ones included."""
    paths = golden_paths(tree) | golden_paths(ROOT)
    return sorted(path for path in paths if at_head(path) != content(tree / path))


def content(path: Path) -> bytes:
    """Return the bytes of `path`; none where it does not exist."""
    return path.read_bytes() if path.exists() else b""


def at_head(path: str) -> bytes:
    """Return the bytes of `path` in the last commit; none where it did not exist."""
    return git("show", f"HEAD:{path}")


def git(*arguments: str) -> bytes:
    """Return what a git command prints; nothing where it fails."""
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False).stdout


def take_over(tree: Path, paths: Sequence[str]) -> int:
    """Copy the goldens of `tree` into the working tree and remove those that it no longer has."""
    for path in paths:
        if not (tree / path).exists():
            (ROOT / path).unlink(missing_ok=True)
        elif content(ROOT / path) != content(tree / path):
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(tree / path, ROOT / path)
            print(f"accepted {path}")
    return 0


def before_after(tree: Path, paths: Sequence[str]) -> str:
    """Return a page of all changed goldens before and after: drawings side by side, texts as a diff."""
    rows = []
    for path in paths:
        before, after = at_head(path), content(tree / path)
        shown = drawings(path, before, tree) if path.endswith((".svg", ".png")) else difference(before, after)
        rows.append(f"<h2>{html.escape(path)}</h2>{shown}")
    style = "body{font:14px sans-serif;margin:2em}td{vertical-align:top;padding:8px}img{max-width:46vw}"
    head = f"<!doctype html><meta charset='utf-8'><title>Changed goldens</title><style>{style}</style>"
    return head + "".join(rows)


def drawings(path: str, before: bytes, tree: Path) -> str:
    """Return both drawings beside each other; the old one is written next to the page."""
    old = OUT / "accept" / "before" / path
    old.parent.mkdir(parents=True, exist_ok=True)
    old.write_bytes(before)
    sides = [(before, f"before/{path}"), (content(tree / path), f"tree/{path}")]
    cells = "".join(f"<td><img src='{html.escape(src)}'></td>" if data else "<td>none</td>" for data, src in sides)
    return f"<table><tr><th>before</th><th>after</th></tr><tr>{cells}</tr></table>"


def difference(before: bytes, after: bytes) -> str:
    """Return what changed between two texts, in unified form."""
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    return f"<pre>{html.escape(chr(10).join(difflib.unified_diff(old, new, lineterm='', n=2)))}</pre>"


if __name__ == "__main__":
    sys.exit(main())
