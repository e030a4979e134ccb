"""Versions: added, listed, read, downloaded."""

from typing import Annotated, Any

from flask_openapi3 import FileStorage
from pydantic import Field

from app.api.actor import current_actor
from app.api.answers.assets import DiffAnswer, PageList, VersionAnswer, VersionList
from app.api.assets import ByAsset
from app.api.calls import Calls, Responses
from app.api.etags import to_change
from app.api.once import transaction
from app.choices import ImageSize
from app.http.files import give
from app.http.pictures import send_image
from app.http.uploads import new_file
from app.inputs.asset import NewVersion
from app.inputs.comparing import Comparison
from app.inputs.deal import ExternalId
from app.inputs.fields import Input
from app.models.person import User
from app.models.version import Version
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets, cards, changes, versions
from app.queries import pages as shown_pages
from app.services import publishing
from app.services.versions import compared, may_have_file, resolve

calls = Calls("versions", "Versions")
BYTES = {
    "description": "The bytes; the ETag is their SHA-256, ranges are served.",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
PICTURE = {
    "description": "The image, as WebP.",
    "content": {"image/webp": {"schema": {"type": "string", "format": "binary"}}},
}
SENT: Responses = {200: BYTES, 206: BYTES, 303: {"description": "On to the link."}}


class ByVersion(ByAsset):
    """A version in an address."""

    n: Annotated[int, Field(ge=1, le=1_000_000)]


class ByPage(ByVersion):
    """A page of a version in an address."""

    page: Annotated[int, Field(ge=1, le=1_000_000)]


class Sized(Input):
    """In which size an image is wanted."""

    size: ImageSize = ImageSize.FULL


class ForDeal(Input):
    """The deal that a download is for: it becomes a use on it."""

    deal: ExternalId | None = None


class NewVersionForm(NewVersion):
    """A new version with its file."""

    file: FileStorage


def answer(actor: User, version: Version) -> VersionAnswer:
    """A version as this person may see it."""
    return VersionAnswer.of(
        cards.of_version(version), with_url=may_have_file(actor, version.asset, version)
    )


@calls.post("/assets/<id>/versions", responses={201: VersionAnswer}, summary="Add a version")
def add(path: ByAsset, form: NewVersionForm) -> Any:
    """Add a version; it becomes the current one unless `publish` is false."""
    actor = current_actor()
    require(actor, Permission.PUBLISH, assets.get(actor, path.id))
    file = new_file(form.file)
    new = NewVersion.model_validate({name: getattr(form, name) for name in NewVersion.model_fields})
    with transaction():
        version = publishing.add_version(
            actor, to_change(actor, path.id, Permission.PUBLISH), new, file
        )
    return answer(actor, version), 201


@calls.get("/assets/<id>/versions", responses={200: VersionList}, summary="List versions")
def listing(path: ByAsset) -> VersionList:
    """The versions that the person may know of, newest first."""
    actor = current_actor()
    found = versions.of_asset(actor, assets.get(actor, path.id))
    items = [answer(actor, version) for version in found]
    return VersionList(items=items, total=len(items))


@calls.get("/assets/<id>/versions/<n>", responses={200: VersionAnswer}, summary="Get a version")
def get(path: ByVersion) -> VersionAnswer:
    """One version."""
    actor = current_actor()
    version = resolve(actor, assets.get(actor, path.id), path.n)
    return answer(actor, version)


@calls.get("/assets/<id>/versions/<n>/pages", responses={200: PageList}, summary="Read the pages")
def pages(path: ByVersion) -> PageList:
    """What was read from each page of a version."""
    actor = current_actor()
    return PageList.of(versions.pages(resolve(actor, assets.get(actor, path.id), path.n)))


@calls.get(
    "/assets/<id>/versions/<n>/pages/<page>/image",
    responses={200: PICTURE},
    summary="Look at a page",
)
def page_image(path: ByPage, query: Sized) -> Any:
    """The image of a page, as WebP; 404 where none was drawn."""
    actor = current_actor()
    version = resolve(actor, assets.get(actor, path.id), path.n)
    return send_image(shown_pages.image(version, path.page), query.size)


@calls.get("/assets/<id>/diff", responses={200: DiffAnswer}, summary="Compare two versions")
def diff(path: ByAsset, query: Comparison) -> DiffAnswer:
    """What changed from one version to another, page by page."""
    actor = current_actor()
    old, new = compared(actor, assets.get(actor, path.id), query)
    return DiffAnswer.of(changes.between(old, new))


@calls.get("/assets/<id>/file", responses=SENT, summary="Download the current file")
def file(path: ByAsset, query: ForDeal) -> Any:
    """The current version's bytes."""
    return give(current_actor(), path.id, None, query.deal)


@calls.get("/assets/<id>/versions/<n>/file", responses=SENT, summary="Download a version's file")
def version_file(path: ByVersion, query: ForDeal) -> Any:
    """A version's bytes."""
    return give(current_actor(), path.id, path.n, query.deal)
