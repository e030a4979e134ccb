"""Near duplicates: found page by page, offered, and made into versions."""

import pytest

from app.choices import Status
from app.db import session, transaction
from app.errors import Conflict, Invalid, NotFound
from app.inputs.asset import Join
from app.models import Asset, AuditLine, PageBand
from app.queries import assets, duplicates
from app.services import comparing, joining
from tests.factories import (
    a_deck,
    a_draft,
    a_field_review,
    a_file,
    a_retired_asset,
    a_version,
    an_asset,
    settle,
    some_feedback,
)

SLIDES = [
    "Payback: Most customers earn back what they paid within eleven months of the start",
    "Security: All data is kept in two places and nobody reads it without being seen doing so",
    "Rollout: We begin with one warehouse, learn for two weeks, and add three more every month",
    "Prices: The list price is 120 euros a month for each site and falls with the number of sites",
    "Support: Somebody answers within one hour on working days and within four at any other time",
]
OTHERS = [f"Other {n}: This says something else about topic number {n} entirely" for n in range(5)]


def deck(*slides):
    """A file of a deck."""
    return a_file(a_deck(*slides), "deck.pptx")


def joined(actor, asset, into, **said):
    """Make one a version of another."""
    with transaction():
        asked = Join(into=into.id, change_note="Newer figures", **said)
        return joining.join(actor, assets.get(actor, asset.id), asked)


def near(actor, asset):
    """The titles of what is nearly the same, with their pages."""
    session.expire_all()
    found = duplicates.of(actor, assets.get(actor, asset.id))
    return [(one.asset.title, one.pages, one.of_pages) for one in found]


@pytest.fixture
def original(max):
    """A published deck of five slides, and another that has nothing to do with it."""
    an_asset(max, "Unlike", file=deck(*OTHERS))
    return an_asset(max, "Original", file=deck(*SLIDES))


EDITED = {
    "the same slides saved again": [*SLIDES],
    "one word changed": [SLIDES[0].replace("eleven", "nine"), *SLIDES[1:]],
    "one slide taken out": SLIDES[1:],
    "another order": SLIDES[::-1],
    "two slides of others at the end": [*SLIDES, *OTHERS[:2]],
    "another price and a new slide": [SLIDES[3].replace("120", "140"), *SLIDES[:3], OTHERS[0]],
}


@pytest.mark.parametrize("slides", EDITED.values(), ids=EDITED)
def test_an_edited_copy_is_found(max, original, slides):
    copy = a_draft(max, "Copy", file=deck(*slides, "Extra: words that make other bytes of it"))
    settle()
    assert "Original" in [title for title, _, _ in near(max, copy)]
    assert "Copy" in [title for title, _, _ in near(max, original)]


def test_what_shares_less_than_most_pages_is_not_nearly_the_same(max, original):
    other = an_asset(max, "Other", file=deck(*SLIDES[:2], *OTHERS[2:], "One more: of its own kind"))
    settle()
    assert "Original" not in [title for title, _, _ in near(max, other)]


def test_the_pages_that_match_are_counted(max, original):
    copy = a_draft(max, "Copy", file=deck(*SLIDES[:4]))
    settle()
    assert near(max, copy) == [("Original", 4, 4)]


def test_drafts_of_others_and_what_is_retired_are_not_named(max, rae, original):
    a_draft(max, "Hidden", file=deck(*SLIDES[:4]))
    a_retired_asset(max, "Retired", file=deck(*SLIDES[1:]))
    settle()
    assert near(rae, original) == [] and [one[0] for one in near(max, original)] == ["Hidden"]


def test_a_version_of_the_same_piece_is_no_duplicate(max, original):
    a_version(max, original, file=deck(*SLIDES[:4]))
    settle()
    assert near(max, original) == []


def test_comparing_twice_is_comparing_once(max, original):
    settle()
    bands = session.query(PageBand).count()
    version_id = original.current_version.id
    assert comparing.bands_of(version_id) is None
    with transaction():
        comparing.keep_pairs(version_id, [])
    assert session.query(PageBand).count() == bands > 0


def test_a_draft_becomes_a_version_and_is_gone(max, original):
    copy = a_draft(max, "Copy", file=deck(*SLIDES[:4]))
    version = joined(max, copy, original)
    assert (version.number, version.is_current, version.asset.title) == (2, True, "Original")
    with pytest.raises(NotFound):
        assets.get(max, copy.id)
    assert session.query(AuditLine).filter_by(action="asset.joined").count() == 1


def test_what_was_published_is_retired_and_points_there(max, rae, original):
    copy = an_asset(max, "Copy", file=deck(*SLIDES[:4]))
    joined(max, copy, original)
    there = assets.get(rae, copy.id)
    assert (there.status, there.replaced_by.title) == (Status.RETIRED, "Original")


def test_a_draft_that_somebody_spoke_of_stays(max, rae, original):
    copy = a_draft(max, "Copy", file=deck(*SLIDES[:4]), owner="rae@example.com")
    some_feedback(rae, copy)
    joined(max, copy, original)
    assert assets.get(max, copy.id).status is Status.DRAFT


def test_into_a_draft_the_version_waits(max, original):
    copy, other = a_draft(max, "Copy"), a_draft(max, "Other")
    version = joined(max, copy, other)
    assert version.is_waiting and assets.get(max, other.id).status is Status.DRAFT


def test_what_reps_have_does_not_go_into_what_they_have_not(max, original):
    with pytest.raises(Conflict):
        joined(max, original, a_draft(max, "Other"))
    assert assets.get(max, original.id).status is Status.PUBLISHED


def test_a_draft_that_somebody_reviewed_stays(max, rae, original):
    copy = a_draft(max, "Copy", file=deck(*SLIDES[:4]))
    a_field_review(max, copy, "rae")
    joined(max, copy, original)
    assert assets.get(max, copy.id).title == "Copy"


def test_nothing_becomes_a_version_of_itself_or_of_what_is_retired(max, original):
    retired = a_retired_asset(max)
    with pytest.raises(Invalid):
        joined(max, original, original)
    with pytest.raises(Conflict):
        joined(max, original, retired)
    assert session.query(Asset).count() == 3


def test_the_upload_page_learns_what_it_is_nearly_the_same_as(browse, max, original):
    a_draft(max, "Copy", file=deck(*SLIDES[:4]))
    client = browse("max")
    assert "data-done" not in client.get("/assets/copy/taken-in").text
    settle()
    page = client.get("/assets/copy/taken-in").text
    assert "data-done" in page and "/assets/copy/join?into=original" in page


def test_the_call_names_them(call, max, original):
    a_draft(max, "Copy", file=deck(*SLIDES[:4]))
    settle()
    [found] = call("max").get("/api/v1/assets/copy/duplicates").json["items"]
    assert (found["asset"]["slug"], found["pages"], found["of"]) == ("original", 4, 4)
