"""Library health: what is due, unused or said to be wrong, and how the library moves."""

from flask import Blueprint
from werkzeug.wrappers import Response

from app.errors import NotFound
from app.http.tables import csv_file
from app.inputs.insights import Period
from app.queries import library_health
from app.web.actor import current_actor
from app.web.forms import Answer
from app.web.insights_asked import asked, frame, page, understood

bp = Blueprint("library_health", __name__, url_prefix="/insights/library")
KINDS = ("kind", "published pieces", "review overdue", "idle for 90 days",
         "days since the current version", "notes without an answer")  # fmt: skip
PIECES = ("asset", "title", "kind", "owner", "review by", "days overdue", "version",
          "days since then", "views in 90 days", "uses in 90 days", "open deals",
          "notes without an answer", "with the same pages")  # fmt: skip


@bp.get("")
def index() -> Answer:
    """The state of the library, and what was done in the period."""
    period, problem = understood(Period)
    found = library_health.library_health(current_actor(), period)
    return page("insights/library.html", problem, found=found, **frame(period))


@bp.get("/kinds.csv")
def csv() -> Response:
    """The same by kind as a table."""
    found = library_health.library_health(current_actor(), asked(Period))
    return csv_file("library.csv", KINDS, ([one.kind.value, *one[1:]] for one in found.kinds))


@bp.get("/<measure>")
def pieces(measure: str) -> Answer:
    """The pieces that a measure counts."""
    period, problem = understood(Period)
    found = library_health.behind(current_actor(), period, _known(measure))
    return page(
        "insights/library_pieces.html", problem, measure=measure, found=found, **frame(period)
    )


@bp.get("/<measure>.csv")
def pieces_csv(measure: str) -> Response:
    """The same as a table."""
    found = library_health.behind(current_actor(), asked(Period), _known(measure))
    lines = (
        [
            piece.slug, piece.title, piece.kind.value, piece.owner.name,
            piece.review_by.isoformat() if piece.review_by else "", piece.days_over, piece.number,
            piece.age, piece.views, piece.uses, piece.open_deals, piece.notes, piece.duplicates,
        ]
        for piece in found
    )  # fmt: skip
    return csv_file(f"library-{measure}.csv", PIECES, lines)


def _known(measure: str) -> str:
    if measure not in library_health.MEASURES:
        raise NotFound("There is no such measure.")
    return measure
