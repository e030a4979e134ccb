"""Field reviews: asking named people, what they say, and what must be asked before publishing."""

from app.choices import NoticeKind, Readiness
from app.clock import in_words, now
from app.db import session
from app.errors import Conflict, Invalid
from app.inputs.field_review import NewComment, NewFieldReview, Opinion
from app.models.asset import Asset
from app.models.field_review import FieldReview, ReviewComment, Reviewer
from app.models.person import User
from app.models.version import Version
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import field_reviews, kinds, people, versions
from app.services import audit, indexing, notices
from app.services.locks import lock
from app.services.notices import News


def ask(actor: User, asset: Asset, new: NewFieldReview) -> FieldReview:
    """Ask people to look at a version that reps do not have yet.

    Asked again about the same version it names those who were not asked before. Raises Conflict
    where no version waits, Invalid for somebody who cannot be asked.
    """
    require(actor, Permission.PUBLISH, asset)
    lock(asset)
    asset.require_living("takes no field review")
    version = _waiting(actor, asset, new.version)
    named = [_reviewer(email) for email in dict.fromkeys(new.reviewers)]
    review = _open(actor, asset, version)
    review.note, review.due_on = new.note or review.note, new.due_on or review.due_on
    added = [person for person in named if review.of(person) is None]
    review.reviewers += [Reviewer(person=person) for person in added]
    asset.enter_review(now())
    session.flush()
    if added:
        emails = [person.email for person in added]
        audit.record(actor, "review.asked", review, {"number": version.number, "reviewers": emails})
        notices.tell_all(added, _asked(review))
    indexing.changed(asset)
    return review


def say(actor: User, review: FieldReview, opinion: Opinion) -> FieldReview:
    """Say ready or not ready; the last word counts while the review is open."""
    require(actor, Permission.SAY_READY, review)
    lock(review)
    review.require_open()
    mine = review.of(actor)
    assert mine is not None
    if (mine.readiness, mine.note) != (opinion.readiness, opinion.note):
        mine.readiness, mine.note, mine.said_at = opinion.readiness, opinion.note, now()
        audit.record(actor, "review.answered", review, {"readiness": opinion.readiness.value})
        # Whoever asked may have left since.
        asker = review.asked_by if review.asked_by.is_active else review.asset.owner
        notices.tell(asker, _answered(review, mine))
    return review


def comment(actor: User, review: FieldReview, new: NewComment) -> ReviewComment:
    """Remark on a page, or on the whole."""
    require(actor, Permission.COMMENT_REVIEW, review)
    review.require_open()
    pages = review.version.page_count
    if new.page and pages and new.page > pages:
        raise Invalid({"page": [f"It has {pages} pages, no page {new.page}."]})
    made = ReviewComment(person=actor, page=new.page, text=new.text, created_at=now())
    review.comments.append(made)
    session.flush()
    audit.record(actor, "review.commented", review, {"page": new.page})
    return made


def withdraw(actor: User, review: FieldReview) -> FieldReview:
    """Ask nobody any more; a draft in review is a draft again. Safe to repeat."""
    require(actor, Permission.PUBLISH, review.asset)
    lock(review.asset)
    if review.closed_at is None:
        review.closed_at = now()
        session.flush()
        if not field_reviews.open_of(review.asset):
            review.asset.leave_review(now())
        audit.record(actor, "review.withdrawn", review)
        indexing.changed(review.asset)
    return review


def published(version: Version) -> None:
    """Close the field reviews of a version that reps have now, and of those before it."""
    for review in field_reviews.open_of(version.asset):
        if review.version.number <= version.number:
            review.closed_at = now()


def retired(asset: Asset) -> None:
    """Close the field reviews of what nobody will publish now."""
    for review in field_reviews.open_of(asset):
        review.closed_at = now()


def wanting(asset: Asset, version: Version) -> str:
    """What is missing before a version of this kind can be published, as a sentence; "" if nothing.

    Each of the named who has not left must have said something; what they say binds nobody.
    """
    if not kinds.rule(asset.kind).needs_field_review or version.published_at is not None:
        return ""
    kind = asset.kind.value.replace("_", " ")
    reviews = field_reviews.of_version(version)
    if not any(one.readiness for review in reviews for one in review.reviewers):
        return f"A {kind} needs a field review first. Ask people from the field to look at it."
    asked = [review for review in reviews if review.closed_at is None]
    if waiting := sum(review.tally()["waiting"] for review in asked):
        people_wait = "One person has" if waiting == 1 else f"{waiting} people have"
        return f"{people_wait} still to say whether it is ready. Wait, or withdraw the question."
    return ""


def require_reviewed(asset: Asset, version: Version) -> None:
    """Raise Conflict while something is missing before publishing."""
    if missing := wanting(asset, version):
        raise Conflict(missing)


def _waiting(actor: User, asset: Asset, number: int | None) -> Version:
    """The version that is meant, which reps must not have yet."""
    found = (
        versions.numbered(actor, asset, number)
        if number is not None
        else versions.newest(actor, asset)
    )
    if found is None:
        raise Conflict("There is no such version. Add a file first.")
    if not found.is_waiting:
        raise Conflict(
            f"Version {found.number} is published already. Add a new version without “Make it "
            "current now”, then ask about that."
        )
    return found


def _reviewer(email: str) -> User:
    person = people.by_email(email)
    if person is None or not person.is_active:
        raise Invalid({"reviewers": [f"{email} has no active account. Choose somebody else."]})
    return person


def _open(actor: User, asset: Asset, version: Version) -> FieldReview:
    """The open review of a version, or a new one."""
    here = [one for one in field_reviews.open_of(asset) if one.version_id == version.id]
    if here:
        return here[0]
    review = FieldReview(
        asset=asset, version=version, asked_by=actor, created_at=now(), reviewers=[], comments=[]
    )
    session.add(review)
    session.flush()
    return review


def _asked(review: FieldReview) -> News:
    until = f" Please say so by {in_words(review.due_on)}." if review.due_on else ""
    return News(
        NoticeKind.FIELD_REVIEW,
        str(review.id),
        f"Is “{review.asset.title}” ready? {review.asked_by.name} asks you",
        f"{review.note}{until}".strip(),
        f"/assets/{review.asset.slug}/review",
    )


def _answered(review: FieldReview, reviewer: Reviewer) -> News:
    word = "ready" if reviewer.readiness is Readiness.READY else "not ready"
    return News(
        NoticeKind.REVIEW_ANSWER,
        f"{review.id}/{reviewer.person_id}/{reviewer.said_at}",
        f"{reviewer.person.name} says that “{review.asset.title}” is {word}",
        reviewer.note,
        f"/assets/{review.asset.slug}/review",
    )
