"""How keywords, options and presets are resolved, and which mistakes are told."""

import dataclasses
import inspect
from types import MappingProxyType

import pytest

from cutaway.compat import visualkeras
from cutaway.compat.visualkeras import options
from cutaway.compat.visualkeras.interfaces import FUNCTIONAL, GRAPH, LAYERED, LENET
from cutaway.compat.visualkeras.mistakes import WrongValueError
from cutaway.compat.visualkeras.settling import settled
from cutaway.errors import CutawayWarning, InputError

INTERFACES = (LAYERED, GRAPH, FUNCTIONAL, LENET)
POSITIONS = {
    "layered_view": """
        to_file min_z min_xy max_z max_xy scale_z scale_xy type_ignore index_ignore color_map one_dim_orientation
        index_2D background_fill draw_volume draw_reversed padding text_callable text_vspacing spacing draw_funnel
        shade_step legend legend_text_spacing_offset font font_color show_dimension sizing_mode dimension_caps
        relative_base_size connector_fill connector_width image_fit image_axis layered_groups logo_groups logos_legend
        styles
    """,
    "graph_view": """
        to_file color_map node_size background_fill padding layer_spacing node_spacing connector_fill connector_width
        ellipsize_after inout_as_tensor show_neurons styles image_fit circular_crop layered_groups
    """,
    "functional_view": """
        to_file color_map background_fill padding column_spacing row_spacing component_spacing connector_fill
        connector_width connector_arrow connector_padding min_z min_xy max_z max_xy scale_z scale_xy
        one_dim_orientation sizing_mode dimension_caps relative_base_size text_callable text_vspacing font font_color
        add_output_nodes layout_iterations virtual_node_size render_virtual_nodes draw_volume orientation_rotation
        shade_step image_fit image_axis layered_groups logo_groups logos_legend styles
    """,
    "lenet_view": """
        to_file min_xy max_xy scale_xy type_ignore index_ignore color_map background_fill padding layer_spacing
        map_spacing max_visual_channels connector_fill connector_width patch_fill patch_outline patch_scale
        patch_alpha_on_image seed draw_connections draw_patches font font_color top_label_callable
        bottom_label_callable top_label bottom_label top_label_padding bottom_label_padding styles
    """,
}
"""The keywords of the original in the order of their places."""


class TestOrder:
    def test_a_keyword_wins_also_with_the_value_of_the_default(self):
        found = settled(LAYERED, {"preset": "presentation", "spacing": 10, "legend": False})
        assert (found.spacing, found.legend, found.padding) == (10, False, 20)

    @pytest.mark.parametrize("interface", INTERFACES, ids=lambda each: each.kind)
    def test_every_keyword_wins_over_every_preset(self, interface):
        for name in interface.presets:
            given = {key: value for key, value in interface.options().to_kwargs().items() if key != "preset"}
            assert settled(interface, {"preset": name, **given}).values == settled(interface, given).values

    def test_options_stand_above_presets(self):
        given = options.LayeredOptions(spacing=3)
        found = settled(LAYERED, {"preset": "presentation", "options": given})
        assert (found.spacing, found.padding, found.text_callable) == (3, 20, "name_shape")

    def test_a_mapping_gives_what_it_names(self):
        found = settled(LAYERED, {"preset": "presentation", "options": MappingProxyType({"spacing": 10})})
        assert (found.spacing, found.padding) == (10, 20)

    def test_keywords_stand_above_options(self):
        assert settled(GRAPH, {"options": {"node_size": 9}, "node_size": 50}).node_size == 50

    def test_nothing_given_is_the_default(self):
        for interface in INTERFACES:
            found = settled(interface, {})
            assert found.given == frozenset()
            for field in dataclasses.fields(interface.options):
                if field.name != "preset":
                    assert found.values[field.name] == field.default

    def test_a_preset_in_options(self):
        assert settled(LENET, {"options": options.LenetOptions(preset="compact")}).max_xy == 180
        assert settled(LAYERED, {"options": {"preset": "compact"}}).spacing == 6

    def test_presets_of_the_older_release(self):
        assert settled(LAYERED, {"preset": "flat"}).draw_volume is False
        assert settled(GRAPH, {"preset": "detailed"}).ellipsize_after == 8

    def test_given_are_the_names_that_anybody_gave(self):
        found = settled(LAYERED, {"preset": "compact", "options": {"legend": True}, "padding": 10})
        assert found.given == {"spacing", "padding", "legend"}


class TestMistakes:
    @pytest.mark.parametrize("interface", INTERFACES, ids=lambda each: each.kind)
    def test_a_preset_that_is_not_known(self, interface):
        with pytest.raises(
            ValueError, match=rf"^Unknown {interface.kind} preset 'huge'\. Available presets: compact, "
        ):
            settled(interface, {"preset": "huge"})

    def test_options_of_another_view(self):
        with pytest.raises(TypeError, match="options must be LayeredOptions or a mapping, not GraphOptions"):
            settled(LAYERED, {"options": options.GraphOptions()})
        with pytest.raises(TypeError, match="not int"):
            settled(LAYERED, {"options": 3})

    def test_options_that_are_not_known(self):
        with pytest.warns(CutawayWarning, match="have 'spacin', which changes nothing: did you mean 'spacing'"):
            found = settled(LAYERED, {"options": {"spacin": 3, "padding": 4}})
        assert found.given == {"padding"}

    def test_keywords_that_are_not_known(self):
        with pytest.raises(TypeError, match=r"unexpected keyword argument 'spacin': did you mean 'spacing'"):
            visualkeras.layered_view(object(), spacin=3)

    def test_too_many_and_too_few_arguments(self):
        with pytest.raises(TypeError, match="missing 1 required positional argument"):
            visualkeras.graph_view()
        with pytest.raises(TypeError, match="takes 17 positional arguments but 18 were given"):
            visualkeras.graph_view(*range(18))
        with pytest.raises(TypeError, match="multiple values for argument 'to_file'"):
            visualkeras.graph_view(object(), None, to_file=None)

    @pytest.mark.parametrize("mode", ["cube", "", None, 3])
    def test_a_mode_that_is_not_known(self, mode):
        with pytest.raises(ValueError, match=r"^Unknown mode") as raised:
            visualkeras.show(object(), mode=mode)
        assert isinstance(raised.value, InputError)


