"""The pages of feedback: a form that knows where it was opened, and the owner's list."""

import re

import pytest

from app.db import session, transaction
from app.models import Feedback
from tests.factories import a_deal, a_draft, a_use, a_version, an_asset, days_ago, some_feedback


def test_the_form_knows_the_deal_and_what_was_used_on_it(browse, max, rae):
    deal = a_deal(rae)
    a_use(rae, deal, an_asset(max, "Acme deck"))
    page = browse("rae").get(f"/feedback/new?deal={deal.id}").text
    assert 'value="acme-deck@1"' in page and f'<option value="{deal.id}" selected' in page


def test_the_form_knows_the_version_and_the_page(browse, max):
    asset = an_asset(max, "Acme deck")
    a_version(max, asset)
    page = browse("rae").get("/feedback/new?asset=acme-deck&version=1&page=3").text
    assert 'value="acme-deck@1" checked' in page and 'value="3"' in page


@pytest.mark.parametrize("query", ["deal=999", "deal=x", "asset=none", "asset=none&version=x"])
def test_an_odd_address_gives_the_form_all_the_same(browse, query):
    assert browse("rae").get(f"/feedback/new?{query}").status_code == 200


def test_feedback_lands_with_the_owner(browse, max, rae):
    deal = a_deal(rae)
    an_asset(max, "Acme deck")
    sent = {"verdict": "wrong", "note": "The price", "asset": "acme-deck@1", "deal": deal.id}
    assert browse("rae").post("/feedback", data=sent).status_code == 303
    assert "The price" in browse("max").get("/feedback").text
    assert "1 note from the field waits" in browse("max").get("/").text
    assert session.query(Feedback).one().deal_id == deal.id


def test_wrong_feedback_comes_back_as_it_was_filled_in(browse, max):
    an_asset(max, "Acme deck")
    answer = browse("rae").post("/feedback", data={"note": "Kept words", "asset": "acme-deck@1"})
    assert answer.status_code == 422
    assert "Kept words" in answer.text and 'value="acme-deck@1" checked' in answer.text


def test_a_piece_that_is_called_wrong_says_so_until_it_is_answered(browse, max, rae):
    note = some_feedback(rae, an_asset(max, "Acme deck"))
    words = "Somebody says that this is wrong"
    assert words in browse("rob").get("/assets/acme-deck").text
    browse("max").post(f"/feedback/{note.id}/decline", data={"reason": "It is right"})
    assert words not in browse("rob").get("/assets/acme-deck").text


def test_the_rep_sees_in_which_version_it_is_fixed(browse, max, rae):
    asset = an_asset(max)
    note = some_feedback(rae, asset)
    a_version(max, asset)
    client = browse("max")
    client.post(f"/feedback/{note.id}/accept")
    client.post(f"/feedback/{note.id}/fix", data={"version": "2"})
    assert "Fixed in version 2" in browse("rae").get(f"/feedback/{note.id}").text


def test_a_wrong_answer_is_told_and_kept(browse, max, rae):
    note = some_feedback(rae, an_asset(max))
    answer = browse("max").post(f"/feedback/{note.id}/fix", data={"version": "7"})
    assert answer.status_code == 422 and 'value="7"' in answer.text


def test_the_deal_is_named_only_to_those_who_see_it(browse, max, rae):
    a_deal(rae, name="Secret deal")
    note = some_feedback(rae, an_asset(max), deal="ACME-1")
    assert "Secret deal" in browse("mia").get(f"/feedback/{note.id}").text
    for path in (f"/feedback/{note.id}", "/feedback", "/assets/acme-deck"):
        assert "Secret deal" not in browse("rob").get(path).text


def test_a_piece_can_be_named_by_its_title(browse, max):
    an_asset(max, "Acme deck")
    sent = {"verdict": "wrong", "note": "The price", "asset": "acme DECK"}
    assert browse("rae").post("/feedback", data=sent).status_code == 303
    assert session.query(Feedback).one().about[0].asset.slug == "acme-deck"


def test_a_deal_that_is_not_there_is_told(browse):
    sent = {"verdict": "missing", "note": "Nothing", "deal": "x"}
    answer = browse("rae").post("/feedback", data=sent)
    assert answer.status_code == 422 and "no such deal" in answer.text


def test_praise_waits_for_nobody(browse, max, rae):
    some_feedback(rae, an_asset(max), verdict="helped")
    assert "waits for your answer" not in browse("max").get("/").text


def test_the_version_that_can_have_fixed_it_is_filled_in(browse, max, rae):
    asset = an_asset(max)
    note = some_feedback(rae, asset)
    a_version(max, asset)
    assert 'name="version" type="number" dir="auto" value="2"' in (
        browse("max").get(f"/feedback/{note.id}").text
    )


def the_link(page, words):
    """Where the link with these words leads."""
    return re.search(rf'<a href="([^"]+)">{words}', page)[1].replace("&amp;", "&")


def test_the_notes_that_wait_for_a_week_are_listed_alone(browse, max, rae):
    asset = an_asset(max)
    old = some_feedback(rae, asset, note="Old and wrong")
    some_feedback(rae, asset, note="New and wrong")
    with transaction():
        session.merge(old).created_at = days_ago(9)
    client = browse("mia")
    rows = client.get(the_link(client.get("/insights").text, "1 note</a>")).text
    assert "Old and wrong" in rows and "New and wrong" not in rows


def test_the_notes_without_an_answer_are_listed_alone(browse, max, rae):
    asset = an_asset(max)
    some_feedback(rae, asset, note="It waits")
    some_feedback(rae, asset, verdict="helped", note="It is praise")
    some_feedback(rae, asset, assets=[], verdict="missing", note="It is about no piece")
    client = browse("mia")
    rows = client.get(
        the_link(client.get("/insights/library").text, '1</a></p>\n +<p class="hint">of 1 notes')
    )
    assert "It waits" in rows.text and "1 note<" in rows.text


def test_a_note_about_a_hidden_piece_is_in_no_figure(browse, max, rae):
    asset, draft = an_asset(max), a_draft(max)
    about = [{"id": asset.id}, {"id": draft.id}]
    some_feedback(max, asset, assets=about)
    page = browse("mia").get("/insights/library").text
    assert "of 0 notes" in page and "of 1 notes" in browse("max").get("/insights/library").text
    assert "Nothing here" in browse("mia").get("/insights/library/called_wrong").text


def test_a_filter_that_is_switched_off_is_shown_so(browse, max, rae):
    some_feedback(rae, an_asset(max))
    page = browse("mia").get("/feedback?view=all&unanswered=0&about_piece=0").text
    assert " checked" not in page and ">about a piece" not in page
