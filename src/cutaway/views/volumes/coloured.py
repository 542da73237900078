"""The colours of volumes: by kind, as they are styled, and of what is in folded blocks."""

from cutaway.graph import Kind, Node
from cutaway.record import replace
from cutaway.theme import Theme
from cutaway.theme.folded import FOLDED
from cutaway.theme.solid import GLOBAL, with_global, with_solids
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.naming import output_key
from cutaway.views.parts.box import STRONG
from cutaway.views.parts.cuboid import Cuboid
from cutaway.views.volumes.looks import shaded

if TYPE_CHECKING:
    from cutaway.views.preparing import Prepared
    from cutaway.views.volumes import Volumes


def coloured(
    view: "Volumes", prepared: "Prepared", theme: Theme, cuboids: dict[str, Cuboid]
) -> tuple[dict[str, Cuboid], Theme]:
    """Return the cuboids as they are styled, and the theme with all their colours."""
    styling = prepared.styling
    whole = [each.id for each in prepared.reduction.graph.nodes if _is_global(each) and each.id in cuboids]
    if whole:
        theme = with_global(theme)
        cuboids = cuboids | {node: replace(cuboids[node], role=GLOBAL) for node in whole}
    if styling:
        from cutaway.views.parts.tint import tinted

        glyphs: Any = cuboids
        found: Any = tinted(glyphs, styling.shades(output_key), theme)
        cuboids, theme = dict(found.glyphs), found.theme
    cuboids = _sliced(view, prepared, cuboids)
    roles = [cuboid.role for cuboid in cuboids.values()]
    roles += [role for cuboid in cuboids.values() for role, _ in cuboid.slices]
    theme = with_solids(theme, [*roles, *(role.removesuffix(STRONG) for role in roles)])
    return shaded(cuboids, view.shade_step, styling.styles if styling else {}, theme), theme


def _is_global(node: Node) -> bool:
    """Tell whether a layer pools all of an image or a sequence."""
    return node.kind is Kind.POOLING and node.operation.startswith("Global")


def _sliced(view: "Volumes", prepared: "Prepared", cuboids: dict[str, Cuboid]) -> dict[str, Cuboid]:
    """Return the cuboids with slices in the folded blocks that nobody gave a colour."""
    blocks = [
        block
        for block in prepared.words
        if block in cuboids and cuboids[block].role.removesuffix(STRONG).endswith(FOLDED)
    ]
    if not blocks:
        return cuboids
    from cutaway.views.volumes.sliced import slices

    step = 1 if view.direction == "right" else -1
    wide = {block: cuboids[block].solid.front.width for block in blocks}
    return cuboids | {
        block: replace(cuboids[block], slices=slices(prepared.reduction, block, wide[block])[::step])
        for block in blocks
    }
