"""The canvas of the classic look: no words around the drawing, the caller's margin, ground and distances."""

from cutaway.compat.visualkeras.colors import hexadecimal, paint
from cutaway.geometry import Rect
from cutaway.record import replace
from cutaway.scene import Path, Rounded, Scene
from cutaway.theme import PAPER, Theme
from cutaway.typed import Any
from cutaway.views.frame import Frame
from cutaway.views.parts.legend import Legend


def classic(*, margin: float, box: float, rank: float) -> Theme:
    """Return a theme with a margin around the drawing and these distances, across the flow and along it."""
    return replace(
        PAPER,
        name="classic",
        strokes=replace(PAPER.strokes, box=1.5, edge=1.0, box_radius=0.0),
        spacing=replace(PAPER.spacing, margin=margin, box=box, rank=rank),
    )


def plain_frame(name: str) -> Frame:
    """Return a frame without words, but for the description that is read aloud."""
    return Frame(title="", facts="", legend=Legend(), description=name)


def grounded(scene: Scene, ground: Any) -> Scene:  # noqa: ANN401 - whatever `paint` reads
    """Return a scene on the ground that a caller asks for, which may be translucent, or nothing."""
    page, marks = paint(ground, "background_fill"), scene.marks
    palette = {role: color for role, color in scene.palette.items() if role != "page"}
    if page.alpha == 1:
        palette["page"] = hexadecimal(page)
    elif page.alpha > 0:
        marks = (Path(segments=Rounded(Rect(0.0, 0.0, scene.width, scene.height), 0.0), fill=page), *marks)
    return replace(scene, marks=marks, palette=palette)
