"""Fit a figure to its place: which way it runs, in how many columns or rows, how tightly, in what type size."""

from cutaway.fit.fitting import Fit, Fitted, fitted

__all__ = ["Fit", "Fitted", "fitted"]
