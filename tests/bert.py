"""BERT-base of Devlin et al. 2019 (12 layers of width 768, 12 heads, 3072 inside), made with the layers of Keras."""

LAYERS, WIDTH, HEADS, INSIDE, WORDS, POSITIONS = 12, 768, 12, 3072, 30522, 512


def bert_base(keras, length=None):
    layers = keras.layers
    words = keras.Input((length,), dtype="int32", name="words")
    places = keras.Input((length,), dtype="int32", name="places")
    segments = keras.Input((length,), dtype="int32", name="segments")
    x = layers.Add(name="embedding")(
        [
            layers.Embedding(WORDS, WIDTH, name="word")(words),
            layers.Embedding(POSITIONS, WIDTH, name="place")(places),
            layers.Embedding(2, WIDTH, name="segment")(segments),
        ]
    )
    x = layers.LayerNormalization(epsilon=1e-12, name="embedding_norm")(x)
    for place in range(LAYERS):
        x = block(layers, x, f"layer_{place}")
    first = x[:, 0]
    pooled = layers.Dense(WIDTH, activation="tanh", name="pooler")(first)
    return keras.Model([words, places, segments], [x, pooled], name="bert_base")


def block(layers, x, name):
    attended = layers.MultiHeadAttention(HEADS, WIDTH // HEADS, name=f"{name}_attention")(x, x)
    x = layers.LayerNormalization(epsilon=1e-12, name=f"{name}_norm")(layers.Add(name=f"{name}_sum")([x, attended]))
    inside = layers.Dense(INSIDE, activation="gelu", name=f"{name}_wide")(x)
    narrow = layers.Dense(WIDTH, name=f"{name}_narrow")(inside)
    return layers.LayerNormalization(epsilon=1e-12, name=f"{name}_norm_2")(
        layers.Add(name=f"{name}_sum_2")([x, narrow])
    )
