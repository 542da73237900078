"""Multiply–adds as TensorFlow runs them: counted over the operations of a traced function, and by its own profiler."""

from math import prod

KNOWN_TO_PROFILER = frozenset(("Conv2D", "DepthwiseConv2dNative", "MatMul", "BatchMatMulV2", "Conv2DBackpropInput"))
"""Operations of which TensorFlow's profiler knows how many floating-point operations they are."""
CALLS = frozenset(("PartitionedCall", "StatefulPartitionedCall"))


def traced(call, inputs):
    """Return the graph of what a model or layer runs for a batch of one of these Keras tensors."""
    import tensorflow as tf

    specs = [tf.TensorSpec((1, *each.shape[1:]), each.dtype) for each in inputs]
    run = tf.function(lambda *given: call(given[0] if len(given) == 1 else list(given)), autograph=False)
    return run.get_concrete_function(*specs).graph


def multiply_adds(graph):
    """Return the multiply–adds of all operations on which the outputs of a traced function depend."""
    found, pending, seen = 0, [tensor.op for tensor in graph.outputs], set()
    while pending:
        operation = pending.pop()
        if operation.name in seen:
            continue
        seen.add(operation.name)
        pending += [tensor.op for tensor in operation.inputs]
        if operation.type in CALLS:
            found += multiply_adds(graph._get_function(operation.get_attr("f").name).graph)
        else:
            found += of_operation(operation)
    return found


def profiled(graph):
    """Return half the floating-point operations that TensorFlow's profiler finds in the products of a function.

    It does not look into functions that are called, knows nothing of `Einsum`, and counts what nobody needs.
    """
    import tensorflow as tf

    options = {**tf.compat.v1.profiler.ProfileOptionBuilder.float_operation(), "output": "none"}
    node, found = tf.compat.v1.profiler.profile(graph, cmd="op", options=options), 0
    while node.children:  # a chain, one kind of operation in the other
        node = node.children[0]
        found += node.float_ops if node.name in KNOWN_TO_PROFILER else 0
    return found // 2


def of_operation(operation):
    """Return the multiply–adds of one operation; 0 for one that is no product."""
    kind = operation.type
    assert kind not in {"While", "StatelessWhile", "If", "StatelessIf", "BatchMatMul", "BatchMatMulV3"}, kind
    shapes = [tuple(tensor.shape.as_list()) if tensor.shape.rank is not None else () for tensor in operation.inputs]
    made = [tuple(tensor.shape.as_list()) if tensor.shape.rank is not None else () for tensor in operation.outputs]
    if kind in {"Conv2D", "Conv3D"}:
        return prod(made[0]) * prod(shapes[1][:-1])
    if kind == "DepthwiseConv2dNative":
        return prod(made[0]) * prod(shapes[1][:2])
    if kind in {"Conv2DBackpropInput", "Conv3DBackpropInputV2"}:
        return prod(shapes[2]) * prod(shapes[1][:-1])
    if kind == "MatMul":
        return prod(made[0]) * shapes[0][0 if operation.get_attr("transpose_a") else 1]
    if kind == "BatchMatMulV2":
        return prod(made[0]) * shapes[0][-2 if operation.get_attr("adj_x") else -1]
    return _einsum(operation.get_attr("equation").decode(), shapes) if kind == "Einsum" else 0


def _einsum(equation, shapes):
    sizes = {}
    for term, shape in zip(equation.split("->")[0].split(","), shapes, strict=True):
        before, dots, after = term.partition("...")
        sizes.update(zip(before, shape, strict=False))
        sizes.update(zip(reversed(after), reversed(shape), strict=False))
        if dots:
            sizes["..."] = max(sizes.get("...", 1), prod(shape[len(before) : len(shape) - len(after)]))
    return prod(sizes.values())
