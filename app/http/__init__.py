"""The frame of both web doors: requests that stream uploads, files, errors, headers."""
