"""Which assets somebody may see, one of them, or a list."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import selectinload
from sqlalchemy.sql.base import ExecutableOption

from app.choices import FacetName, Role, Status
from app.db import session
from app.errors import NotFound
from app.inputs.listing import AssetFilter, AssetListing
from app.models.asset import Asset, Facet
from app.models.field_review import FieldReview, Reviewer
from app.models.person import User
from app.models.version import Version
from app.queries.paging import Listed, listed, place

SEEN_BY_ALL = (Status.PUBLISHED, Status.RETIRED)
UNFINISHED = (Status.DRAFT, Status.IN_REVIEW)


def visible_to(actor: User) -> Select[Asset]:
    """Every asset that this person may know of."""
    if actor.role in (Role.MARKETER, Role.ADMIN):
        return select(Asset)
    named = (
        select(FieldReview.asset_id)
        .join(Reviewer, Reviewer.field_review_id == FieldReview.id)
        .where(Reviewer.person_id == actor.id, FieldReview.closed_at.is_(None))
    )
    seen = (Asset.status.in_(SEEN_BY_ALL), Asset.owner_id == actor.id, Asset.id.in_(named))
    return select(Asset).where(or_(*seen))


def get(actor: User, ref: str | int) -> Asset:
    """One asset by its id or slug; raises NotFound also when it may not be seen."""
    named = Asset.id == int(ref) if _is_id(ref) else Asset.slug == str(ref)
    found = session.scalar(visible_to(actor).where(named))
    if found is None:
        raise NotFound("There is no such asset, or you may not see it.")
    return found


def listing(actor: User, asked: AssetListing) -> Listed[Asset]:
    """Assets by their filters, newest first, with what their cards show."""
    chosen = _filtered(visible_to(actor), asked)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    if asked.cursor:
        chosen = chosen.where(Asset.id < place(asked.cursor))
    rows = session.scalars(
        chosen.order_by(Asset.id.desc()).limit(asked.limit + 1).options(*with_card())
    ).all()
    return listed(rows, asked.limit, total, lambda asset: asset.id)


def with_card() -> tuple[ExecutableOption, ...]:
    """What a card needs beside the asset's own row, in a fixed number of statements."""
    return (
        selectinload(Asset.replaced_by),
        selectinload(Asset.current_version).joinedload(Version.created_by),
        selectinload(Asset.versions).load_only(Version.published_at),
    )


def recent(actor: User, limit: int) -> Sequence[Asset]:
    """What was published last, also as a new version."""
    chosen = visible_to(actor).where(Asset.status == Status.PUBLISHED)
    current = chosen.join(Version, (Version.asset_id == Asset.id) & Version.is_current)
    return session.scalars(
        current.order_by(Version.published_at.desc(), Asset.id.desc()).limit(limit)
    ).all()


def titled(actor: User, title: str) -> Asset | None:
    """The one asset with this title, in any case; none where there are several."""
    named = visible_to(actor).where(func.lower(Asset.title) == title.strip().lower())
    found = session.scalars(named.limit(2)).all()
    return found[0] if len(found) == 1 else None


def unfinished(actor: User, limit: int) -> Sequence[Asset]:
    """The person's own drafts, the last touched first."""
    mine = select(Asset).where(Asset.owner_id == actor.id, Asset.status.in_(UNFINISHED))
    return session.scalars(mine.order_by(Asset.updated_at.desc()).limit(limit)).all()


def published_by_kind(actor: User) -> Sequence[tuple[str, int]]:
    """How many assets of each kind are published, the most first."""
    counted = (
        visible_to(actor)
        .where(Asset.status == Status.PUBLISHED)
        .with_only_columns(Asset.kind, func.count())
        .group_by(Asset.kind)
    )
    found = [(kind.value, count) for kind, count in session.execute(counted)]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def facet_values(name: FacetName, limit: int = 200) -> Sequence[str]:
    """Values in use, to choose from; only a marketer's form shows them."""
    values = select(func.min(Facet.value)).where(Facet.name == name).group_by(Facet.folded)
    return session.scalars(values.order_by(func.count().desc()).limit(limit)).all()


def _filtered(chosen: Select[Asset], asked: AssetFilter) -> Select[Asset]:
    if asked.kind:
        chosen = chosen.where(Asset.kind.in_(asked.kind))
    if asked.status:
        chosen = chosen.where(Asset.status.in_(asked.status))
    if asked.owner:
        emails = [email.lower() for email in asked.owner]
        chosen = chosen.where(Asset.owner_id.in_(select(User.id).where(User.email.in_(emails))))
    if asked.shareable is not None:
        chosen = chosen.where(Asset.is_shareable == asked.shareable)
    if asked.updated_since:
        chosen = chosen.where(Asset.updated_at >= asked.updated_since)
    for name in FacetName:
        if values := getattr(asked, name.singular):
            folded = [value.casefold() for value in values]
            having = select(Facet.asset_id).where(Facet.name == name, Facet.folded.in_(folded))
            chosen = chosen.where(Asset.id.in_(having))
    return chosen


def _is_id(ref: str | int) -> bool:
    return isinstance(ref, int) or (ref.isascii() and ref.isdecimal() and len(ref) < 10)
