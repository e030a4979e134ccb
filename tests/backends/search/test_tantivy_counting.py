"""What matches more than Tantivy answers at once is counted whole."""

import pytest

from app.backends.search.tantivy import counting
from app.text.query import parse


@pytest.mark.parametrize("address", ["tantivy"], indirect=True)
def test_every_match_is_counted_where_there_are_more_than_one_answer_holds(filled, monkeypatch):
    monkeypatch.setattr(counting, "BUCKETS", 8)
    found = filled.search(parse("alpha"), match_all=True, best=0)
    assert found.pages_by_asset == dict.fromkeys(range(1, 50), 1)
