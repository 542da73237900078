r"""What stands around the commands of a picture: a document, or a group that `\input` leaves no trace of."""

from collections.abc import Iterator, Sequence

from cutaway.outputs.tikz.letters import OF_AMSSYMB
from cutaway.outputs.tikz.words import MISSING
from cutaway.record import Record


class Parts(Record):
    """What a picture is made of: its commands, the definitions of its colours, and what else it uses."""

    commands: Sequence[str]
    colors: Sequence[str]
    characters: frozenset[str]
    lacks: bool
    has_pictures: bool


_FACE = (
    r"% The font of all text: Helvetica where the document has an encoding for it.",
    r"\providecommand{\cutawayface}{\ifcsname T@T1\endcsname\fontencoding{T1}\fontfamily{phv}\else\sffamily\fi}%",
)
_FIT = (
    r"% Text is narrowed to the width, in bp, that it was measured to have; with",
    r"% \newcommand{\cutawayfit}[2]{#2} before it stays as it is.",
    r"\providecommand{\cutawayfit}[2]{\sbox0{#2}%",
    r"  \ifdim\wd0>#1bp\pgfmathparse{#1bp/\wd0}\scalebox{\pgfmathresult}[1]{\unhbox0}\else\unhbox0\fi}%",
)
_MISSING = (
    r"% A character that these fonts lack, by its number in Unicode.",
    rf"\providecommand{{{MISSING}}}[1]{{?}}%",
)
_FOLDER = (
    r"% Where the pictures are, with a / at its end.",
    r"\providecommand{\cutawayfolder}{}%",
)
_COLORS = r"% Colours; one that is defined before is kept."
_STYLES = (
    r"  x=1bp, y=-1bp, line cap=butt, line join=miter, miter limit=4,",
    r"  every node/.style={inner sep=0pt, outer sep=0pt},",
    r"  left text/.style={anchor=base west}, centred text/.style={anchor=base}, right text/.style={anchor=base east},",
    r"  type/.style={font=\cutawayface\fontsize{#1bp}{#1bp}\selectfont},",
    r"  bold type/.style={font=\cutawayface\fontseries{b}\fontsize{#1bp}{#1bp}\selectfont\boldmath},",
)
_ORDINARY = "".join(rf"\catcode`\{each}=12 " for each in ";:!?\"'<>=-")
"""What languages of the package babel give a meaning, and TikZ another."""


def document(parts: Parts) -> Iterator[str]:
    """Write a document of one page, which is the picture."""
    yield "% Written by cutaway. Typeset it with pdflatex, lualatex or xelatex."
    yield r"\RequirePackage{fix-cm}"
    yield r"\documentclass[border=0pt]{standalone}"
    yield r"\usepackage[T1]{fontenc}"
    yield r"\usepackage{textcomp}"
    if parts.characters & OF_AMSSYMB:
        yield r"\usepackage{amssymb}"
    yield r"\usepackage{tikz}"
    yield from _definitions(parts)
    yield r"\begin{document}%"
    yield from _picture(parts)
    yield r"\end{document}"


def embedded(parts: Parts) -> Iterator[str]:
    """Write the picture with what it needs, in a group, so that it leaves no trace in the document."""
    packages = r"\usepackage{tikz}" + (r", \usepackage{amssymb}" if parts.characters & OF_AMSSYMB else "")
    yield rf"% Written by cutaway, for \input in a document that has {packages}."
    yield r"\begingroup%"
    yield f"{_ORDINARY}%"
    yield from _definitions(parts)
    yield from _picture(parts)
    yield r"\endgroup%"


def _definitions(parts: Parts) -> Iterator[str]:
    yield from (*_FACE, *_FIT)
    if parts.lacks:
        yield from _MISSING
    if parts.has_pictures:
        yield from _FOLDER
    yield _COLORS
    yield from (f"{color}%" for color in parts.colors)


def _picture(parts: Parts) -> Iterator[str]:
    yield r"\begin{tikzpicture}["
    yield from _STYLES
    yield "]"
    yield from parts.commands
    yield r"\end{tikzpicture}%"
