"""Recalls: finding who holds what is no longer right, and tracking until nobody does."""

from collections import defaultdict
from collections.abc import Sequence

from app.choices import NoticeKind, RecallLevel
from app.clock import now
from app.db import session
from app.errors import Conflict
from app.models.asset import Asset
from app.models.person import User
from app.models.recall import Recall, RecallHolder, RecallReason
from app.models.version import Version
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import holders, recalls
from app.queries.holders import Held
from app.services import audit, notices, queue
from app.services.locks import lock
from app.services.notices import News


def superseded(
    actor: User | None, asset: Asset, old: Version, new: Version, level: RecallLevel
) -> Recall | None:
    """Begin the recall of a version that another has followed; none where nobody holds it.

    Whoever holds the bytes that are current again has nothing to replace any more.
    """
    for recall in recalls.open_of(asset):
        if new.sha256 is not None and recall.version.sha256 == new.sha256:
            _withdraw(actor, recall)
    if new.sha256 is not None and new.sha256 == old.sha256:
        return None
    return _begin(actor, asset, (old, new), level, holders.of(asset, old))


def retired(actor: User | None, asset: Asset, level: RecallLevel) -> Recall | None:
    """Begin the recall of every version of a retired asset; none where nobody holds any."""
    version = asset.current_version
    if version is None:
        return None
    for recall in recalls.open_of(asset):
        # Its holders are on the new list.
        _withdraw(actor, recall)
    return _begin(actor, asset, (version, None), level, holders.of(asset))


def restored(actor: User, asset: Asset) -> None:
    """Withdraw what a retirement had recalled, and say so: the asset is in use again."""
    for recall in recalls.open_of(asset):
        _withdraw(actor, recall)
        if recall.told_at is not None:
            notices.tell_all([holder.person for holder in recall.holders], _back(recall))


def left(person: User) -> None:
    """Close the lists on which only somebody who has left was still waiting."""
    for recall in recalls.waiting_for(person):
        recall.close_if_done(now())


def seen(actor: User, recall: Recall) -> None:
    """Note that a holder has looked at it; safe to repeat, and nothing for others."""
    holder = recalls.holder(recall, actor)
    if holder is not None and holder.seen_at is None:
        holder.seen_at = now()


def done(actor: User, recall: Recall) -> Recall:
    """Say that one has replaced what one held; safe to repeat.

    Raises Conflict for somebody who is not on the list.
    """
    lock(recall)
    holder = recalls.holder(recall, actor)
    if holder is None:
        raise Conflict("You are not on this list: you hold no old version that the hub knows of.")
    _finish(actor, holder)
    return recall


def done_for(actor: User, recall: Recall, person_id: int) -> Recall:
    """Say it for a holder who told one so, or who cannot say it; safe to repeat."""
    require(actor, Permission.TRACK_RECALL, recall.asset)
    lock(recall)
    holder = next((one for one in recall.holders if one.person_id == person_id), None)
    if holder is None:
        raise Conflict("This person is not on the list.")
    _finish(actor, holder)
    return recall


def _begin(
    actor: User | None,
    asset: Asset,
    versions: tuple[Version, Version | None],
    level: RecallLevel,
    held: Sequence[Held],
) -> Recall | None:
    """Whoever does it knows of it, and is not on the list."""
    others = [one for one in held if actor is None or one.person.id != actor.id]
    if level is RecallLevel.SILENT or not others:
        return None
    recall = Recall(
        asset=asset,
        version=versions[0],
        successor=versions[1],
        level=level,
        created_by=actor,
        created_at=now(),
        holders=_holders(others),
    )
    session.add(recall)
    session.flush()
    audit.record(
        actor,
        "asset.recalled",
        asset,
        {"number": versions[0].number, "level": level.value, "holders": len(recall.holders)},
    )
    queue.enqueue("tell_recall", recall)
    return recall


def _holders(held: Sequence[Held]) -> list[RecallHolder]:
    by_person: dict[int, list[Held]] = defaultdict(list)
    for one in held:
        by_person[one.person.id].append(one)
    return [
        RecallHolder(
            person=reasons[0].person,
            reasons=[
                RecallReason(why=one.why, version_id=one.version_id, deal=one.deal, at=one.at)
                for one in reasons
            ],
        )
        for _, reasons in sorted(by_person.items())
    ]


def _withdraw(actor: User | None, recall: Recall) -> None:
    recall.closed_at = now()
    audit.record(actor, "recall.withdrawn", recall, {"asset": recall.asset.slug})


def _back(recall: Recall) -> News:
    title = f"“{recall.asset.title}” is back in use"
    body = "You need not replace it after all."
    address = f"/assets/{recall.asset.slug}"
    return News(NoticeKind.RECALL, f"{recall.id}/back", title, body, address)


def _finish(actor: User, holder: RecallHolder) -> None:
    if holder.done_at is None:
        holder.done_at, holder.done_by = now(), actor
        holder.seen_at = holder.seen_at or (now() if holder.person_id == actor.id else None)
        detail = {"asset": holder.recall.asset.slug, "person": holder.person.email}
        audit.record(actor, "recall.done", holder.recall, detail)
        holder.recall.close_if_done(now())
