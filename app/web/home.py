"""The first page: search, what is new, what is mine to finish."""

from flask import Blueprint, render_template

from app.clock import today
from app.policy.permissions import Permission
from app.policy.rules import allows
from app.queries import assets, deals, example, feedback, field_reviews, recalls, reviews
from app.web.actor import current_actor

bp = Blueprint("home", __name__)
SHOWN, DEALS, DUE = 12, 6, 6


@bp.get("/")
def index() -> str:
    """What was published last, and one's own drafts."""
    actor = current_actor()
    kinds = assets.published_by_kind(actor)
    is_publisher = allows(actor, Permission.PUBLISH)
    return render_template(
        "home/page.html",
        recent=assets.recent(actor, SHOWN),
        mine=assets.unfinished(actor, SHOWN) if is_publisher else [],
        kinds=kinds,
        arrival=example.arrival(),
        due=reviews.due(actor, DUE),
        today=today(),
        deals=deals.open_of(actor, DEALS),
        to_review=field_reviews.waiting_for(actor, DUE),
        to_replace=recalls.to_replace(actor, DUE),
        to_answer=feedback.count_to_answer(actor),
        published_count=sum(number for _, number in kinds),
    )


@bp.get("/arrival")
def arrival() -> str:
    """How much of the example company is here, for a page that asks again."""
    return render_template("home/_arrival.html", arrival=example.arrival(), arrived=True)
