"""Which kind a class is of: every layer of Keras 3, 2 and 1, and the operations of keras.ops by families.

A class that is in no table is OTHER. A custom class is never judged by a part of its name: a `MyDense` may be anything.
"""

from collections.abc import Mapping

from cutaway.graph import Kind, Value

_LAYERS: Mapping[Kind, str] = {
    Kind.INPUT: "InputLayer",
    Kind.CONVOLUTION: """Conv1D Conv2D Conv3D DepthwiseConv1D DepthwiseConv2D SeparableConv1D SeparableConv2D
        Convolution1D Convolution2D Convolution3D AtrousConvolution1D AtrousConvolution2D SeparableConvolution1D
        SeparableConvolution2D DepthwiseConvolution2D LocallyConnected1D LocallyConnected2D""",
    Kind.DENSE: "Dense EinsumDense TimeDistributedDense MaxoutDense Highway DenseFeatures",
    Kind.POOLING: """MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D AveragePooling3D
        GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GlobalAveragePooling1D GlobalAveragePooling2D
        GlobalAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D
        AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D""",
    Kind.UPSAMPLING: """UpSampling1D UpSampling2D UpSampling3D Conv1DTranspose Conv2DTranspose Conv3DTranspose
        Convolution2DTranspose Convolution3DTranspose Deconvolution2D Deconvolution3D""",
    Kind.NORMALIZATION: """BatchNormalization LayerNormalization GroupNormalization RMSNormalization UnitNormalization
        SyncBatchNormalization BatchNormalizationV1 BatchNormalizationV2 SpectralNormalization""",
    Kind.ACTIVATION: """Activation ReLU LeakyReLU PReLU ELU Softmax ThresholdedReLU ParametricSoftplus SReLU""",
    Kind.RECURRENT: """RNN SimpleRNN LSTM GRU ConvLSTM1D ConvLSTM2D ConvLSTM3D Bidirectional CuDNNLSTM CuDNNGRU
        SimpleRNNCell LSTMCell GRUCell StackedRNNCells ConvRecurrent2D ConvLSTM2DCell LSTMV1 LSTMV2 GRUV1 GRUV2""",
    Kind.ATTENTION: "Attention AdditiveAttention MultiHeadAttention GroupedQueryAttention GroupQueryAttention",
    Kind.EMBEDDING: "Embedding ReversibleEmbedding",
    Kind.MERGE: "Add Subtract Multiply Average Maximum Minimum Concatenate Dot Merge",
    Kind.RESHAPE: """Flatten Reshape Permute RepeatVector Cropping1D Cropping2D Cropping3D ZeroPadding1D ZeroPadding2D
        ZeroPadding3D""",
    Kind.REGULARIZATION: """Dropout AlphaDropout GaussianDropout GaussianNoise SpatialDropout1D SpatialDropout2D
        SpatialDropout3D ActivityRegularization""",
    Kind.PREPROCESSING: """Normalization Rescaling Resizing CenterCrop RandomCrop RandomFlip RandomRotation RandomZoom
        RandomTranslation RandomContrast RandomBrightness RandomHeight RandomWidth RandomColorDegeneration
        RandomColorJitter RandomElasticTransform RandomErasing RandomGaussianBlur RandomGrayscale RandomHue
        RandomInvert RandomPerspective RandomPosterization RandomSaturation RandomSharpness RandomShear RandAugment
        AugMix AutoContrast ContrastLimitedAdaptiveHistogramEqualization CutMix Equalization MixUp Solarization
        MaxNumBoundingBoxes CategoryEncoding Discretization HashedCrossing Hashing IntegerLookup StringLookup
        TextVectorization MelSpectrogram STFTSpectrogram CategoryCrossing""",
    Kind.OTHER: """Layer Lambda Identity Masking Pipeline Wrapper TimeDistributed TFSMLayer JaxLayer FlaxLayer
        TorchModuleWrapper TFOpLambda SlicingOpLambda TensorFlowOpLayer InstanceMethod ClassMethod""",
}

