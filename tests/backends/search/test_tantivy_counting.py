"""What matches more than Tantivy answers or ranks at once is counted whole, and ranked alike."""

import pytest

from app.backends.search.tantivy import counting, searching
from app.text.query import parse
from tests.matches import pages_by_asset


@pytest.mark.parametrize("address", ["tantivy"], indirect=True)
def test_every_match_is_counted_where_there_are_more_than_one_answer_holds(filled, monkeypatch):
    monkeypatch.setattr(counting, "BUCKETS", 8)
    found = filled.search(parse("alpha"), match_all=True, best=0)
    assert pages_by_asset(found) == dict.fromkeys(range(1, 50), 1)


@pytest.mark.parametrize("address", ["tantivy"], indirect=True)
@pytest.mark.parametrize("text", ["pricing", "pric*", "pricing guide", "pricing -walrus"])
def test_many_pages_are_in_the_order_of_few(text, engine, asset, monkeypatch):
    titles = {n: "Pricing " * (n % 7) + "guide" for n in range(1, 30)}
    engine.rebuild([asset(n, title, *["our pricing"] * n) for n, title in titles.items()], 1)
    few = engine.search(parse(text), match_all=True, best=30).best
    monkeypatch.setattr(searching, "_LITTLE", 0)
    monkeypatch.setattr(searching, "_MOST_READ", 1)
    assert list(engine.search(parse(text), match_all=True, best=30).best) == list(few)
