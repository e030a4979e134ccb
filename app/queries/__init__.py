"""Questions: the asker comes first, and what they may not see is not there."""
