"""Fit a figure to its place: which way it runs, in how many columns or rows, how tightly, in what type size."""

from cutaway.fit.fitting import Fit, Fitted, fitted
from cutaway.fit.wish import Wish

__all__ = ["Fit", "Fitted", "Wish", "fitted"]
