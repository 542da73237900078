"""Known networks against TensorFlow's profiler and the papers that state what they cost and see.

`bert_base.json.gz`, `mobilenet.json.gz` and `efficientnet_b0.json.gz` are `to_json()` of Keras 3.15: of `tests/bert.py`
and of `keras.applications` (Apache-2.0); the other files are those of the gallery and the examples.
"""

from pathlib import Path

import pytest

from cutaway.analysis.complete import complete
from cutaway.analysis.cost import costs
from cutaway.analysis.measures import Amount, Measures
from cutaway.sources import read

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
FILES = {
    "VGG16": ROOT / "gallery/models/vgg16.json",
    "ResNet50": ROOT / "examples/resnet50.json",
    "MobileNetV2": ROOT / "examples/mobilenet_v2.json",
    "InceptionV3": ROOT / "gallery/models/inception_v3.json",
    "EfficientNetB0": HERE / "efficientnet_b0.json.gz",
    "MobileNet": HERE / "mobilenet.json.gz",
    "BERT": HERE / "bert_base.json.gz",
}

# Half of the floating-point operations in products that `tf.compat.v1.profiler` finds, TensorFlow 2.21, batch of one;
# of BERT, whose `Einsum` the profiler does not know, the products of the traced graph (`tests/product_counts.py`).
PROFILED = {
    "VGG16": 15_470_264_320,
    "ResNet50": 3_857_973_248,
    "MobileNetV2": 300_774_272,
    "InceptionV3": 5_713_216_096,
    "EfficientNetB0": 385_814_752,
    "MobileNet": 568_740_352,
}
BERT = {128: 11_174_215_680, 512: 48_318_971_904}


def model(name, assume=None):
    return complete(read(FILES[name]), verify=False, assume=assume)


def macs(name):
    return Measures(model(name))["macs"].total().value


@pytest.mark.parametrize("name", PROFILED)
def test_networks_multiply_as_often_as_tensorflow_does(name):
    measures = Measures(model(name))
    assert measures["macs"].total() == Amount(value=PROFILED[name])
    assert measures["flops"].total() == Amount(value=2 * PROFILED[name])


@pytest.mark.parametrize("length", BERT)
def test_bert_multiplies_as_often_as_tensorflow_does(length):
    measures = Measures(model("BERT", assume=length))
    assert measures["macs"].total() == Amount(value=BERT[length])
    assert measures["parameters"].total().value == 109_482_240


def test_bert_of_no_length_costs_at_least_what_does_not_depend_on_it():
    assert Measures(model("BERT"))["macs"].total() == Amount(value=768 * 768, exact=False)


def test_mobilenet_costs_what_its_paper_says():
    # Howard et al. 2017, Table 8: 1.0 MobileNet-224 has 569 million mult-adds.
    assert round(macs("MobileNet") / 1e6) == 569


def test_mobilenet_v2_costs_what_its_paper_says():
    # Sandler et al. 2018, Table 4: MobileNetV2 has 300M MAdds; the network of the table has no wider last layer.
    assert round(macs("MobileNetV2") / 1e7) * 10 == 300


def test_efficientnet_costs_what_its_paper_says():
    # Tan & Le 2019, Table 2: EfficientNet-B0 has 0.39B FLOPs, which are multiply-adds there.
    assert round(macs("EfficientNetB0") / 1e9, 2) == 0.39


def test_resnet_costs_what_its_paper_says():
    # He et al. 2016, Table 1: the 50-layer network has 3.8 × 10^9 FLOPs (multiply-adds), cut off after the digit.
    assert macs("ResNet50") // 10**8 == 38


def test_vgg_costs_what_the_paper_of_resnets_says():
    # He et al. 2016, Section 3.3: VGG-16 has 15.3 billion FLOPs (multiply-adds): so many have its convolutions alone.
    graph = model("VGG16")
    found = costs(graph)
    convolutions = sum(found[node.id].multiply_adds for node in graph.nodes if node.op == "Conv2D")
    assert convolutions // 10**8 == 153


def test_inception_costs_what_its_paper_says():
    # Szegedy et al. 2016, abstract: "a computational cost of 5 billion multiply-adds", cut off after the digit.
    assert macs("InceptionV3") // 10**9 == 5


def test_bert_costs_nearly_what_a_paper_says_that_counts_more_than_products():
    # Sun et al. 2020 (MobileBERT), Table 4: BERT-base has 22.5B FLOPs at length 128, without saying what is counted.
    # The products alone are 22.35B; the rest can only be arithmetic on single elements.
    products = Measures(model("BERT", assume=128))["flops"].total().value
    assert 22.3e9 < products < 22.5e9


# Araujo, Norris & Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019, table of networks.
@pytest.mark.parametrize(
    ("name", "node", "field", "stride"),
    [
        ("VGG16", "block5_pool", 212, 32),
        ("ResNet50", "conv5_block3_out", 483, 32),
        ("InceptionV3", "mixed10", 1311, 32),
        ("MobileNet", "conv_pw_13_relu", 315, 32),
    ],
)
def test_networks_see_what_has_been_published(name, node, field, stride):
    found = costs(model(name))[node]
    assert found.receptive_field == (field, field)
    assert found.effective_stride == (stride, stride)


def test_what_follows_on_a_gate_over_the_whole_image_sees_the_whole_image():
    found = costs(model("EfficientNetB0"))
    assert found["block1a_dwconv"].receptive_field == (7, 7)
    assert found["block1a_se_excite"].receptive_field == (224, 224)
    assert found["block1a_se_excite"].effective_stride == (2, 2)
