"""Telling the search index what changed, and keeping it up with the database."""

from collections.abc import Iterator, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import aliased, selectinload

from app.backends.search.base import AssetDocument, Change, Engine, PageText
from app.choices import FacetName, Status
from app.db import at_the_end, one_at_a_time, session
from app.models.asset import Asset
from app.models.index_change import IndexChange
from app.models.version import Page, Version

CHANGE_LOCK = 7302
BATCH = 50


def changed(asset: Asset) -> None:
    """Note, as the last thing in this transaction, that the index must look at the asset."""
    session.info.setdefault("changed", {})[id(asset)] = asset
    at_the_end("index", _append)


def _append() -> None:
    assets = session.info.pop("changed").values()
    one_at_a_time(CHANGE_LOCK)
    session.add_all([IndexChange(asset_id=asset.id) for asset in assets])
    session.flush()


def newest_change() -> int:
    """The number of the last change in the database."""
    return session.scalar(select(func.max(IndexChange.seq))) or 0


def catch_up(engine: Engine) -> int:
    """Apply one batch of changes that the index has not seen; answers how many assets."""
    waiting = (
        select(IndexChange.asset_id, func.max(IndexChange.seq).label("seq"))
        .where(IndexChange.seq > engine.position())
        .group_by(IndexChange.asset_id)
        .order_by("seq")
        .limit(BATCH)
    )
    rows = session.execute(waiting).all()
    if rows:
        ids = [asset_id for asset_id, _ in rows]
        found = {document.asset_id: document for document in _documents(ids)}
        engine.apply([Change(one, found.get(one)) for one in ids], rows[-1].seq)
    return len(rows)


def rebuild(engine: Engine) -> None:
    """Make the whole index anew from the database while the old one is searched."""
    position = newest_change()
    engine.rebuild(all_documents(), position)


def all_documents() -> Iterator[AssetDocument]:
    """Every asset as the index should know it, a batch at a time."""
    last = 0
    while ids := session.scalars(
        select(Asset.id).where(Asset.id > last).order_by(Asset.id).limit(BATCH)
    ).all():
        yield from _documents(ids)
        session.expunge_all()
        last = ids[-1]


def compact() -> int:
    """Leave one change for each asset, its last; answers how many went."""
    newer = aliased(IndexChange)
    old = select(IndexChange.seq).join(
        newer, (newer.asset_id == IndexChange.asset_id) & (newer.seq > IndexChange.seq)
    )
    seqs = session.scalars(old.distinct().limit(5000)).all()
    session.execute(delete(IndexChange).where(IndexChange.seq.in_(seqs)))
    return len(seqs)


def _documents(ids: Sequence[int]) -> list[AssetDocument]:
    assets = session.scalars(
        select(Asset)
        .where(Asset.id.in_(ids))
        .options(
            selectinload(Asset.versions).load_only(
                Version.number, Version.is_current, Version.filename, Version.document_title
            )
        )
        .execution_options(populate_existing=True)
    ).all()
    shown = {asset.id: _shown_version(asset) for asset in assets}
    pages: dict[int, list[PageText]] = {}
    wanted = [version.id for version in shown.values() if version]
    rows = select(Page.version_id, Page.number, Page.title, Page.text, Page.speaker_notes)
    for version_id, number, title, text, notes in session.execute(
        rows.where(Page.version_id.in_(wanted)).order_by(Page.version_id, Page.number)
    ):
        pages.setdefault(version_id, []).append(PageText(number, title, text, notes))
    return [_document(asset, shown[asset.id], pages) for asset in assets]


def _shown_version(asset: Asset) -> Version | None:
    """The current version; of a draft the newest, so that its makers find it."""
    current = [version for version in asset.versions if version.is_current]
    return next(iter(current or asset.versions), None)


def _document(
    asset: Asset, version: Version | None, pages: dict[int, list[PageText]]
) -> AssetDocument:
    named = [version.filename, version.document_title] if version else []
    facets = {FacetName(name).singular: tuple(found) for name, found in asset.facets.items()}
    return AssetDocument(
        asset_id=asset.id,
        title=asset.title,
        description="\n".join([asset.summary, asset.use_it_when, asset.say_this, *named]),
        facets={
            **facets,
            "kind": (asset.kind.value,),
            "owner": (asset.owner.email, asset.owner.name),
        },
        is_public=asset.status is Status.PUBLISHED,
        pages=tuple(pages.get(version.id, ())) if version else (),
    )
