"""Adoption: what reaches most people comes first, and how soon a piece is used."""

from datetime import timedelta

from app.db import session, transaction
from app.http.evidence import brought_up_to_date
from app.inputs.insights import Period
from app.models import Asset
from app.queries import adoption
from tests.factories import a_deal, a_draft, a_retired_asset, a_use, an_asset, days_ago


def found(actor):
    """Adoption as it is now."""
    brought_up_to_date(actor, Period())
    return adoption.adoption(actor, Period())


def published(asset, days):
    """Let it have been published so many days ago."""
    with transaction():
        session.get(Asset, asset.id).published_at = days_ago(days)


def test_what_reaches_most_people_comes_first_and_the_unused_by_title(max, mia, rae, rob):
    both, one = an_asset(max, "Both"), an_asset(max, "One")
    an_asset(max, "éclair"), an_asset(max, "Zebra"), an_asset(max, "apple")
    for actor, asset in ((rae, both), (rob, both), (rae, one)):
        a_use(actor, a_deal(actor, f"{asset.slug}-{actor.id}"), asset)
    titles = [piece.asset.title for piece in found(mia).pieces()]
    assert titles == ["Both", "One", "apple", "Zebra", "éclair"]
    assert (found(mia).used, [one.asset.title for one in found(mia).pieces(1, 3)]) == (
        2,
        titles[1:3],
    )


def test_only_published_pieces_are_there(max):
    an_asset(max, "Out"), a_draft(max), a_retired_asset(max)
    assert [piece.asset.title for piece in found(max).pieces()] == ["Out"]


def test_half_of_the_new_pieces_were_used_sooner(max, mia, rae):
    for title, days in (("A", 3), ("B", 5), ("C", 1000)):
        asset = an_asset(max, title)
        published(asset, days)
        a_use(rae, a_deal(rae, title), asset, occurred_at=days_ago(1))
    an_asset(max, "Never used")
    usual = found(mia).usual_wait
    assert abs(usual - timedelta(days=3)) < timedelta(minutes=1)
    waits = {piece.asset.title: piece.wait for piece in found(mia).pieces()}
    assert waits["C"] is None and waits["Never used"] is None


def test_a_use_before_the_publication_is_no_wait(max, mia, rae):
    asset = an_asset(max)
    a_use(rae, a_deal(rae), asset, occurred_at=days_ago(1))
    published(asset, 0)
    assert found(mia).usual_wait == timedelta(0)
