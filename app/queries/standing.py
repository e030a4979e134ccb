"""What searches need that changes without any asset changing: uses of late, and synonyms."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, select, text

from app.db import engine, session
from app.models.synonym import SynonymGroup
from app.models.tally import AssetTally
from app.text.query import Synonyms


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Uses in the last 90 days by asset id, and the synonyms, as they were at `stamp`."""

    stamp: tuple[object, ...]
    database: Engine | None
    uses: Mapping[int, int]
    synonyms: Synonyms


# The first row of the tallies is written at every counting.
_STAMP = text(
    "SELECT (SELECT computed_at FROM asset_tally ORDER BY asset_id LIMIT 1),"
    " (SELECT count(*) FROM synonym_group), (SELECT max(changed_at) FROM synonym_group)"
)
_lock = threading.Lock()
_kept: dict[str, Standing] = {}


def current() -> Standing:
    """As the database has it now: one short statement when nothing changed."""
    stamp = tuple(session.connection().execute(_STAMP).one())
    with _lock:
        kept = _kept.get("all")
        if kept is None or kept.stamp != stamp or kept.database is not engine():
            kept = _kept["all"] = Standing(stamp, engine(), _uses(), _synonyms())
        return kept


def _uses() -> Mapping[int, int]:
    found = select(AssetTally.asset_id, AssetTally.uses).where(AssetTally.uses > 0)
    return {row.asset_id: row.uses for row in session.execute(found)}


def _synonyms() -> Synonyms:
    groups = session.scalars(select(SynonymGroup).order_by(SynonymGroup.id))
    return Synonyms.of([group.texts for group in groups])
