"""Layered layout of boxes and links: `lay_out(problem) -> layout`; knows neither networks nor drawing."""

from cutaway.layered.layout import lay_out

__all__ = ["lay_out"]
