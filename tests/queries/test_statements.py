"""Pages ask the database a fixed number of questions, however much there is."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app import db
from app.db import session, transaction
from app.inputs.feedback import Fix
from app.services import feedback
from tests.factories import (
    a_click,
    a_deal,
    a_download,
    a_saved_search,
    a_search,
    a_use,
    a_version,
    an_asset,
    days_ago,
    settle,
    some_feedback,
)

PAGES = [
    "/",
    "/deals",
    "/deals?outcome=all&q=deal",
    "/deals/1",
    "/deals/1/use",
    "/assets/acme-deck",
    "/assets/acme-deck/use",
    "/feedback?view=all",
    "/feedback/new?deal=1",
    "/inbox",
    "/recalls?view=all",
    "/recalls/1",
    "/reviews",
    "/search?q=words",
    "/search?q=words&deal=D0",
    "/search/suggest?q=acm",
    "/search/suggest",
    "/saved-searches",
    "/insights/gaps",
    "/insights/searches",
    "/api/v1/search?q=words&deal=D0",
    "/api/v1/suggest?q=acm",
    "/api/v1/insights/gaps",
    "/assets/acme-deck/review",
    "/insights",
    "/insights/scoreboard",
    "/insights/scoreboard/rows?measure=outdated_uses",
    "/insights/adoption",
    "/insights/coverage",
    "/insights/library",
    "/insights/library/overdue",
    "/api/v1/insights/scoreboard",
    "/api/v1/insights/adoption",
    "/api/v1/insights/coverage",
    "/api/v1/insights/library",
    "/insights/evidence",
    "/insights/evidence/acme-deck",
    "/governance",
    "/governance?quadrant=dead&stage=desire&sort=-suggestion",
    "/governance.csv",
    "/api/v1/deals",
    "/api/v1/deals/D0/uses",
    "/api/v1/feedback",
    "/api/v1/insights/evidence",
    "/api/v1/notices",
    "/api/v1/recalls",
    "/api/v1/insights/governance",
]
OF_MARKETERS = ("/governance", "/insights/library", "/api/v1/insights/governance",
                "/api/v1/insights/library")  # fmt: skip


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_):
        sent.append(statement)

    engine = db.engine()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def fill(max, rae, start, end):
    """Deals, each with two uses and a note, of pieces of their own."""
    for number in range(start, end):
        asset = an_asset(max, "Acme deck" if number == 0 else f"Deck {number}")
        deal = a_deal(rae, f"D{number}") if number else a_deal(rae, "D0", outcome="open")
        a_use(rae, deal, asset, occurred_at=days_ago(1))
        a_use(rae, a_deal(rae, "D0"), asset, "shared", occurred_at=days_ago(2))
        some_feedback(rae, asset, deal="D0", verdict="helped")
        a_download(rae, asset)
        a_click(rae, a_search(rae, f"words {number}", total=1), asset)
        a_search(rae, f"in vain {number}")
        a_saved_search(rae, f"saved {number}")
        a_version(max, asset)
        missing = some_feedback(rae, asset, assets=[], verdict="missing", deal="D0")
        with transaction():
            feedback.fix(max, session.merge(missing), Fix(version=2, asset=asset.slug))


@pytest.fixture
def statements(browse, call):
    """Counts the statements that each page takes, once everybody has asked for it before."""
    clients = {(who, way): way(who) for who in ("rae", "max") for way in (browse, call)}

    def client_of(path):
        who = "max" if path.startswith(OF_MARKETERS) else "rae"
        return clients[who, call if path.startswith("/api") else browse]

    def count():
        assert {path for path in PAGES if client_of(path).get(path).status_code != 200} == set()
        taken = {}
        for path in PAGES:
            with counted() as sent:
                client_of(path).get(path)
            taken[path] = len(sent)
        return taken

    return count


def test_more_rows_take_no_more_statements(statements, max, rae):
    fill(max, rae, 0, 2)
    settle()
    few = statements()
    fill(max, rae, 2, 8)
    settle()
    assert statements() == few
