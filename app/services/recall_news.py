"""What the holders of an old version are told: what changed, what to use, which buyers have it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from app.choices import Holding, NoticeKind, RecallLevel, TextState
from app.clock import in_words, local, now, today
from app.db import session
from app.models.recall import Recall, RecallHolder, RecallReason
from app.queries import changes, freshness, recalls
from app.services import notices
from app.services.notices import News
from app.text.diff import Change

AGAIN_AFTER = timedelta(days=3)
PATIENCE = timedelta(minutes=10)
AT_ONCE = 500
NAMED = 12
WHYS = {
    Holding.DOWNLOADED: "you downloaded version {number} {day}",
    Holding.SHARED: "you shared version {number} on {deal} {day}",
    Holding.OPEN_DEAL: "version {number} is on your open deal {deal}",
}


def is_ripe(recall_id: int) -> bool:
    """Whether its holders can be told: not before the new version's text has been read."""
    recall = session.get(Recall, recall_id, populate_existing=True)
    if recall is None or recall.told_at is not None or recall.closed_at is not None:
        return False
    return not _is_being_read(recall) or now() - recall.created_at >= PATIENCE


def tell(recall_id: int, changed: str) -> None:
    """Tell every holder once, with the sentence of `changed_pages`."""
    recall = session.get(Recall, recall_id, with_for_update={"of": Recall}, populate_existing=True)
    if recall is None or recall.told_at is not None or recall.closed_at is not None:
        return
    recall.changed_pages = changed
    what = "\n".join(_what(recall))
    for holder in recall.holders:
        if holder.done_at is None:
            notices.tell(holder.person, _news(recall, holder, what))
    recall.told_at = now()


def remind() -> int:
    """Tell those once more, every three days, who have not replaced what must be replaced."""
    late = recalls.late(now() - AGAIN_AFTER, AT_ONCE)
    for holder in late:
        notices.tell(holder.person, _reminder(holder))
        holder.reminded_at = now()
    return len(late)


def changed_pages(recall_id: int) -> str:
    """Which pages of the new version differ, in words; "" where that cannot be said.

    Slow for long documents, so outside of any transaction.
    """
    recall = session.get_one(Recall, recall_id)
    if recall.successor is None or not _is_read(recall):
        return ""
    found = changes.between(recall.version, recall.successor).pages
    told = []
    for change, words in (
        (Change.CHANGED, "changed"),
        (Change.ADDED, "added"),
        (Change.MOVED, "moved"),
    ):
        numbers = [page.new.number for page in found if page.change is change and page.new]
        told += [f"{words}: {_listed(numbers)}"] if numbers else []
    gone = [page.old.number for page in found if page.change is Change.REMOVED and page.old]
    told += [f"removed: {_listed(gone)} of before"] if gone else []
    return "Pages " + "; ".join(told) + "." if told else ""


def _is_being_read(recall: Recall) -> bool:
    versions = (recall.version, recall.successor)
    return any(one is not None and one.text_state is TextState.PENDING for one in versions)


def _is_read(recall: Recall) -> bool:
    """Whether the text of both versions is there: of a locked file nothing can be said."""
    versions = (recall.version, recall.successor)
    return all(one is not None and one.text_state is TextState.READY for one in versions)


def _what(recall: Recall) -> Iterator[str]:
    """What is different, and what to use instead."""
    if recall.successor is not None:
        current = recall.asset.current_version or recall.successor
        yield f"Use version {current.number} instead. {recall.successor.change_note}"
        yield recall.changed_pages
        return
    yield f"Why: {recall.asset.retired_reason}"
    instead = freshness.living(recall.asset)
    yield f"Use “{instead.title}” instead." if instead else "Nothing replaces it."


def _news(recall: Recall, holder: RecallHolder, what: str) -> News:
    seen = recalls.deals_seen(holder.person, [recall])
    reasons = [one for one in holder.reasons if one.deal_id is None or one.deal_id in seen]
    words = [what.strip(), _buyers(reasons), _why(reasons)]
    body = "\n".join(word for word in words if word)
    return News(NoticeKind.RECALL, str(recall.id), _title(recall), body, f"/recalls/{recall.id}")


def _reminder(holder: RecallHolder) -> News:
    recall = holder.recall
    return News(
        NoticeKind.RECALL_REMINDER,
        f"{recall.id}/{today()}",
        f"Still to replace: {recall.asset.title}",
        f"You were told {_day(recall.told_at or now())}. Say “Done” when your copies are "
        "replaced, and nobody asks again.",
        f"/recalls/{recall.id}",
    )


def _title(recall: Recall) -> str:
    title = recall.asset.title
    if recall.successor is None:
        return f"Stop using “{title}”: it is retired"
    if recall.level is RecallLevel.MUST_REPLACE:
        return f"Replace your copy of “{title}”: version {recall.version.number} is out of date"
    return f"“{title}” has a new version {recall.successor.number}"


def _why(reasons: Sequence[RecallReason]) -> str:
    told = [
        WHYS[one.why].format(
            number=one.version.number, day=_day(one.at), deal=one.deal.name if one.deal else ""
        )
        for one in reasons[:NAMED]
    ]
    more = f", and {len(reasons) - NAMED} more" if len(reasons) > NAMED else ""
    if not told:
        return ""
    return f"You are told because {', '.join(told)}{more}."


def _buyers(reasons: Sequence[RecallReason]) -> str:
    """The accounts that were sent the old one."""
    sent = {
        one.deal.account or one.deal.name
        for one in reasons
        if one.deal and one.why is Holding.SHARED
    }
    return f"These buyers were sent it: {', '.join(sorted(sent)[:NAMED])}." if sent else ""


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:NAMED])
    return f"{shown} and {len(numbers) - NAMED} more" if len(numbers) > NAMED else shown


def _day(moment: datetime) -> str:
    there = local(moment)
    return f"on {in_words(there.date())}" if there.date() != today() else "today"
