"""Feedback from the field: given, accepted, and then fixed or declined."""

from collections.abc import Sequence

from app.choices import Verdict
from app.clock import now
from app.db import session
from app.errors import Invalid, NotFound
from app.inputs.feedback import About, Decline, Fix, NewFeedback
from app.models.asset import Asset
from app.models.deal import Deal
from app.models.feedback import Feedback, FeedbackAsset
from app.models.person import User
from app.models.version import Version
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets, deals
from app.services import audit, feedback_news, versions
from app.services.locks import lock


def give(actor: User, new: NewFeedback) -> Feedback:
    """Say from the field what a piece did; it lands with the owner of the piece."""
    require(actor, Permission.GIVE_FEEDBACK)
    if not new.assets and new.verdict is not Verdict.MISSING:
        raise Invalid({"assets": ["Name the piece that this is about."]})
    feedback = Feedback(
        person=actor,
        deal=_deal(actor, new.deal),
        verdict=new.verdict,
        reaction=new.reaction,
        competitor=new.competitor,
        is_quotable=new.quotable,
        note=new.note,
        created_at=now(),
        about=_about(actor, new.assets),
    )
    session.add(feedback)
    session.flush()
    audit.record(
        actor,
        "feedback.given",
        feedback,
        {"verdict": new.verdict.value, "assets": [about.asset.slug for about in feedback.about]},
    )
    feedback_news.given(feedback)
    return feedback


def accept(actor: User, feedback: Feedback) -> Feedback:
    """Say that it is right and will be seen to; safe to repeat."""
    require(actor, Permission.ANSWER_FEEDBACK, feedback)
    lock(feedback)
    before = feedback.state
    feedback.accept(actor, now())
    if feedback.state is not before:
        audit.record(actor, "feedback.accepted", feedback)
        feedback_news.answered(feedback)
    return feedback


def fix(actor: User, feedback: Feedback, asked: Fix) -> Feedback:
    """Say which version has put it right; the same answer may be given again."""
    require(actor, Permission.ANSWER_FEEDBACK, feedback)
    lock(feedback)
    version = _fixing(actor, feedback, asked)
    if feedback.fixed_version is not version:
        feedback.fix(version, actor, now())
        audit.record(
            actor, "feedback.fixed", feedback, {"asset": version.asset_id, "number": version.number}
        )
        feedback_news.answered(feedback)
    return feedback


def decline(actor: User, feedback: Feedback, asked: Decline) -> Feedback:
    """Say why nothing will be done; the same answer may be given again."""
    require(actor, Permission.ANSWER_FEEDBACK, feedback)
    lock(feedback)
    if feedback.reason != asked.reason:
        feedback.decline(asked.reason, actor, now())
        audit.record(actor, "feedback.declined", feedback, {"reason": asked.reason})
        feedback_news.answered(feedback)
    return feedback


def _deal(actor: User, external_id: str | None) -> Deal | None:
    if external_id is None:
        return None
    try:
        return deals.get(actor, external_id)
    except NotFound as problem:
        raise Invalid({"deal": [problem.detail]}) from None


def _about(actor: User, given: Sequence[About]) -> list[FeedbackAsset]:
    rows: dict[int, FeedbackAsset] = {}
    for one in given:
        version = _version(actor, one)
        if version.asset_id in rows:
            raise Invalid({"assets": [f"“{version.asset.title}” is named twice."]})
        if one.page and version.page_count and one.page > version.page_count:
            raise Invalid({"assets": [f"It has {version.page_count} pages, no page {one.page}."]})
        rows[version.asset_id] = FeedbackAsset(asset=version.asset, version=version, page=one.page)
    return list(rows.values())


def _version(actor: User, about: About) -> Version:
    """The version that is meant; of a draft the newest that the person may see."""
    try:
        asset = assets.get(actor, about.id)
        newest = None if asset.current_version or about.version else versions.shown(actor, asset)
        return newest or versions.resolve(actor, asset, about.version)
    except NotFound as problem:
        raise Invalid({"assets": [problem.detail]}) from None


def _fixing(actor: User, feedback: Feedback, asked: Fix) -> Version:
    """The published version that the answer names, newer than the one complained of."""
    asset = _meant(actor, feedback, asked)
    try:
        version = versions.resolve(actor, asset, asked.version)
    except NotFound as problem:
        raise Invalid({"version": [problem.detail]}) from None
    if version.is_waiting:
        raise Invalid({"version": ["This version is not published yet. Publish it first."]})
    used = next((about.version for about in feedback.about if about.asset is asset), None)
    if used is not None and version.number <= used.number:
        raise Invalid(
            {"version": [f"Name a version after {used.number}, which this feedback is about."]}
        )
    return version


def _meant(actor: User, feedback: Feedback, asked: Fix) -> Asset:
    """The asset whose version is named; where something was missing, any asset can be it."""
    if asked.asset is None:
        if len(feedback.about) != 1:
            raise Invalid({"asset": ["Say whose version it is: name the piece."]})
        return feedback.about[0].asset
    try:
        wanted = assets.get(actor, asked.asset)
    except NotFound as problem:
        raise Invalid({"asset": [problem.detail]}) from None
    if feedback.about and all(about.asset is not wanted for about in feedback.about):
        raise Invalid({"asset": ["This feedback is not about that piece."]})
    return wanted
