"""What each of the four view functions takes; those keywords that the original's documentation promises are added."""

from cutaway.compat.visualkeras import presets
from cutaway.compat.visualkeras.option_classes import FunctionalOptions, GraphOptions, LayeredOptions, LenetOptions
from cutaway.compat.visualkeras.settling import Interface
from cutaway.record import fields_of

_KEYWORD_ONLY = {
    "simple_text_visualization",
    "simple_text_label_mode",
    "collapse_enabled",
    "collapse_rules",
    "collapse_annotations",
    "preset",
}
"""Keywords that have no place."""

_OWN = {"theme": "classic", "input_shape": None, "format": None}
"""What the original has not: the look, "classic" (the original's) or a theme of `cutaway.draw`; the shape that a model
lacks; the `format` of an open file."""


_TINTED = {"palette": None}
"""The colours that classes have in turns: a list, or the release of the original whose colours these are."""


def _positional(options: type) -> tuple[str, ...]:
    return tuple(name for name in fields_of(options) if name not in _KEYWORD_ONLY)


LAYERED = Interface(
    name="layered_view",
    kind="layered",
    options=LayeredOptions,
    presets=presets.LAYERED_PRESETS,
    positional=_positional(LayeredOptions),
    extras={**_TINTED, **_OWN},
)
GRAPH = Interface(
    name="graph_view",
    kind="graph",
    options=GraphOptions,
    presets=presets.GRAPH_PRESETS,
    positional=_positional(GraphOptions),
    extras={"type_ignore": None, "index_ignore": None, "font": None, "font_color": "black", **_OWN},
)
FUNCTIONAL = Interface(
    name="functional_view",
    kind="functional",
    options=FunctionalOptions,
    presets=presets.FUNCTIONAL_PRESETS,
    positional=_positional(FunctionalOptions),
    extras={"type_ignore": None, "index_ignore": None, "legend": False, **_TINTED, **_OWN},
)
LENET = Interface(
    name="lenet_view",
    kind="lenet",
    options=LenetOptions,
    presets=presets.LENET_PRESETS,
    positional=_positional(LenetOptions),
    extras=_OWN,
)
