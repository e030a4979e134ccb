"""Searching: what the asker may see, counted and shown, and nothing else."""

from datetime import timedelta
from math import prod

import pytest
from sqlalchemy import update

from app.backends.search import registry
from app.backends.search.base import EngineUnavailable
from app.choices import Status
from app.clock import today
from app.db import session, transaction
from app.inputs.asset import AssetChange, Retirement
from app.inputs.listing import Search
from app.models.stage import Stage
from app.queries import assets, search
from app.queries.search import matching, searching
from app.services import assets as verbs
from app.services import indexing, retirement
from tests.factories import (
    a_deck,
    a_draft,
    a_file,
    a_retired_asset,
    a_version,
    an_asset,
    index_all,
    settle,
)


def titles(actor, q: str = "", **asked) -> list[str]:
    """What a search finds, in order."""
    return [hit.asset.title for hit in search.search(actor, Search(q=q, **asked)).hits]


def test_a_sentence_inside_a_slide_is_found_with_its_page(max, rae):
    deck = a_deck("Welcome: Hello", "Pricing: The walrus plan costs ninety euros")
    an_asset(max, "Acme deck", file=a_file(deck, "acme.pptx"))
    settle()
    hit = search.search(rae, Search(q="walrus plan costs ninety euros")).hits[0]
    assert (hit.asset.title, hit.page, hit.page_title) == ("Acme deck", 2, "Pricing")
    assert "<mark>walrus</mark>" in hit.snippet


def test_what_nobody_has_looked_at_for_long_ranks_lower_and_says_why(max, rae):
    old = an_asset(max, "Walrus walrus plan", text="The walrus plan.")
    an_asset(max, "Plan", text="The walrus plan.")
    with transaction():
        asset = assets.get(max, old.id)
        asset.review_by = today() - timedelta(days=31)
        indexing.changed(asset)
    settle()
    found = search.search(rae, Search(q="walrus")).hits
    [hit] = [hit for hit in found if hit.asset.id == old.id]
    why = {reason.factor: reason for reason in hit.why}
    assert why["state"].value == 0.7 and "30 days" in why["state"].note
    assert hit.score == pytest.approx(prod(reason.value for reason in hit.why), abs=0.01)


def test_after_a_new_version_only_its_text_is_found(max, rae):
    asset = an_asset(max, text="The walrus plan.")
    a_version(max, asset, "The narwhal plan.")
    settle()
    assert (titles(rae, "walrus"), titles(rae, "narwhal")) == ([], ["Acme deck"])


def test_a_retired_asset_is_found_only_on_request(max, rae):
    a_retired_asset(max, text="The walrus plan.")
    settle()
    assert titles(rae, "walrus") == []
    assert (
        titles(rae, "walrus", status=["retired"])
        == titles(rae, "walrus status:retired")
        == ["Old deck"]
    )


def test_a_restored_asset_is_found_again(max, rae):
    asset = a_retired_asset(max, text="The walrus plan.")
    settle()
    with transaction():
        retirement.restore(max, assets.get(max, asset.id))
    index_all()
    assert titles(rae, "walrus") == ["Old deck"]


@pytest.mark.parametrize("who", ["rae", "rob", "mia"])
def test_a_draft_is_nowhere(max, person, who):
    a_draft(max, text="The walrus plan.", tags=["hush"], owner="otto@example.com")
    settle()
    everything = [status.value for status in Status]
    found = search.search(person(who), Search(q="walrus", status=everything))
    assert found.total == 0 and not any(found.facets.values())
    browsed = search.search(person(who), Search(status=everything))
    assert browsed.total == 0 and not any(browsed.facets.values())


def test_an_owner_finds_their_own_draft(max, otto):
    a_draft(max, text="The walrus plan.", owner="otto@example.com")
    settle()
    assert titles(otto, "walrus status:draft") == ["Coming soon"]


def test_a_late_index_leaks_nothing(max, rae):
    asset = an_asset(max, text="The walrus plan.")
    settle()
    with transaction():
        retirement.retire(max, assets.get(max, asset.id), Retirement(reason="Wrong"))
    assert titles(rae, "walrus") == []


def test_a_waiting_versions_text_is_not_found(max, rae):
    asset = an_asset(max, text="Plain words.")
    a_version(max, asset, "The walrus plan.", publish=False)
    settle()
    assert titles(rae, "walrus") == []


def test_without_words_the_last_changed_comes_first(max, rae):
    an_asset(max, "One")
    an_asset(max, "Two")
    settle()
    assert titles(rae) == ["Two", "One"]


def test_a_facet_is_counted_without_its_own_filter(max, rae):
    an_asset(max, "A", kind="deck", stages=["sale"])
    an_asset(max, "B", kind="pricing", stages=["sale"])
    settle()
    found = search.search(rae, Search(kind=["deck"]))
    assert found.total == 1
    assert sorted(found.facets["kind"]) == [("deck", 1), ("pricing", 1)]
    assert found.facets["stage"] == [("sale", 1)]


