"""Assets: made, listed, changed, published, rolled back, retired, restored."""

from typing import Any

from flask_openapi3 import FileStorage
from pydantic import BaseModel, Field

from app.api.actor import current_actor
from app.api.answers.assets import AssetAnswer, AssetList
from app.api.answers.impact import ImpactAnswer, NearList
from app.api.calls import Calls
from app.api.etags import of_asset, tagged, to_change
from app.api.once import transaction
from app.http.uploads import new_file
from app.inputs.asset import AssetChange, Join, NewAsset, Publish, Retirement, Rollback
from app.inputs.listing import AssetListing
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets, duplicates
from app.queries import impact as questions
from app.services import assets as verbs
from app.services import joining, publishing, retirement, reviews

calls = Calls("assets", "Assets")


class ByAsset(BaseModel):
    """An asset in an address."""

    id: str = Field(description="The asset's id or its slug.", max_length=120)


class NewAssetForm(NewAsset):
    """A new asset with its file; `url` in place of the file makes a link."""

    file: FileStorage | None = None


@calls.post("/assets", responses={201: AssetAnswer}, summary="Make an asset")
def create(form: NewAssetForm) -> Any:
    """Make an asset with its first version; `publish` gives it to reps at once."""
    actor = current_actor()
    require(actor, Permission.PUBLISH)
    file = new_file(form.file) if form.file else None
    new = NewAsset.model_construct(
        form.model_fields_set - {"file"}, **{k: v for k, v in form if k != "file"}
    )
    with transaction():
        asset = verbs.create(actor, new, file)
    return tagged(of_asset(actor, asset), 201)


@calls.get("/assets", responses={200: AssetList}, summary="List assets")
def listing(query: AssetListing) -> AssetList:
    """Assets by their filters, newest first; without `status` all that the person may see."""
    actor = current_actor()
    found = assets.listing(actor, query)
    items = [of_asset(actor, asset) for asset in found.items]
    return AssetList(items=items, next=found.next, total=found.total)


@calls.get("/assets/<id>", responses={200: AssetAnswer}, summary="Get an asset")
def get(path: ByAsset) -> Any:
    """One asset."""
    actor = current_actor()
    return tagged(of_asset(actor, assets.get(actor, path.id)))


@calls.patch("/assets/<id>", responses={200: AssetAnswer}, summary="Change an asset")
def change(path: ByAsset, body: AssetChange) -> Any:
    """Change what is said of an asset; fields left out keep their value."""
    actor = current_actor()
    with transaction():
        asset = verbs.change(actor, to_change(actor, path.id, Permission.EDIT), body)
    return tagged(of_asset(actor, asset))


@calls.post("/assets/<id>/publish", responses={200: AssetAnswer}, summary="Publish an asset")
def publish(path: ByAsset, body: Publish) -> Any:
    """Give a version to reps, without a number the newest."""
    actor = current_actor()
    with transaction():
        asset = to_change(actor, path.id, Permission.PUBLISH)
        publishing.publish(actor, asset, body.version)
    return tagged(of_asset(actor, asset))


@calls.post("/assets/<id>/confirm", responses={200: AssetAnswer}, summary="Still right")
def confirm(path: ByAsset) -> Any:
    """Say that the current version is still right; its next review counts from today."""
    actor = current_actor()
    with transaction():
        asset = reviews.confirm(actor, to_change(actor, path.id, Permission.CONFIRM))
    return tagged(of_asset(actor, asset))


@calls.post("/assets/<id>/rollback", responses={200: AssetAnswer}, summary="Go back to a version")
def rollback(path: ByAsset, body: Rollback) -> Any:
    """Publish an old version's bytes again, as a new number."""
    actor = current_actor()
    with transaction():
        asset = to_change(actor, path.id, Permission.PUBLISH)
        publishing.rollback(actor, asset, body)
    return tagged(of_asset(actor, asset))


@calls.get("/assets/<id>/impact", responses={200: ImpactAnswer}, summary="Who uses it now")
def impact(path: ByAsset) -> ImpactAnswer:
    """What a retirement would touch, for those who may retire the asset."""
    actor = current_actor()
    return ImpactAnswer.of(questions.of(actor, assets.get(actor, path.id)))


@calls.get("/assets/<id>/duplicates", responses={200: NearList}, summary="What is nearly the same")
def near(path: ByAsset) -> NearList:
    """Other pieces that are nearly the same page by page."""
    actor = current_actor()
    return NearList.of(duplicates.of(actor, assets.get(actor, path.id)))


@calls.post("/assets/<id>/join", responses={200: AssetAnswer}, summary="Make it a version")
def join(path: ByAsset, body: Join) -> Any:
    """Add the newest file of an asset as a version of another; answers that other."""
    actor = current_actor()
    with transaction():
        asset = to_change(actor, path.id, Permission.PUBLISH)
        version = joining.join(actor, asset, body)
    return tagged(of_asset(actor, version.asset))


@calls.post("/assets/<id>/retire", responses={200: AssetAnswer}, summary="Retire an asset")
def retire(path: ByAsset, body: Retirement) -> Any:
    """Take an asset out of use; it says why, and what to use instead."""
    actor = current_actor()
    with transaction():
        asset = retirement.retire(actor, to_change(actor, path.id, Permission.RETIRE), body)
    return tagged(of_asset(actor, asset))


@calls.post("/assets/<id>/restore", responses={200: AssetAnswer}, summary="Restore an asset")
def restore(path: ByAsset) -> Any:
    """Give a retired asset back to reps."""
    actor = current_actor()
    with transaction():
        asset = retirement.restore(actor, to_change(actor, path.id, Permission.RESTORE))
    return tagged(of_asset(actor, asset))
