"""Colours by name in TikZ: roles of the palette as `cutaway-convolution-stroke`, others by their value."""

from collections.abc import Iterator, Mapping

from cutaway.outputs.xml_text import number
from cutaway.scene import Rgba, Role, color


class Colors:
    """The names of colours, each defined once, in the order in which they are met."""

    def __init__(self, palette: Mapping[str, str]) -> None:
        self._palette = palette
        self._names: dict[Role | Rgba, str] = {}
        self._values: dict[str, str] = {}

    def option(self, use: str, paint: Role | Rgba) -> str:
        """Write an option that fills, draws or sets text in a colour."""
        rgba = color(paint, self._palette)
        faded = "" if rgba.alpha >= 1 else f", {use} opacity={number(rgba.alpha, '.3f')}"
        return f"{use}={self._name(paint, rgba)}{faded}"

    def defined(self) -> Iterator[str]:
        """Define all that was met; a colour of this name that the document has defined already is left as it is."""
        for name, value in self._values.items():
            yield rf"\providecolor{{{name}}}{{HTML}}{{{value}}}"

    def _name(self, paint: Role | Rgba, rgba: Rgba) -> str:
        key = Rgba(rgba.red, rgba.green, rgba.blue) if isinstance(paint, Rgba) else paint
        name = self._names.get(key)
        if name is not None:
            return name
        value = f"{rgba.red:02X}{rgba.green:02X}{rgba.blue:02X}"
        role = value if isinstance(paint, Rgba) else "".join(c if c.isascii() and c.isalnum() else "-" for c in paint)
        name, count = f"cutaway-{role}", 1
        while name in self._values:
            count += 1
            name = f"cutaway-{role}-{count}"
        self._names[key], self._values[name] = name, value
        return name
