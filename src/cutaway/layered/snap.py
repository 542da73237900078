"""The grid of axes and ports: two lanes are on one line or visibly apart, and never bend by a hair."""

from math import ceil, floor

GRID = 0.25


def up(value: float) -> float:
    """Return the next multiple of the grid that is not less."""
    return ceil(value / GRID - 1e-6) * GRID


def down(value: float) -> float:
    """Return the next multiple of the grid that is not greater."""
    return floor(value / GRID + 1e-6) * GRID


def near(value: float) -> float:
    """Return the nearest multiple of the grid."""
    return floor(value / GRID + 0.5) * GRID
