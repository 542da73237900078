"""The options classes of the four views: one field for each keyword, in the order and with the defaults of these."""

from cutaway.record import Record, fields_of
from cutaway.typed import Any

Colour = Any
"""Anything that `colors.rgba` reads."""
Many = Any
"""A sequence, or None."""


class _Options(Record, kw_only=False):
    """What the options of every view can do."""

    def to_kwargs(self) -> dict[str, Any]:
        """Return all fields by name, as keywords of the view; a preset only where there is one."""
        found = {name: getattr(self, name) for name in fields_of(type(self))}
        if found.get("preset", True) is None:
            del found["preset"]
        return found


class LayeredOptions(_Options, kw_only=False):
    """What `layered_view` takes beside the model."""

    to_file: Any = None
    min_z: int = 20
    min_xy: int = 20
    max_z: int = 400
    max_xy: int = 2000
    scale_z: float = 1.5
    scale_xy: float = 4
    type_ignore: Many = None
    index_ignore: Many = None
    color_map: Any = None
    one_dim_orientation: str = "z"
    index_2D: Any = ()  # noqa: N815 - the name of the keyword
    background_fill: Colour = "white"
    draw_volume: bool = True
    draw_reversed: bool = False
    padding: int = 10
    text_callable: Any = None
    text_vspacing: int = 4
    spacing: int = 10
    draw_funnel: bool = True
    shade_step: int = 10
    legend: bool = False
    legend_text_spacing_offset: int = 15
    font: Any = None
    font_color: Colour = "black"
    show_dimension: bool = False
    sizing_mode: str = "accurate"
    dimension_caps: Any = None
    relative_base_size: int = 20
    connector_fill: Colour = "gray"
    connector_width: int = 1
    image_fit: str = "fill"
    image_axis: str = "z"
    layered_groups: Many = None
    logo_groups: Many = None
    logos_legend: Any = False
    styles: Any = None


class GraphOptions(_Options, kw_only=False):
    """What `graph_view` takes beside the model."""

    to_file: Any = None
    color_map: Any = None
    node_size: int = 50
    background_fill: Colour = "white"
    padding: int = 10
    layer_spacing: int = 250
    node_spacing: int = 10
    connector_fill: Colour = "gray"
    connector_width: int = 1
    ellipsize_after: int | None = 10
    inout_as_tensor: bool = True
    show_neurons: bool = True
    styles: Any = None
    image_fit: str = "contain"
    circular_crop: bool = True
    layered_groups: Many = None


class FunctionalOptions(_Options, kw_only=False):
    """What `functional_view` takes beside the model."""

    to_file: Any = None
    color_map: Any = None
    background_fill: Colour = "white"
    padding: int = 20
    column_spacing: int = 80
    row_spacing: int = 40
    component_spacing: int = 80
    connector_fill: Colour = "gray"
    connector_width: int = 2
    connector_arrow: bool = False
    connector_padding: int = 5
    min_z: int = 20
    min_xy: int = 20
    max_z: int = 400
    max_xy: int = 2000
    scale_z: float = 1.5
    scale_xy: float = 4.0
    one_dim_orientation: str = "z"
    sizing_mode: str = "balanced"
    dimension_caps: Any = None
    relative_base_size: int = 20
    text_callable: Any = None
    text_vspacing: int = 4
    font: Any = None
    font_color: Colour = "black"
    add_output_nodes: bool = False
    layout_iterations: int = 4
    virtual_node_size: int = 12
    render_virtual_nodes: bool = False
    draw_volume: bool = False
    orientation_rotation: float | None = None
    shade_step: int = 10
    image_fit: str = "fill"
    image_axis: str = "z"
    layered_groups: Many = None
    logo_groups: Many = None
    logos_legend: Any = False
    styles: Any = None
    simple_text_visualization: bool = False
    simple_text_label_mode: str = "below"
    collapse_enabled: bool = False
    collapse_rules: Many = None
    collapse_annotations: bool = True


class LenetOptions(_Options, kw_only=False):
    """What `lenet_view` takes beside the model; `preset` names the one that these options are laid over."""

    to_file: Any = None
    min_xy: int = 20
    max_xy: int = 220
    scale_xy: float = 4.0
    type_ignore: Many = None
    index_ignore: Many = None
    color_map: Any = None
    background_fill: Colour = "black"
    padding: int = 20
    layer_spacing: int = 40
    map_spacing: int = 4
    max_visual_channels: int = 12
    connector_fill: Colour = "gray"
    connector_width: int = 1
    patch_fill: Colour = "#7db7ff"
    patch_outline: Colour = "black"
    patch_scale: float = 1.0
    patch_alpha_on_image: int = 140
    seed: int | None = None
    draw_connections: bool = True
    draw_patches: bool = True
    font: Any = None
    font_color: Colour = "white"
    top_label_callable: Any = None
    bottom_label_callable: Any = None
    top_label: bool = True
    bottom_label: bool = True
    top_label_padding: int = 6
    bottom_label_padding: int = 6
    styles: Any = None
    preset: str | None = None
