"""Which engine searches: opened by its address, put in place once by the factory."""

from pathlib import Path

from app.backends.search.base import Engine

_in_use: list[Engine] = []


def open_engine(url: str) -> Engine:
    """The engine of `tantivy:<folder>` or `whoosh:<folder>`; nothing is opened yet.

    Raises ValueError otherwise.
    """
    scheme, _, folder = url.partition(":")
    if not folder:
        raise ValueError("SEARCH_URL names an engine and a folder, as in tantivy:search_index.")
    if scheme == "tantivy":
        from app.backends.search.tantivy import TantivyEngine  # noqa: PLC0415

        return TantivyEngine(Path(folder).absolute())
    if scheme == "whoosh":
        from app.backends.search.whoosh import WhooshEngine  # noqa: PLC0415

        return WhooshEngine(Path(folder).absolute())
    raise ValueError(
        f"There is no search engine called {scheme!r}."
        " Use tantivy:search_index or whoosh:search_index."
    )


def use(chosen: Engine) -> None:
    """Make an engine the one that `engine` gives."""
    _in_use[:] = [chosen]


def engine() -> Engine:
    """The engine in use; raises LookupError before `use`."""
    if not _in_use:
        raise LookupError("No search engine is in use yet; the factory calls use().")
    return _in_use[0]
