"""Names: those of classes as Keras writes them in the names that it gives, and those of parts of a model."""


def snake(op: str) -> str:
    """Return a class name in snake case: `Conv2DTranspose` is `conv2d_transpose` (keras/src/utils/naming.py).

    Source: `to_snake_case`, without its regular expressions, which take longer to compile than a small figure's names
    take to read.
    """
    word = "".join([letter for letter in op if letter.isalnum() or letter == "_"])
    parts: list[str] = []
    for place, letter in enumerate(word):
        before, after = word[place - 1 : place], word[place + 1 : place + 2]
        if place and "A" <= letter <= "Z" and ("a" <= before <= "z" or "a" <= after <= "z"):
            parts.append("_")
        parts.append(letter)
    return "".join(parts).lower()


def without_model(name: str, model: str) -> str:
    """Return a name without that of the model that it begins with: in `resnet50`, `resnet50_stem` is `stem`."""
    return name.removeprefix(f"{model}_").lstrip("_") or name
