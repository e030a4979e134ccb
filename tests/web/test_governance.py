"""The governance board as a page: what it shows, what it saves as CSV, and many pieces at once."""

import csv
import io
from datetime import timedelta

import pytest

from app.choices import Status
from app.clock import today
from app.config import ROOT
from app.db import session, transaction
from app.http.tables import harmless
from app.models import Asset, AuditLine
from app.web.governance_words import COLUMNS, QUADRANTS, SUGGESTIONS
from tests.factories import a_draft, a_retired_asset, an_asset, count_all, some_feedback


def told(client, path, **sent):
    """The answer to a form, and its page."""
    answer = client.post(path, data=sent)
    return answer.status_code, answer.text


def actions():
    """What the audit log has of the assets since they were made."""
    lines = session.query(AuditLine).filter_by(subject_type="asset").order_by(AuditLine.id)
    return [line.action for line in lines if line.action != "asset.created"]


def table(client, query=""):
    """The rows of the CSV file, by column."""
    answer = client.get(f"/governance.csv?{query}")
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_an_empty_library_says_what_to_do(browse):
    page = browse("max").get("/governance").text
    assert "Nothing to look after yet" in page and "Publish something" in page
    assert "Publish something" not in browse("mia").get("/governance").text


def test_the_board_shows_a_piece_and_its_state(browse, max, rae, rob):
    asset = an_asset(max, "Acme deck", owner="rob@example.com")
    some_feedback(rae, asset, verdict="out_of_date")
    with transaction():
        session.merge(rob).is_active = False
    count_all()
    page = browse("max").get("/governance").text
    for words in ("Acme deck", "Deactivated", "1 to answer", "1 unanswered note says", "as of"):
        assert words in page


def test_before_the_first_counting_the_page_says_so(browse, max):
    an_asset(max)
    assert "are counted within a minute" in browse("max").get("/governance").text


def test_nothing_matches_and_there_is_a_way_back(browse, max):
    an_asset(max)
    page = browse("max").get("/governance?kind=video&sort=title").text
    assert "No piece matches that" in page and 'href="/governance?sort=title"' in page


@pytest.mark.parametrize("query", ["kind=song", "sort=-nothing", "cursor=%21", "quadrant=x"])
def test_filters_that_are_not_understood_are_told(browse, max, query):
    an_asset(max, "Acme deck")
    answer = browse("max").get(f"/governance?{query}")
    assert answer.status_code == 422 and "Not understood" in answer.text
    assert "Acme deck" in answer.text


def test_the_heads_sort_and_say_how_it_is_sorted(browse, max):
    an_asset(max)
    page = browse("max").get("/governance?kind=deck&sort=-uses").text
    assert page.count("aria-sort") == 1 and 'aria-sort="descending"' in page
    assert "kind=deck&amp;sort=uses" in page and "kind=deck&amp;sort=title" in page


def test_a_page_has_fifty_rows_and_leads_on(browse, max):
    for number in range(51):
        an_asset(max, f"Deck {number:02}")
    client = browse("max")
    page = client.get("/governance?sort=title").text
    assert "51 pieces" in page and "Deck 49" in page and "Deck 50" not in page
    page = client.get("/governance?sort=title&cursor=NTA").text
    assert "Deck 50" in page and "51–51 of 51" in page
    assert "1–50 of 51" in client.get("/governance?cursor=OTk5").text


def test_a_manager_reads_and_has_no_boxes(browse, max):
    an_asset(max, "Acme deck")
    page = browse("mia").get("/governance").text
    assert "Acme deck" in page
    assert 'name="asset"' not in page and "With the ticked pieces" not in page
    assert 'name="asset"' in browse("max").get("/governance").text


def test_the_page_and_the_docs_define_in_the_same_words(browse, max):
    an_asset(max)
    page = browse("mia").get("/governance").text
    docs = " ".join((ROOT / "docs" / "governance.md").read_text(encoding="utf-8").split())
    words = [*QUADRANTS.values(), *(sentence for _, sentence in SUGGESTIONS)]
    assert [one for one in words if one not in docs or one not in page] == []


def test_the_csv_has_every_row_with_every_column(browse, max):
    for number in range(60):
        an_asset(max, f"Deck {number}", kind="deck")
    a_retired_asset(max)
    an_asset(max, "Price", kind="pricing")
    rows = table(browse("mia"), "kind=deck")
    assert len(rows) == 60 and list(rows[0]) == list(COLUMNS)
    assert len(table(browse("mia"), "status=all")) == 62
    assert table(browse("mia"), "overdue=1") == []


