"""The flags of `cutaway draw`: its own, and those that the fields of the chosen view give."""

import argparse
from collections.abc import Callable, Sequence

from cutaway.cli import Request
from cutaway.cli.flags import Layout, Merge, Parser, add_reading, add_rest, braces, given, parser
from cutaway.cli.values import chosen, count, length, number, positive, theme, whole, word, words
from cutaway.outputs import OUTPUTS
from cutaway.theme import NAMES
from cutaway.typed import Any, form, parts
from cutaway.views import VIEWS, load
from cutaway.views.choice import explained, options, words_of

FORMATS = tuple(suffix.removeprefix(".") for suffix in OUTPUTS)

PLACE = ("width", "height", "page", "shape")
"""The keywords of `cutaway.draw` that say which place a figure is for."""

_LISTED = frozenset({"selectors", "ids"})
"""Forms of options that are given one by one on the command line."""

MODEL_HELP = (
    "a .keras file or folder, an .h5, JSON or YAML file, or - for JSON from standard input (the figure then goes to "
    "standard output, unless -o names another place); of a folder full of models give the files: models/*.keras"
)


def request(arguments: Sequence[str]) -> Request:
    """Read the flags of `cutaway draw`. Raises Usage where there is nothing to do but to say something."""
    found, models, keywords = asked(reader(arguments), arguments, "DRAW_EXAMPLES")
    return Request(
        command="draw",
        models=models,
        output=found.output,
        form=found.format,
        keywords=keywords | given(found, *PLACE),
        dpi=found.dpi,
        embed_font=found.embed_font,
        embed=found.embed,
        jobs=found.jobs,
        debug=found.debug,
    )


def chosen_view(arguments: Sequence[str]) -> type:
    """Return the view that the arguments name, whose fields give further flags."""
    if not any(given.partition("=")[0] == "--view" for given in arguments):
        return load("blocks")  # which a parser finds out too, but more slowly
    first = Parser(prog="cutaway draw", add_help=False, allow_abbrev=False, formatter_class=Layout)
    first.add_argument("--view", type=word(VIEWS), default="blocks")
    return load(first.parse_known_args(arguments)[0].view)


def asked(
    flags: Parser, arguments: Sequence[str], examples: str
) -> tuple[argparse.Namespace, tuple[str, ...], dict[str, Any]]:
    """Read the flags of a command that draws: return them, the models, and the keywords of `cutaway.draw`."""
    found, models = flags.read(arguments, examples)
    if found.font_bold and not found.font:
        flags.error("--font-bold needs --font, the font of ordinary weight")
    return found, models, _look(found) | given(found, "input_shape", "assume", "weights")


def _look(found: argparse.Namespace) -> dict[str, Any]:
    """Return what the flags say about the look of a figure, as keywords of `cutaway.draw`."""
    chosen = {name: getattr(found, name) for name in options(load(found.view)) if hasattr(found, name)}
    font = (found.font, found.font_bold) if found.font_bold else found.font
    return chosen | {"view": found.view, "theme": found.theme} | ({} if font is None else {"font": font})


def reader(arguments: Sequence[str] = ()) -> Parser:
    """Return the parser of all flags, those of the view among them that the arguments name."""
    view = chosen_view(arguments)
    made = parser(
        "draw",
        "[-o FIG] [options]",
        "Draw models as figures: .keras, .h5, JSON and YAML files, folders; no framework is needed.",
        MODEL_HELP,
    )
    _add_output(made.add_argument_group("where to"))
    add_look(made, view)
    add_place(made.add_argument_group("the place it is for"))
    other = made.add_argument_group("other")
    add_reading(other, "for --show parameters")
    add_rest(other)
    return made


def _add_output(group: "argparse._ArgumentGroup") -> None:
    group.add_argument(
        "-o", "--output", metavar="FIG",
        help="a file, whose suffix tells the format; a folder, as several models need, which is made if need "
        "be; or - for standard output (default: files in this folder, named after the models)",
    )  # fmt: skip
    group.add_argument(
        "--format", type=word(FORMATS), metavar=braces(FORMATS),
        help="the format, where no suffix tells it (default: svg)",
    )  # fmt: skip
    group.add_argument(
        "--dpi", type=positive, help="dots per inch of pictures made of pixels, so not of svg and pdf (default: 300)"
    )
    group.add_argument(
        "--embed-font", action="store_true", help="let an SVG file carry its font, which elsewhere may be missing"
    )
    group.add_argument(
        "--embed", action="store_true", help="let a TeX file be a picture for \\input, without a document around it"
    )
    group.add_argument(
        "--jobs", type=count, default=1, metavar="N", help="how many models to draw at once (default: 1)"
    )


