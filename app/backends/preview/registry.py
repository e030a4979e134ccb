"""By what this hub draws the pages of office files."""

_office = ["builtin"]


def use(office: str) -> None:
    """Draw office files by this from now on: `builtin` or `libreoffice`."""
    _office[:] = [office]


def office() -> str:
    """By what office files are drawn."""
    return _office[0]
