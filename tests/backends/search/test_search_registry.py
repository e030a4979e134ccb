"""Engines by their addresses."""

import pytest

from app.backends.search import registry


@pytest.mark.parametrize("url", ["", "tantivy", "tantivy:", "lucene:folder"])
def test_an_address_that_names_no_engine_is_refused_in_a_sentence(url):
    with pytest.raises(ValueError, match="tantivy:search_index"):
        registry.open_engine(url)


@pytest.mark.parametrize("name", ["tantivy", "whoosh"])
def test_an_address_names_an_engine_and_its_folder(name, tmp_path):
    engine = registry.open_engine(f"{name}:{tmp_path / 'index'}")
    engine.rebuild([], 3)
    engine.close()
    assert engine.position() == 3
    assert (tmp_path / "index" / "CURRENT").read_text().splitlines()[1].startswith(name)


def test_the_engine_put_to_use_is_the_one_given(tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "_in_use", [])
    with pytest.raises(LookupError):
        registry.engine()
    chosen = registry.open_engine(f"tantivy:{tmp_path}")
    registry.use(chosen)
    assert registry.engine() is chosen
