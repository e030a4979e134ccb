"""The audit log, for admins."""

from flask import Blueprint, render_template, request, url_for

from app.queries import audit
from app.web.actor import current_actor

bp = Blueprint("audit", __name__, url_prefix="/admin")


@bp.get("/audit")
def index() -> str:
    """Who did what, newest first."""
    actor, action = current_actor(), request.args.get("action", "")
    found = audit.lines(actor, action, request.args.get("cursor"))
    older = url_for("audit.index", action=action or None, cursor=found.next)
    newest = url_for("audit.index", action=action or None)
    return render_template(
        "audit/list.html",
        lines=found.items,
        total=found.total,
        action=action,
        actions=audit.actions(actor),
        older_url=older if found.next else None,
        newest_url=newest if request.args.get("cursor") else None,
    )
