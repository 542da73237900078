"""One layer of `lenet_view`: what its style asks for, its shape, and its stack of maps with words above and below."""

from collections.abc import Callable, Mapping

from cutaway.compat.visualkeras.colors import paint
from cutaway.compat.visualkeras.dimensions import number
from cutaway.compat.visualkeras.fonts import Font
from cutaway.compat.visualkeras.layers import Layer
from cutaway.compat.visualkeras.mistakes import WrongTypeError, WrongValueError
from cutaway.compat.visualkeras.pictures import fit_of
from cutaway.compat.visualkeras.settling import Settled
from cutaway.compat.visualkeras.texts import asked as told
from cutaway.geometry import Size
from cutaway.graph import Node
from cutaway.record import Record, replace
from cutaway.scene import Rgba
from cutaway.style import Style
from cutaway.theme import Theme
from cutaway.typed import Any
from cutaway.views.maps.body import Body
from cutaway.views.maps.glyph import MapGlyph, Words, breadth
from cutaway.views.maps.look import MapLook
from cutaway.views.maps.meaning import size_text
from cutaway.views.parts.box import TextLine
from cutaway.views.parts.picture import Picture, Pictures
from cutaway.views.sizing import Axes

_FILL = "#d9d9d9"
_SHADE = 6
_AIR = 6.0
"""Points between the words of two neighbours."""
_VALUE = 4.0
"""Points along the side of what a window is seen as."""


class RenderShape(Record):
    """What a layer gives, as functions that label it are told: its kind, and sizes, of which unknown ones are 1.

    A `spatial` shape has a height, a width and maps; a sequence has a height of 1 and its length as the width. A
    `vector` has only units, which are `c`. All of `h`, `h_dim` and `dH` are the height, and so on.
    """

    kind: str
    h: int
    w: int
    c: int

    @property
    def h_dim(self) -> int:
        """The height."""
        return self.h

    @property
    def w_dim(self) -> int:
        """The width."""
        return self.w

    @property
    def c_dim(self) -> int:
        """The number of maps, or of units."""
        return self.c

    dH, dW, dZ = h_dim, w_dim, c_dim  # noqa: N815 - as they are documented


class StackStyle(Record, eq=False):
    """What is asked for one layer beside its look: words, their distances, how many maps, and the picture's fit."""

    look: MapLook
    maps: int
    offset: float
    fit: str


def shape_of(axes: Axes) -> RenderShape:
    """Return the shape that the axes of an output make."""
    channels = axes.size("channels") or axes.size("heads") or 1
    if axes.is_image:
        *_, high, wide = axes.spatial
        return RenderShape(kind="spatial", h=high or 1, w=wide or 1, c=channels)
    if axes.is_sequence and (axes.has("channels") or axes.has("heads")):
        *rest, last = axes.all("length")
        return RenderShape(kind="spatial", h=(rest[0] or 1) if rest else 1, w=last or 1, c=channels)
    return RenderShape(kind="vector", h=1, w=1, c=axes.count or 1)


def label(given: Any, layer: Layer, shape: RenderShape) -> Any:  # noqa: ANN401 - a function of the caller's
    """Return what a caller's function says of a layer. Raises WrongTypeError for what is no function."""
    if not callable(given):
        raise WrongTypeError(f"cannot use a label callable {given!r}: give a function of (layer, shape)")
    return told(lambda live: given(live, shape), layer)


