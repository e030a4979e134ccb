"""Verbs: one function each; they permit, ask the noun, and never commit."""
