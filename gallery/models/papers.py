"""The models of well-known papers, in their sizes, as functional models of Keras 3 out of its own layers only.

Layers carry the names of the authors' code. Positions come in as an input, as Keras has no layer for them; biases of
relative positions and the masks of shifted windows, which its attention cannot take, are left out.
"""

import keras
from keras import layers, ops


def gpt2() -> keras.Model:
    """Build GPT-2 small (Radford et al. 2019, section 2.3): norms in front; the head shares the token embedding."""
    tokens = layers.Input((None,), dtype="int32", name="tokens")
    positions = layers.Input((None,), dtype="int32", name="positions")
    wte = layers.ReversibleEmbedding(50257, 768, name="wte")
    x = layers.Add(name="embedded")([wte(tokens), layers.Embedding(1024, 768, name="wpe")(positions)])
    x = layers.Dropout(0.1, name="drop")(x)
    for block in range(12):
        name = f"h{block}"
        y = layers.LayerNormalization(epsilon=1e-5, name=f"{name}_ln_1")(x)
        y = layers.MultiHeadAttention(12, 64, dropout=0.1, name=f"{name}_attn")(y, y, use_causal_mask=True)
        x = layers.Add(name=f"{name}_add_1")([x, layers.Dropout(0.1, name=f"{name}_attn_drop")(y)])
        y = layers.LayerNormalization(epsilon=1e-5, name=f"{name}_ln_2")(x)
        y = layers.Dense(3072, activation="gelu", name=f"{name}_mlp_c_fc")(y)
        y = layers.Dense(768, name=f"{name}_mlp_c_proj")(y)
        x = layers.Add(name=f"{name}_add_2")([x, layers.Dropout(0.1, name=f"{name}_mlp_drop")(y)])
    x = layers.LayerNormalization(epsilon=1e-5, name="ln_f")(x)
    return keras.Model([tokens, positions], {"logits": wte(x, reverse=True)}, name="gpt2_small")


def bert() -> keras.Model:
    """Build BERT base (Devlin et al. 2019, section 3): norms behind; every block reads the mask."""
    names = ("tokens", "segments", "positions", "mask")
    tokens, segments, positions, mask = (layers.Input((None,), dtype="int32", name=name) for name in names)
    embedded = [
        layers.Embedding(30522, 768, name="word_embeddings")(tokens),
        layers.Embedding(2, 768, name="token_type_embeddings")(segments),
        layers.Embedding(512, 768, name="position_embeddings")(positions),
    ]
    x = layers.LayerNormalization(epsilon=1e-12, name="embeddings_norm")(layers.Add(name="embeddings")(embedded))
    x = layers.Dropout(0.1, name="embeddings_dropout")(x)
    seen = layers.Reshape((1, -1), name="attention_mask")(mask)
    for block in range(12):
        name = f"encoder_layer_{block}"
        y = layers.MultiHeadAttention(12, 64, dropout=0.1, name=f"{name}_attention")(x, x, attention_mask=seen)
        y = layers.Dropout(0.1, name=f"{name}_attention_dropout")(y)
        y = layers.Add(name=f"{name}_attention_add")([x, y])
        x = layers.LayerNormalization(epsilon=1e-12, name=f"{name}_attention_norm")(y)
        y = layers.Dense(3072, activation="gelu", name=f"{name}_intermediate")(x)
        y = layers.Dropout(0.1, name=f"{name}_dropout")(layers.Dense(768, name=f"{name}_output")(y))
        x = layers.LayerNormalization(epsilon=1e-12, name=f"{name}_norm")(layers.Add(name=f"{name}_add")([x, y]))
    pooled = layers.Dense(768, activation="tanh", name="pooler")(x[:, 0])
    return keras.Model([tokens, segments, positions, mask], {"sequence": x, "pooled": pooled}, name="bert_base")