class StackMaker:
    """Makes the stacks of one figure; words reach into the gaps of a chain, where no lines lead past them."""

    def __init__(self, settled: Settled, theme: Theme, font: Font, *, is_chain: bool) -> None:
        self._settled = settled
        spacing = number("layer_spacing", settled.layer_spacing)
        self._reach = max(0.0, spacing - _AIR) if is_chain else 0.0
        self._theme = theme
        self._font = font
        self._least = number("min_xy", settled.min_xy)
        self._most = max(self._least, number("max_xy", settled.max_xy))
        self._scale = number("scale_xy", settled.scale_xy)

    def glyph(self, node: Node, layer: Layer, axes: Axes, style: StackStyle) -> MapGlyph:
        """Return the stack of a layer."""
        shape, settled, picture = shape_of(axes), self._settled, style.look.picture
        wide, high = (self._side(size) for size in (shape.w, shape.h))
        if shape.kind == "vector":
            wide = high = self._least
        if picture and style.fit == "match_aspect":
            wide = high * picture.size.width / picture.size.height
        sheets = max(1, min(shape.c, style.maps))
        body = Body(form="maps", width=wide, height=high, sheets=sheets, step=style.offset if sheets > 1 else 0.0)
        top = self._words(settled.top_label_callable, node.op, layer, shape) if settled.top_label else ()
        usual = _size_words(node, axes)
        bottom = self._words(settled.bottom_label_callable, usual, layer, shape) if settled.bottom_label else ()
        air = (style.look.above or 0.0, style.look.below or 0.0)
        words = Words(lines=top, below=bottom, air=air)
        size, rooms = words.around(body, self._theme, is_row=True)
        size = Size(max(body.size.width, breadth((*top, *bottom), self._theme) - self._reach), size.height)
        return MapGlyph(
            words=words, role="other", size=size, body=body, is_row=True, rooms=rooms, look=style.look,
            style=Style(fit=style.fit),
        )  # fmt: skip

    def _side(self, size: int) -> float:
        return float(max(self._least, min(round(size * self._scale), self._most)))

    def _words(
        self, given: Callable[..., Any] | None, usual: str, layer: Layer, shape: RenderShape
    ) -> tuple[TextLine, ...]:
        text = usual if given is None else label(given, layer, shape)
        size = self._font.size
        lines = str(text).splitlines() if text is not None else []
        return tuple([TextLine(text=line, size=size, role="ink") for line in lines if line.strip()])


def _size_words(node: Node, axes: Axes) -> str:
    if not node.outputs:
        return "?"
    return size_text(axes, node.outputs[0].tensor, is_strip=axes.is_sequence and "1D" in node.op)


def stack_style(settled: Settled, asked: Mapping[str, Any], name: str, pictures: Pictures) -> StackStyle:
    """Return what keywords and a layer's own style ask for."""

    def of(key: str) -> Any:  # noqa: ANN401 - each key has its own type
        return asked.get(key, settled.values.get(key))

    def color(key: str) -> Rgba:
        return paint(of(key), f"the {key} of {name}")

    line = number("line_width", asked.get("line_width", 1))
    alpha = _alpha("patch_alpha", asked.get("patch_fill_alpha", asked.get("patch_alpha")))
    on_image = asked.get("patch_fill_alpha_on_image", of("patch_alpha_on_image"))
    fill = color("patch_fill")
    look = MapLook(
        line=line,
        fill=paint(asked.get("fill", _FILL), f"the fill of {name}"),
        outline=paint(asked.get("outline", "black"), f"the outline of {name}"),
        shade=int(number("shade_step", asked.get("shade_step", _SHADE))),
        picture=_picture(asked, line, pictures),
        above=number("top_label_padding", of("top_label_padding")),
        below=number("bottom_label_padding", of("bottom_label_padding")),
        window=fill,
        window_stroke=color("patch_outline"),
        window_alpha=fill.alpha if alpha is None else alpha,
        window_alpha_on_picture=_alpha("patch_alpha_on_image", on_image),
        window_line=1.0,
        window_scale=number("patch_scale", of("patch_scale")),
        value=_VALUE,
        joint=color("connector_fill"),
        joint_width=number("connector_width", of("connector_width")),
    )
    return StackStyle(
        look=look,
        maps=int(number("max_visual_channels", of("max_visual_channels"))),
        offset=number("map_spacing", of("map_spacing")),
        fit=face_fit(asked),
    )


def _picture(asked: Mapping[str, Any], line: float, pictures: Pictures) -> Picture | None:
    source = asked.get("face_image")
    found = None if source is None else pictures(source)
    if found is None:
        return None
    alpha = _alpha("face_image_alpha", asked.get("face_image_alpha"))
    inset = asked.get("face_image_inset")
    return replace(
        found,
        fit=None if found.fit == "match_aspect" else found.fit,
        opacity=found.opacity if alpha is None else alpha,
        inset=found.inset
        if inset is None and found.inset is not None
        else number("inset", line if inset is None else inset),
    )


def face_fit(asked: Mapping[str, Any]) -> str:
    """Return how a picture fills the map in front: what a style says, else what stands beside the picture."""
    source = asked.get("face_image")
    beside = source.get("fit") if isinstance(source, Mapping) else None
    return fit_of(asked.get("face_image_fit", beside or "cover"))


def _alpha(name: str, given: Any) -> float | None:  # noqa: ANN401 - checked here
    """Return an opacity given from 0 to 255 as a share."""
    if given is None:
        return None
    found = number(name, given)
    if found > 255:
        raise WrongValueError(f"cannot use {name}={given!r}: give a number from 0 to 255")
    return found / 255
