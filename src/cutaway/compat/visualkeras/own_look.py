"""The views in a look of our own: what was given is handed on where it has a meaning."""
