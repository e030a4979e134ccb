"""The example company: brought in step by step, and taken out again whole."""
