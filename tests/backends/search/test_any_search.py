"""No text that a person can type makes an engine fail."""

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.backends.search.base import Change
from app.text.query import FIELDS, parse
from tests.matches import pages_by_asset

_WORDS = ["alpha", "alhpa", "pricing", "the", "日本", "日", "é", "x*", "日*", "a-b-c", "2026", "🦊"]
_GRAMMAR = ['"', "(", ")", "-", "*", ":", " ", " AND ", " OR ", " NOT ", *(f"{f}:" for f in FIELDS)]
_TEXTS = st.lists(st.one_of(st.text(max_size=20), st.sampled_from(_WORDS + _GRAMMAR)), max_size=60)


WORDS = "Alpha pricing 日本語 the é"


def seconds(engine, text, match_all):
    """How long a search and a snippet keep the processor busy."""
    started = time.process_time()
    query = parse(text)
    engine.search(query, match_all=match_all, best=5)
    engine.snippet(query, WORDS)
    return time.process_time() - started


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=_TEXTS.map("".join), match_all=st.booleans())
def test_any_query_is_answered_soon(text, match_all, engine, asset):
    if not engine.asset_ids():
        engine.apply([Change(1, asset(1, "Alpha", "pricing 日本語 the é", kind=("deck",)))], 1)
    query = parse(text)
    # Once more where it took long: the collector may have gone through the whole process meanwhile.
    assert any(seconds(engine, text, match_all) < 0.25 for _ in range(2))
    found = engine.search(query, match_all=match_all, best=5)
    shown = engine.snippet(query, WORDS)
    assert pages_by_asset(found).keys() <= {1}
    assert "Alpha" in shown.replace("<mark>", "").replace("</mark>", "")
