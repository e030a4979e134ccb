"""The example company's collateral: taken in by the usual verbs, then dated back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from app.choices import Status, TextState
from app.clock import local, now, start_of_day
from app.db import session
from app.example import catalogue
from app.example.catalogue import ExampleAsset
from app.inputs.asset import NewAsset, NewVersion, Retirement
from app.models.asset import Asset
from app.models.version import Version
from app.services import assets, imports, indexing, publishing, retirement
from app.services.example.rows import brought, company, ids_of, persons
from app.services.storage import NewFile

NOON = timedelta(hours=12)


def staged(example: ExampleAsset, folder: Path) -> list[NewFile]:
    """Its files on their way in, one a version: slow, so outside of any transaction."""
    return [
        imports.staged(folder / example.key / f"v{version.number}" / version.filename)
        for version in example.versions
    ]


def bring(example: ExampleAsset, files: Sequence[NewFile]) -> None:
    """Take an asset in with all its versions, as if they had come one after the other."""
    owner = persons()[example.owner]
    is_published = example.status is not Status.DRAFT
    asset = assets.take_in(owner, _said(example, publish=is_published), files[0])
    for version, file in zip(example.versions[1:], files[1:], strict=True):
        new = NewVersion(change_note=version.change_note, publish=is_published)
        publishing.add_version(owner, asset, new, file)
    brought("asset", [asset.id])
    _date_back(asset, example)


def retire() -> None:
    """Retire what was retired, once all that replaces anything is there."""
    here, owners = by_key(), persons()
    for example in catalogue.assets():
        if example.status is Status.RETIRED:
            asset = session.get_one(Asset, here[example.key])
            other = here[example.replaced_by] if example.replaced_by else None
            asked = Retirement(reason=example.retired_reason, replaced_by=other)
            retirement.retire(owners[example.owner], asset, asked)
            asset.retired_at = asset.updated_at = _moment(example.retired_days_ago or 0)


def by_key() -> dict[str, int]:
    """The ids of its assets by their keys: they were taken in in the catalogue's order."""
    return dict(zip((one.key for one in catalogue.assets()), ids_of("asset"), strict=True))


def unread() -> int:
    """How many of its versions nobody has read yet."""
    theirs = Version.asset_id.in_(ids_of("asset"))
    pending = select(func.count()).where(theirs, Version.text_state == TextState.PENDING)
    return session.scalar(pending) or 0


def _said(example: ExampleAsset, *, publish: bool) -> NewAsset:
    return NewAsset(
        title=example.title,
        kind=example.kind,
        summary=example.summary,
        use_it_when=example.use_it_when,
        say_this=example.say_this,
        shareable=example.is_shareable,
        publish=publish,
        allow_duplicate=True,
        **{name: list(values) for name, values in example.facets.items()},
    )


def _date_back(asset: Asset, example: ExampleAsset) -> None:
    session.refresh(asset, ["versions"])
    moments = {version.number: _moment(version.days_ago) for version in example.versions}
    for version in asset.versions:
        version.created_at = moments[version.number]
        version.published_at = version.published_at and moments[version.number]
    asset.created_at, asset.updated_at = min(moments.values()), max(moments.values())
    asset.published_at = asset.published_at and min(moments.values())
    asset.review_by = local(now()).date() + timedelta(days=example.review_due_in_days)
    indexing.changed(asset)


def _moment(days_ago: int) -> datetime:
    """Noon of a day in the past, counted back from the day on which it was wanted."""
    wanted = company()
    assert wanted is not None
    day = local(wanted.wanted_at).date() - timedelta(days=days_ago)
    return start_of_day(day) + NOON
