"""Review dates that come near or are over: one digest a day for each owner, then the manager."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.choices import NoticeKind
from app.clock import in_words, now, today
from app.db import one_at_a_time, session
from app.models.asset import Asset
from app.models.person import User
from app.models.reminder import Reminder
from app.queries import people, reviews
from app.services import notices
from app.services.notices import News

REMINDERS_LOCK = 7311


def remind() -> int:
    """Tell owners what is due in 30, 14, 3 and 0 days, and their managers what is 7 days over.

    Safe to repeat: each date is told once, and nobody gets two digests of a kind on a day. Answers
    how many digests there were.
    """
    one_at_a_time(REMINDERS_LOCK)
    told_today = reviews.told_on(today())
    count = 0
    for kind, found in (
        (NoticeKind.REVIEW_DIGEST, _by_owner(reviews.to_remind_of())),
        (NoticeKind.REVIEW_ESCALATION, _by_manager(reviews.to_escalate())),
    ):
        for person, steps in found.items():
            if (kind, person.id) not in told_today:
                notices.tell(person, _digest(kind, [asset for asset, _ in steps]))
                _note(steps)
                count += 1
    return count


Steps = list[tuple[Asset, int]]


def _by_owner(steps: Iterable[tuple[Asset, int]]) -> Mapping[User, Steps]:
    found: dict[User, Steps] = defaultdict(list)
    for asset, days in steps:
        found[asset.owner].append((asset, days))
    return found


def _by_manager(steps: Iterable[tuple[Asset, int]]) -> Mapping[User, Steps]:
    """Whoever leads the owner's team; where nobody does, the admins."""
    found: dict[User, Steps] = defaultdict(list)
    leaders: dict[int, Sequence[User]] = {}
    for asset, days in steps:
        if asset.owner_id not in leaders:
            leaders[asset.owner_id] = people.leaders_of(asset.owner)
        for person in leaders[asset.owner_id]:
            found[person].append((asset, days))
    return found


def _digest(kind: NoticeKind, assets: Sequence[Asset]) -> News:
    count = len(assets)
    pieces = "One piece" if count == 1 else f"{count} pieces"
    if kind is NoticeKind.REVIEW_DIGEST:
        title = f"{pieces} of yours to look at: still right?"
        address = "/reviews"
    else:
        title = f"{pieces} of your team nobody has looked at for a week after the review date"
        address = "/reviews?whose=team"
    lines = [
        _line(kind, asset) for asset in sorted(assets, key=lambda one: (one.review_by, one.id))
    ]
    return News(kind, today().isoformat(), title, "\n".join(lines), address)


def _line(kind: NoticeKind, asset: Asset) -> str:
    assert asset.review_by is not None
    days = (asset.review_by - today()).days
    when = "today" if days == 0 else f"in {days} days" if days > 0 else f"{-days} days ago"
    owner = "" if kind is NoticeKind.REVIEW_DIGEST else f", owner {asset.owner.name}"
    return f"“{asset.title}”, to be looked at by {in_words(asset.review_by)} ({when}){owner}"


def _note(steps: Steps) -> None:
    """Several managers may be told of one piece."""
    told = reviews.noted()
    session.add_all(
        Reminder(asset_id=asset.id, review_by=asset.review_by, days=days, at=now())
        for asset, days in steps
        if (asset.id, asset.review_by, days) not in told
    )
    session.flush()
