"""Keeping the tallies of assets, so that pages need not count."""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import insert, select, update

from app.clock import now
from app.db import one_at_a_time, session
from app.models.asset import Asset
from app.models.tally import AssetTally
from app.queries.tallies import Tally

TALLY_LOCK = 7310
NOTHING = Tally(0, 0, 0)


def keep(counted: Mapping[int, Tally]) -> int:
    """Write down what was counted, for every asset; answers how many rows were written."""
    one_at_a_time(TALLY_LOCK)
    kept = _kept()
    wanted = {one: counted.get(one, NOTHING) for one in session.scalars(select(Asset.id))}
    first = min(wanted, default=None)
    new = {one: tally for one, tally in wanted.items() if one not in kept}
    changed = {
        one: tally
        for one, tally in wanted.items()
        if one in kept and (tally != kept[one] or one == first)
    }
    if new:
        session.execute(insert(AssetTally), list(_rows(new.items())))
    if changed:
        session.execute(update(AssetTally), list(_rows(changed.items())))
    return len(new) + len(changed)


def _kept() -> dict[int, Tally]:
    found = select(AssetTally.asset_id, AssetTally.views, AssetTally.uses, AssetTally.open_deals)
    return {
        row.asset_id: Tally(row.views, row.uses, row.open_deals) for row in session.execute(found)
    }


def _rows(tallies: Iterable[tuple[int, Tally]]) -> Iterator[dict[str, object]]:
    at = now()
    for asset_id, tally in tallies:
        yield {"asset_id": asset_id, **tally._asdict(), "computed_at": at}