class TestSignatures:
    @pytest.mark.parametrize("name", sorted(POSITIONS))
    def test_positions_and_defaults_are_those_of_the_original(self, name):
        view = getattr(visualkeras, name)
        model, *parameters = inspect.signature(view).parameters.values()
        assert model.name == "model"
        by_place = [each for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
        assert [each.name for each in by_place] == POSITIONS[name].split()
        by_name = {each.name for each in parameters if each.kind is each.KEYWORD_ONLY}
        assert {"options", "preset", "theme"} <= by_name

    def test_of_functional_view(self):
        found = inspect.signature(visualkeras.functional_view).parameters
        assert found["sizing_mode"].default == "balanced"
        assert found["collapse_annotations"].kind is inspect.Parameter.KEYWORD_ONLY

    def test_what_each_call_hands_on(self):
        seen = {}

        def view(model, **keywords):
            seen.update(keywords, model=model)
            return "image"

        from importlib import import_module

        module = import_module("cutaway.compat.visualkeras.show")
        kept = module.__dict__.get("graph_view")
        module.graph_view = view
        try:
            assert visualkeras.show("model", mode=" Graph ", preset="compact", node_size=3) == "image"
        finally:
            module.graph_view = kept or visualkeras.graph_view
        assert seen == {"model": "model", "preset": "compact", "options": None, "node_size": 3}


class TestOptionsClasses:
    @pytest.mark.parametrize("interface", INTERFACES, ids=lambda each: each.kind)
    def test_they_are_frozen_dataclasses(self, interface):
        made = interface.options()
        assert dataclasses.is_dataclass(made)
        assert dataclasses.replace(made, to_file="net.png").to_file == "net.png"
        assert dataclasses.asdict(made) == {**made.to_kwargs(), **({"preset": None} if interface is LENET else {})}
        assert inspect.signature(interface.options).parameters
        with pytest.raises(AttributeError):
            made.to_file = "other.png"

    @pytest.mark.parametrize("interface", INTERFACES, ids=lambda each: each.kind)
    def test_fields_are_the_keywords(self, interface):
        names = [field.name for field in dataclasses.fields(interface.options) if field.name != "preset"]
        assert names[: len(interface.positional)] == POSITIONS[interface.name].split()

    def test_their_keywords_can_be_handed_on(self):
        given = options.LayeredOptions(spacing=4).to_kwargs()
        assert settled(LAYERED, given).spacing == 4

    @pytest.mark.parametrize(
        "presets", [options.LAYERED_PRESETS, options.GRAPH_PRESETS, options.FUNCTIONAL_PRESETS, options.LENET_PRESETS]
    )
    def test_presets(self, presets):
        assert list(presets) == ["default", "compact", "presentation"]
        kind = type(presets["default"])
        assert presets["default"] == kind()
        assert all(type(each) is kind and each != kind() for each in list(presets.values())[1:])

    @pytest.mark.parametrize(
        ("known", "name", "value"),
        [
            (
                options.LAYERED_PRESETS,
                "flat",
                options.LayeredOptions(draw_volume=False, draw_funnel=False, shade_step=0),
            ),
            (
                options.GRAPH_PRESETS,
                "detailed",
                options.GraphOptions(
                    node_size=60, connector_width=2, layer_spacing=180, node_spacing=40, padding=40, ellipsize_after=8
                ),
            ),
        ],
    )
    def test_presets_that_only_the_older_release_has(self, known, name, value):
        assert known[name] == known.get(name) == value
        assert name in known
        assert name not in list(known)
        assert known.get("nothing") is None
        with pytest.raises(KeyError, match="nothing"):
            known["nothing"]

    def test_texts_of_both_releases(self):
        texts = options.LAYERED_TEXT_CALLABLES
        assert list(texts) == ["name", "type", "shape", "name_shape"]
        assert texts["type_name"](0, type("Layer", (), {"name": "one"})()) == ("Layer\none", True)

    @pytest.mark.parametrize(("interface", "names"), [(LAYERED, "compact, default, flat, p"), (GRAPH, "detailed, p")])
    def test_a_preset_that_is_not_known_is_told_those_of_both_releases(self, interface, names):
        with pytest.raises(WrongValueError, match=names):
            settled(interface, {"preset": "foo"})

    def test_presets_of_a_caller(self):
        options.LAYERED_PRESETS["mine"] = options.LayeredOptions(spacing=77)
        try:
            assert settled(LAYERED, {"preset": "mine"}).spacing == 77
        finally:
            del options.LAYERED_PRESETS["mine"]
