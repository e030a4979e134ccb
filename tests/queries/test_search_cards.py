"""The cards of hits, read without objects, are those that objects make."""

from dataclasses import asdict

from app.db import session
from app.models.asset import Asset
from app.queries.cards import of_asset
from app.queries.search import cards
from tests.factories import a_draft, a_retired_asset, a_version, an_asset


def test_a_card_is_read_as_objects_make_it(max):
    asset = an_asset(max, tags=["new", "old"], products=["Atlas"], review_by="2999-01-01")
    a_version(max, asset)
    a_version(max, asset, publish=False)
    ids = [asset.id, a_draft(max).id, a_retired_asset(max, replaced_by=asset.id).id]
    session.expire_all()
    made = {one: asdict(of_asset(session.get_one(Asset, one))) for one in ids}
    assert {card.id: asdict(card) for card in cards.read(ids)} == made
