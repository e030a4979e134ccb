"""Feedback: everybody reads it, the deal is shown to those who may see it."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.choices import FeedbackState, Role, Verdict
from app.db import session
from app.errors import NotFound
from app.inputs.feedback import FeedbackListing
from app.inputs.use import AssetRef
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.feedback import Feedback, FeedbackAsset
from app.models.person import User
from app.models.version import Version
from app.queries import assets, deals, months, people
from app.queries.paging import Listed, listed, place

UNANSWERED = (FeedbackState.OPEN, FeedbackState.ACCEPTED)
WAITS = (Feedback.state.in_(UNANSWERED), Feedback.verdict != Verdict.HELPED)


def get(actor: User, feedback_id: int) -> Feedback:
    """One piece of feedback."""
    found = session.scalar(visible(actor).where(Feedback.id == feedback_id))
    if found is None:
        raise NotFound("There is no such feedback.")
    return found


def listing(actor: User, asked: FeedbackListing) -> Listed[Feedback]:
    """Feedback by its filters, newest first; Forbidden where a rep asks for another team."""
    chosen = _filtered(actor, visible(actor), asked)
    total = count(actor, asked)
    if asked.cursor:
        chosen = chosen.where(Feedback.id < place(asked.cursor))
    fixed = joinedload(Feedback.fixed_version).joinedload(Version.asset)
    rows = session.scalars(
        chosen.options(fixed).order_by(Feedback.id.desc()).limit(asked.limit + 1)
    ).all()
    return listed(rows, asked.limit, total, lambda one: one.id)


def count(actor: User, asked: FeedbackListing) -> int:
    """How much there is by these filters."""
    chosen = _filtered(actor, visible(actor), asked)
    return session.scalar(chosen.with_only_columns(func.count(Feedback.id))) or 0


def to_answer(actor: User) -> Select[Feedback]:
    """What waits for this person: about their pieces; for marketers also what is about none.

    Praise waits for nobody.
    """
    own = select(FeedbackAsset.feedback_id).join(Asset).where(Asset.owner_id == actor.id)
    lands = [Feedback.id.in_(own)]
    if actor.role in (Role.MARKETER, Role.ADMIN):
        lands.append(Feedback.id.not_in(select(FeedbackAsset.feedback_id)))
    return visible(actor).where(*WAITS, or_(*lands))


def mine_to_answer(actor: User, limit: int) -> Sequence[Feedback]:
    """What waits for this person's answer, the oldest first."""
    return session.scalars(to_answer(actor).order_by(Feedback.id).limit(limit)).all()


def count_to_answer(actor: User) -> int:
    """How much waits for this person's answer."""
    return session.scalar(select(func.count()).select_from(to_answer(actor).subquery())) or 0


def by(actor: User, limit: int) -> Sequence[Feedback]:
    """What this person has said, newest first."""
    own = select(Feedback).where(Feedback.person_id == actor.id)
    return session.scalars(own.order_by(Feedback.id.desc()).limit(limit)).all()


def about(actor: User, asset: Asset, limit: int) -> Sequence[Feedback]:
    """The latest feedback on an asset, the unanswered first."""
    chosen = visible(actor).where(Feedback.id.in_(_on([asset.id])))
    order = (Feedback.state.not_in(UNANSWERED), Feedback.id.desc())
    return session.scalars(chosen.order_by(*order).limit(limit)).all()


def count_about(actor: User, asset: Asset) -> int:
    """How much feedback there is on an asset."""
    chosen = visible(actor).where(Feedback.id.in_(_on([asset.id])))
    return session.scalar(select(func.count()).select_from(chosen.subquery())) or 0


def called_wrong(asset: Asset) -> FeedbackState | None:
    """How far the answer is where somebody said that it is wrong; none where all are answered."""
    chosen = select(Feedback.state).where(
        Feedback.id.in_(_on([asset.id])),
        Feedback.verdict == Verdict.WRONG,
        Feedback.state.in_(UNANSWERED),
    )
    return session.scalar(chosen.order_by(Feedback.state.desc()).limit(1))


def of_deal(actor: User, deal: Deal) -> Sequence[Feedback]:
    """What was said about a deal that the asker has been found to see, newest first."""
    chosen = visible(actor).where(Feedback.deal_id == deal.id)
    return session.scalars(chosen.order_by(Feedback.id.desc())).all()


def deals_seen(actor: User, items: Collection[Feedback]) -> set[int]:
    """Which of these deals the person may be told of."""
    return deals.seen(actor, {one.deal_id for one in items if one.deal_id is not None})


def visible(actor: User) -> Select[Feedback]:
    """All but what is about any asset that the person may not know of, and all that they said."""
    seen = assets.visible_to(actor).with_only_columns(Asset.id)
    if seen.whereclause is None:
        return select(Feedback)
    hidden = select(FeedbackAsset.feedback_id).where(FeedbackAsset.asset_id.not_in(seen))
    return select(Feedback).where(or_(Feedback.person_id == actor.id, Feedback.id.not_in(hidden)))


def _filtered(actor: User, chosen: Select[Feedback], asked: FeedbackListing) -> Select[Feedback]:
    if asked.asset:
        chosen = chosen.where(Feedback.id.in_(_on(_ids(actor, asked.asset))))
    if asked.deal:
        seen = deals.visible_to(actor).with_only_columns(Deal.id)
        chosen = chosen.where(Feedback.deal_id.in_(seen.where(Deal.external_id.in_(asked.deal))))
    if asked.state:
        chosen = chosen.where(Feedback.state.in_(asked.state))
    if asked.verdict:
        chosen = chosen.where(Feedback.verdict.in_(asked.verdict))
    if asked.unanswered:
        chosen = chosen.where(*WAITS)
    chosen = chosen.where(*months.within(Feedback.created_at, asked.start, asked.to))
    if asked.team is not None or asked.about_piece:
        chosen = chosen.where(Feedback.id.in_(_about_pieces(actor, asked.team)))
    return chosen


def _about_pieces(actor: User, team: str | None) -> Select[int]:
    """What is about a piece that the person may see and, where a team is named, that it owns."""
    seen = assets.visible_to(actor).with_only_columns(Asset.id)
    if team is not None:
        number = people.team_to_read(actor, team).id
        seen = seen.where(Asset.owner.has(User.team_id == number))
    return select(FeedbackAsset.feedback_id).where(FeedbackAsset.asset_id.in_(seen))


def _ids(actor: User, refs: Sequence[AssetRef]) -> list[int]:
    """The ids of the named assets that the person may see; others match nothing."""
    found = []
    for ref in refs:
        try:
            found.append(assets.get(actor, ref).id)
        except NotFound:
            continue
    return found


def _on(asset_ids: Collection[int]) -> Select[int]:
    return select(FeedbackAsset.feedback_id).where(FeedbackAsset.asset_id.in_(asset_ids))