def t5() -> keras.Model:
    """Build T5 small (Raffel et al. 2020, section 2.1): one table of words for both halves and for the head."""
    source = layers.Input((None,), dtype="int32", name="source")
    target = layers.Input((None,), dtype="int32", name="target")
    shared = layers.ReversibleEmbedding(32128, 512, name="shared")
    x = layers.Dropout(0.1, name="encoder_dropout")(shared(source))
    for block in range(6):
        name = f"encoder_block_{block}"
        x = t5_part(x, f"{name}_self_attention")
        x = t5_part(x, f"{name}_feed_forward")
    x = layers.RMSNormalization(name="encoder_final_layer_norm")(x)
    y = layers.Dropout(0.1, name="decoder_dropout")(shared(target))
    for block in range(6):
        name = f"decoder_block_{block}"
        y = t5_part(y, f"{name}_self_attention", causal=True)
        y = t5_part(y, f"{name}_cross_attention", memory=x)
        y = t5_part(y, f"{name}_feed_forward")
    y = layers.RMSNormalization(name="decoder_final_layer_norm")(y)
    y = layers.Rescaling(512**-0.5, name="scale")(y)
    return keras.Model([source, target], {"logits": shared(y, reverse=True)}, name="t5_small")


def t5_part(
    x: keras.KerasTensor, name: str, *, memory: keras.KerasTensor | None = None, causal: bool = False
) -> keras.KerasTensor:
    """Apply one part of a block of T5, with its norm in front and its sum behind."""
    y = layers.RMSNormalization(name=f"{name}_layer_norm")(x)
    if "attention" in name:
        attention = layers.MultiHeadAttention(8, 64, dropout=0.1, use_bias=False, name=name)
        y = attention(y, y if memory is None else memory, use_causal_mask=causal)
    else:
        y = layers.Dense(2048, activation="relu", use_bias=False, name=f"{name}_wi")(y)
        y = layers.Dense(512, use_bias=False, name=f"{name}_wo")(layers.Dropout(0.1, name=f"{name}_wi_dropout")(y))
    return layers.Add(name=f"{name}_add")([x, layers.Dropout(0.1, name=f"{name}_dropout")(y)])


def whisper() -> keras.Model:
    """Build Whisper tiny (Radford et al. 2022, figure 1): half a minute of sound to the words spoken."""
    sound = layers.Input((3000, 80), name="log_mel_spectrogram")
    frames = layers.Input((1500,), dtype="int32", name="frame_positions")
    x = layers.Conv1D(384, 3, padding="same", activation="gelu", name="encoder_conv1")(sound)
    x = layers.Conv1D(384, 3, strides=2, padding="same", activation="gelu", name="encoder_conv2")(x)
    sinusoids = layers.Embedding(1500, 384, trainable=False, name="encoder_positional_embedding")(frames)
    x = layers.Add(name="encoder_embedded")([x, sinusoids])
    for block in range(4):
        x = whisper_block(x, f"encoder_blocks_{block}")
    x = layers.LayerNormalization(name="encoder_ln_post")(x)
    tokens = layers.Input((None,), dtype="int32", name="tokens")
    positions = layers.Input((None,), dtype="int32", name="positions")
    table = layers.ReversibleEmbedding(51865, 384, name="decoder_token_embedding")
    y = layers.Embedding(448, 384, name="decoder_positional_embedding")(positions)
    y = layers.Add(name="decoder_embedded")([table(tokens), y])
    for block in range(4):
        y = whisper_block(y, f"decoder_blocks_{block}", memory=x)
    y = layers.LayerNormalization(name="decoder_ln")(y)
    logits = {"logits": table(y, reverse=True)}
    return keras.Model([sound, frames, tokens, positions], logits, name="whisper_tiny")


def whisper_block(x: keras.KerasTensor, name: str, memory: keras.KerasTensor | None = None) -> keras.KerasTensor:
    """Apply a block of the encoder or, where there is a memory to attend to, of the decoder."""
    y = layers.LayerNormalization(name=f"{name}_attn_ln")(x)
    y = layers.MultiHeadAttention(6, 64, name=f"{name}_attn")(y, y, use_causal_mask=memory is not None)
    x = layers.Add(name=f"{name}_attn_add")([x, y])
    if memory is not None:
        y = layers.LayerNormalization(name=f"{name}_cross_attn_ln")(x)
        y = layers.MultiHeadAttention(6, 64, name=f"{name}_cross_attn")(y, memory)
        x = layers.Add(name=f"{name}_cross_attn_add")([x, y])
    y = layers.LayerNormalization(name=f"{name}_mlp_ln")(x)
    y = layers.Dense(1536, activation="gelu", name=f"{name}_mlp_0")(y)
    return layers.Add(name=f"{name}_mlp_add")([x, layers.Dense(384, name=f"{name}_mlp_2")(y)])