_OPERATIONS: Mapping[Kind, str] = {
    Kind.CONVOLUTION: "Conv DepthwiseConv SeparableConv",
    Kind.UPSAMPLING: "ConvTranspose Resize",
    Kind.POOLING: "MaxPool AveragePool AdaptiveMaxPool AdaptiveAveragePool",
    Kind.NORMALIZATION: "BatchNorm LayerNorm RMSNorm Normalize",
    Kind.ATTENTION: "DotProductAttention",
    Kind.ACTIVATION: """Celu Elu Gelu Glu HardShrink HardSigmoid HardSilu HardTanh LeakyRelu LogSigmoid LogSoftmax Relu
        Relu6 Selu Sigmoid Silu SoftShrink Softmax Softplus Softsign SparsePlus SparseSigmoid Sparsemax Squareplus Tanh
        TanhShrink Threshold""",
    Kind.MERGE: """Add Subtract Multiply Divide TrueDivide DivideNoNan FloorDivide Mod Fmod Power Maximum Minimum Fmax
        Fmin Average Concatenate Append Stack Hstack Vstack Dstack Logaddexp Logaddexp2 LogicalAnd LogicalOr LogicalXor
        BitwiseAnd BitwiseOr BitwiseXor Where Select""",
    Kind.RESHAPE: """Reshape Transpose GetItem ExpandDims Squeeze Split Hsplit Vsplit Dsplit ArraySplit Moveaxis
        Swapaxes Ravel Flip Fliplr Flipud Roll Rot90 Repeat Tile Take TakeAlongAxis BroadcastTo Pad Slice Unstack View
        Diagonal DepthToSpace SpaceToDepth Fold Unfold Rearrange ExtractPatches CropImages PadImages
        ExtractSequences""",
    Kind.EMBEDDING: "OneHot MultiHot",
}

_FUNCTIONS: Mapping[Kind, str] = {
    Kind.UPSAMPLING: "ResizeWithPad ResizeWithCropOrPad",
    Kind.POOLING: "MaxPoolWithArgmax FractionalMaxPool FractionalAvgPool Pool",
    Kind.NORMALIZATION: "LocalResponseNormalization Lrn",
    Kind.ACTIVATION: "Crelu",
    Kind.REGULARIZATION: "Dropout AlphaDropout",
    Kind.EMBEDDING: "EmbeddingLookup",
    Kind.MERGE: "SquaredDifference MultiplyNoNan DynamicStitch ParallelStack",
    Kind.RESHAPE: """StridedSlice GatherNd BooleanMask ReverseSequence SpaceToBatch SpaceToBatchNd BatchToSpace
        BatchToSpaceNd CropToBoundingBox CentralCrop CropAndResize FlipLeftRight FlipUpDown Flatten BatchFlatten
        RepeatElements ExtractVolumePatches Frame EnsureShape SetShape ToTensor MergeDims""",
}
"""Functions of TensorFlow that are no operations of Keras."""


def _by_class(table: Mapping[Kind, str]) -> dict[str, Kind]:
    return {name: kind for kind, names in table.items() for name in names.split()}


LAYERS: Mapping[str, Kind] = _by_class(_LAYERS)
OPERATIONS: Mapping[str, Kind] = _by_class(_OPERATIONS)
FUNCTIONS: Mapping[str, Kind] = _by_class(_FUNCTIONS)
_TRANSPARENT = frozenset({"TimeDistributed", "Wrapper", "SpectralNormalization"})
"""Wrappers that do what the layer inside them does."""


def layer_kind(op: str, attributes: Mapping[str, Value]) -> Kind:
    """Return the kind of a layer's class; a wrapper that changes nothing else is of the kind of the layer inside."""
    inner = attributes.get("layer") if op in _TRANSPARENT else None
    if isinstance(inner, Mapping):
        held = LAYERS.get(str(inner.get("class_name")), Kind.OTHER)
        return LAYERS[op] if held in {Kind.OTHER, Kind.INPUT} else held
    return LAYERS.get(op, Kind.OTHER)


def operation_kind(op: str, tensors: int) -> Kind:
    """Return the kind of an operation that takes `tensors` tensors; with a single one (x + 1) it merges nothing."""
    kind = OPERATIONS.get(op) or FUNCTIONS.get(op, Kind.OTHER)
    return Kind.OTHER if kind is Kind.MERGE and tensors < 2 else kind
