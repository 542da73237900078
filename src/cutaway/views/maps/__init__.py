"""Stacks of feature maps: the figure of LeCun, Bottou, Bengio and Haffner 1998, for every graph."""
