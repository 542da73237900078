"""`model_to_dot`: a model as an object of pydot, which cutaway draws, without Graphviz."""

from cutaway.compat.keras.dot.model_to_dot import model_to_dot

__all__ = ["model_to_dot"]
