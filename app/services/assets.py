"""Making an asset and changing what is said of it."""

from datetime import date, datetime

from sqlalchemy import select

from app.choices import FacetName, Status
from app.clock import local, now, today
from app.db import one_at_a_time, session
from app.errors import Duplicate, Invalid
from app.inputs.asset import AssetChange, NewAsset
from app.models.asset import Asset
from app.models.person import User
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets, people
from app.queries.versions import holding
from app.services import audit, field_reviews, indexing, kinds, publishing
from app.services.locks import lock
from app.services.slugs import slug_for
from app.services.storage import NewFile, title_from

NEW_LOCK = 7303
FIELDS = ("title", "kind", "summary", "use_it_when", "say_this")
DATES = ("review_by", "publish_at", "expires_on")


def create(actor: User, new: NewAsset, file: NewFile | None) -> Asset:
    """Make an asset with its first version, from a file or a link; published if so asked."""
    require(actor, Permission.PUBLISH)
    _check(new, file)
    one_at_a_time(NEW_LOCK)
    if file and not new.allow_duplicate:
        refuse_duplicate(actor, file)
    return take_in(actor, new, file)


def take_in(person: User, new: NewAsset, file: NewFile | None) -> Asset:
    """Make an asset in somebody's name, for callers who may do so for anybody."""
    asset = _described(person, new, file)
    session.add(asset)
    session.flush()
    version = publishing.first_version(person, asset, file, new.url, new.change_note)
    audit.record(person, "asset.created", asset, {"title": asset.title})
    if new.publish and not field_reviews.wanting(asset, version):
        publishing.give(person, asset, version, now())
    indexing.changed(asset)
    return asset


def change(actor: User, asset: Asset, new: AssetChange) -> Asset:
    """Change what is said of an asset; only what was given."""
    require(actor, Permission.EDIT, asset)
    lock(asset)
    given = new.model_fields_set
    for name in FIELDS:
        if name in given and (value := getattr(new, name)) is not None:
            setattr(asset, name, value)
    asset.is_title_guessed &= "title" not in given
    asset.is_kind_guessed &= "kind" not in given
    if "review_by" in given and new.review_by != asset.review_by:
        _refuse_past_review(new.review_by)
    if new.publish_at is not None and new.publish_at != asset.publish_at:
        _refuse_past_publication(new.publish_at)
    for name in DATES:
        if name in given:
            setattr(asset, name, getattr(new, name))
    if new.owner is not None:
        asset.owner = owner_by(new.owner)
    if new.shareable is not None:
        asset.is_shareable = new.shareable
    _sort(asset, new)
    if given & {"publish_at", "expires_on"}:
        _check_dates(asset)
    if given:
        asset.updated_at = now()
        audit.record(actor, "asset.changed", asset, {"fields": sorted(given)})
        indexing.changed(asset)
        for replaced in session.scalars(select(Asset).where(Asset.replaced_by_id == asset.id)):
            indexing.changed(replaced)
    return asset


def refuse_duplicate(actor: User, file: NewFile) -> None:
    """Raise Duplicate when the person may see an asset that has these bytes already."""
    same = holding(file.stored.sha256)
    seen = assets.visible_to(actor).where(Asset.id.in_(same.with_only_columns(Asset.id)))
    if found := session.scalar(seen.order_by(Asset.status == Status.RETIRED, Asset.id).limit(1)):
        raise Duplicate(_same_words(found, file.stored.sha256), found.id, found.slug)


def _same_words(found: Asset, sha256: str) -> str:
    """Where the same bytes are, and whether they are still in use."""
    version = next(one for one in found.versions if one.sha256 == sha256)
    which = "" if version.is_current else f"version {version.number} of "
    retired = ", which is retired" if found.status is Status.RETIRED else ""
    return f"The same file is here already, as {which}“{found.title}”{retired}."


def owner_by(email: str) -> User:
    """The active person with this address; raises Invalid."""
    found = people.by_email(email)
    if found is None or not found.is_active:
        raise Invalid({"owner": [f"Nobody with the address {email} has an account here."]})
    return found


def _check(new: NewAsset, file: NewFile | None) -> None:
    if (file is None) == (new.url is None):
        raise Invalid({"file": ["Give either a file or the address of a link."]})
    if new.url and not new.title:
        raise Invalid({"title": ["Give the link a title."]})
    if new.publish and new.publish_at:
        raise Invalid({"publish_at": ["Publish now or later, not both."]})


def _described(actor: User, new: NewAsset, file: NewFile | None) -> Asset:
    filename = file.filename if file else ""
    title = new.title or title_from(filename)
    at = now()
    one_at_a_time(NEW_LOCK)
    asset = Asset(
        slug=slug_for(title),
        title=title,
        kind=new.kind or kinds.guess(title, filename, file.media_type if file else ""),
        summary=new.summary,
        use_it_when=new.use_it_when,
        say_this=new.say_this,
        is_title_guessed=not new.title,
        is_kind_guessed=new.kind is None,
        status=Status.DRAFT,
        is_shareable=new.shareable,
        owner=owner_by(new.owner) if new.owner else actor,
        publish_at=new.publish_at,
        expires_on=new.expires_on,
        created_at=at,
        updated_at=at,
        facet_rows=[],
    )
    _refuse_past_review(new.review_by)
    if new.publish_at is not None:
        _refuse_past_publication(new.publish_at)
    asset.review_by = new.review_by or kinds.review_by(asset.kind, today())
    _sort(asset, new)
    _check_dates(asset)
    return asset


def _sort(asset: Asset, new: NewAsset | AssetChange) -> None:
    for name in FacetName:
        values = getattr(new, name.value)
        if values is not None and name.value in new.model_fields_set:
            asset.sort_by(name, values)


def _refuse_past_review(day: date | None) -> None:
    if day is not None and day < today():
        raise Invalid({"review_by": ["This day is over. Choose today or a later one."]})


def _refuse_past_publication(moment: datetime) -> None:
    if local(moment).date() < today():
        raise Invalid({"publish_at": ["This day is over. Publish it now, or choose a later day."]})


def _check_dates(asset: Asset) -> None:
    if asset.publish_at and asset.published_at:
        raise Invalid({"publish_at": ["This asset has been published already."]})
    first = max(today(), local(asset.publish_at).date()) if asset.publish_at else today()
    if asset.expires_on and asset.expires_on < first and asset.status is not Status.RETIRED:
        raise Invalid({"expires_on": ["Give a day that is still to come, after publication."]})
