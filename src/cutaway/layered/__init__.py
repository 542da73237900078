"""Layered layout of boxes and links: `lay_out(problem) -> layout`; knows neither networks nor drawing."""
