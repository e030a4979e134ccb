"""One module for each kind of file; each has `read(file, document)` and runs in the child."""
