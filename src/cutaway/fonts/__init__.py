"""The bundled typeface: Inter in two weights, cut down to the characters of a figure; made by fonts/make_subset.py."""
