"""Draw the architecture of neural networks: from a live Keras model, or from a saved file without Keras."""

__version__ = "0.1.0"
