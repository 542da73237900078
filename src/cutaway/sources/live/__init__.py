"""Live models of Keras 2 and 3, and objects like them, to Models."""
