"""Telling the search index what changed, and keeping it up with the database."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import aliased, selectinload

from app.backends.search import registry
from app.backends.search.base import (
    AssetDocument,
    Batch,
    CannotWrite,
    Change,
    Engine,
    PageText,
    Progress,
    Why,
)
from app.choices import FacetName, Status
from app.clock import local, now
from app.db import at_the_end, one_at_a_time, session
from app.errors import Conflict
from app.models.asset import Asset
from app.models.index_change import IndexChange
from app.models.person import User
from app.models.version import Page, Version
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import search_index
from app.services import audit

CHANGE_LOCK = 7302
BATCH = 50
Told = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _ThisIndex:
    """What an audit line about a machine's index is about: it has no row."""

    __tablename__ = "search_index"
    id: None = None


def changed(asset: Asset) -> None:
    """Note, as the last thing in this transaction, that the index must look at the asset."""
    session.info.setdefault("changed", {})[id(asset)] = asset
    at_the_end("index", _append)


def gone(asset_ids: Iterable[int]) -> None:
    """Note in the same way that assets are taken out of the database."""
    session.info.setdefault("gone", set()).update(asset_ids)
    at_the_end("index", _append)


def _append() -> None:
    out = session.info.pop("gone", set())
    ids = [asset.id for asset in session.info.pop("changed", {}).values()]
    one_at_a_time(CHANGE_LOCK)
    session.add_all([IndexChange(asset_id=one) for one in dict.fromkeys([*ids, *sorted(out)])])
    session.flush()


def newest_change() -> int:
    """The number of the last change in the database."""
    return search_index.newest()


def catch_up(engine: Engine) -> int:
    """Apply one batch of changes that the index has not seen; answers how many assets."""
    changes, number = _after(engine.position())
    if changes:
        engine.apply(changes, number)
    return len(changes)


def rebuild(engine: Engine, why: Why = Why.ASKED, told: Told = lambda _: None) -> None:
    """Make the whole index anew from the database while the old one is searched.

    It takes over once it holds what changed meanwhile, too. `told` hears of every asset.
    """
    position = newest_change()
    total = session.scalar(select(func.count()).select_from(Asset)) or 0
    began = now()

    def tell(done: int) -> None:
        progress = Progress(min(done, total), total, began, why)
        engine.report(progress)
        told(progress)

    try:
        engine.rebuild(_counted(all_documents(), tell), position, _caught_up(position))
    finally:
        engine.report(None)


def all_documents() -> Iterator[AssetDocument]:
    """Every asset as the index should know it, a batch at a time, each as it is by then."""
    last = 0
    while ids := session.scalars(
        select(Asset.id).where(Asset.id > last).order_by(Asset.id).limit(BATCH)
    ).all():
        yield from _documents(ids)
        _look_afresh()
        last = ids[-1]


def ask_for_rebuild(actor: User) -> None:
    """Leave word for this machine's follower that its index is to be made anew.

    Raises Conflict where that is under way, or asked for already.
    """
    require(actor, Permission.MANAGE_SEARCH)
    engine = registry.engine()
    if running := engine.progress():
        raise Conflict(f"A rebuild is already running since {local(running.began):%H:%M}.")
    if engine.is_rebuild_wanted():
        raise Conflict("A rebuild is already asked for. It begins within a second or two.")
    try:
        engine.ask_for_rebuild()
    except CannotWrite as problem:
        raise Conflict(f"{problem} Look at the disk that the index is on.") from problem
    audit.record(actor, "index.rebuild_asked", _ThisIndex())


def compact() -> int:
    """Leave one change for each asset, its last; answers how many went."""
    newer = aliased(IndexChange)
    old = select(IndexChange.seq).join(
        newer, (newer.asset_id == IndexChange.asset_id) & (newer.seq > IndexChange.seq)
    )
    seqs = session.scalars(old.distinct().limit(5000)).all()
    session.execute(delete(IndexChange).where(IndexChange.seq.in_(seqs)))
    return len(seqs)


def _after(position: int) -> Batch:
    """The first changes after this number, at most a batch, and the number that they bring."""
    waiting = (
        select(IndexChange.asset_id, func.max(IndexChange.seq).label("seq"))
        .where(IndexChange.seq > position)
        .group_by(IndexChange.asset_id)
        .order_by("seq")
        .limit(BATCH)
    )
    rows = session.execute(waiting).all()
    if not rows:
        return [], position
    found = {one.asset_id: one for one in _documents([row.asset_id for row in rows])}
    changes = [Change(row.asset_id, found.get(row.asset_id)) for row in rows]
    return changes, rows[-1].seq


def _caught_up(position: int) -> Iterator[Batch]:
    """Batches after this number, until one is not full: the follower is quick with the rest."""
    is_full = True
    while is_full:
        _look_afresh()
        changes, position = _after(position)
        if changes:
            yield changes, position
        is_full = len(changes) == BATCH


def _counted(
    documents: Iterable[AssetDocument], tell: Callable[[int], None]
) -> Iterator[AssetDocument]:
    tell(0)
    for done, document in enumerate(documents, start=1):
        yield document
        tell(done)


def _look_afresh() -> None:
    """End the view of the database, which would hold up others, and forget what it gave."""
    session.rollback()
    session.expunge_all()


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
