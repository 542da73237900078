"""Files, folders and texts to a config: what they are, told by their first bytes, and how much of them is read."""
