r"""Selectors: which nodes of a Graph are meant, in one language for every option, pattern and theme.

A text names nodes by what is known of them:

    conv1  block1/*  conv?      id or name, a nested model with all that is in it, or operation; `*` and `?` stand in
    /^block\d+/                  a regular expression, found in the id or the name
    op:Conv2D  name:conv?       the operation alone, the name alone
    kind:convolution            the kind, by the words of legends
    in:encoder                  all that is in a nested model
    kernel_size=3x3             an attribute of the layer: activation=relu, strides=2, use_bias=no, trainable=no
    "my layer"                  exactly that id, name or operation
    not …   … and …   … or …    combined, with parentheses

Besides, a selector may be a function of a Node that returns whether it is meant, a layer of a live model, a layer's
class (with those derived from it), a mapping of what is known ({"kind": "convolution", "kernel_size": (3, 3)}), or a
list: what any of it means.
"""

from cutaway.analysis.select.selector import Selector, select, selector

__all__ = ["Selector", "select", "selector"]
