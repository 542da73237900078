"""`lenet_view` in one of our own looks: the maps view with what a caller asks for."""

from collections.abc import Mapping

from cutaway.compat.visualkeras.canvas import grounded
from cutaway.compat.visualkeras.dimensions import number
from cutaway.compat.visualkeras.fonts import font_of
from cutaway.compat.visualkeras.layers import Subject
from cutaway.compat.visualkeras.looks import Looks
from cutaway.compat.visualkeras.own_style import own_theme
from cutaway.compat.visualkeras.settling import Settled
from cutaway.compat.visualkeras.stack import face_fit, label, shape_of, stack_style
from cutaway.record import fields_of, replace
from cutaway.scene import Scene
from cutaway.style import Style
from cutaway.theme import Theme
from cutaway.typed import Any
from cutaway.views.frame import framed
from cutaway.views.maps.look import MapLook
from cutaway.views.maps.view import Maps
from cutaway.views.parts.picture import Pictures

_LOOKS: Mapping[str, tuple[str, ...]] = {
    "fill": ("fill",),
    "outline": ("outline",),
    "line_width": ("line",),
    "shade_step": ("shade",),
    "face_image": ("picture",),
    "connector_fill": ("joint",),
    "connector_width": ("joint_width",),
    "patch_fill": ("window", "window_alpha"),
    "patch_outline": ("window_stroke",),
    "patch_scale": ("window_scale",),
    "patch_alpha": ("window_alpha",),
    "patch_fill_alpha": ("window_alpha",),
    "patch_alpha_on_image": ("window_alpha_on_picture",),
    "patch_fill_alpha_on_image": ("window_alpha_on_picture",),
    "top_label_padding": ("above",),
    "bottom_label_padding": ("below",),
}
"""What keywords and keys of styles set of a look of the maps view."""
_OPTIONS = {
    "scale_xy": "scale_xy",
    "min_xy": "min_xy",
    "max_xy": "max_xy",
    "layer_spacing": "spacing",
    "map_spacing": "offset",
    "max_visual_channels": "maps",
}


def themed_scene(subject: Subject, settled: Settled) -> Scene:
    """Return the figure in the look of a theme."""
    theme = _theme(settled)
    looks = Looks(subject, settled.color_map, settled.styles)
    asked = {node: looks.of(layer) for node, layer in subject.layers.items()}
    pictures = Pictures()
    given = {name: settled.values[name] for name in settled.given}
    view = Maps(
        fold="none",
        simplify="none",
        looks={
            node: _look(settled, {**given, **own}, subject.layers[node].name, pictures) for node, own in asked.items()
        },
        style={node: style for node, own in asked.items() if (style := _style(settled, own)) != Style()},
        tops=_words(subject, settled.top_label_callable, settled.top_label),
        bottoms=_words(subject, settled.bottom_label_callable, settled.bottom_label),
        windows=bool(settled.draw_patches),
        links=bool(settled.draw_connections),
        seed=settled.seed,
        **_options(settled),
    )
    scene = framed(*view.composed(view.prepared(subject.graph), theme))
    return grounded(scene, settled.background_fill) if "background_fill" in settled.given else scene


def _options(settled: Settled) -> dict[str, Any]:
    """Return the numbers that are given, by the names of the options of the maps view."""
    found: dict[str, Any] = {
        ours: number(name, settled.values[name]) for name, ours in _OPTIONS.items() if name in settled.given
    }
    return {**found, "maps": int(found["maps"])} if "maps" in found else found


def _theme(settled: Settled) -> Theme:
    theme = own_theme(settled, share=0.5)
    if settled.font is None:
        return theme
    size = font_of(settled.font).size
    return replace(theme, sizes=replace(theme.sizes, operation=size, detail=size, leading=1.2 * size))


def _look(settled: Settled, given: Mapping[str, Any], name: str, pictures: Pictures) -> MapLook:
    """Return the look of a layer with nothing but what is asked for."""
    whole = stack_style(settled, given, name, pictures).look
    wanted = {field for key in given for field in _LOOKS.get(key, ())}
    return MapLook(**{field: getattr(whole, field) for field in fields_of(MapLook) if field in wanted})


def _style(settled: Settled, given: Mapping[str, Any]) -> Style:
    """Return what is asked for a layer that a look has not: how many maps, and the fit of the picture."""
    whole = stack_style(settled, {**given, "face_image": None}, "a layer", Pictures())
    return Style(
        limit=whole.maps if "max_visual_channels" in given else None,
        fit=face_fit(given) if "face_image" in given else None,
    )


def _words(subject: Subject, given: Any, is_shown: Any) -> dict[str, str]:  # noqa: ANN401 - checked in `label`
    """Return the words that a caller sets at layers: none, or what a function says."""
    if not is_shown:
        return dict.fromkeys(subject.layers, "")
    if given is None:
        return {}
    found = {node: label(given, layer, shape_of(subject.axes[node])) for node, layer in subject.layers.items()}
    return {node: "" if text is None else str(text) for node, text in found.items()}
