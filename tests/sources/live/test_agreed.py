"""What two traces of one model on inputs of different sizes agree in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.graph import Tensor, Weight
from cutaway.sources.blueprint import Argument, Call, Layer, Model, Result
from cutaway.sources.live.agreed import DisagreementError, agreed, blamed

sizes = st.integers(1, 50)


def traced(batch, length, **different):
    """Return what a trace of two layers, one in a part, tells on inputs of some sizes."""
    given, made = Tensor(shape=(batch, length, 4), dtype="float32"), Tensor(shape=(batch * length, 4), dtype="float32")
    part = Model(
        name="part",
        op="Part",
        inputs=(0,),
        outputs=(Result(name="y", source=((1, 0), 0)),),
        layers=(
            Layer("x", "InputLayer", {"batch_shape": given.shape}, (Call(outputs=(given,)),)),
            Layer(
                "reshape",
                "Reshape",
                {"newshape": (batch * length, 4), "mode": "same"},
                (
                    Call(
                        (Argument(((0, 0), 0), given),),
                        constants={"of": f"array ({batch}, 4) float32", "key": (":", f":{length}"), "by": 1 / length},
                        outputs=(made,),
                    ),
                ),
                operation=True,
            ),
        ),
    )
    layers = {"name": "part", "op": "Part", "inner": part, "calls": (Call(outputs=(made,)),)} | different
    return Model(name="net", op="Net", layers=(Layer(**layers),), inputs=(), outputs=())


@given(sizes, sizes, sizes, sizes)
def test_sizes_in_which_traces_differ_are_unknown_and_all_others_known(batch, length, other_batch, other_length):
    both = agreed(traced(batch, length), traced(other_batch, other_length))
    inner = both.layers[0].inner
    entry, reshape = inner.layers
    b, t = (one if one == other else None for one, other in ((batch, other_batch), (length, other_length)))
    product = batch * length if batch * length == other_batch * other_length else None
    assert entry.attributes["batch_shape"] == entry.calls[0].outputs[0].shape == (b, t, 4)
    assert reshape.calls[0].arguments[0].tensor == Tensor(shape=(b, t, 4), dtype="float32")
    assert reshape.calls[0].outputs[0] == both.layers[0].calls[0].outputs[0]
    assert reshape.calls[0].outputs[0].shape == reshape.attributes["newshape"] == (product, 4)
    assert reshape.calls[0].constants == {
        "of": f"array ({'?' if b is None else b}, 4) float32",
        "key": (":", f":{'?' if t is None else t}"),
        "by": None if t is None else 1 / t,
    }


@given(sizes, sizes)
def test_a_trace_agrees_with_one_like_it_in_all(batch, length):
    assert agreed(traced(batch, length), traced(batch, length)) == traced(batch, length)


def test_what_was_unknown_stays_so():
    unknown = agreed(traced(2, 5), traced(3, 7))
    assert agreed(unknown, traced(2, 5)) == agreed(traced(2, 5), unknown) == unknown


def test_tensors_of_different_ranks_and_types_are_unknown():
    def giving(tensor):
        return traced(1, 1, inner=None, calls=(Call(outputs=(tensor,)),))

    both = agreed(giving(Tensor(shape=(2, 3), dtype="int32")), giving(Tensor(shape=(2,), dtype="float32")))
    assert both.layers[0].calls[0].outputs == (Tensor(),)


@pytest.mark.parametrize(
    "different",
    [
        {"name": "other"},
        {"op": "Other"},
        {"inner": None},
        {"calls": (Call(), Call())},
        {"calls": (Call(outputs=()),)},
        {"calls": (Call((Argument(None),), outputs=(Tensor(),)),)},
        {"calls": (Call(masks=(None,), outputs=(Tensor(),)),)},
        {"calls": (Call(astray=("x",), outputs=(Tensor(),)),)},
        {"calls": (Call(constants={"axis": 1}, outputs=(Tensor(),)),)},
        {"origin": object(), "weights": (Weight(key="w", shape=(3,), dtype="float32", trainable=True),)},
    ],
)
def test_traces_of_other_calls_do_not_agree(different):
    with pytest.raises(DisagreementError):
        agreed(traced(2, 3), traced(2, 3, **different))


def test_what_is_blamed_for_a_disagreement_is_what_went_wrong_before():
    wrong, disagreement = ValueError("no size"), DisagreementError()
    assert blamed(wrong) is wrong
    assert blamed(disagreement) is disagreement
    disagreement.__cause__ = wrong
    assert blamed(disagreement) is wrong
