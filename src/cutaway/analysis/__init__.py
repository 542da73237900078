"""What can be known about a Graph."""
