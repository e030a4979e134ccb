"""Giving out stored files: always as a download, never as something that runs."""

from pathlib import PurePath

from flask import Response, redirect, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from app.backends.storage import registry
from app.db import transaction
from app.errors import Stale, Unavailable
from app.models.asset import Asset
from app.models.person import User
from app.models.version import Version
from app.queries import assets, deals
from app.services import activity, uses
from app.services.storage import clean_name
from app.services.versions import readable_file

MISSING = "The stored file could not be found. Tell an admin: “flask doctor” says what is missing."
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
    if _is_given(response, actor, version):
        with transaction(is_light=deal is None):
            activity.downloaded(actor, version)
            if deal is not None:
                uses.downloaded(actor, deal, version)
    return response


def answer_with(asset: Asset, version: Version) -> AnyResponse:
    """The file of a version, or on to the link."""
    return redirect(version.url, 303) if version.url else send_version(asset, version)


def _is_given(response: AnyResponse, actor: User, version: Version) -> bool:
    """Whether this is a download: not “you have it already”, nor one more part of it today."""
    if request.method == "HEAD" or response.status_code not in (200, 206, 303):
        return False
    return response.status_code != 206 or not activity.has_downloaded_today(actor, version)


def send_version(asset: Asset, version: Version) -> Response:
    """The bytes of a version, with ranges and its SHA-256 as the ETag."""
    store = registry.named(version.store or "")
    path = store.local_path(version.sha256 or "")
    if path is None or not path.is_file():
        raise Unavailable(MISSING)
    _check_match(version)
    is_active = any(word in version.media_type for word in _ACTIVE)
    response = send_file(
        path,
        mimetype=OPAQUE if is_active else version.media_type,
        as_attachment=True,
        download_name=download_name(asset, version),
        etag=version.sha256 or False,
        last_modified=version.created_at,
        conditional=True,
        max_age=0,
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _check_match(version: Version) -> None:
    """Raise Stale where the sender wants another file than this; what they sent is then done."""
    wanted = request.if_match
    if wanted and not wanted.contains(version.sha256 or ""):
        raise Stale("The file has changed since you last asked. Ask again without If-Match.")
    request.environ.pop("HTTP_IF_MATCH", None)


def download_name(asset: Asset, version: Version) -> str:
    """`<title> v<n>.<ext>`."""
    return clean_name(f"{asset.title[:150]} v{version.number}{PurePath(version.filename).suffix}")
