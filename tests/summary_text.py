"""What tests of summaries share: a summary as text, its cells without regard to where their lines are broken."""

import re
import unicodedata
from itertools import zip_longest


def printed(summary, **options):
    """Return what a summary hands to `print_fn`, one entry for each call; the class of the error if it raises one."""
    given = []
    try:
        summary(print_fn=given.append, **options)
    except (ValueError, IndexError) as error:
        return type(error)
    return given


def same(theirs, ours):
    """Tell whether two summaries are the same, or both refused with an error of the class of the first."""
    if isinstance(theirs, type):
        return isinstance(ours, type) and issubclass(ours, theirs)
    return theirs == ours


def cells(text):
    """Return the cells of a summary as Keras 3 prints it, row by row, without spaces and breaks."""
    rows = [[]]
    for line in text.splitlines():
        if line[:1] in "┡├└":
            rows.append([])
        elif line[:1] in {"│", "┃"}:
            rows[-1].append(re.split("[│┃]", line)[1:-1])
    return [["".join("".join(part).split()) for part in zip_longest(*row, fillvalue="")] for row in rows if row]


def widths(text):
    """Return the widths of all lines of a text on a terminal."""
    wide = {"W": 2, "F": 2}
    return {sum(wide.get(unicodedata.east_asian_width(letter), 1) for letter in line) for line in text.splitlines()}
