"""A drop-in for visualkeras: the same functions, options and helpers, true for every graph, and sharp.

`import cutaway.compat.visualkeras as visualkeras` is all that changes. Each name is loaded when it is first asked for.
"""

from importlib import import_module

from cutaway.compat.visualkeras.show import show
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cutaway.compat.visualkeras.functional import functional_view
    from cutaway.compat.visualkeras.graph import graph_view
    from cutaway.compat.visualkeras.layered import layered_view
    from cutaway.compat.visualkeras.lenet import lenet_view
    from cutaway.compat.visualkeras.options import (
        FUNCTIONAL_PRESETS,
        GRAPH_PRESETS,
        LAYERED_PRESETS,
        LAYERED_TEXT_CALLABLES,
        LENET_PRESETS,
        FunctionalOptions,
        GraphOptions,
        LayeredOptions,
        LenetOptions,
    )

    SpacingDummyLayer: type

__all__ = [
    "FUNCTIONAL_PRESETS",
    "GRAPH_PRESETS",
    "LAYERED_PRESETS",
    "LAYERED_TEXT_CALLABLES",
    "LENET_PRESETS",
    "FunctionalOptions",
    "GraphOptions",
    "LayeredOptions",
    "LenetOptions",
    "SpacingDummyLayer",
    "functional_view",
    "graph_view",
    "layered_view",
    "lenet_view",
    "show",
]

_MODULES = ("functional", "graph", "layer_utils", "layered", "lenet", "options", "utils")
_HELPERS = {
    "utils": """
        Box Circle ColorWheel Ellipses RectShape Ribbon apply_affine_transform draw_logos_legend draw_node_logo
        fade_color get_keys_by_value get_rgba_tuple linear_layout resize_image_to_fit resolve_style self_multiply
        vertical_image_concat
    """,
    "layer_utils": """
        SpacingDummyLayer augment_output_layers calculate_layer_dimensions extract_primary_shape find_input_layers
        find_layer_by_id find_layer_by_name find_output_layers get_incoming_layers get_layers get_outgoing_layers
        is_internal_input model_to_adj_matrix model_to_hierarchy_lists
    """,
    "functional": "functional_view FunctionalEdge FunctionalGraph FunctionalNode",
    "graph": "graph_view",
    "layered": "layered_view",
    "lenet": "lenet_view",
    "options": " ".join(__all__[:9]),
}
_HOMES = {name: module for module, names in _HELPERS.items() for name in names.split()}
"""Where each name lives."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name has its own type
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    if name != "SpacingDummyLayer":  # which is of the Keras that is loaded
        globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_HOMES, *_MODULES})
