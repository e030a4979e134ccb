"""Door 2: the JSON API under /api/v1."""
