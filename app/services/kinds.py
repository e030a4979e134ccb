"""What follows from an asset's kind: a guess of it, and how long a review is good for."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from app.choices import Kind

REVIEW_DAYS: Mapping[Kind, int] = {
    Kind.PRICING: 30,
    Kind.BATTLECARD: 60,
    Kind.DECK: 90,
    Kind.PROPOSAL: 90,
    Kind.EMAIL_TEMPLATE: 90,
    Kind.ONE_PAGER: 180,
    Kind.VIDEO: 180,
    Kind.OTHER: 180,
    Kind.WHITE_PAPER: 365,
    Kind.CASE_STUDY: 365,
}

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
_PRESENTATIONS = (".pptx", ".ppt", ".pptm", ".ppsx", ".odp", ".key")


def guess(title: str, filename: str, media_type: str) -> Kind:
    """The kind that a name and a type of file speak for."""
    name = re.sub(r"[^a-z0-9]+", " ", f"{title} {filename}".lower())
    for kind, words in _WORDS:
        if re.search(words, name):
            return kind
    if filename.lower().endswith(_PRESENTATIONS):
        return Kind.DECK
    return Kind.VIDEO if media_type.startswith("video/") else Kind.OTHER


def review_by(kind: Kind, day: date) -> date:
    """When something of this kind, right on that day, is to be looked at again."""
    return day + timedelta(days=REVIEW_DAYS[kind])
