"""Who is asking, on pages: by the session cookie."""

from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from app.db import transaction
from app.models.person import User
from app.policy.permissions import Permission
from app.policy.rules import Subject, allows
from app.queries import notices, people
from app.services import sessions

PUBLIC = frozenset(
    (
        "static",
        "help.api",
        "session.sign_in",
        "session.first_admin",
        "health.healthz",
        "health.readyz",
    )
)
WITH_ONE_TIME_PASSWORD = frozenset(("account.password", "session.sign_out"))


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody in a browser, as Flask-Login wants to know them; `key` is in their cookie."""

    key: str
    person: User
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the cookie carries."""
        return self.key


def _visitor(key: str) -> Visitor | None:
    found = people.signed_in(sessions.hash_of(key))
    if found is None or sessions.is_over(found):
        return None
    if sessions.is_stale(found):
        with transaction(is_light=True):
            sessions.used(found)
    return Visitor(key, found.user)


def init(app: Flask) -> None:
    """Let nobody past who is not signed in, before anything of their request is read."""
    manager = LoginManager(app)
    manager.session_protection = "strong"
    manager.user_loader(_visitor)
    app.before_request(_only_signed_in)
    app.context_processor(_for_templates)


def current_actor() -> User:
    """The person who is signed in."""
    return cast(User, current_user.person)


def max_upload_mb() -> int:
    """The largest file that is taken, in MB."""
    return int(current_app.config["MAX_UPLOAD_BYTES"]) // (1024 * 1024)


def _only_signed_in() -> Response | None:
    if request.path.startswith("/api/v1/") or request.endpoint in PUBLIC:
        return None
    if not current_user.is_authenticated:
        there = request.full_path.rstrip("?") if request.method == "GET" else _form_page()
        wanted = there if there not in ("", "/") else None
        return redirect(url_for("session.sign_in", next=wanted), 303)
    if current_user.person.must_change_password and request.endpoint not in WITH_ONE_TIME_PASSWORD:
        return redirect(url_for("account.password"), 303)
    session.permanent = True
    return None


def _form_page() -> str:
    """The page that a form was sent from, when nobody is signed in any more."""
    if request.endpoint != "session.sign_out" and not request.headers.get("X-CSRFToken"):
        flash("You were signed out, so nothing was saved. Sign in and send it again.", "danger")
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc != request.host:
        return ""
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path


def _for_templates() -> dict[str, Any]:
    # An error page is made without asking the database once more.
    is_broken = g.get("is_broken", False)
    me = current_actor() if not is_broken and current_user.is_authenticated else None

    def may(name: str, subject: Subject = None) -> bool:
        return me is not None and allows(me, Permission(name), subject)

    @cache
    def unseen_notices() -> int:
        # Asked for by what shows it alone, which what is fetched while somebody types does not.
        return notices.unseen(me) if me else 0

    return {"me": me, "may": may, "unseen_notices": unseen_notices}
