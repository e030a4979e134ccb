"""The inbox: what this person was told."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.db import transaction
from app.inputs.listing import Listing
from app.queries import notices as questions
from app.services import notices as verbs
from app.web.actor import current_actor
from app.web.forms import checked

bp = Blueprint("inbox", __name__, url_prefix="/inbox")


@bp.get("")
def index() -> str:
    """Everything, newest first."""
    asked = checked(Listing, {"cursor": request.args.get("cursor")})
    return render_template("inbox/page.html", listed=questions.listing(current_actor(), asked))


@bp.get("/<int:notice_id>")
def one(notice_id: int) -> Response:
    """Go to what a notice is about, and note that it was opened."""
    actor = current_actor()
    notice = questions.get(actor, notice_id)
    if notice.seen_at is None:
        with transaction(is_light=True):
            verbs.seen(notice)
    return redirect(notice.address, 303)


@bp.post("/seen")
def all_seen() -> Response:
    """Note that the whole inbox was looked over."""
    with transaction():
        verbs.all_seen(current_actor())
    return redirect(url_for("inbox.index"), 303)
