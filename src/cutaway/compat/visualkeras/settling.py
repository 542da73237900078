"""What a call asks for: the defaults, under a preset, under options, under the keywords of the call.

A keyword of the call always wins, also where it has the value of the default. A mapping of options gives those that it
names; an options object, which holds all, gives those that are not at their defaults, so that it can be laid over a
preset. A preset may itself stand in the options, as `preset`.
"""

from collections.abc import Callable, Mapping

from cutaway.compat.visualkeras.mistakes import WrongTypeError, WrongValueError
from cutaway.compat.visualkeras.named import Named
from cutaway.compat.visualkeras.rendering import DPI, rendered
from cutaway.errors import unknown, warn
from cutaway.garbage import uncollected
from cutaway.outputs import OutputOptions
from cutaway.record import Record, fields_of, replace
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cutaway.scene import Scene

Draw = Callable[[object, "Settled"], "Scene"]


class Interface(Record):
    """One of the view functions: its options and presets, and what it takes beside the original's keywords.

    `kind` is what messages call it; `positional` are the keywords that may be given by their places.
    `extras` are further keywords with their defaults.
    """

    name: str
    kind: str
    options: type
    presets: Named[Any]
    positional: tuple[str, ...]
    extras: Mapping[str, Any]


class Settled(Record):
    """The values of all keywords; `given` are the names of those that a caller, options or a preset gave."""

    interface: Interface
    values: Mapping[str, Any]
    given: frozenset[str]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - each keyword has its own type
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None


def settled(interface: Interface, given: Mapping[str, Any]) -> Settled:
    """Return the values of all keywords, given those of a call.

    Raises WrongTypeError for keywords that are not known and for options of the wrong type, WrongValueError for
    presets that are not known; options that are not known change nothing, of which a warning tells.
    """
    defaults = {name: item.default for name, item in fields_of(interface.options).items() if name != "preset"}
    known = {**defaults, **interface.extras}
    for name in given:
        if name not in known and name not in {"options", "preset"}:
            raise WrongTypeError(
                f"{interface.name}() got an unexpected keyword argument {name!r}: {unknown(name, [*known, 'options'])}"
            )
    options = dict(_optional(interface, given.get("options"), known))
    in_options = options.pop("preset", None)
    preset = given.get("preset")
    asked = dict(_preset(interface, in_options if preset is None else preset))
    asked |= options
    asked |= {name: value for name, value in given.items() if name in known}
    return Settled(interface=interface, values={**known, **asked}, given=frozenset(asked))


def _preset(interface: Interface, name: object) -> Mapping[str, Any]:
    """Return what a preset gives."""
    if name is None:
        return {}
    if isinstance(name, str) and name in interface.presets:
        return _changed(interface.presets[name])
    raise WrongValueError(
        f"Unknown {interface.kind} preset {name!r}. Available presets: {', '.join(interface.presets.names)}"
    )


def _optional(interface: Interface, options: object, known: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what options give."""
    if options is None:
        return {}
    if isinstance(options, interface.options):
        return _changed(options)
    if not isinstance(options, Mapping):
        raise WrongTypeError(
            f"options must be {interface.options.__name__} or a mapping, not {type(options).__name__}: give"
            f" {interface.options.__name__}(...) or a dict of keywords of {interface.name}"
        )
    for name in options:
        if name not in known and name != "preset":
            warn(f"the options of {interface.name} have {name!r}, which changes nothing: {unknown(name, known)}")
    return {name: value for name, value in options.items() if name in known or name == "preset"}


def _changed(options: Any) -> Mapping[str, Any]:  # noqa: ANN401 - one of the options classes, or a mapping
    """Return what an options object has that is not the default."""
    if isinstance(options, Mapping):
        return options
    found: dict[str, Any] = {}
    for name, item in fields_of(type(options)).items():
        value = getattr(options, name)
        if value is not item.default and not (type(value) is type(item.default) and value == item.default):
            found[name] = value
    return found


def view_function(interface: Interface, draw: Draw, doc: str) -> Callable[..., Any]:
    """Return the function of a view: it settles what a call asks for, draws that, and returns and writes the image.

    Its signature is made of the options, each of which is a keyword, and says their real defaults.
    """

    @uncollected
    def view(*args: Any, **keywords: Any) -> Any:  # noqa: ANN401 - see __signature__
        model, given = _bound(interface, args, keywords)
        found = settled(interface, given)
        dpi = DPI if found.values["theme"] == "classic" else OutputOptions().dpi
        return rendered(draw(model, found), found.values["to_file"], found.values["format"], dpi)

    view.__name__ = view.__qualname__ = interface.name
    view.__doc__ = doc
    view.__signature__ = _signature(interface)  # type: ignore[attr-defined]
    return view


def with_changes(settled: Settled, **changes: Any) -> Settled:  # noqa: ANN401 - as above
    """Return what is settled with some values changed."""
    return replace(settled, values={**settled.values, **changes})


def _bound(interface: Interface, args: tuple[Any, ...], keywords: Mapping[str, Any]) -> tuple[object, dict[str, Any]]:
    """Return the model and the arguments by their names."""
    names = ("model", *interface.positional)
    if len(args) > len(names):
        raise WrongTypeError(f"{interface.name}() takes {len(names)} positional arguments but {len(args)} were given")
    given = dict(zip(names, args, strict=False))
    for name in keywords:
        if name in given:
            raise WrongTypeError(f"{interface.name}() got multiple values for argument {name!r}")
    given |= keywords
    if "model" not in given:
        raise WrongTypeError(f"{interface.name}() missing 1 required positional argument: 'model'")
    return given.pop("model"), given


def _signature(interface: Interface) -> Any:  # noqa: ANN401 - of `inspect`, which is imported here
    from inspect import Parameter, Signature

    found = [Parameter("model", Parameter.POSITIONAL_OR_KEYWORD)]
    items = {name: item.default for name, item in fields_of(interface.options).items() if name != "preset"}
    found += [
        Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=items.pop(name)) for name in interface.positional
    ]
    rest = {**items, **interface.extras, "options": None, "preset": None}
    found += [Parameter(name, Parameter.KEYWORD_ONLY, default=default) for name, default in rest.items()]
    return Signature(found)
