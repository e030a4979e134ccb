"""Let two people who change the same thing at once do so one after the other."""

from app.db import session
from app.models.asset import Asset


def lock(asset: Asset) -> None:
    """Read an asset anew and keep others from changing it until this transaction ends.

    SQLite has one writer anyway.
    """
    session.refresh(asset, with_for_update={"of": Asset})
