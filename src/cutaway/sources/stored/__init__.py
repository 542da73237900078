"""Weights that stand in files: whose they are, their shapes, types and values."""
