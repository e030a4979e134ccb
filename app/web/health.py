"""For machines that look after the hub: is it alive, is it ready."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from app.queries import health

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> Response:
    """This process answers."""
    return jsonify({"status": "alive"})


@bp.get("/readyz")
def readyz() -> Response:
    """Everything that a request needs is there; 503 where something is not."""
    checks = health.checks()
    is_ready = all(check.is_good for check in checks)
    answer = jsonify(
        {
            "status": "ready" if is_ready else "not ready",
            "checks": {
                check.name: {"ok": check.is_good, "detail": check.detail} for check in checks
            },
        }
    )
    answer.status_code = 200 if is_ready else 503
    return answer
