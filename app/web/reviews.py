"""What is to be looked at again: one's own pieces, or those of the team."""

from flask import Blueprint, render_template, request

from app.clock import today
from app.queries import reviews
from app.web.actor import current_actor

bp = Blueprint("reviews", __name__, url_prefix="/reviews")
SHOWN = 200


@bp.get("")
def index() -> str:
    """What is due within 30 days, the longest over first."""
    actor = current_actor()
    is_team = request.args.get("whose") == "team"
    return render_template(
        "reviews/list.html",
        assets=reviews.to_look_at(actor, of_team=is_team, limit=SHOWN),
        is_team=is_team,
        today=today(),
    )
