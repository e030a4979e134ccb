"""Pages of files as images, drawn in a confined child process."""
