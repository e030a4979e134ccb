"""ETag and If-Match: nobody writes over what they have not seen."""

import hashlib

from flask import Response, request
from pydantic import BaseModel

from app.api.answers.assets import AssetAnswer
from app.errors import Stale
from app.models.asset import Asset
from app.models.person import User
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets, cards
from app.services.locks import lock

CHANGED = "This asset has changed since you last read it. Read it again, then send your change."


def of_asset(actor: User, asset: Asset) -> AssetAnswer:
    """An asset as this person may see it."""
    return AssetAnswer.of(cards.of_asset(asset), actor)


def tagged(body: BaseModel, status: int = 200) -> Response:
    """An answer with the ETag of what it says; 304 where the sender has it already."""
    text = body.model_dump_json()
    if request.method == "GET":
        _require_match(_tag(text))
    response = Response(text, status, mimetype="application/json")
    response.set_etag(_tag(text))
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)  # type: ignore[return-value]


def to_change(actor: User, ref: str, permission: Permission) -> Asset:
    """An asset that somebody who may is about to change.

    Raises Forbidden, and Stale where the sender knew another state of it.
    """
    asset = assets.get(actor, ref)
    require(actor, permission, asset)
    if request.if_match:
        lock(asset)
        _require_match(_tag(of_asset(actor, asset).model_dump_json()))
    return asset


def _require_match(tag: str) -> None:
    if request.if_match and not request.if_match.contains(tag):
        raise Stale(CHANGED)


def _tag(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
