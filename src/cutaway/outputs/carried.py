"""A user's pictures in an SVG document: each is carried once, however often it is drawn."""

from base64 import b64encode
from collections import Counter
from zlib import crc32

from cutaway.outputs.paint import media_type, pictures
from cutaway.scene import Mark

_UNIT = 'width="1" height="1" preserveAspectRatio="none"'


class Carried:
    """The pictures of a document."""

    def __init__(self, marks: tuple[Mark, ...]) -> None:
        found = Counter(pictures(marks))
        self._shared = {data: "" for data, count in found.items() if count > 1}

    def drawn(self, data: bytes, looks: str) -> tuple[str, ...]:
        """Return the line that draws a picture with these attributes, after the one that carries it where it must."""
        name = self._shared.get(data)
        if name is None:
            return (f"<image {_UNIT} {looks} {_source(data)}/>",)
        if name:
            return (f'<use {looks} xlink:href="#{name}"/>',)
        name = self._shared[data] = f"picture-{crc32(data):08x}"
        return (
            f'<defs><image id="{name}" {_UNIT} {_source(data)}/></defs>',
            f'<use {looks} xlink:href="#{name}"/>',
        )


def _source(data: bytes) -> str:
    return f'xlink:href="data:{media_type(data)};base64,{b64encode(data).decode()}"'
