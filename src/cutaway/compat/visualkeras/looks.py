"""What is asked for the looks of each layer: keywords, under `color_map`, under `styles`.

Of two classes of a layer the most derived wins; an index wins over classes, a name or an object over all. Nothing of
the caller's is changed.
"""

from collections.abc import Iterable, Mapping

from cutaway.compat.visualkeras.layers import Layer, Subject
from cutaway.compat.visualkeras.mistakes import WrongTypeError
from cutaway.errors import unknown, warn
from cutaway.typed import Any

_KEYS = """
    fill outline shade_step spacing scale_z scale_xy min_z max_z min_xy max_xy font font_color text_vspacing image
    image_fit image_axis scale_image node_size node_spacing layer_spacing connector_fill connector_width
    ellipsize_after show_neurons box_scale circular_crop image_indices draw_volume connector_arrow connector_padding
    box_fill box_outline box_outline_width box_size box_min_size box_text box_text_callable box_text_enabled
    box_text_color box_text_font box_text_font_size box_text_min_font_size box_text_autoshrink box_text_padding
    box_text_wrap box_text_max_lines box_text_line_spacing box_text_align box_text_valign box_text_rotation
    box_orientation collapse_badge_enabled collapse_badge_fill collapse_badge_outline collapse_badge_text_color
    collapse_badge_font collapse_badge_font_size collapse_badge_padding collapse_annotation_color
    collapse_annotation_font collapse_annotation_font_size collapse_annotation_offset collapse_annotation_width
    collapse_annotation_head_size line_width map_spacing max_visual_channels patch_fill patch_outline patch_scale
    patch_fill_alpha patch_alpha patch_fill_alpha_on_image patch_alpha_on_image face_image face_image_fit
    face_image_alpha face_image_inset top_label_padding bottom_label_padding
"""
STYLE_KEYS = frozenset(_KEYS.split())
"""All keys of styles, of all views."""


class Looks:
    """What is asked for the layers of a model, by `color_map` and `styles`."""

    def __init__(self, subject: Subject, color_map: Any = None, styles: Any = None) -> None:  # noqa: ANN401 - checked
        self._colors = _checked("color_map", color_map)
        self._styles = _checked("styles", styles)
        _warn_of_names(subject, self._styles)
        _warn_of_keys([*self._colors.values(), *self._styles.values()])

    def of(self, layer: Layer) -> dict[str, Any]:
        """Return what is asked for one layer, by the keys of styles."""
        found: dict[str, Any] = {}
        for rules in (self._colors, self._styles):
            ranked = [(rank, rule) for key, rule in rules.items() if (rank := _rank(key, layer)) is not None]
            for _, rule in sorted(ranked, key=lambda each: each[0]):
                found |= rule
        return found


def _rank(key: object, layer: Layer) -> int | None:
    """Return the strength of a rule; None for one that does not mean the layer."""
    if layer.is_named(key):
        return 2
    if layer.is_counted(key):
        return 1
    place = layer.place_of(key)
    return None if place is None else -place


def _checked(name: str, given: Any) -> Mapping[Any, Mapping[str, Any]]:  # noqa: ANN401 - checked here
    if given is None or given == ():
        return {}
    if not isinstance(given, Mapping):
        raise WrongTypeError(f"{name} must be a mapping of layers to dicts of style keys, not {type(given).__name__}")
    for key, rule in given.items():
        if rule is not None and not isinstance(rule, Mapping):
            raise WrongTypeError(
                f"{name}[{key!r}] must be a dict of style keys, such as {{'fill': 'red'}}, not {rule!r}"
            )
    return {key: rule or {} for key, rule in given.items()}


def _warn_of_names(subject: Subject, styles: Mapping[Any, Any]) -> None:
    """Warn of names that no layer has."""
    for key in styles:
        if isinstance(key, str) and not any(layer.is_meant(key) for layer in subject.layers.values()):
            names = [layer.name for layer in subject.layers.values()]
            warn(f"styles has {key!r}, but no layer is called that and none is of such a class: {unknown(key, names)}")


def _warn_of_keys(rules: Iterable[Mapping[str, Any]]) -> None:
    """Warn of keys that no view has."""
    for key in dict.fromkeys([key for rule in rules for key in rule]):
        if key not in STYLE_KEYS:
            warn(f"a style has {key!r}, which no view knows, so it changes nothing: {unknown(key, sorted(STYLE_KEYS))}")
