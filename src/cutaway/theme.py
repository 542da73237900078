"""The look of a figure as a value: colours by role, type sizes, strokes, radii and gaps, all lengths in points."""

from collections.abc import Mapping
from types import MappingProxyType

from cutaway.record import field, record
from cutaway.ruler import Face


@record
class TypeSizes:
    """Sizes of the type, by what it says."""

    title: float = 11.0
    facts: float = 7.5
    operation: float = 8.0
    detail: float = 7.0
    label: float = 6.5
    caption: float = 7.5
    legend: float = 6.5
    sign: float = 9.0
    leading: float = 9.2


@record
class Strokes:
    """Widths of lines and the sizes of what ends or rounds them."""

    box: float = 0.9
    edge: float = 1.0
    region: float = 0.8
    rule: float = 0.8
    arrow_length: float = 4.5
    arrow_width: float = 4.4
    edge_radius: float = 4.0
    box_radius: float = 3.0
    region_radius: float = 6.0


@record
class Spacing:
    """Room between and inside things."""

    margin: float = 10.0
    pad_x: float = 6.0
    pad_y: float = 5.0
    rank: float = 12.0
    box: float = 12.0
    lane: float = 8.0
    label: float = 2.6
    label_air: float = 2.2
    region: float = 9.0
    caption: float = 5.0
    legend: float = 10.0


@record
class Hatching:
    """Thin parallel lines over a fill, a second channel beside colour; `angle` in degrees, `gap` between lines."""

    angle: float
    gap: float = 3.0
    width: float = 0.4


@record
class Theme:
    """A whole look. `palette` maps roles to `#rrggbb`.

    Every kind has the roles `<kind>` (fill) and `<kind>.stroke`; beside them stand `page`, `ink`, `grey`, `edge`,
    `region`, `region.stroke`, `rule`, `nested`, `nested.stroke` (a nested model drawn closed), `output` and
    `output.stroke`. `dashes` and `hatchings` give some kinds a dashed outline or a hatch, whose lines have
    the role `hatch`. `heat` are the fills of a scale of numbers, from the least to the most, in steps that look equal.
    """

    name: str
    palette: Mapping[str, str]
    heat: tuple[str, ...] = ("#F3EBCE", "#ECD8AD", "#E7C38E", "#E5AE73", "#E3985D", "#E2834C", "#E06C40")
    dashes: Mapping[str, tuple[float, ...]] = field(default_factory=lambda: MappingProxyType({}))
    hatchings: Mapping[str, Hatching] = field(default_factory=lambda: MappingProxyType({}))
    face: Face = field(default_factory=Face)
    sizes: TypeSizes = field(default_factory=TypeSizes)
    strokes: Strokes = field(default_factory=Strokes)
    spacing: Spacing = field(default_factory=Spacing)


def _palette(kinds: Mapping[str, tuple[str, str]], rest: Mapping[str, str]) -> Mapping[str, str]:
    fills = {kind: fill for kind, (fill, _) in kinds.items()}
    strokes = {f"{kind}.stroke": stroke for kind, (_, stroke) in kinds.items()}
    return MappingProxyType(fills | strokes | dict(rest))


# Tints lean on Okabe and Ito 2008, "Color Universal Design"; tests/test_theme.py holds every two kinds at least
# 8 apart (CIEDE2000) in ordinary and in the three deficient kinds of colour vision, by fill or by stroke.
PAPER = Theme(
    name="paper",
    palette=_palette(
        {
            "input": ("#FFFFFF", "#3B4252"),
            "convolution": ("#DCEAF6", "#0072B2"),
            "dense": ("#F5E0D5", "#BE4704"),
            "pooling": ("#D3EEE5", "#008C5D"),
            "upsampling": ("#FBE6CE", "#76461D"),
            "normalization": ("#F8F3C5", "#847500"),
            "activation": ("#FCEBCB", "#C28418"),
            "recurrent": ("#DFF1FB", "#298DC4"),
            "attention": ("#F4E1EC", "#A44D75"),
            "embedding": ("#E7E3F4", "#564391"),
            "merge": ("#FFFFFF", "#3B4252"),
            "reshape": ("#FFFFFF", "#7A8490"),
            "regularization": ("#FFFFFF", "#7A8490"),
            "preprocessing": ("#E0EDDA", "#527C35"),
            "other": ("#EEF0F3", "#7A8490"),
            "output": ("#FFFFFF", "#3B4252"),
            "nested": ("#F6F8FA", "#3B4252"),
            "region": ("#F6F8FA", "#D3DAE2"),
        },
        {"page": "#FFFFFF", "ink": "#1F2630", "grey": "#5C6673", "edge": "#4A5563", "rule": "#D3DAE2"},
    ),
    dashes=MappingProxyType({"regularization": (2.4, 1.8), "reshape": (0.9, 1.4)}),
)

