"""Door 3: work for later."""
