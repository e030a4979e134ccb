"""Door 1: pages for people."""
