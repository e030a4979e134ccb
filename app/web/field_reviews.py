"""Field reviews: asking people, looking page by page, saying ready or not ready."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.choices import Readiness
from app.db import transaction
from app.inputs.field_review import NewComment, NewFieldReview, Opinion
from app.models.field_review import FieldReview
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import assets, pages, people, versions
from app.queries import field_reviews as questions
from app.services import field_reviews as verbs
from app.services.versions import shown
from app.web.actor import current_actor
from app.web.forms import Answer, checked, entered, form, or_ask_again

bp = Blueprint("field_reviews", __name__)


@bp.get("/assets/<slug>/review")
def page(slug: str) -> str:
    """The last field review of an asset, page by page; for publishers also the form to ask."""
    return render_template("field_reviews/page.html", values={}, errors={}, **_page(slug))


@bp.post("/assets/<slug>/review")
def ask(slug: str) -> Answer:
    """Ask people to look at the version that waits."""
    actor = current_actor()
    require(actor, Permission.PUBLISH)

    def work() -> Response:
        said = entered()
        names = ("version", "note", "due_on")
        given: dict[str, Any] = {name: said.get(name, "") for name in names}
        given["reviewers"] = [one for one in request.form.getlist("reviewers") if one]
        asked = checked(NewFieldReview, given)
        with transaction():
            review = verbs.ask(actor, assets.get(actor, slug), asked)
        count = len(review.reviewers)
        flash(f"{count} {'person is' if count == 1 else 'people are'} asked.", "success")
        return redirect(url_for("field_reviews.page", slug=slug), 303)

    return or_ask_again(work, "field_reviews/page.html", lambda: _page(slug))


@bp.post("/field-reviews/<int:review_id>/say")
def say(review_id: int) -> Answer:
    """Say ready or not ready."""
    actor = current_actor()
    slug = questions.get(actor, review_id).asset.slug

    def work() -> Response:
        opinion = form(Opinion)
        with transaction():
            verbs.say(actor, questions.get(actor, review_id), opinion)
        flash("Noted, and told to whoever asked.", "success")
        return redirect(url_for("field_reviews.page", slug=slug), 303)

    return or_ask_again(work, "field_reviews/page.html", lambda: _page(slug))


@bp.post("/field-reviews/<int:review_id>/comments")
def comment(review_id: int) -> Answer:
    """Remark on a page, or on the whole."""
    actor = current_actor()
    slug = questions.get(actor, review_id).asset.slug

    def work() -> Response:
        new = form(NewComment)
        with transaction():
            verbs.comment(actor, questions.get(actor, review_id), new)
        anchor = f"page={new.page}" if new.page else None
        return redirect(url_for("field_reviews.page", slug=slug, _anchor=anchor), 303)

    return or_ask_again(work, "field_reviews/page.html", lambda: _page(slug))


@bp.post("/field-reviews/<int:review_id>/withdraw")
def withdraw(review_id: int) -> Response:
    """Ask nobody any more."""
    actor = current_actor()
    with transaction():
        review = verbs.withdraw(actor, questions.get(actor, review_id))
    flash("Nobody is asked any more.", "success")
    return redirect(url_for("field_reviews.page", slug=review.asset.slug), 303)


def _page(slug: str) -> Mapping[str, Any]:
    actor = current_actor()
    asset = assets.get(actor, slug)
    review = questions.latest(actor, asset)
    newest = versions.newest(actor, asset)
    version = review.version if review else (newest or shown(actor, asset))
    return {
        "asset": asset,
        "review": review,
        "version": version,
        "waiting": newest if newest and newest.is_waiting else None,
        "pages": pages.of(version) if version else [],
        "mine": review.of(actor) if review else None,
        "remarks": _by_page(review),
        "people": people.owners(),
        "choices": [one.value for one in Readiness],
        "wanting": verbs.wanting(asset, newest) if newest else "",
    }


def _by_page(review: FieldReview | None) -> Mapping[int, list[Any]]:
    """The remarks by page, those on the whole under 0."""
    found: dict[int, list[Any]] = {}
    for one in review.comments if review else ():
        found.setdefault(one.page or 0, []).append(one)
    return found
