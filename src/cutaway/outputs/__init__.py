"""Outputs: a Scene, or a Graph, to bytes."""
