"""How Keras writes the names of classes in those that it gives: of layers, and of their groups in files of weights."""


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
