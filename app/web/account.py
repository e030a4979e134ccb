"""A person's own account: password, tokens, sessions."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.db import transaction
from app.inputs.person import NewToken, PasswordChange
from app.queries import people
from app.services import people as verbs
from app.services import tokens
from app.web.actor import current_actor
from app.web.forms import Answer, form, or_ask_again
from app.web.session import come_in

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
def index() -> str:
    """Who I am here, and my tokens."""
    return render_template("account/page.html", values={}, errors={}, **_mine())


@bp.route("/password", methods=["GET", "POST"])
def password() -> Answer:
    """Change one's own password."""
    actor = current_actor()
    is_forced = actor.must_change_password
    if request.method == "GET":
        return render_template("session/password.html", values={}, errors={}, forced=is_forced)

    def work() -> Response:
        new = form(PasswordChange)
        with transaction():
            verbs.change_password(actor, new)
        come_in(actor)
        flash("Your password is changed. Other devices are signed out.", "success")
        return redirect(url_for("home.index"), 303)

    return or_ask_again(work, "session/password.html", lambda: {"forced": is_forced})


@bp.post("/tokens")
def issue_token() -> Answer:
    """Make a token; the page shows it this once."""
    actor = current_actor()

    def work() -> Response:
        new = form(NewToken)
        with transaction():
            text = tokens.issue(actor, actor, new)
        page = render_template("account/page.html", values={}, errors={}, **_mine(text))
        return Response(page, 201, mimetype="text/html")

    return or_ask_again(work, "account/page.html", _mine)


@bp.post("/tokens/<int:token_id>/revoke")
def revoke_token(token_id: int) -> Response:
    """End one of my tokens."""
    with transaction():
        tokens.revoke(current_actor(), token_id)
    flash("The token is revoked.", "success")
    return redirect(url_for("account.index"), 303)


@bp.post("/mail")
def mail() -> Response:
    """Say whether one wants e-mail."""
    actor = current_actor()
    with transaction():
        verbs.want_mail(actor, is_wanted="mail" in request.form)
    flash("Noted.", "success")
    return redirect(url_for("account.index"), 303)


@bp.post("/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    """End all my sessions but this one."""
    actor = current_actor()
    with transaction():
        verbs.sign_out_everywhere(actor)
    come_in(actor)
    flash("All other sessions are signed out.", "success")
    return redirect(url_for("account.index"), 303)


def _mine(new_token: str | None = None) -> dict[str, object]:
    return {"tokens": people.tokens(current_actor()), "new_token": new_token}
