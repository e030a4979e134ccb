"""Door 4: the flask commands."""
