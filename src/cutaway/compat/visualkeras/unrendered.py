"""The image that a view returns where it has written a file: drawn when somebody looks at it, which few do."""

from PIL.Image import Image

from cutaway.outputs.png import to_image
from cutaway.outputs.sheet import sheet_of
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cutaway.scene import Scene


class Unrendered(Image):  # noqa: PLW1641 - no Pillow image can be hashed
    """A Pillow image of mode RGBA, whose pixels are drawn when they are first read; it is an ordinary one from then."""

    def __init__(self, scene: "Scene", dpi: float) -> None:
        super().__init__()
        sheet = sheet_of(scene, dpi)
        self._scene = scene
        self._dpi = dpi
        self._size = (sheet.width, sheet.height)
        self._mode = "RGBA"
        self.info["dpi"] = (dpi, dpi)

    def load(self) -> Any:  # noqa: ANN401 - Pillow's own type of this is hidden
        """Draw the pixels, as Pillow asks before it reads or changes any."""
        drawn = to_image(self._scene, self._dpi)
        self.__class__ = Image  # type: ignore[assignment]
        self.__dict__ = drawn.__dict__
        return self.load()

    def __eq__(self, other: object) -> bool:
        """Compare the pixels."""
        self.load()
        return self == other

    def __reduce_ex__(self, protocol: Any) -> Any:  # noqa: ANN401 - as `object` has it
        """Pickle an ordinary image."""
        self.load()
        return self.__reduce_ex__(protocol)
