"""A changed copy, page by page."""

import io

import pytest

from app.db import session
from app.queries import page_freshness
from app.queries.page_freshness import PageFreshness
from tests.factories import a_deck, a_retired_asset, a_version, an_asset, settle
from tests.services.test_comparing import OTHERS, SLIDES, deck

OLD = "Prices: The list price is 100 euros a month for each site and nothing ever makes it less"


@pytest.fixture
def library(max):
    """A deck whose page on prices was another in version 1, and a deck that is retired."""
    asset = an_asset(max, "Deck", file=deck("Agenda: short", *SLIDES[:3], OLD))
    a_version(max, asset, file=deck("Agenda: short", *SLIDES))
    a_retired_asset(max, "Gone", file=deck(*OTHERS))
    settle()
    return asset


def verdicts(actor, *slides):
    """What is said of the pages of a copy."""
    session.expire_all()
    pages = [(one.partition(": ")[0], "\n".join(one.split(": ", 1))) for one in slides]
    return [one.verdict.value for one in page_freshness.judged(actor, pages)]


def test_each_page_has_its_verdict(library, rae):
    mine = "Mine: Something that I wrote myself last night and that nobody else has ever seen"
    altered = SLIDES[1].replace("two places", "three places")
    found = verdicts(rae, SLIDES[0], altered, OLD, OTHERS[0], mine)
    assert found == ["current", "altered", "changed", "retired", "unknown"]


def test_a_short_page_is_known_by_the_company_it_keeps(library, rae):
    assert verdicts(rae, "Agenda: short", SLIDES[0]) == ["current", "current"]
    assert verdicts(rae, "Agenda: short") == ["unknown"]


def test_a_changed_page_names_the_version_it_is_from(library, rae):
    [one] = page_freshness.judged(rae, [("Prices", OLD.replace(": ", "\n"))])
    assert (one.verdict, one.version.number, one.page.number) == (PageFreshness.CHANGED, 1, 5)


def test_what_somebody_may_not_see_is_unknown(max, rae):
    an_asset(max, "Draft", file=deck(*SLIDES), publish=False)
    settle()
    assert verdicts(rae, *SLIDES) == ["unknown"] * 5


def test_nothing_is_kept_of_what_was_compared(library, browse, tmp_path):
    before = sorted(tmp_path.rglob("content/**/*"))
    sent = {"file": (io.BytesIO(a_deck(SLIDES[0], OLD)), "my copy.pptx")}
    page = browse("rae").post("/freshness/pages", data=sent).text
    assert "1 of 2 pages is current" in page and "my copy.pptx" in page
    assert sorted(tmp_path.rglob("content/**/*")) == before


def test_the_call_answers_page_by_page(library, call):
    sent = {"file": (io.BytesIO(a_deck(SLIDES[0], OLD)), "copy.pptx")}
    first, second = call("rae").post("/api/v1/freshness", data=sent).json["items"]
    assert (first["verdict"], first["current"], first["likeness"]) == ("current", 2, 1.0)
    assert (second["verdict"], second["version"], second["page"]) == ("changed", 1, 5)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("a.pptx", b"PK\x03\x04 broken", "damaged"), ("a.mp4", b"\0\0\0\x18ftypmp42", "No text")],
)
def test_a_copy_that_cannot_be_read_says_why(library, browse, name, content, words):
    answer = browse("rae").post("/freshness/pages", data={"file": (io.BytesIO(content), name)})
    assert answer.status_code == 422 and words in answer.text


def test_the_owner_can_be_told_what_was_changed(library, rae):
    pages = [(one.partition(": ")[0], one.replace(": ", "\n")) for one in (SLIDES[0], OLD)]
    words = page_freshness.told("my.pptx", page_freshness.judged(rae, pages))
    assert words == "A changed copy, “my.pptx”, is in use; pages from an older version: 2."
