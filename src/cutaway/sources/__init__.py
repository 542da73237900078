"""Readers: anything to a Graph."""
