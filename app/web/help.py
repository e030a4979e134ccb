"""Help, and the description of the JSON API."""

from flask import Blueprint, render_template

from app.backends.search.fields import BOOSTS
from app.text import ranking as rules

bp = Blueprint("help", __name__)


@bp.get("/help/search")
def search() -> str:
    """How to ask."""
    return render_template("help/search.html")


@bp.get("/help/ranking")
def ranking() -> str:
    """What decides the order of results, with the numbers."""
    return render_template("help/ranking.html", rules=rules, boosts=BOOSTS)


@bp.get("/help/evidence")
def evidence() -> str:
    """How it is found out whether content helps win, with every formula."""
    return render_template("help/evidence.html")


@bp.get("/api/docs")
def api() -> str:
    """The JSON API, to read and to try."""
    return render_template("api/docs.html", openapi_url="/api/v1/openapi.json")
