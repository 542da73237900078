"""A drop-in for visualkeras."""