DARK = Theme(
    name="dark",
    palette=_palette(
        {
            "input": ("#161B22", "#C6CDD6"),
            "convolution": ("#0F3750", "#61A8CF"),
            "dense": ("#4D2918", "#D18D67"),
            "pooling": ("#0C3E37", "#7DC489"),
            "upsampling": ("#352920", "#9E8069"),
            "normalization": ("#393817", "#B9AF39"),
            "activation": ("#4D3D1F", "#DDBB7E"),
            "recurrent": ("#1C3F56", "#7CC8F5"),
            "attention": ("#432C3E", "#C79599"),
            "embedding": ("#2B2947", "#8A7CAB"),
            "merge": ("#161B22", "#C6CDD6"),
            "reshape": ("#161B22", "#8A94A1"),
            "regularization": ("#161B22", "#8A94A1"),
            "preprocessing": ("#283822", "#94B28E"),
            "other": ("#2E3641", "#8A94A1"),
            "output": ("#161B22", "#C6CDD6"),
            "nested": ("#1D232C", "#C6CDD6"),
            "region": ("#1B212A", "#39424E"),
        },
        {"page": "#161B22", "ink": "#E8ECF1", "grey": "#A9B3BF", "edge": "#A3ADB9", "rule": "#39424E"},
    ),
    heat=("#372F22", "#443721", "#523F1F", "#62471E", "#734F1C", "#86561A", "#985D18"),
    dashes=MappingProxyType({"regularization": (2.4, 1.8), "reshape": (0.9, 1.4)}),
)

MONO = Theme(
    name="mono",
    palette=_palette(
        {
            "input": ("#FFFFFF", "#1A1A1A"),
            "convolution": ("#E3E3E3", "#1A1A1A"),
            "dense": ("#FFFFFF", "#1A1A1A"),
            "pooling": ("#FFFFFF", "#1A1A1A"),
            "upsampling": ("#E3E3E3", "#1A1A1A"),
            "normalization": ("#FFFFFF", "#6E6E6E"),
            "activation": ("#F0F0F0", "#6E6E6E"),
            "recurrent": ("#FFFFFF", "#1A1A1A"),
            "attention": ("#CFCFCF", "#1A1A1A"),
            "embedding": ("#E3E3E3", "#1A1A1A"),
            "merge": ("#FFFFFF", "#1A1A1A"),
            "reshape": ("#FFFFFF", "#8C8C8C"),
            "regularization": ("#FFFFFF", "#8C8C8C"),
            "preprocessing": ("#FFFFFF", "#6E6E6E"),
            "other": ("#FFFFFF", "#8C8C8C"),
            "output": ("#FFFFFF", "#1A1A1A"),
            "nested": ("#F7F7F7", "#1A1A1A"),
            "region": ("#F7F7F7", "#BDBDBD"),
        },
        {
            "page": "#FFFFFF",
            "ink": "#111111",
            "grey": "#4D4D4D",
            "edge": "#333333",
            "rule": "#BDBDBD",
            "hatch": "#C4C4C4",
        },
    ),
    heat=("#E8E8E8", "#D2D2D2", "#BFBFBF", "#ADADAD", "#9C9C9C", "#8D8D8D", "#808080"),
    dashes=MappingProxyType(
        {"regularization": (2.4, 1.8), "preprocessing": (4.0, 1.6), "other": (6.0, 2.0), "reshape": (0.9, 1.4)}
    ),
    hatchings=MappingProxyType(
        {
            "dense": Hatching(angle=45.0),
            "pooling": Hatching(angle=0.0),
            "recurrent": Hatching(angle=90.0),
            "upsampling": Hatching(angle=0.0),
            "embedding": Hatching(angle=135.0),
            "normalization": Hatching(angle=135.0),
        }
    ),
)

THEMES: Mapping[str, Theme] = MappingProxyType({theme.name: theme for theme in (PAPER, DARK, MONO)})
"""The themes by name; `paper` is the default."""
