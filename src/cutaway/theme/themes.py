"""The themes beside `paper`: dark, mono (patterns and greys instead of colours), contrast (for projectors)."""

from collections.abc import Mapping
from types import MappingProxyType

from cutaway.theme import PAPER, Hatching, Spacing, Strokes, Theme, TypeSizes, palette

DARK = Theme(
    name="dark",
    palette=palette(
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
    palette=palette(
        {
            "input": ("#FFFFFF", "#1A1A1A"),
            "convolution": ("#D6D6D6", "#1A1A1A"),
            "dense": ("#FFFFFF", "#1A1A1A"),
            "pooling": ("#FFFFFF", "#1A1A1A"),
            "upsampling": ("#E3E3E3", "#1A1A1A"),
            "normalization": ("#FFFFFF", "#6E6E6E"),
            "activation": ("#F0F0F0", "#6E6E6E"),
            "recurrent": ("#FFFFFF", "#1A1A1A"),
            "attention": ("#E3E3E3", "#1A1A1A"),
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
            "attention": Hatching(angle=45.0, gap=2.0),
            "pooling": Hatching(angle=0.0),
            "recurrent": Hatching(angle=90.0),
            "upsampling": Hatching(angle=0.0, gap=2.0),
            "embedding": Hatching(angle=135.0),
            "normalization": Hatching(angle=135.0),
        }
    ),
)

# Strong fills under black text, at least 7:1 even for details; every two kinds differ by a hatch or dashes, or are at
# least 8 apart (CIEDE2000) for every eye and 6 apart in the lightness that a grey copy leaves.
CONTRAST = Theme(
    name="contrast",
    palette=palette(
        {
            "input": ("#FFFFFF", "#000000"),
            "convolution": ("#5FB4E8", "#00507F"),
            "dense": ("#F29A76", "#8A2F00"),
            "pooling": ("#45BF93", "#00583C"),
            "upsampling": ("#E8CBA8", "#5A3210"),
            "normalization": ("#F8EF70", "#5C5200"),
            "activation": ("#F7AE3C", "#7A4B00"),
            "recurrent": ("#C2D4FF", "#1B3C9C"),
            "attention": ("#E38FBC", "#7E1F55"),
            "embedding": ("#C3B1F2", "#412B85"),
            "merge": ("#FFFFFF", "#000000"),
            "reshape": ("#FFFFFF", "#333333"),
            "regularization": ("#FFFFFF", "#333333"),
            "preprocessing": ("#C6E79B", "#33570F"),
            "other": ("#DADADA", "#333333"),
            "output": ("#FFFFFF", "#000000"),
            "nested": ("#F0F0F0", "#000000"),
            "region": ("#F0F0F0", "#595959"),
        },
        {
            "page": "#FFFFFF",
            "ink": "#000000",
            "grey": "#141414",
            "edge": "#000000",
            "rule": "#595959",
            "hatch": "#FFFFFF",
        },
    ),
    heat=("#F8EDD7", "#F5DDBA", "#F3CB9B", "#F2B77C", "#F2A261", "#F28B4B", "#F27439"),
    dashes=MappingProxyType({"regularization": (3.6, 2.4), "reshape": (1.4, 1.8)}),
    hatchings=MappingProxyType(
        {
            "dense": Hatching(angle=45.0, gap=6.0, width=0.6),
            "other": Hatching(angle=45.0, gap=6.0, width=0.6),
            "pooling": Hatching(angle=0.0, gap=6.0, width=0.6),
            "upsampling": Hatching(angle=0.0, gap=6.0, width=0.6),
            "recurrent": Hatching(angle=90.0, gap=6.0, width=0.6),
            "attention": Hatching(angle=90.0, gap=6.0, width=0.6),
            "embedding": Hatching(angle=135.0, gap=6.0, width=0.6),
            "preprocessing": Hatching(angle=135.0, gap=6.0, width=0.6),
        }
    ),
    sizes=TypeSizes(
        title=13.0, facts=9.0, operation=9.5, detail=8.5, label=8.0, caption=9.0, legend=8.0, sign=10.5, leading=10.8
    ),
    strokes=Strokes(
        box=1.5, edge=1.5, region=1.2, rule=1.0, arrow_length=6.0, arrow_width=5.4, edge_radius=4.0, box_radius=3.0
    ),
    spacing=Spacing(pad_x=7.0, pad_y=6.0, rank=14.0, lane=9.0),
)

THEMES: Mapping[str, Theme] = MappingProxyType({theme.name: theme for theme in (PAPER, DARK, MONO, CONTRAST)})
"""The themes by name; `paper` is the default."""
