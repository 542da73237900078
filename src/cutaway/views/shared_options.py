"""The options that all views share, each declared once; `views.preparing` does what they ask for."""

from typing import Final

from cutaway.views.option import option

SCALES: Final = (1e-6, 1e6)
"""The bounds of points for a unit."""
LENGTHS: Final = (0.0, 10_000.0)
"""The bounds of sides, in points."""

DEPTH = option(None, "how deep nested models are opened; 0 keeps them closed (default: all)", "N")
FOLD = option(
    "auto",
    "equal blocks as one box: 'auto' (above 40 boxes), 'none', a depth, or patterns by their names",
    "HOW",
    form="fold",
)
UNFOLD = option(None, "blocks to draw in full, by ids such as 'conv5_*' (default: none)", "ID", form="ids")
SIMPLIFY = option(
    "auto",
    "what is merged or left out: 'auto' (above 40 boxes), 'none', or words with commas between",
    "WORDS",
    form="simplify",
)
STAGES = option(True, "regions around the stages of a folded model, but where captions cut them")
HIGHLIGHT = option(None, "nodes that stand out, while the rest recedes (default: none)", "SELECTOR", form="selectors")
MUTE = option(None, "nodes that recede (default: none)", "SELECTOR", form="selectors")
HIDE = option(None, "nodes that are left out, while edges go through (default: none)", "SELECTOR", form="selectors")
STYLE = option(None, "colours, patterns and labels of nodes (default: by their kind)", "SELECTOR=STYLE", form="styles")
CAPTIONS = option(
    None, "regions around whole boxes, by their captions (default: nested models)", "TEXT=SELECTOR", form="captions"
)
NOTES = option(None, "texts beside nodes (default: none)", "SELECTOR=TEXT", form="notes")
LEGEND = option(True, "explain colours and signs below the figure")
TITLE = option(None, "the heading; empty for none (default: the model's name)", "TEXT")
TOTALS = option(False, "parameters and multiply–adds beside the title (default: in figures for a place)")
