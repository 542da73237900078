"""Let `python -m cutaway` be the command `cutaway`."""

from cutaway.cli import run

if __name__ == "__main__":
    run()
