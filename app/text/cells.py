"""Texts in the cells of a table that somebody opens in a spreadsheet."""


def harmless(text: str) -> str:
    """The text, with a quote before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
