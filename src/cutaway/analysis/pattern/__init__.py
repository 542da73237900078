"""Patterns: expressions that stand for parts of a Graph, such as a block that is to be drawn as one box.

    Conv2D > BatchNormalization > ReLU       one node behind the other
    Conv2D[kernel_size=3x3, strides=2]       with attributes, as selectors write them
    kind:activation   name:stem_*   Conv*    by kind, by name, by an operation with wildcards; `*` is any node
    ReLU or Activation[activation=relu]      one of several
    (Conv2D > ReLU > Conv2D | Conv2D) > Add  branches from one place that a node joins, in any order
    (Conv2D > ReLU | ) > Add                 an empty branch is a direct line: a residual connection
    (Conv2D > ReLU)+  (Dropout)?  (Dense){2,4}   repeated: `*` any number, `+` one or more, `?` one or none

A repetition follows a parenthesis (or `]`, or, for `+` and `{…}`, a name), because `*` and `?` in a name are wildcards.
"""

from cutaway.analysis.pattern.match import matches

__all__ = ["matches"]