def test_stages_come_by_their_own_names_in_the_order_of_the_pipeline(max, rae):
    with transaction():
        session.execute(
            update(Stage)
            .where(Stage.name == "desire")
            .values(name="Desire & Demo", folded="desire & demo")
        )
    an_asset(max, "A", stages=["sale", "DESIRE & demo", "of another pipeline"])
    an_asset(max, "B", stages=["sale", "interest"])
    found = search.search(rae, Search())
    assert found.facets["stage"] == [
        ("interest", 1),
        ("Desire & Demo", 1),
        ("sale", 2),
        ("of another pipeline", 1),
    ]


def test_totals_and_pages_agree(max, rae):
    for number in range(7):
        an_asset(max, f"Walrus {number}")
    settle()
    pages = [titles(rae, "walrus", limit=3, offset=offset) for offset in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({title for page in pages for title in page}) == 7


def test_many_pages_of_one_asset_do_not_hide_the_others(max, rae, monkeypatch):
    monkeypatch.setattr(matching, "RERANKED", 2)
    an_asset(max, "Long", file=a_file(a_deck(*[f"S{n}: walrus" for n in range(9)]), "a.pptx"))
    an_asset(max, "Short", text="a long text that has one walrus among many words " * 5)
    settle()
    assert set(titles(rae, "walrus")) == {"Long", "Short"}


def test_some_of_the_words_where_nothing_has_all(max, rae):
    an_asset(max, text="The walrus plan costs ninety.")
    settle()
    found = search.search(rae, Search(q="walrus plan gibberishword"))
    assert (found.total, found.complete, found.is_relaxed) == (1, 0, True)


def test_where_few_have_all_words_those_with_some_follow_and_all_are_counted(max, rae):
    an_asset(max, "Some", text="The walrus swims.")
    an_asset(max, "All", text="The walrus plan costs ninety.")
    settle()
    found = search.search(rae, Search(q="walrus plan"))
    assert [hit.asset.title for hit in found.hits] == ["All", "Some"]
    assert (found.total, found.complete, found.is_relaxed) == (2, 1, True)
    assert dict(found.facets["status"]) == {"published": 2}
    assert [reason.factor for reason in found.hits[0].why] == ["text", "words", "use"]


def test_where_a_page_of_results_has_all_words_nothing_else_is_found(max, rae, monkeypatch):
    monkeypatch.setattr(searching, "ENOUGH", 1)
    an_asset(max, "Some", text="The walrus swims.")
    an_asset(max, "All", text="The walrus plan costs ninety.")
    settle()
    found = search.search(rae, Search(q="walrus plan"))
    assert (found.total, found.complete, found.is_relaxed) == (1, 1, False)


def test_a_changed_title_is_shown_at_once(max, rae):
    asset = an_asset(max, text="The walrus plan.")
    settle()
    titles(rae, "walrus")
    with transaction():
        verbs.change(max, assets.get(max, asset.id), AssetChange(title="Renamed"))
    assert titles(rae, "walrus") == ["Renamed"]


def test_dates_narrow(max, rae):
    an_asset(max)
    settle()
    assert titles(rae, "updated:>2999-01-01") == []
    assert titles(rae, "updated:>2000-01-01") == ["Acme deck"]


def test_the_owner_is_searched_by_name_and_address(max, rae):
    an_asset(max, owner="rob@example.com")
    settle()
    assert titles(rae, "owner:rob") == titles(rae, "owner:rob@example.com") == ["Acme deck"]


@pytest.mark.parametrize(
    "q",
    [
        "x" * 10_000,
        "(" * 2_000,
        '"' * 99,
        "-",
        "*",
        "kind:",
        "a* " * 200,
        "𠀋か\u202e\x00",
        "OR OR AND",
    ],
)
def test_no_query_breaks(max, rae, q):
    an_asset(max)
    settle()
    assert search.search(rae, Search(q=q)).took_ms >= 0


def test_without_an_index_titles_are_still_found(max, rae):
    an_asset(max, "Walrus deck")
    found = search.search(rae, Search(q="walrus"))
    assert found.problem and [hit.asset.title for hit in found.hits] == ["Walrus deck"]


def test_a_lost_index_heals_by_itself(max, rae, tmp_path):
    an_asset(max, text="The walrus plan.")
    settle()
    for file in (tmp_path / "index").rglob("*"):
        if file.is_file() and file.suffix != ".lock":
            file.write_bytes(b"garbage")
    registry.engine().close()
    with pytest.raises(EngineUnavailable):
        registry.engine().position()
    index_all()
    assert titles(rae, "walrus") == ["Acme deck"]


def test_without_an_index_facets_and_exclusions_still_hold(max, rae):
    an_asset(max, "Walrus deck", kind="deck")
    an_asset(max, "Walrus prices", kind="pricing")
    assert titles(rae, "walrus kind:deck") == ["Walrus deck"]
    assert titles(rae, "walrus -prices") == ["Walrus deck"]
    assert titles(rae, "walrus narwhal") == []


def test_a_facet_is_compared_without_accents(max, rae):
    an_asset(max, "One", competitors=["Café Noir"])
    settle()
    for asked in ({"competitor": ["cafe noir"]}, {"q": 'competitor:"café noir"'}):
        assert search.search(rae, Search(**asked)).total == 1
