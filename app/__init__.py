"""Quarterdeck, a sales enablement content hub."""
