"""Lengths grow with sizes, in every mode and along every axis, and unknown sizes keep their axes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.errors import InputError
from cutaway.record import replace
from cutaway.theme import PAPER
from cutaway.views.sizing import MODES, Axes, Sizing, grown, natural_sizing
from cutaway.views.sizing.sizes import growth

FORMS = (
    ("channels",),
    ("length",),
    ("length", "channels"),
    ("height", "width", "channels"),
    ("channels", "height", "width"),
    ("depth", "height", "width", "channels"),
    ("heads", "length", "length"),
    ("length", "heads", "channels"),
    ("length", "height", "width", "channels"),
    ("other", "other", "length", "channels"),
)
sizes = st.integers(1, 200_000)
positive = st.floats(0.01, 100.0)


@st.composite
def sizings(draw):
    least_xy, least_z = draw(positive), draw(positive)
    return Sizing(
        mode=draw(st.sampled_from(sorted(MODES))),
        scale_xy=draw(positive),
        scale_z=draw(positive),
        min_xy=least_xy,
        max_xy=least_xy + 50 * draw(positive),
        min_z=least_z,
        max_z=least_z + 50 * draw(positive),
        caps=draw(st.dictionaries(st.sampled_from(["channels", "sequence", "general"]), st.floats(1.0, 500.0))),
        base=draw(positive),
        one_dim=draw(st.sampled_from("xyz")),
        scale_one=draw(st.none() | positive),
    )


@st.composite
def axes(draw):
    names = draw(st.sampled_from(FORMS))
    return Axes(names=names, sizes=tuple(draw(sizes) for _ in names))


@given(sizings(), axes(), st.data())
def test_no_side_falls_as_an_axis_grows(sizing, small, data):
    place = data.draw(st.integers(0, len(small.sizes) - 1))
    grown = list(small.sizes)
    grown[place] += data.draw(sizes)
    before, after = sizing.volume(small), sizing.volume(replace(small, sizes=tuple(grown)))
    assert all(getattr(before, side) <= getattr(after, side) for side in "xyz")


@given(st.sampled_from(sorted(MODES)), sizes, sizes)
def test_unequal_sizes_grow_unequally(mode, size, more):
    assert growth(mode, size) < growth(mode, size + more)


@given(sizings(), axes(), st.data())
def test_sides_are_within_their_bounds(sizing, given_axes, data):
    open_at = data.draw(st.sets(st.sampled_from(range(len(given_axes.sizes)))))
    some_open = tuple(None if place in open_at else size for place, size in enumerate(given_axes.sizes))
    found = sizing.volume(replace(given_axes, sizes=some_open))
    assert found.x >= sizing.min_xy or sizing.one_dim == "x"
    assert found.z >= sizing.min_z
    assert bool(found.unknown) == bool(open_at)
    if not sizing.caps:
        assert max(found.x, found.y) <= sizing.max_xy
        assert found.z <= sizing.max_z


def test_an_unknown_size_keeps_its_axis():
    sizing = Sizing(min_xy=5.0, min_z=3.0)
    found = sizing.volume(Axes(names=("height", "width", "channels"), sizes=(None, None, 64)))
    assert (found.x, found.y, found.unknown) == (5.0, 5.0, frozenset("xy"))
    assert found.z == sizing.along(64)
    assert sizing.volume(Axes(names=("length", "channels"), sizes=(None, 64))).unknown == frozenset("y")
    assert sizing.volume(Axes(names=("heads", "length", "channels"), sizes=(None, 9, 64))).unknown == frozenset("z")
    assert sizing.volume(Axes()).unknown == frozenset("xyz")
    assert sizing.volume(Axes(names=())).unknown == frozenset()


def test_sizes_stand_where_their_meaning_says():
    sizing = Sizing(mode="accurate", scale_xy=1.0, scale_z=1.0, min_xy=1.0, min_z=1.0, max_xy=1e4, max_z=1e4)

    def sides(names, lengths):
        found = sizing.volume(Axes(names=names, sizes=lengths))
        return found.x, found.y, found.z

    assert sides(("height", "width", "channels"), (20, 30, 7)) == (30, 20, 7)
    assert sides(("channels", "height", "width"), (7, 20, 30)) == (30, 20, 7)
    assert sides(("depth", "height", "width", "channels"), (4, 20, 9, 7)) == (6, 20, 7)
    assert sides(("length", "channels"), (50, 8)) == (1, 50, 8)
    assert sides(("heads", "length", "length"), (12, 50, 40)) == (40, 50, 12)
    assert sides(("length", "heads", "channels"), (50, 12, 64)) == (1, 50, 768)
    assert sides(("length", "height", "width", "channels"), (10, 20, 40, 3)) == (20, 20, 3)


@pytest.mark.parametrize(("side", "lengths"), [("x", (100, 1, 1)), ("y", (1, 100, 1)), ("z", (1, 1, 100))])
def test_a_vector_lies_along_the_side_that_is_asked_for(side, lengths):
    sizing = Sizing(mode="accurate", scale_xy=1.0, scale_z=1.0, min_xy=1.0, min_z=1.0, one_dim=side)
    found = sizing.volume(Axes(names=("channels",), sizes=(100,)))
    assert (found.x, found.y, found.z) == lengths


@pytest.mark.parametrize(
    ("mode", "lengths"),
    [
        ("accurate", (1000.0, 1500.0)),
        ("balanced", (64.0 * 10, 307.2 * 15)),
        ("capped", (60.0, 90.0)),
        ("logarithmic", (20 * 10.0, 20 * 15 * 2.0)),
        ("relative", (700.0, 70.0)),
        ("natural", (10.0, 15.0)),
    ],
)
def test_what_the_modes_make_of_sizes(mode, lengths):
    caps = {"sequence": 60.0, "channels": 90.0} if mode == "capped" else {}
    sizing = Sizing(mode=mode, scale_xy=10.0, scale_z=15.0, min_xy=1.0, max_z=1e4, base=7.0, caps=caps)
    size, channels = {"balanced": (64, 512), "logarithmic": (10, 100), "relative": (100, 10), "natural": (1, 1)}.get(
        mode, (100, 100)
    )
    sizing = replace(sizing, min_z=1.0)
    assert (sizing.face(size), sizing.along(channels)) == pytest.approx(lengths)


def test_a_general_cap_is_for_all_that_have_none():
    sizing = Sizing(mode="capped", min_xy=1.0, min_z=1.0, caps={"general": 30.0, "channels": 50.0})
    assert (sizing.face(9999), sizing.along(9999)) == (30.0, 50.0)


def test_an_unknown_mode_is_refused():
    with pytest.raises(InputError, match="cannot use the mode 'acurate': did you mean 'accurate'"):
        Sizing(mode="acurate")


def images(*pairs):
    return [Axes(names=("height", "width", "channels"), sizes=(size, size, channels)) for size, channels in pairs]


@pytest.mark.parametrize("mode", sorted(MODES))
def test_the_natural_lengths_of_a_whole_model(mode):
    vgg = images((224, 3), (224, 64), (224, 64), (112, 128), (56, 256), (28, 512), (14, 512), (7, 512))
    vgg += [Axes(names=("channels",), sizes=(size,)) for size in (25088, 4096, 4096, 1000)]
    sizing = natural_sizing(vgg, PAPER, mode)
    extents = [sizing.volume(each) for each in vgg]
    assert max(each.y for each in extents[:8]) == pytest.approx(96.0)
    assert max(each.y for each in extents[8:]) == pytest.approx(96.0)
    assert 15.0 <= max(each.z for each in extents) <= 45.0
    assert min(each.z for each in extents) >= 3.0


def test_small_models_are_not_blown_up():
    sizing = natural_sizing(images((4, 2)), PAPER)
    assert sizing.volume(images((4, 2))[0]).y < 60
    assert sizing.volume(Axes(names=("channels",), sizes=(10,))).y < 30
    assert natural_sizing([], PAPER).volume(Axes()).unknown == frozenset("xyz")


def test_larger_type_makes_larger_figures():
    large = replace(PAPER, sizes=replace(PAPER.sizes, operation=16.0))
    small, big = (natural_sizing(images((64, 64)), theme).volume(images((64, 64))[0]) for theme in (PAPER, large))
    assert big.y == pytest.approx(2 * small.y)
    assert big.z == pytest.approx(2 * small.z)


def test_sizes_of_any_length_are_drawn():
    huge = Axes(names=("depth", "height", "width", "channels"), sizes=(10**400,) * 4)
    assert all(natural_sizing([huge], PAPER, mode).volume(huge).z > 0 for mode in MODES)


def test_many_axes_of_any_length_are_drawn():
    many = Axes(names=(*["other"] * 40, "channels"), sizes=(10**15,) * 41)
    sizing = natural_sizing([many], PAPER)
    assert sizing.volume(many).x == pytest.approx(sizing.max_xy)


def test_every_mode_says_how_lengths_grow():
    said = {grown(mode, "Sides", "sizes") for mode in MODES}
    assert len(said) == len(MODES)
    assert grown("natural", "Sides", "sizes") == "Sides grow with the square root of sizes."
