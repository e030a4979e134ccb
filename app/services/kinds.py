"""What follows from an asset's kind: a guess of it, and how long a review is good for."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from app.choices import Kind
from app.db import one_at_a_time, session
from app.inputs.kind import KindChange
from app.models.kind_rule import KindRule
from app.models.person import User
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import kinds
from app.services import audit

KINDS_LOCK = 7309

_WORDS: tuple[tuple[Kind, str], ...] = (
    (Kind.BATTLECARD, r"battle ?card|kill sheet|competitive|\bvs\b|versus"),
    (Kind.CASE_STUDY, r"case stud|success stor|customer stor|reference stor"),
    (Kind.PRICING, r"pric(e|ing)|rate card|discount|quote"),
    (Kind.PROPOSAL, r"proposal|statement of work|\bsow\b|\brfp\b"),
    (Kind.ONE_PAGER, r"one pager|onepager|one sheet|leaflet|flyer|handout|datasheet|data sheet"),
    (Kind.WHITE_PAPER, r"white ?paper|guide|e ?book|report"),
    (Kind.EMAIL_TEMPLATE, r"e ?mail|template message|outreach|cadence"),
    (Kind.DECK, r"deck|slides|presentation|pitch"),
)
# In a text a single word such as “report” or “price” says too little.
_TELLING: tuple[tuple[Kind, str], ...] = (
    (Kind.BATTLECARD, r"\bbattle ?cards?\b|\bkill sheet\b|\bhow we win against\b"),
    (Kind.CASE_STUDY, r"\bcase study\b|\bsuccess story\b|\bcustomer story\b"),
    (Kind.PRICING, r"\bprice list\b|\brate card\b|\blist prices?\b"),
    (Kind.PROPOSAL, r"\bstatement of work\b|\bwe propose\b|\bproposal for\b"),
    (Kind.WHITE_PAPER, r"\bwhite ?paper\b"),
    (Kind.EMAIL_TEMPLATE, r"^\W*(subject|re) .{5,80}\b(hi|hello|dear)\b"),
    (Kind.ONE_PAGER, r"\bdata ?sheet\b|\bone pager\b|\bfact sheet\b"),
)
_PRESENTATIONS = (".pptx", ".ppt", ".pptm", ".ppsx", ".odp", ".key")


def guess(title: str, filename: str, media_type: str) -> Kind:
    """The kind that a name and a type of file speak for."""
    name = re.sub(r"[^a-z0-9]+", " ", f"{title} {filename}".lower())
    if found := _first(_WORDS, name):
        return found
    if filename.lower().endswith(_PRESENTATIONS):
        return Kind.DECK
    return Kind.VIDEO if media_type.startswith("video/") else Kind.OTHER


def guess_from_text(so_far: Kind, words: str) -> Kind:
    """A better guess where the name alone said little: a phrase of the text that names a kind."""
    if so_far not in (Kind.OTHER, Kind.DECK):
        return so_far
    text = re.sub(r"[^a-z0-9]+", " ", words.lower())
    return _first(_TELLING, text) or so_far


def _first(telling: Sequence[tuple[Kind, str]], words: str) -> Kind | None:
    return next((kind for kind, phrase in telling if re.search(phrase, words)), None)


def review_by(kind: Kind, day: date) -> date:
    """When something of this kind, right on that day, is to be looked at again."""
    return day + timedelta(days=kinds.rule(kind).review_days)


def settle(actor: User, kind: Kind, new: KindChange) -> KindRule:
    """Say how long a review of this kind is good for, and whether the field looks at it first.

    Review dates that are set already stay as they are.
    """
    require(actor, Permission.MANAGE_KINDS)
    one_at_a_time(KINDS_LOCK)
    found = kinds.rule(kind)
    found.review_days, found.needs_field_review = new.review_days, new.needs_field_review
    session.add(found)
    session.flush()
    detail = {"kind": kind.value, "days": new.review_days, "field_review": new.needs_field_review}
    audit.record(actor, "kind.settled", found, detail)
    return found
