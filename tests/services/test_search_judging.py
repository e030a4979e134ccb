"""Which searches failed, judged by their order alone."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.choices import SearchSource
from app.db import session, transaction
from app.models import PopularSearch, SearchQuery
from app.services import search_judging
from app.services.search_judging import CHAIN, Made, failures
from tests.factories import a_click, a_search, an_asset, days_ago, judge_all

START = datetime(2026, 11, 1, tzinfo=UTC)
SEARCHES = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.integers(0, 600),
        st.integers(0, 1),
        st.sampled_from(list(SearchSource)),
        st.sampled_from([None, 1]),
    ),
    max_size=30,
)


@given(SEARCHES)
def test_a_failure_is_the_last_of_a_chain_and_its_chain_has_no_other(rows):
    made = sorted(
        (Made(n, who, START + timedelta(seconds=at), total, source, place)
         for n, (who, at, total, source, place) in enumerate(rows)),
        key=lambda one: (one.person_id, one.source, one.at, one.id),
    )  # fmt: skip
    failed = failures(made)
    for one in made:
        later = [
            x
            for x in made
            if (x.person_id, x.source) == (one.person_id, one.source)
            and (x.at, x.id) > (one.at, one.id)
        ]
        goes_on = any(x.at - one.at <= CHAIN for x in later)
        found_nothing = one.total == 0
        left = one.source is SearchSource.PAGE and one.best_position is None
        assert (one.id in failed) == (not goes_on and (found_nothing or left))


def test_what_is_long_over_is_judged_once(max, rae):
    number = a_search(rae, total=1, at=days_ago(1))
    with transaction():
        assert search_judging.judge() == 1
    with transaction():
        assert search_judging.judge() == 0
    assert session.get(SearchQuery, number).is_failed


def test_many_within_a_minute_do_not_stop_the_judge(max, rae, monkeypatch):
    monkeypatch.setattr(search_judging, "AT_ONCE", 3)
    numbers = [a_search(rae, f"s{n}", at=days_ago(1)) for n in range(7)]
    for _ in range(4):
        judge_all()
    session.expire_all()
    assert all(session.get(SearchQuery, number).judged_at for number in numbers)


def test_more_than_one_batch_is_judged_in_the_end(max, rae, monkeypatch):
    monkeypatch.setattr(search_judging, "AT_ONCE", 3)
    numbers = [a_search(rae, f"s{n}", at=days_ago(9 - n)) for n in range(7)]
    for _ in range(4):
        judge_all()
    session.expire_all()
    assert [session.get(SearchQuery, number).is_failed for number in numbers] == [True] * 7


def test_popular_is_what_several_people_opened_something_of(max, rae, rob):
    asset = an_asset(max)
    for actor, text in ((rae, "Walrus"), (rob, "walrus"), (rae, "orca"), (rae, "orca")):
        a_click(actor, a_search(actor, text, total=1), asset)
    a_search(rob, "orca", total=1)
    judge_all()
    assert [(one.folded, one.askers) for one in session.query(PopularSearch)] == [("walrus", 2)]
