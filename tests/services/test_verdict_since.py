"""Since when a verdict stands: what a manager is told has changed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.clock import today
from app.db import session, transaction
from app.evidence.verdict import Reason, Verdict
from app.models.evidence import EvidenceRow
from app.queries.evidence.computing import compute
from app.queries.evidence.scope import default
from app.services import evidence
from tests.factories import a_deal, a_use, an_asset

HELPS = {"verdict": Verdict.LIKELY_HELPS, "reason": None}
CANT_TELL = {"verdict": Verdict.CANT_TELL, "reason": Reason.FEW_USED}


@pytest.fixture
def keep(max, rae):
    """Keeps the figures of one deck with another verdict than would come of so few deals."""
    a_use(rae, a_deal(rae), an_asset(max, "Acme deck"))

    def kept(verdict):
        found = compute(default())
        with transaction():
            evidence.keep(replace(found, rows=[{**row, **verdict} for row in found.rows]))
        return since()

    return kept


def since():
    """The day that is kept."""
    return session.query(EvidenceRow).one().since


def test_the_first_figures_have_not_changed(keep):
    assert keep(HELPS) is None


def test_a_verdict_that_comes_goes_or_stays_is_dated(keep):
    assert keep(CANT_TELL) is None
    assert keep(HELPS) == today()
    earlier = today() - timedelta(days=3)
    with transaction():
        session.execute(update(EvidenceRow).values(since=earlier))
    assert keep(HELPS) == earlier
    assert keep(CANT_TELL) == today()


def test_the_figures_of_the_day_before_are_what_today_is_set_against(keep):
    keep(HELPS)
    with transaction():
        snapshot = evidence.ask_for(default())
        snapshot.starts_on -= timedelta(days=1)
        snapshot.ends_on -= timedelta(days=1)
    found = compute(default())
    with transaction():
        evidence.keep(found)
    assert {row.since for row in session.query(EvidenceRow)} == {None, today()}


def test_what_changed_this_month_is_told(keep, browse, call):
    keep(CANT_TELL)
    keep(HELPS)
    page = browse("mia").get("/insights").text
    told = page.partition("Verdicts that changed this month")[2].partition("</section>")[0]
    assert "Acme deck" in told and "Likely helps" in told and "since" in told
    assert "So since" in browse("mia").get("/insights/evidence/acme-deck").text
    (piece,) = call("mia").get("/api/v1/insights/evidence").json["items"]
    assert piece["since"] == piece["by_stage"][0]["since"] == today().isoformat()
