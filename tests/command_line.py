"""The command as a process, on a terminal or not, and a small model for it."""

import json
import os
import pty
import subprocess
import sys


def model(path, name="net"):
    """Write a small model to `path`."""
    layers = [
        {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, 4], "name": "x"}},
        {"module": "keras.layers", "class_name": "Dense", "config": {"units": 2, "name": "d"}},
    ]
    config = {"module": "keras", "class_name": "Sequential", "config": {"name": name, "layers": layers}}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(config), encoding="utf-8")
    return str(path)


def command(*arguments, **more):
    """Run the command as a process."""
    call = [sys.executable, "-m", "cutaway", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, check=False, **more)


def run_in_terminal(*arguments, cwd, stream="stderr", env=None):
    """Run the command with one of its streams on a terminal and return its code and what that showed."""
    ours, theirs = pty.openpty()
    call = [sys.executable, "-m", "cutaway", *map(str, arguments)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: theirs}
    with subprocess.Popen(call, cwd=cwd, env=env, **streams) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
        process.wait()
    os.close(ours)
    return process.returncode, shown.decode()
