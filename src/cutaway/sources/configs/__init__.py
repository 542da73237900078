"""Configs of every dialect of Keras to Models."""
