"""Typefaces inside an SVG document: how a family is named, and fonts carried along as data."""

from cutaway.outputs.paint import texts
from cutaway.outputs.xml_text import attribute
from cutaway.ruler import Face, FaceWeight, web_font
from cutaway.scene import Scene


def families(face: Face) -> str:
    """Name the face and what may stand in for it, as the value of an attribute."""
    return attribute(f"{_quoted(face.family)}, sans-serif")


def embedded(scene: Scene) -> str:
    """Write the style sheet that carries every face and weight of the scene's text."""
    from base64 import b64encode

    used: dict[tuple[Face, FaceWeight], str] = {}
    for text in texts(scene.marks):
        used[text.face, text.weight] = used.get((text.face, text.weight), "") + text.text
    rules = []
    for (face, weight), characters in used.items():
        media_type, data = web_font(face, weight, characters)
        source = f"url(data:{media_type};base64,{b64encode(data).decode()})"
        rules.append(f"@font-face{{font-family:{_quoted(face.family)};font-weight:{weight};src:{source}}}")
    return "".join(rules)


def _quoted(family: str) -> str:
    """Quote the name of a family for CSS, unless it is one plain word."""
    if family.isascii() and family.isalpha():
        return family
    plain = (c if c.isalnum() or c in " -_." else f"\\{ord(c):x} " for c in family if c.isprintable())
    return f"'{''.join(plain)}'"
