"""Scenes made by hand for the tests of the outputs."""

from io import BytesIO
from math import cos, pi, sin

from PIL import Image as Pillow

from cutaway.geometry import Point, Rect
from cutaway.ruler import Face
from cutaway.scene import (
    Close,
    Curve,
    Group,
    Hatch,
    Image,
    Line,
    Mark,
    Move,
    Path,
    Rgba,
    Scene,
    Segment,
    Stroke,
    Text,
)

PALETTE = {
    "page": "#ffffff",
    "ink": "#1F2630",
    "grey": "#5C6673",
    "edge": "#4A5563",
    "region": "#F6F8FA",
    "region.stroke": "#D3DAE2",
    "convolution": "#DCEAF6",
    "convolution.stroke": "#0072B2",
    "dense": "#FADFCF",
    "dense.stroke": "#C04F00",
}
K = 0.5523


def box(rect: Rect, radius: float = 3.0) -> tuple[Segment, ...]:
    """A rectangle with round corners, clockwise from the upper left."""
    x, y, right, bottom, r, k = rect.x, rect.y, rect.right, rect.bottom, radius, radius * (1 - K)
    return (
        Move(Point(x + r, y)),
        Line(Point(right - r, y)),
        Curve(Point(right - k, y), Point(right, y + k), Point(right, y + r)),
        Line(Point(right, bottom - r)),
        Curve(Point(right, bottom - k), Point(right - k, bottom), Point(right - r, bottom)),
        Line(Point(x + r, bottom)),
        Curve(Point(x + k, bottom), Point(x, bottom - k), Point(x, bottom - r)),
        Line(Point(x, y + r)),
        Curve(Point(x, y + k), Point(x + k, y), Point(x + r, y)),
        Close(),
    )


def polygon(*points: tuple[float, float]) -> tuple[Segment, ...]:
    first, *others = (Point(x, y) for x, y in points)
    return (Move(first), *(Line(point) for point in others), Close())


def arrow(start: Point, end: Point) -> tuple[Path, Path]:
    line = Path(segments=(Move(start), Line(Point(end.x - 4, end.y))), stroke=Stroke(paint="edge", width=1.0))
    head = polygon((end.x, end.y), (end.x - 4.5, end.y - 2.2), (end.x - 4.5, end.y + 2.2))
    return line, Path(segments=head, fill="edge")


def picture(width: int = 40, height: int = 30, form: str = "PNG") -> bytes:
    """A picture with a gradient, a frame and, in PNG, a half transparent corner."""
    image = Pillow.new("RGBA", (width, height))
    image.putdata(
        [
            (int(255 * x / width), int(255 * y / height), 128, 128 if x > width // 2 and y > height // 2 else 255)
            for y in range(height)
            for x in range(width)
        ]
    )
    out = BytesIO()
    (image if form == "PNG" else image.convert("RGB")).save(out, form)
    return out.getvalue()


def node(rect: Rect, words: str, detail: str, role: str) -> Group:
    middle = rect.center
    return Group(
        marks=(
            Path(segments=box(rect), fill=role, stroke=Stroke(paint=f"{role}.stroke", width=0.9)),
            Text(at=Point(middle.x, middle.y - 1), text=words, size=8, face=Face(), weight=700, anchor="middle"),
            Text(at=Point(middle.x, middle.y + 8), text=detail, size=7, face=Face(), fill="grey", anchor="middle"),
        ),
        ref=f"block/{words} & co",
        part="node",
        title=f"{words}: {detail}",
    )


def rich(*, page: bool = True) -> Scene:
    """Everything a scene can hold, on one page."""
    star = polygon(*((270 + 22 * cos(0.8 * pi * i), 150 + 22 * sin(0.8 * pi * i)) for i in range(5)))
    marks: list[Mark] = [
        Path(segments=box(Rect(8, 24, 304, 60), 6), fill="region", stroke=Stroke(paint="region.stroke", width=0.8)),
        Text(at=Point(8, 16), text="A rich scene – every mark", size=11, face=Face(), weight=700),
        Text(at=Point(312, 16), text="right, grey, 7.5 pt", size=7.5, face=Face(), fill="grey", anchor="end"),
        node(Rect(16, 36, 84, 36), "Conv 3×3 / 64", "BN, ReLU → λ", "convolution"),
        *arrow(Point(100, 54), Point(124, 54)),
        node(Rect(124, 36, 84, 36), "Dense <10>", "½ · σ(x) ≤ 1", "dense"),
        *arrow(Point(208, 54), Point(232, 54)),
        Path(
            segments=box(Rect(232, 36, 72, 36)),
            fill=Hatch(paint="convolution.stroke", ground="convolution"),
            stroke=Stroke(paint="convolution.stroke", width=0.9, dash=(3, 2)),
        ),
        Path(segments=star, fill=Hatch(paint="ink", ground="dense", angle=-30, gap=3, width=0.4)),
        Path(segments=box(Rect(16, 100, 60, 40), 10), fill=Rgba(0, 114, 178, 0.4)),
        Path(
            segments=box(Rect(50, 115, 60, 40), 10),
            fill=Rgba(192, 79, 0, 0.4),
            stroke=Stroke(paint=Rgba(0, 0, 0, 0.5), width=4),
        ),
        Image(data=picture(), matrix=(48, 0, 0, 36, 124, 100)),
        Image(data=picture(form="JPEG"), matrix=(40, 12, -12, 32, 196, 100), clip=box(Rect(192, 104, 40, 34), 12)),
    ]
    for index, angle in enumerate((0, -30, -60, -90, 45)):
        at = Point(24 + index * 44, 196)
        marks.append(
            Path(
                segments=polygon(
                    (at.x - 1, at.y - 1), (at.x + 1, at.y - 1), (at.x + 1, at.y + 1), (at.x - 1, at.y + 1)
                ),
                fill="dense.stroke",
            )
        )
        marks.append(Text(at=at, text=f"turned {angle}°", size=7, face=Face(), angle=angle))
    for index, anchor in enumerate(("start", "middle", "end")):
        marks.append(
            Path(
                segments=(Move(Point(270, 186 + 10 * index)), Line(Point(270, 192 + 10 * index))),
                stroke=Stroke(paint="dense.stroke", width=0.5),
            )
        )
        marks.append(
            Text(
                at=Point(270, 192 + 10 * index),
                text=f"{anchor} ⊕ √∝∞",
                size=6.5,
                face=Face(),
                anchor=anchor,
                weight=700 if index else 400,
            )
        )
    palette = PALETTE if page else {role: value for role, value in PALETTE.items() if role != "page"}
    return Scene(
        width=320,
        height=220,
        marks=tuple(marks),
        palette=palette,
        title="Rich & <scene>",
        description="Every mark once.",
    )
