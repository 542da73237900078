"""Make the bundled typeface: static, unhinted, kerning-free subsets of Inter, and their table of advance widths.

For maintainers, with fontTools. The sources are pinned; a file with another checksum is refused:

    pip download --no-deps fontpkg-inter==4.1.post1      # unzip: fontpkg_inter/files/Inter[opsz,wght].ttf
    npm pack @expo-google-fonts/noto-sans-math@0.4.2     # untar: package/400Regular/NotoSansMath_400Regular.ttf
    python fonts/make_subset.py INTER.ttf NOTO_SANS_MATH.ttf

It writes Inter-Regular and Inter-Bold (.ttf, and .woff2 for SVG files that carry their font; this needs brotli),
__init__.py and glyphs.py to src/cutaway/fonts/, and says which signs no source has.
Inter lacks some signs of mathematics, and its circled ones are drawn for headlines (1.4 em wide): those come from Noto
Sans Math, which has one weight. Both fonts are under the SIL Open Font License without a reserved font name. The same
sources and the same release of fontTools give the same bytes.
"""
# ruff: noqa: INP001, T201

import argparse
import hashlib
import sys
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

INTER_SHA256 = "29160a80ff49ddcab2c97711247e08b1fab27a484a329ce8b813d820dc559031"
MATH_SHA256 = "b4a1dfdbfa13b4755e5eac20cb25c1d17ed5a745ceb89639595e8cf45a2b1e07"
BLOCKS = ((0x20, 0x7E), (0xA0, 0x17F), (0x386, 0x3CE))  # Latin, Latin-1, Latin Extended-A, Greek
SIGNS = (
    "\u2002\u2003\u2009\u200a\u202f‐‑‒–—―‖‘’‚“”„†‡•…‰′″‹›⁄€™№"
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎½⅓⅔¼¾⅛"
    "←↑→↓↔↕↖↗↘↙⇐⇒⇔↩↪↺↻"
    "∂∅∆∏∑−√∞∫≈≠≤≥ϕϵϑ"
    "■□▲△▶▷▼▽◀◁◆◇○●★☆✓✗"
)
MATH_SIGNS = "⊕⊖⊗⊘⊙∗∘⋅∝∇∈∉∥∧∨∩∪≡≪≫⊂⊆⋮⋯∀∃⌈⌉⌊⌋⟨⟩"
OUT = Path(__file__).parent.parent / "src" / "cutaway" / "fonts"


