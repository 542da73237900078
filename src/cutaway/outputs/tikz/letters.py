"""Which command of LaTeX sets a character: those of its kernel, and few of `amssymb`.

Sources: the encodings T1 and TS1 (LaTeX2e font selection, 2021), symbols of plain TeX, and amsfonts' `amssymb`.
"""

ACCENTS = {
    "\u0300": r"\`", "\u0301": r"\'", "\u0302": r"\^", "\u0303": r"\~", "\u0308": r'\"', "\u030a": r"\r",
    "\u0327": r"\c", "\u0304": r"\=", "\u0306": r"\u", "\u0307": r"\.", "\u030c": r"\v", "\u030b": r"\H",
    "\u0328": r"\k",
}  # fmt: skip
"""Accents on Latin letters, by the marks of Unicode."""
GREEK_ACCENTS = {"\u0301": r"\acute", "\u0308": r"\ddot"}

_TEXT = {
    "\\": "backslash", "^": "asciicircum", "~": "asciitilde", "`": "asciigrave", "'": "quotesingle", '"': "quotedbl",
    "<": "less", ">": "greater", "|": "bar", "¡": "exclamdown", "¢": "cent", "£": "sterling", "¤": "currency",
    "¥": "yen", "¦": "brokenbar", "§": "section", "¨": "asciidieresis", "©": "copyright", "ª": "ordfeminine",
    "¬": "lnot", "®": "registered", "¯": "asciimacron", "°": "degree", "±": "pm", "²": "twosuperior",
    "³": "threesuperior", "´": "asciiacute", "µ": "mu", "μ": "mu", "¶": "paragraph", "·": "periodcentered",
    "¹": "onesuperior", "º": "ordmasculine", "¼": "onequarter", "½": "onehalf", "¾": "threequarters",
    "¿": "questiondown", "×": "times", "÷": "div", "–": "endash", "—": "emdash", "―": "emdash", "‖": "bardbl",
    "‘": "quoteleft", "’": "quoteright", "“": "quotedblleft", "”": "quotedblright", "†": "dagger", "‡": "daggerdbl",
    "•": "bullet", "…": "ellipsis", "‰": "perthousand", "⁄": "fractionsolidus", "€": "euro", "№": "numero",
    "™": "trademark", "‒": "endash", "●": "bullet",
}  # fmt: skip
_LETTERS = {
    "ß": "ss", "Æ": "AE", "æ": "ae", "Ø": "O", "ø": "o", "Å": "AA", "å": "aa", "Ð": "DH", "ð": "dh", "Þ": "TH",
    "þ": "th", "Œ": "OE", "œ": "oe", "Ł": "L", "ł": "l", "Đ": "DJ", "đ": "dj", "ı": "i",
    "«": "guillemotleft", "»": "guillemotright", "‹": "guilsinglleft", "›": "guilsinglright", "‚": "quotesinglbase",
    "„": "quotedblbase",
}  # fmt: skip
_PLAIN = {
    "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&", "_": r"\_", "{": r"\{", "}": r"\}", "\u00a0": "~",
    "¸": r"\c{ }", "\u2009": r"\,", "\u200a": r"\,", "\u202f": r"\,", "\u2002": r"\enspace{}", "\u2003": r"\quad{}",
    "‐": "-", "‑": "-", "Ĳ": "IJ", "ĳ": "ij", "ŉ": r"\textquoteright{}n", "ſ": "s",
    "Ħ": "H", "ħ": "h", "Ŧ": "T", "ŧ": "t", "ĸ": "k", "Ŀ": r"L\textperiodcentered{}", "ŀ": r"l\textperiodcentered{}",
    "⅓": r"\textonesuperior\textfractionsolidus\textsubscript{3}",
    "⅔": r"\texttwosuperior\textfractionsolidus\textsubscript{3}",
    "⅛": r"\textonesuperior\textfractionsolidus\textsubscript{8}",
}  # fmt: skip
_MATHS = {
    "∆": "Delta", "✗": "times", "∗": "ast", "∘": "circ", "√": "surd", "∝": "propto", "∞": "infty",
    "∥": "parallel", "∧": "wedge", "∨": "vee", "∩": "cap", "∪": "cup", "∫": "int", "≈": "approx", "≠": "neq",
    "≡": "equiv", "≤": "leq", "≥": "geq", "≪": "ll", "≫": "gg", "⊂": "subset", "⊆": "subseteq", "⊕": "oplus",
    "⊖": "ominus", "⊗": "otimes", "⊘": "oslash", "⊙": "odot", "⋅": "cdot", "⋮": "vdots", "⋯": "cdots", "⌈": "lceil",
    "⌉": "rceil", "⌊": "lfloor", "⌋": "rfloor", "∀": "forall", "∂": "partial", "∃": "exists", "∅": "emptyset",
    "∇": "nabla", "∈": "in", "∉": "notin", "∏": "prod", "∑": "sum", "←": "leftarrow", "↑": "uparrow",
    "→": "rightarrow", "↓": "downarrow", "↔": "leftrightarrow", "↕": "updownarrow", "↖": "nwarrow", "↗": "nearrow",
    "↘": "searrow", "↙": "swarrow", "↩": "hookleftarrow", "↪": "hookrightarrow", "⇐": "Leftarrow",
    "⇒": "Rightarrow", "⇔": "Leftrightarrow", "△": "bigtriangleup", "▽": "bigtriangledown", "▷": "triangleright",
    "◁": "triangleleft", "◇": "diamond", "○": "bigcirc", "☆": "star", "′": "prime", "″": "prime\\prime",
    "⟨": "langle", "⟩": "rangle",
}  # fmt: skip
_SYMBOLS = {
    "↺": "circlearrowleft", "↻": "circlearrowright", "■": "blacksquare", "□": "square", "▲": "blacktriangle",
    "▶": "blacktriangleright", "▼": "blacktriangledown", "◀": "blacktriangleleft", "◆": "blacklozenge",
    "★": "bigstar", "✓": "checkmark",
}  # fmt: skip
"""Symbols of `amssymb`."""
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "ς": "varsigma",
    "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "ϑ": "vartheta",
    "ϕ": "phi", "ϵ": "epsilon", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi",
    "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
_LATIN = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "ABEZHIKMNOPTXo", strict=True))
"""Greek letters that TeX takes from the Latin alphabet."""

_RAISED = dict(zip("⁰⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", "0456789+-=()n", strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()", strict=True))

LETTERS = {
    **_PLAIN,
    **_LATIN,
    **{character: rf"\text{name}{{}}" for character, name in _TEXT.items()},
    **{character: rf"\{name}{{}}" for character, name in _LETTERS.items()},
    **{character: rf"\textsuperscript{{{digit}}}" for character, digit in _RAISED.items()},
    **{character: rf"\textsubscript{{{digit}}}" for character, digit in _LOWERED.items()},
    **{character: rf"\ensuremath{{\{name}}}" for character, name in {**_MATHS, **_SYMBOLS, **_GREEK}.items()},
    "−": r"\ensuremath{-}",
}
"""What sets a character that does not stand for itself."""
OF_AMSSYMB = frozenset(_SYMBOLS)
"""The characters that need the package `amssymb`."""