def swin() -> keras.Model:
    """Build Swin-T (Liu et al. 2021, figure 3): attention in windows, shifted in every second block."""
    image = layers.Input((224, 224, 3), name="image")
    x = layers.Conv2D(96, 4, strides=4, name="patch_embed_proj")(image)
    x = layers.LayerNormalization(name="patch_embed_norm")(x)
    for stage, blocks in enumerate((2, 2, 6, 2)):
        if stage:
            x = patch_merging(x, f"layers.{stage}.downsample")
        for block in range(blocks):
            x = swin_block(x, f"layers.{stage}.blocks.{block}", shift=3 if block % 2 and stage < 3 else 0)
    x = layers.GlobalAveragePooling2D(name="avgpool")(layers.LayerNormalization(name="norm")(x))
    return keras.Model(image, {"logits": layers.Dense(1000, name="head")(x)}, name="swin_tiny")


def swin_block(x: keras.KerasTensor, name: str, shift: int) -> keras.KerasTensor:
    """Apply a block of Swin: attention within windows of 7 × 7, then two dense layers."""
    _, height, width, channels = x.shape
    y = layers.LayerNormalization(name=f"{name}.norm1")(x)
    if shift:
        y = ops.roll(y, (-shift, -shift), axis=(1, 2))
    y = layers.Reshape((height // 7, 7, width // 7, 7, channels), name=f"{name}.split")(y)
    y = layers.Permute((1, 3, 2, 4, 5), name=f"{name}.gather")(y)
    y = layers.Reshape((height * width // 49, 49, channels), name=f"{name}.windows")(y)
    y = layers.MultiHeadAttention(channels // 32, 32, attention_axes=2, name=f"{name}.attn")(y, y)
    y = layers.Reshape((height // 7, width // 7, 7, 7, channels), name=f"{name}.unwindow")(y)
    y = layers.Permute((1, 3, 2, 4, 5), name=f"{name}.scatter")(y)
    y = layers.Reshape((height, width, channels), name=f"{name}.join")(y)
    if shift:
        y = ops.roll(y, (shift, shift), axis=(1, 2))
    x = layers.Add(name=f"{name}.add1")([x, y])
    y = layers.LayerNormalization(name=f"{name}.norm2")(x)
    y = layers.Dense(4 * channels, activation="gelu", name=f"{name}.mlp.fc1")(y)
    return layers.Add(name=f"{name}.add2")([x, layers.Dense(channels, name=f"{name}.mlp.fc2")(y)])


def patch_merging(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Join each four neighbours, and halve what they hold together."""
    quarters = [x[:, 0::2, 0::2], x[:, 1::2, 0::2], x[:, 0::2, 1::2], x[:, 1::2, 1::2]]
    y = layers.LayerNormalization(name=f"{name}.norm")(layers.Concatenate(name=f"{name}.quarters")(quarters))
    return layers.Dense(2 * x.shape[-1], use_bias=False, name=f"{name}.reduction")(y)


def unet_2015() -> keras.Model:
    """Build the first U-Net (Ronneberger, Fischer, Brox 2015, figure 1): without padding, so skips are cropped."""
    image = layers.Input((572, 572, 1), name="image")
    x, skips = image, []
    for level, filters in enumerate((64, 128, 256, 512), 1):
        x = unpadded(x, filters, f"down{level}")
        skips.append(x)
        x = layers.MaxPooling2D(name=f"down{level}_pool")(x)
    x = layers.Dropout(0.5, name="dropout")(unpadded(x, 1024, "bottom"))
    for level, filters in zip((4, 3, 2, 1), (512, 256, 128, 64), strict=True):
        x = layers.Conv2DTranspose(filters, 2, strides=2, name=f"up{level}_upconv")(x)
        skip = skips.pop()
        crop = (skip.shape[1] - x.shape[1]) // 2
        x = layers.Concatenate(name=f"up{level}_concat")([layers.Cropping2D(crop, name=f"up{level}_crop")(skip), x])
        x = unpadded(x, filters, f"up{level}")
    return keras.Model(image, layers.Conv2D(2, 1, activation="softmax", name="segmentation")(x), name="unet")


def unpadded(x: keras.KerasTensor, filters: int, name: str) -> keras.KerasTensor:
    """Apply the two unpadded convolutions of a level."""
    for number in (1, 2):
        x = layers.Conv2D(filters, 3, activation="relu", name=f"{name}_conv{number}")(x)
    return x
