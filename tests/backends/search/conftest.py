"""Engines to test: every engine goes through the same contract."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.backends.search.base import AssetDocument, Engine, PageText
from app.backends.search.registry import open_engine

ENGINES = ("tantivy", "whoosh")


@pytest.fixture(params=ENGINES)
def address(request, tmp_path) -> str:
    """What SEARCH_URL would say."""
    return f"{request.param}:{tmp_path / 'index'}"


@pytest.fixture
def opened(address) -> Iterator[Callable[[], Engine]]:
    """Opens engines over one folder, as several processes would."""
    engines: list[Engine] = []

    def another() -> Engine:
        engines.append(open_engine(address))
        return engines[-1]

    yield another
    for engine in engines:
        engine.close()


@pytest.fixture
def engine(opened) -> Engine:
    """An engine with an empty index."""
    made = opened()
    made.rebuild([], 0)
    return made


@pytest.fixture
def filled(engine, asset) -> Engine:
    """The same with 49 assets, at the seventh change; nobody writes it."""
    engine.rebuild([asset(n, "Acme", f"alpha w{n}", "pricing") for n in range(1, 50)], 7)
    engine.close()
    return engine


@pytest.fixture
def folder(tmp_path) -> Path:
    """The folder of `engine`."""
    return tmp_path / "index"


@pytest.fixture
def asset() -> Callable[..., AssetDocument]:
    """Makes an asset; pages are texts, or (title, text, notes)."""

    def make(asset_id: int, title: str = "", *pages, description="", public=True, **facets):
        texts = [page if isinstance(page, tuple) else ("", page, "") for page in pages]
        return AssetDocument(
            asset_id=asset_id,
            title=title,
            description=description,
            facets=facets,
            is_public=public,
            pages=tuple(PageText(n, *text) for n, text in enumerate(texts, start=1)),
        )

    return make
