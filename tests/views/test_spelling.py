"""Tests of how shapes, counts and names of models are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.graph import Tensor
from cutaway.views.spelling import count_text, heading, is_row_of_integers, shape_text, tensor_text

_APPLICATIONS = """
convnext_tiny ConvNeXt-Tiny
convnext_small ConvNeXt-Small
convnext_base ConvNeXt-Base
convnext_large ConvNeXt-Large
convnext_xlarge ConvNeXt-XLarge
densenet121 DenseNet121
densenet169 DenseNet169
densenet201 DenseNet201
efficientnetb0 EfficientNet-B0
efficientnetb1 EfficientNet-B1
efficientnetb2 EfficientNet-B2
efficientnetb3 EfficientNet-B3
efficientnetb4 EfficientNet-B4
efficientnetb5 EfficientNet-B5
efficientnetb6 EfficientNet-B6
efficientnetb7 EfficientNet-B7
efficientnetv2-b0 EfficientNetV2-B0
efficientnetv2-b1 EfficientNetV2-B1
efficientnetv2-b2 EfficientNetV2-B2
efficientnetv2-b3 EfficientNetV2-B3
efficientnetv2-s EfficientNetV2-S
efficientnetv2-m EfficientNetV2-M
efficientnetv2-l EfficientNetV2-L
inception_resnet_v2 Inception-ResNet-v2
inception_v3 Inception-v3
mobilenet_1.00_224 MobileNet (1.0, 224)
mobilenetv2_1.00_224 MobileNetV2 (1.0, 224)
MobileNetV3Small MobileNetV3-Small
MobileNetV3Large MobileNetV3-Large
nasnet_mobile NASNet-Mobile
nasnet_large NASNet-Large
resnet50 ResNet50
resnet101 ResNet101
resnet152 ResNet152
resnet50v2 ResNet50V2
resnet101v2 ResNet101V2
resnet152v2 ResNet152V2
vgg16 VGG16
vgg19 VGG19
xception Xception
"""
"""The 40 models of keras.applications: what Keras calls them, what their papers do."""

_OTHERS = {
    "NASNet": "NASNet",  # of Keras 2
    "regnetx002": "RegNetX002",
    "regnety320": "RegNetY320",
    "resnet-rs-50": "ResNet-RS-50",
    "mobilenet_0.25_128": "MobileNet (0.25, 128)",
    "efficientnet-b3": "EfficientNet-B3",
    "resnet18": "ResNet18",
    "bert_base": "BERT-Base",
    "vit-b16": "ViT-B16",
    "unet": "U-Net",
    "unet_v2": "U-Net v2",
    "alexnet": "AlexNet",
    "lenet": "LeNet",
    "lenet5": "LeNet-5",
    "lenet_5": "LeNet-5",
    "gpt2": "GPT-2",
    "gpt2_small": "GPT-2 small",
    "vae": "VAE",
    "CNN_small": "CNN small",
    "mobilenet_1.50_1000": "MobileNet (1.5, 1000)",
    f"mobilenet_{'9' * 400}.0_224": f"MobileNet ({'9' * 400}.0, 224)",
}


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ((None, 56, 56, 64), "56²×64"),
        ((None, 64, 56, 56), "64×56²"),
        ((None, 8, 8, 8, 3), "8³×3"),
        ((None, 7, 7, 7), "7²×7"),
        ((None, 64, 64), "64×64"),
        ((None, None, 768), "?×768"),
        ((None, None, None, 3), "?×?×3"),
        ((None, 1, 1, 64), "1×1×64"),
        ((None, 10), "10"),
        ((None,), "scalar"),
        ((), "scalar"),
        ((32, 10), "32×10"),
        (("batch", "time", 8), "batch×time×8"),
        (None, "?"),
    ],
)
def test_a_shape_reads_like_this(shape, text):
    assert shape_text(shape) == text


@given(st.lists(st.one_of(st.none(), st.integers(1, 300)), min_size=1, max_size=6))
def test_no_axis_is_dropped(dims):
    text = shape_text((None, *dims))
    axes = 0
    for part in text.split("×"):
        axes += {"²": 2, "³": 3}.get(part[-1], 1)
    assert axes == len(dims)


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (999, "999"), (1000, "1 k"), (1234, "1.23 k"), (25_636_712, "25.6 M"), (124_000_000_000, "124 G")],
)
def test_a_count_reads_like_this(count, text):
    assert count_text(count) == text


def test_a_tensor_says_what_is_asked():
    tensor = Tensor(shape=(None, 10), dtype="float16")
    assert tensor_text(tensor) == "10"
    assert tensor_text(tensor, dtype=True) == "10 float16"
    assert tensor_text(Tensor(), shape=False, dtype=True) == "?"
    assert tensor_text(tensor, shape=False) == ""


@pytest.mark.parametrize(
    ("shape", "dtype", "is_row"),
    [
        ((None, "T"), "int32", True),
        ((None, 512), "int64", True),
        ((None, None), "int32", False),
        ((None, 512), "float32", False),
        ((None, 512), None, False),
        ((None, 1), "int32", False),
        ((None, 8, 8), "uint8", False),
        ((8, 8), "int32", False),
        (None, "int32", False),
    ],
)
def test_a_row_of_integers_has_a_length(shape, dtype, is_row):
    assert is_row_of_integers(Tensor(shape=shape, dtype=dtype)) is is_row


@pytest.mark.parametrize("line", _APPLICATIONS.split("\n")[1:-1])
def test_applications_are_written_as_in_their_papers(line):
    name, written = line.split(" ", 1)
    assert heading(name) == written


@pytest.mark.parametrize("name", _OTHERS)
def test_titles_write_known_models_as_the_field_does(name):
    assert heading(name) == _OTHERS[name]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            "-",
            "vgg_net",
            "vgg16_",
            "unet_2015",
            "unet_model",
            "gan_s",
            "vit_",
            "bert_backbone",
            "mobilenet_1._224",
        ),
        *("ResNet_V2", "MobileNet_V3_Large", "CNN_Small", "lstm_0.5_128", "xception_1.0_299"),
        *("My_Model", "Unet", "UNet", "Resnet50", "MobileNetV3W050Small", "ResNet183D", "Megnet"),
    ],
)
def test_names_of_which_not_all_is_known_stay_as_they_are(name):
    assert heading(name) == name
