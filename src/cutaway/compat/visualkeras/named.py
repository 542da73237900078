"""What goes by a name in two releases: the names of the newer are listed, those of the older are found as well."""

from collections.abc import Mapping

from cutaway.typed import Any, TypeVar

_Value = TypeVar("_Value")


class Named(dict[str, _Value]):
    """A dict of the newest release's names, in which `older` ones can be looked up; they are not listed with them."""

    def __init__(self, newest: Mapping[str, _Value], older: Mapping[str, _Value] | None = None) -> None:
        super().__init__(newest)
        self.older = dict(older or {})

    def __missing__(self, name: str) -> _Value:
        return self.older[name]

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or name in self.older

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - the default is the caller's
        """Return what has this name in either release."""
        return super().get(name, self.older.get(name, default))

    @property
    def names(self) -> list[str]:
        """All names of both releases."""
        return sorted({*self, *self.older})
