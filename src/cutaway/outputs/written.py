"""Numbers and colours as they are written in SVG, each worked out once."""

from collections.abc import Mapping
from typing import Literal

from cutaway.outputs.paint import color
from cutaway.outputs.xml_text import number
from cutaway.scene import Rgba, Role

_MANY = 20_000  # take some megabytes


class Numbers(dict[float, str]):
    """Numbers as they are written; most stand in several outlines, one after the other.

    In a large figure they are forgotten now and then.
    """

    __slots__ = ()

    def __missing__(self, value: float) -> str:
        if len(self) > _MANY:
            self.clear()
        text = f"{value:.2f}"
        if text[-1] == "0" or text[-1] > "9":  # a shorter form, or none
            text = number(value)
        self[value] = text
        return text


class Paints(dict[Role | Rgba, str]):
    """Colours as attributes that fill or stroke; each is looked up in the palette once."""

    __slots__ = ("palette", "use")

    def __init__(self, use: Literal["fill", "stroke"], palette: Mapping[str, str]) -> None:
        self.use = use
        self.palette = palette

    def __missing__(self, paint: Role | Rgba) -> str:
        rgba = color(paint, self.palette)
        written = f' {self.use}="#{rgba.red:02x}{rgba.green:02x}{rgba.blue:02x}"'
        if rgba.alpha < 1:
            written += f' {self.use}-opacity="{number(rgba.alpha, ".3f")}"'
        self[paint] = written
        return written
