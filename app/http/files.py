"""Giving out stored files: always as a download, never as something that runs."""

import logging
from pathlib import Path, PurePath

from flask import Response, redirect, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from app.backends.storage import registry
from app.backends.storage.base import Store, StoreFailed
from app.db import transaction
from app.errors import Stale, Unavailable
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.person import User
from app.models.version import Version
from app.queries import assets, deals
from app.services import activity, uses
from app.services.storage import clean_name
from app.services.versions import readable_file
from app.text.attachment import disposition

log = logging.getLogger(__name__)
MISSING = "The stored file could not be found. Tell an admin: “flask doctor” says what is missing."
UNREACHED = (
    "The hub cannot reach its files just now. Try again in a moment, and tell an admin if it "
    "stays: “flask doctor” says why."
)
_ACTIVE = ("html", "xml", "svg", "script", "xhtml")
OPAQUE = "application/octet-stream"


def give(actor: User, ref: str, number: int | None, deal_id: str | None = None) -> AnyResponse:
    """A version's file, or on to the link, for those who may have it; the download is noted.

    Where it is for a deal, by its external id, it is also a use on that deal.
    """
    deal = deals.get(actor, deal_id) if deal_id else None
    asset = assets.get(actor, ref)
    version = readable_file(actor, asset, number, deal)
    response = answer_with(asset, version)
    if _is_given(response, actor, version, deal):
        with transaction(is_light=deal is None):
            activity.downloaded(actor, version)
            if deal is not None:
                uses.downloaded(actor, deal, version)
    return response


def answer_with(asset: Asset, version: Version) -> AnyResponse:
    """The file of a version, or on to the link."""
    return redirect(version.url, 303) if version.url else send_version(asset, version)


def _is_given(response: AnyResponse, actor: User, version: Version, deal: Deal | None) -> bool:
    """Whether this is a download: not “you have it already”, nor one more part of it today."""
    if request.method == "HEAD" or response.status_code not in (200, 206, 303):
        return False
    # Of parts that are fetched elsewhere, all that is known is that they were asked for.
    is_part = response.status_code == 206 or (response.status_code == 303 and request.range)
    if not is_part:
        return True
    if deal is not None:
        return not uses.has_downloaded_today(actor, deal, version)
    return not activity.has_downloaded_today(actor, version)


def send_version(asset: Asset, version: Version) -> AnyResponse:
    """The bytes of a version, or where they are to be had, with its SHA-256 as the ETag."""
    try:
        store = registry.named(version.store or "")
        path = store.local_path(version.sha256 or "")
        if path is None:
            return _from_elsewhere(store, asset, version)
        return _from_here(path, asset, version)
    except FileNotFoundError:
        raise Unavailable(MISSING) from None
    except StoreFailed as problem:
        log.warning("a file could not be given: %s", problem)
        raise Unavailable(UNREACHED) from None


def _from_here(path: Path, asset: Asset, version: Version) -> Response:
    """The bytes themselves, with ranges."""
    if not path.is_file():
        raise FileNotFoundError(path)
    _check_match(version)
    response = send_file(
        path,
        mimetype=_served_type(version),
        as_attachment=True,
        download_name=download_name(asset, version),
        etag=version.sha256 or False,
        last_modified=version.created_at,
        conditional=True,
        max_age=0,
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _from_elsewhere(store: Store, asset: Asset, version: Version) -> Response:
    """On to the store, which serves ranges itself; what needs no bytes is answered here."""
    _check_match(version)
    response = Response(status=303)
    response.set_etag(version.sha256 or "")
    response.last_modified = version.created_at
    response.headers["Cache-Control"] = "private, no-store"
    response.make_conditional(request.environ)
    if response.status_code == 304:
        return response
    name, media_type = download_name(asset, version), _served_type(version)
    address = store.address(version.sha256 or "", name, media_type)
    if request.method != "HEAD":
        response.headers["Location"] = address or ""
        return response
    # The address is signed for GET alone.
    response.status_code, response.mimetype = 200, media_type
    response.content_length, response.accept_ranges = version.size, "bytes"
    response.headers["Content-Disposition"] = disposition(name)
    return response


def _served_type(version: Version) -> str:
    is_active = any(word in version.media_type for word in _ACTIVE)
    return OPAQUE if is_active else version.media_type


def _check_match(version: Version) -> None:
    """Raise Stale where the sender wants another file than this; what they sent is then done."""
    wanted = request.if_match
    if wanted and not wanted.contains(version.sha256 or ""):
        raise Stale("The file has changed since you last asked. Ask again without If-Match.")
    request.environ.pop("HTTP_IF_MATCH", None)


def download_name(asset: Asset, version: Version) -> str:
    """`<title> v<n>.<ext>`."""
    return clean_name(f"{asset.title[:150]} v{version.number}{PurePath(version.filename).suffix}")
