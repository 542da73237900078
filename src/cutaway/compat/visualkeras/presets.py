"""The presets of the four views, by the names of the newest release and by those that only the older one has."""

from cutaway.compat.visualkeras.named import Named
from cutaway.compat.visualkeras.option_classes import FunctionalOptions, GraphOptions, LayeredOptions, LenetOptions

LAYERED_PRESETS: Named[LayeredOptions] = Named(
    {
        "default": LayeredOptions(),
        "compact": LayeredOptions(spacing=6, padding=6, connector_width=1),
        "presentation": LayeredOptions(
            spacing=18, padding=20, connector_width=2, text_callable="name_shape", legend=True
        ),
    },
    older={"flat": LayeredOptions(draw_volume=False, draw_funnel=False, shade_step=0)},
)
GRAPH_PRESETS: Named[GraphOptions] = Named(
    {
        "default": GraphOptions(),
        "compact": GraphOptions(layer_spacing=180, node_size=40),
        "presentation": GraphOptions(layer_spacing=300, node_size=60, connector_width=2),
    },
    older={
        "detailed": GraphOptions(
            node_size=60, connector_width=2, layer_spacing=180, node_spacing=40, padding=40, ellipsize_after=8
        )
    },
)
FUNCTIONAL_PRESETS: Named[FunctionalOptions] = Named(
    {
        "default": FunctionalOptions(),
        "compact": FunctionalOptions(column_spacing=60, row_spacing=30, connector_width=1, component_spacing=60),
        "presentation": FunctionalOptions(
            column_spacing=120,
            row_spacing=50,
            connector_width=2,
            component_spacing=100,
            sizing_mode="balanced",
            text_callable="name_shape",
        ),
    }
)
LENET_PRESETS: Named[LenetOptions] = Named(
    {
        "default": LenetOptions(),
        "compact": LenetOptions(layer_spacing=28, map_spacing=3, max_xy=180, padding=15),
        "presentation": LenetOptions(layer_spacing=55, map_spacing=5, max_xy=260, connector_width=2),
    }
)
