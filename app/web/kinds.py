"""What holds for each kind of asset."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.choices import Kind
from app.db import transaction
from app.errors import NotFound
from app.inputs.kind import KindChange
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import kinds as questions
from app.services import kinds as verbs
from app.web.actor import current_actor
from app.web.forms import Answer, form, or_ask_again

bp = Blueprint("kinds", __name__, url_prefix="/admin/kinds")


@bp.get("")
def index() -> str:
    """Every kind with its rule."""
    require(current_actor(), Permission.MANAGE_KINDS)
    return render_template("kinds/list.html", rules=questions.rules(), wrong="", errors={})


@bp.post("/<name>")
def settle(name: str) -> Answer:
    """Settle what holds for one kind."""
    actor = current_actor()
    require(actor, Permission.MANAGE_KINDS)
    if name not in list(Kind):
        raise NotFound("There is no such kind.")

    def work() -> Response:
        # A box that is not ticked is not sent at all.
        asked = form(KindChange, leave_out=("needs_field_review",)).model_copy(
            update={"needs_field_review": "needs_field_review" in request.form}
        )
        with transaction():
            verbs.settle(actor, Kind(name), asked)
        flash("Noted. Review dates that are set already stay as they are.", "success")
        return redirect(url_for("kinds.index"), 303)

    return or_ask_again(
        work, "kinds/list.html", lambda: {"rules": questions.rules(), "wrong": name}
    )
