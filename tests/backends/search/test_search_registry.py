"""Engines by their addresses."""

import pytest

from app.backends.search import registry


@pytest.mark.parametrize("url", ["", "tantivy", "tantivy:", "lucene:folder"])
def test_an_address_that_names_no_engine_is_refused_in_a_sentence(url):
    with pytest.raises(ValueError, match="tantivy:search_index"):
        registry.open_engine(url)


def test_the_engine_put_to_use_is_the_one_given(tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "_in_use", [])
    with pytest.raises(LookupError):
        registry.engine()
    chosen = registry.open_engine(f"tantivy:{tmp_path}")
    registry.use(chosen)
    assert registry.engine() is chosen