def open_pinned(path: Path, sha256: str) -> TTFont:
    """Open a source, if it is the pinned one."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        sys.exit(f"{path} is not the pinned source; see the head of this script")
    return TTFont(path, recalcTimestamp=False)


def borrow(font: TTFont, math: TTFont) -> None:
    """Copy the glyphs of `MATH_SIGNS` into `font`, scaled to its em."""
    scale = font["head"].unitsPerEm / math["head"].unitsPerEm
    names, glyphs = math.getBestCmap(), math.getGlyphSet()
    font.setGlyphOrder([*font.getGlyphOrder(), *(f"uni{ord(sign):04X}.math" for sign in MATH_SIGNS)])
    font["glyf"].glyphOrder = font.getGlyphOrder()
    for sign in MATH_SIGNS:
        name = f"uni{ord(sign):04X}.math"
        recording = DecomposingRecordingPen(glyphs)
        glyphs[names[ord(sign)]].draw(recording)
        pen = TTGlyphPen(None)
        recording.replay(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        glyph = pen.glyph()
        font["glyf"][name] = glyph
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (round(glyphs[names[ord(sign)]].width * scale), glyph.xMin)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(sign)] = name


def subset(inter: Path, math: Path, weight: int, style: str) -> TTFont:
    """Cut one weight of Inter, at its optical size for text, down to the bundled characters."""
    font = instantiateVariableFont(open_pinned(inter, INTER_SHA256), {"opsz": 14, "wght": weight})
    options = Options()
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern", "STAT", "MVAR", "HVAR", "avar", "gasp", "meta", "DSIG"]
    options.hinting = False
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.glyph_names = False
    subsetter = Subsetter(options)
    points = {point for low, high in BLOCKS for point in range(low, high + 1)} - {0xAD}
    subsetter.populate(unicodes=points | {ord(sign) for sign in SIGNS})
    subsetter.subset(font)
    borrow(font, open_pinned(math, MATH_SHA256))
    name_it(font, weight, style)
    return font


def name_it(font: TTFont, weight: int, style: str) -> None:
    """Set the names and flags by which a renderer tells the two weights apart."""
    names = font["name"]
    texts = {1: "Inter", 2: style, 3: f"cutaway;Inter-{style}", 4: f"Inter {style}", 6: f"Inter-{style}"}
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    bold = weight == 700
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x61 | (0x20 if bold else 0x40)
    font["head"].macStyle = 1 if bold else 0


def table(regular: TTFont, bold: TTFont) -> str:
    """Write the advance widths and the vertical metrics as a Python module."""
    points = sorted(regular.getBestCmap())
    lines = [
        '"""The bundled typeface, Inter in two weights, cut down to what figures say; made by fonts/make_subset.py.',
        "",
        "Here are the advance widths of the characters in both weights, and the vertical metrics, in units of the em.",
        '"""',
        "",
        "# fmt: off",
        f"EM = {regular['head'].unitsPerEm}",
        f"ASCENT, DESCENT = {regular['hhea'].ascent}, {-regular['hhea'].descent}",
        f"CAP_HEIGHT, X_HEIGHT = {regular['OS/2'].sCapHeight}, {regular['OS/2'].sxHeight}",
    ]
    text = "".join(map(chr, points))
    lines += ["CHARACTERS = (", *(f"    {text[at : at + 18]!a}" for at in range(0, len(text), 18)), ")"]
    for name, font in (("REGULAR", regular), ("BOLD", bold)):
        cmap = font.getBestCmap()
        lines += [f"{name}_MISSING = {font['hmtx']['.notdef'][0]}"]
        lines += wrapped(name, [font["hmtx"][cmap[point]][0] for point in points])
    return "\n".join(lines) + "\n"


def glyph_table(regular: TTFont, bold: TTFont) -> str:
    """Write where the glyphs of the characters are in the font files as a Python module."""
    places = [[font.getGlyphID(name) for _, name in sorted(font.getBestCmap().items())] for font in (regular, bold)]
    if places[0] != places[1]:
        sys.exit("the two weights hold their glyphs in another order")
    about = "The glyph of each of the CHARACTERS in both weights of the bundled Inter; made by make_subset.py."
    return "\n".join([f'"""{about}"""', "", "# fmt: off", *wrapped("GLYPHS", places[0])]) + "\n"


def wrapped(name: str, numbers: list[int]) -> list[str]:
    """Write a tuple, wrapped."""
    rows = [numbers[start : start + 16] for start in range(0, len(numbers), 16)]
    return [f"{name} = (", *("    " + " ".join(f"{number}," for number in row) for row in rows), ")"]


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("inter", type=Path)
    parser.add_argument("math", type=Path)
    given = parser.parse_args()
    regular = subset(given.inter, given.math, 400, "Regular")
    bold = subset(given.inter, given.math, 700, "Bold")
    for font, style in ((regular, "Regular"), (bold, "Bold")):
        font.flavor = None
        font.save(OUT / f"Inter-{style}.ttf")
        font.flavor = "woff2"
        font.save(OUT / f"Inter-{style}.woff2")
    (OUT / "__init__.py").write_text(table(regular, bold), encoding="utf-8")
    (OUT / "glyphs.py").write_text(glyph_table(regular, bold), encoding="utf-8")
    held = regular.getBestCmap()
    print(f"{len(held)} characters; no source has:", [sign for sign in SIGNS + MATH_SIGNS if ord(sign) not in held])


if __name__ == "__main__":
    main()
