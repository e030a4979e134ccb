"""The governance board: every piece with its state, and what the hub would do with it."""
