"""The parts that figures are made of: boxes, arrows, labels, legends."""
