"""Reviews: saying that a piece is still right."""

from app.choices import Status
from app.clock import local, now, today
from app.db import session
from app.errors import Conflict
from app.models.asset import Asset
from app.models.confirmation import Confirmation
from app.models.person import User
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import reviews
from app.services import audit, indexing, kinds
from app.services.locks import lock


def confirm(actor: User, asset: Asset) -> Asset:
    """Say that the current version is still right: its next review counts from today.

    Said twice on a day it is said once. Raises Conflict for what is not published.
    """
    require(actor, Permission.CONFIRM, asset)
    lock(asset)
    version = asset.current_version
    if asset.status is not Status.PUBLISHED or version is None:
        raise Conflict("Only a published piece can be confirmed.")
    last = reviews.last_confirmation(asset)
    is_said = last and last.version_id == version.id and local(last.at).date() == today()
    if not is_said:
        session.add(
            Confirmation(asset_id=asset.id, version_id=version.id, person_id=actor.id, at=now())
        )
        asset.review_by = kinds.review_by(asset.kind, today())
        audit.record(actor, "asset.confirmed", asset, {"number": version.number})
        indexing.changed(asset)
    return asset
