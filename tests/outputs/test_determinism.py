import os
import subprocess
import sys
from pathlib import Path

import cutaway

TESTS = Path(__file__).parent.parent
CODE = """
import hashlib
from outputs.scenes import rich
from cutaway.outputs import OutputOptions, output_for
for suffix in (".svg", ".pdf", ".png", ".tex"):
    data = output_for(suffix).write(rich(), OutputOptions(dpi=120, embed_font=True, stem="net"))
    print(suffix, hashlib.sha256(data).hexdigest())
"""


def test_two_processes_with_other_hash_seeds_write_the_same_bytes():
    path = [str(Path(cutaway.__file__).parent.parent), str(TESTS)]  # the package that is tested, wherever it lies
    digests = []
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(path)}
        done = subprocess.run([sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, check=True)
        digests.append(done.stdout)
    assert digests[0].count("\n") == 4
    assert digests[0] == digests[1]
