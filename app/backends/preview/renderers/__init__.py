"""One module for each way of drawing; they run in the confined child."""
