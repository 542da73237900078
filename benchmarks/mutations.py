"""Read thousands of damaged files, each within 2 s and 500 MB: each ends in a Graph or an error of ours.

Each file is made from its number (see `mutants.py`) and read in a worker process, which is started again when it dies
or hangs. What violates the promise is printed with its number, and `--only NUMBER` reads that one again, here and now:
`python benchmarks/mutations.py --count 20000`.
"""

import argparse
import contextlib
import multiprocessing
import os
import re
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from benchmarks.mutants import Mutant, mutant, sources  # noqa: E402

SECONDS, MEGABYTES = 2.0, 500
PATIENCE = 20.0
"""Seconds by the clock before a worker counts as hanging, on a machine that does other things too."""


def files(corpus: str | None) -> list[tuple[str, bytes]]:
    """Return the files to damage: those of the project, the small ones of the corpus, and graphs that we wrote."""
    folders = [ROOT / "examples", ROOT / "gallery" / "models", ROOT / "tests"]
    if corpus:
        folders += [Path(corpus) / "samples", Path(corpus) / "wild"]
    return sources(*folders) + 4 * written_graphs()


def written_graphs() -> list[tuple[str, bytes]]:
    """Return graphs in JSON, as figures are saved: one with shared layers and one with nested attributes."""
    import cutaway
    from cutaway.outputs.graph_json import to_graph_json

    names = ("examples/siamese.keras", "gallery/models/seq2seq.json")
    return [(f"the graph of {name}", to_graph_json(cutaway.read(ROOT / name)).encode()) for name in names]


def outcome(made: Mutant, folder: str, use: str) -> str:
    """Return what came of reading a mutant: "graph", the name of our error, or a violation, with a colon in it."""
    from cutaway.errors import CutawayError, InternalError

    source: Any = made.source
    if source is None:
        source = Path(folder) / "mutant"
        source.write_bytes(made.data)
    try:
        _use(source, use)
    except InternalError as error:
        return f"InternalError: {error}"
    except CutawayError as error:
        str(error).encode()
        return type(error).__name__
    except Exception as error:  # noqa: BLE001 - which is what this is about
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"[:300]
    return "graph"


def _use(source: Any, use: str) -> None:  # noqa: ANN401 - a path or a config
    import cutaway

    if use == "values":
        weights = cutaway.read_weights(source)
        for key in list(weights)[:20]:
            weights.statistics(key)
        return
    graph = cutaway.read(source, weights=use == "weights")
    if use == "drawing":
        cutaway.draw(graph).svg()


def used(number: int, *, draws: bool) -> str:
    """Return what a mutant is read for: mostly its graph alone, now and then with its weights, or with their values."""
    return "drawing" if draws else ("graph", "weights", "graph", "values")[number % 4]


def measured(made: Mutant, folder: str, use: str) -> tuple[str, float, float]:
    """Return the outcome, with the seconds of CPU time and the megabytes that reading took."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")  # forgets the peak
    before, start = _memory("VmRSS"), time.process_time()
    found = outcome(made, folder, use)
    seconds, megabytes = time.process_time() - start, _memory("VmHWM") - before
    if ":" not in found and seconds > SECONDS:
        found = f"too slow: {seconds:.1f} s ({found})"
    if ":" not in found and megabytes > MEGABYTES:
        found = f"too large: {megabytes:.0f} MB ({found})"
    return found, seconds, megabytes


def _memory(name: str) -> float:
    """Return megabytes as Linux counts them; 0 on other systems."""
    status = Path("/proc/self/status")
    found = re.search(rf"{name}:\s*(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def work(connection: Connection, corpus: str | None, draws: bool) -> None:  # noqa: FBT001
    """Read the mutants whose numbers come, until None does."""
    import resource

    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    held = files(corpus)
    with tempfile.TemporaryDirectory() as folder:
        while (number := connection.recv()) is not None:
            connection.send(measured(mutant(number, held), folder, used(number, draws=draws)))


class Worker:
    """A process that reads mutants, started again when it dies."""

    def __init__(self, corpus: str | None, draws: bool) -> None:  # noqa: FBT001
        self._arguments = corpus, draws
        self._process: Any = None
        self._connection: Any = None

    def read(self, number: int) -> tuple[str, float, float]:
        """Return the outcome of a mutant, which may be that the process died or hung."""
        if self._process is None:
            context = multiprocessing.get_context("spawn")
            self._connection, other = context.Pipe()
            self._process = context.Process(target=work, args=(other, *self._arguments), daemon=True)
            self._process.start()
            other.close()
        try:
            self._connection.send(number)
            if self._connection.poll(PATIENCE):
                return self._connection.recv()
            found = f"hangs: over {PATIENCE:.0f} s"
        except (EOFError, ConnectionError):
            self._process.join()
            found = f"dies: exit code {self._process.exitcode}"
        self.stop()
        return found, PATIENCE, 0.0

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


def run(numbers: range, corpus: str | None, *, draws: bool) -> int:
    """Read the mutants of some numbers, print a table of what came of them; return how many violate the promise."""
    worker, outcomes, violations = Worker(corpus, draws), Counter[str](), 0
    slowest, largest = (0.0, -1), (0.0, -1)
    for number in numbers:
        found, seconds, megabytes = worker.read(number)
        outcomes[found.partition(":")[0]] += 1
        slowest, largest = max(slowest, (seconds, number)), max(largest, (megabytes, number))
        if ":" in found:
            violations += 1
            print(f"{number}: {found}", flush=True)
    worker.stop()
    for name, count in outcomes.most_common():
        print(f"{count:7} {name}")
    print(f"slowest {slowest[0]:.2f} s CPU ({slowest[1]}), largest {largest[0]:.0f} MB ({largest[1]})")
    return violations


def main() -> int:
    """Read the arguments, do it; return 1 where anything violates the promise."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="the first number")
    parser.add_argument("--only", type=int, help="read the mutant of this number, in this process")
    parser.add_argument("--keep", type=Path, help="with --only: write the mutant there")
    parser.add_argument("--draw", action="store_true", help="draw what is read")
    parser.add_argument("--corpus", default=os.environ.get("CUTAWAY_CORPUS"), help="its folder")
    arguments = parser.parse_args()
    if arguments.only is None:
        numbers = range(arguments.first, arguments.first + arguments.count)
        return int(run(numbers, arguments.corpus, draws=arguments.draw) > 0)
    held = files(arguments.corpus)
    made = mutant(arguments.only, held)
    print(f"{len(held)} files; {made.story}; {len(made.data)} bytes")
    if arguments.keep:
        arguments.keep.write_bytes(made.data)
    use = used(arguments.only, draws=arguments.draw)
    with tempfile.TemporaryDirectory() as folder:
        found = measured(made, folder, use)
        print(use, *found)
        if ":" in found[0]:
            _use(Path(folder) / "mutant" if made.source is None else made.source, use)  # the whole traceback
    return int(":" in found[0])


if __name__ == "__main__":
    sys.exit(main())
