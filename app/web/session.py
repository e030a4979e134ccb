"""Coming in and going out."""

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from app.db import transaction
from app.errors import TooMany
from app.inputs.person import FirstAdmin, SignIn
from app.models.person import User
from app.queries import people
from app.services import people as verbs
from app.services import sign_in as signing
from app.web.actor import Visitor, current_actor
from app.web.forms import Answer, ask_again, checked, entered, form, or_ask_again

bp = Blueprint("session", __name__)
WRONG = "This address and password do not go together. Check both and try again."


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Answer:
    """Sign in by e-mail address and password."""
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(url_for("home.index"), 303)
        return _form({}, {})
    asked = checked(SignIn, {name: request.form.get(name, "") for name in ("email", "password")})
    address = request.remote_addr or ""
    try:
        with transaction():
            counted = signing.count_try(asked, address)
    except TooMany as problem:
        return ask_again("session/sign_in.html", problem, next=request.form.get("next", ""))
    person = signing.recognised(asked)
    if person is None:
        with transaction():
            signing.refuse(asked)
        return _form({"email": asked.email}, {"": [WRONG]}), 401
    with transaction():
        signing.take_back(counted)
    come_in(person)
    return redirect(_inside(request.form.get("next", "")), 303)


@bp.post("/sign-out")
def sign_out() -> Response:
    """End this session."""
    with transaction():
        signing.go_out(current_actor(), current_user.key)
    logout_user()
    session.clear()
    return redirect(url_for("session.sign_in"), 303)


@bp.route("/first-admin", methods=["GET", "POST"])
def first_admin() -> Answer:
    """Make the first person, with the token that the start printed."""
    token = request.values.get("token", "")
    secret = str(current_app.config["SECRET_KEY"])
    verbs.check_first_admin_token(token, secret)
    if request.method == "GET":
        return render_template("session/first_admin.html", values={}, errors={}, token=token)

    def work() -> Response:
        new = form(FirstAdmin)
        with transaction():
            person = verbs.make_first_admin(new, token, secret)
        come_in(person)
        return redirect(url_for("home.index"), 303)

    return or_ask_again(work, "session/first_admin.html", lambda: {"token": token})


def come_in(person: User) -> None:
    """Begin a new session, so that none from before is carried over."""
    with transaction():
        key = signing.come_in(person)
    session.clear()
    login_user(Visitor(key, person))


def _form(values: dict[str, str], errors: dict[str, list[str]]) -> str:
    return render_template(
        "session/sign_in.html",
        values=values or entered(),
        errors=errors,
        next=request.values.get("next", ""),
        is_new=not people.is_anybody(),
    )


def _inside(wanted: str) -> str:
    """An address of this hub, never of another site."""
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if is_ours and wanted.isprintable() else url_for("home.index")