def test_no_cell_of_the_csv_is_a_formula(browse, max):
    an_asset(max, '=HYPERLINK("http://x")')
    assert table(browse("max"))[0]["title"] == '\'=HYPERLINK("http://x")'


@pytest.mark.parametrize(
    ("cell", "wanted"), [("=1", "'=1"), ("-x", "'-x"), ("\tx", "'\tx"), (-1, -1), ("a=1", "a=1")]
)
def test_what_begins_like_a_formula_is_made_text(cell, wanted):
    assert harmless(cell) == wanted


def test_still_right_goes_through_for_those_that_can_be_and_others_are_told(browse, max):
    asset, draft = an_asset(max, "Out"), a_draft(max, "Draft")
    sent = {"asset": [asset.id, draft.id, 999]}
    status, page = told(browse("max"), "/governance/confirm?sort=title", **sent)
    assert status == 200 and "1 piece is confirmed as still right" in page
    assert "2 pieces were left as they were" in page
    assert '<strong dir="auto">Draft</strong>: Only a published piece can be confirmed.' in page
    assert "Number 999</strong>: There is no such asset" in page
    assert f'value="{draft.id}" checked' in page and f'value="{asset.id}" checked' not in page
    assert actions() == ["asset.confirmed"]


def test_what_is_left_stays_ticked_on_the_page_that_it_is_on(browse, max):
    for number in range(51):
        an_asset(max, f"Deck {number:02}")
    draft = a_draft(max, "Later")
    path = "/governance/confirm?sort=title&cursor=NTA"
    status, page = told(browse("max"), path, asset=draft.id)
    assert status == 422 and f'value="{draft.id}" checked' in page and "cursor=NTA" in page


def test_when_all_goes_well_the_same_filters_come_back(browse, max):
    asset = an_asset(max)
    answer = browse("max").post("/governance/confirm?kind=other", data={"asset": [asset.id]})
    assert (answer.status_code, answer.location) == (303, "/governance?kind=other")


def test_pieces_are_given_to_another_owner(browse, max):
    ids = [an_asset(max, title).id for title in ("One", "Two")]
    told(browse("max"), "/governance/owner", asset=ids, owner="rae@example.com")
    assert {session.get(Asset, one).owner.name for one in ids} == {"Rae"}
    assert actions() == ["asset.changed"] * 2


def test_a_review_date_is_set(browse, max):
    asset, day = an_asset(max), today() + timedelta(days=9)
    told(browse("max"), "/governance/review", asset=asset.id, review_by=day.isoformat())
    assert session.get(Asset, asset.id).review_by == day


def test_a_tag_is_added_to_those_without_it(browse, max):
    one, other = an_asset(max, "One", tags=["Ocean"]), an_asset(max, "Two", tags=["Port"])
    status, page = told(browse("max"), "/governance/tag", asset=[one.id, other.id], tag="ocean")
    assert status == 200 and "It has this tag already." in page
    assert session.get(Asset, other.id).facets["tags"] == ["Port", "ocean"]


def test_pieces_are_retired_with_one_reason(browse, max):
    ids = [an_asset(max, title).id for title in ("One", "Two")]
    told(browse("max"), "/governance/retire", asset=[*ids, ids[0]], reason="Nobody uses it")
    found = [session.get(Asset, one) for one in ids]
    assert {(one.status, one.retired_reason) for one in found} == {
        (Status.RETIRED, "Nobody uses it")
    }
    assert actions() == ["asset.retired"] * 2


@pytest.mark.parametrize(
    ("path", "sent", "words"),
    [
        ("confirm", {}, "Tick at least one piece"),
        ("confirm", {"asset": list(range(1, 202))}, "at most 200"),
        ("confirm", {"asset": "x"}, "Tick at least one piece"),
        ("owner", {"asset": 1, "owner": ""}, "Choose the person"),
        ("owner", {"asset": 1, "owner": "gone@example.com"}, "Nobody with the address"),
        ("review", {"asset": 1, "review_by": "soon"}, "Give a day as in"),
        ("tag", {"asset": 1, "tag": " "}, "Please look at what is marked"),
        ("retire", {"asset": 1, "reason": ""}, "Please look at what is marked"),
    ],
)
def test_what_is_not_right_is_told_and_nothing_is_changed(browse, max, path, sent, words):
    an_asset(max)
    status, page = told(browse("max"), f"/governance/{path}", **sent)
    assert (status, words in page, actions()) == (422, True, [])


def test_retiring_asks_first(browse, max):
    an_asset(max)
    assert 'data-confirm="Retire the ticked pieces?"' in browse("max").get("/governance").text
