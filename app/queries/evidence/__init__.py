"""Which content helps win: what was counted and compared, and who may read it."""
