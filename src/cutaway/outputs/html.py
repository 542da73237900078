"""A Scene as a web page that needs nothing else: the SVG with its font, as wide as the window lets it be read well."""

from cutaway.outputs.svg import to_svg
from cutaway.outputs.tables.cells import printable
from cutaway.outputs.xml_text import content, number
from cutaway.scene import Scene

_STYLE = (
    "body{{margin:0;background:{paper}}}"
    "svg{{display:block;margin:0 auto;height:auto;width:clamp({least}pt,100%,{most}pt)}}"
    "@media print{{svg{{width:auto;max-width:100%}}}}"
)
_LEAST = 0.75
"""A page is scrolled in a window too narrow to draw the figure so large, in parts of its natural size."""
_MOST = 1.5


def to_html(scene: Scene) -> str:
    """Write the scene as one HTML document, on a ground of its own paper; white where it has none."""
    least, most = number(_LEAST * scene.width), number(_MOST * scene.width)
    svg = to_svg(scene, embed_font=True)
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{content(printable(scene.title)) or 'Figure'}</title>",
            f"<style>{_STYLE.format(paper=scene.palette.get('page', '#FFFFFF'), least=least, most=most)}</style>",
            f"</head>\n<body>\n{svg.rstrip()}\n</body>\n</html>\n",
        ]
    )
