"""What must hold of the rules of costs for any attributes and any input."""

from importlib import import_module

from analysis.any_calls import attributes as any_attributes
from analysis.any_calls import ports, tensors
from hypothesis import given, settings
from hypothesis import strategies as st

from cutaway.analysis.cost import costs
from cutaway.analysis.cost.forward import Forward
from cutaway.analysis.cost.products import OPERATIONS
from cutaway.analysis.cost.rules import FAMILIES, Works, multiply_adds
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.operations import RULES
from cutaway.analysis.shapes.rules import LAYERS
from cutaway.graph import Edge, Graph, Kind, Node, Port
from cutaway.sources.attributes import plain

NAMES = (
    *("filters", "kernel_size", "strides", "padding", "dilation_rate", "data_format", "groups", "units", "size"),
    *("depth_multiplier", "pool_size", "interpolation", "output_size", "target_shape", "height", "width", "axis"),
    *("axes", "layer", "backward_layer", "cell", "cells", "layers", "output_shape", "equation", "num_heads", "key_dim"),
    *("value_dim", "head_dim", "num_query_heads", "num_key_value_heads", "attention_axes", "use_gate", "use_scale"),
    *(
        "score_mode",
        "frame_length",
        "fft_length",
        "mode",
        "subscripts",
        "newshape",
        "nb_feature",
        "call",
        "x1",
        "kernel",
    ),
    *("input 0", "input_dim", "output_dim", "reverse", "transpose_a", "dtype", "return_sequences", "merge_mode"),
)
WORDS = (
    *("valid", "same", "channels_last", "channels_first", "float32", "concat", "dot", "bilinear", "nearest", "stft"),
    *("real", "bij,bjk->bik", "...x,xy->...y", "ab,bc,cd->ad", "aa->a", "λ", "array (3, 4) float32"),
)
held = any_attributes(NAMES, WORDS, [*sorted(FAMILIES), "LSTMCell", "StackedRNNCells", "Mine"])
several = st.lists(tensors, max_size=4).map(tuple)
CLASSES = sorted({*FAMILIES, *OPERATIONS, *RULES, "LSTMCell", "Mine"})


@settings(max_examples=300)
@given(st.sampled_from(CLASSES), held, several, several, ports, st.sampled_from([None, True]))
def test_no_rule_ever_fails_or_counts_below_nothing(op, attributes, inputs, outputs, names, trainable):
    call = Call(op=op, attributes=plain(attributes), inputs=inputs, ports=names, rules=LAYERS, trainable=trainable)
    found = multiply_adds(Forward(call=call, outputs=outputs, works=Works({})), {})
    assert found is None or (type(found) is int and found >= 0)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.sampled_from(CLASSES), held, several, several), min_size=1, max_size=4), tensors)
def test_costs_of_any_graph_are_numbers_or_unknown(calls, entered):
    nodes = [Node(id="x", name="x", op="InputLayer", kind=Kind.INPUT, outputs=(Port(name="o", tensor=entered),))]
    edges = []
    for place, (op, attributes, inputs, outputs) in enumerate(calls):
        ins = tuple(Port(name=f"input {number}", tensor=tensor) for number, tensor in enumerate(inputs))
        outs = tuple(Port(name=f"output {number}", tensor=tensor) for number, tensor in enumerate(outputs))
        before = nodes[-1]
        nodes.append(Node(id=f"n{place}", name="n", op=op, inputs=ins, outputs=outs, attributes=plain(attributes)))
        if ins and before.outputs:
            edges.append(Edge(source=before.id, target=nodes[-1].id))
    for found in costs(Graph(name="g", nodes=tuple(nodes), edges=tuple(edges), inputs=("x",))).values():
        assert all(each is None or each >= 0 for each in (found.multiply_adds, found.activation_bytes))
        for lengths in (found.receptive_field, found.effective_stride):
            assert lengths is None or all(each > 0 for each in lengths)


def test_every_class_has_its_rule_in_the_module_of_its_family():
    held = {family: {*import_module(f"cutaway.analysis.cost.{family}").RULES} for family in {*FAMILIES.values()}}
    assert held == {family: {name for name in FAMILIES if FAMILIES[name] == family} for family in held}