def add_place(group: "argparse._ArgumentGroup") -> None:
    """Add the flags that say which place a figure is for: those of PLACE."""
    group.add_argument(
        "--width", type=length, metavar="LENGTH",
        help="the figure's width: 8.5cm, 17cm, 210mm, 3.5in, 1600px, 240pt; direction, columns or rows, gaps and type "
        "are then chosen so that no text is under 6 points (default: as large as it needs to be)",
    )  # fmt: skip
    group.add_argument("--height", type=length, metavar="LENGTH", help="the most that it may be high, likewise")
    group.add_argument(
        "--page", metavar="PLACE",
        help="a place that has a name: column (8.5 cm of a paper), columns (17 cm), a4, letter, slide (16:9), readme, "
        "poster (A1)",
    )  # fmt: skip
    group.add_argument(
        "--shape", type=word(("auto", "flow", "u")), metavar="{auto,flow,u}",
        help="u draws an encoder and decoder with skips as a U, flow never does (default: auto, where a U fits best)",
    )  # fmt: skip


def add_look(made: Parser, view: type) -> None:
    """Add the flags that say how a figure looks, and those of the view."""
    group = made.add_argument_group("look")
    group.add_argument("--view", type=word(VIEWS), default="blocks", metavar=braces(VIEWS), help="(default: blocks)")
    group.add_argument(
        "--theme", type=theme, default="paper", metavar=braces((*NAMES, "FILE.toml")),
        help="colours, sizes and strokes, by name or in a file of your own (default: paper)",
    )  # fmt: skip
    group.add_argument("--font", metavar="FILE.ttf", help="a TrueType font to use (default: the bundled Inter)")
    group.add_argument("--font-bold", metavar="FILE.ttf", help="the bold weight of that font")
    group = made.add_argument_group(f"the view {view.__name__.lower()!r}", (view.__doc__ or "").partition("\n")[0])
    for name, (item, kind) in options(view).items():
        _add_option(group, name, kind, item.default, item.metadata)


def _add_option(group: "argparse._ArgumentGroup", name: str, kind: Any, default: Any, facts: Any) -> None:  # noqa: ANN401
    """Add the flag of one field of a view; it leaves no trace where the user does not give it."""
    flag = f"--{name.replace('_', '-')}"
    text = facts["help"].replace("%", "%%")
    if "(default" not in text:
        text += f" (default: {_shown(default, flag)})"
    if kind is bool:
        group.add_argument(flag, action=argparse.BooleanOptionalAction, default=argparse.SUPPRESS, help=text)
        return
    if facts["form"]:
        action: Any = "append" if facts["form"] in _LISTED else Merge
        text += "" if facts["form"] in {"simplify", "color", "text"} else "; may be given several times"
        read_form, metavar = chosen(facts["form"]), facts["metavar"]
        group.add_argument(flag, type=read_form, action=action, default=argparse.SUPPRESS, metavar=metavar, help=text)
        return
    allowed = words_of(kind)
    metavar = facts["metavar"] or (braces(allowed) if allowed else None)
    if form(kind) == "tuple":
        read: Callable[[str], Any] = words(allowed)
        text += f". {'; '.join(explained(allowed, facts))}"
        metavar = facts["metavar"] or "WORDS"
    elif allowed:
        read = word(allowed)
        text += f". {'; '.join(explained(allowed, facts))}" if facts["words"] else ""
    else:
        kinds = (kind, *parts(kind))
        read = number(facts["bounds"]) if float in kinds else whole if int in kinds else str
    group.add_argument(flag, type=read, default=argparse.SUPPRESS, metavar=metavar, help=text)


def _shown(default: object, flag: str) -> str:
    if isinstance(default, bool):
        return flag if default else f"--no-{flag.removeprefix('--')}"
    return ",".join(default) if isinstance(default, tuple) else str(default)
