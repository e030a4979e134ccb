"""Text out of files, read in a confined child process."""
