"""The first page of the insights, and the scoreboard with the rows behind each number."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.http.evidence import brought_up_to_date, known
from app.http.tables import Cell, csv_file
from app.inputs.insights import EvidenceListing, Period
from app.queries import deals, overview, scoreboard
from app.queries.scoreboard import Measure
from app.web.actor import current_actor
from app.web.forms import Answer
from app.web.insights_asked import asked, frame, page, understood

bp = Blueprint("scoreboard", __name__, url_prefix="/insights")
COLUMNS = ("measure", "month", "count", "of", "share", "survey")


@bp.get("")
def overview_page() -> Answer:
    """What changed, and what needs a decision."""
    period, problem = understood(EvidenceListing)
    actor = current_actor()
    brought_up_to_date(actor, period)
    found = overview.overview(actor, period)
    return page("insights/overview.html", problem, found=found, **frame(period))


@bp.get("/scoreboard")
def index() -> Answer:
    """The four numbers, each by month."""
    period, problem = understood(Period)
    brought_up_to_date(current_actor(), period)
    found = scoreboard.scoreboard(current_actor(), period)
    return page("insights/scoreboard.html", problem, found=found, **frame(period))


@bp.get("/scoreboard.csv")
def csv() -> Response:
    """The four numbers by month, as a table."""
    period = asked(Period)
    brought_up_to_date(current_actor(), period)
    found = known(scoreboard.scoreboard(current_actor(), period))
    lines = [row for one in found.measures.values() for row in _rows(one)]
    return csv_file("scoreboard.csv", COLUMNS, lines)


def _rows(measure: Measure) -> Sequence[Sequence[Cell]]:
    total: list[Cell] = [
        measure.name, "all", measure.n, measure.of, measure.rate, measure.survey
    ]  # fmt: skip
    months = [[measure.name, *month, month.rate, None] for month in measure.trend]
    return [total, *months]


@bp.get("/scoreboard/rows")
def rows() -> Answer | Response:
    """The rows behind one of the numbers, by its name."""
    name = request.args.get("measure", "outdated_uses")
    if name not in scoreboard.SURVEY:
        abort(404)
    period, problem = understood(Period)
    shown = frame(period)
    if name == "failed_searches":
        return redirect(url_for("gaps.index", **shown["here"]), 303)
    actor = current_actor()
    is_uses = name == "outdated_uses"
    uses = scoreboard.outdated_uses(actor, period) if is_uses else []
    found = [] if is_uses else scoreboard.closed_deals(actor, period, name)
    return page(
        "insights/scoreboard_rows.html",
        problem,
        name=name,
        uses=uses,
        deals=found,
        seen=deals.seen(actor, [use.deal_id for use in uses] + [deal.id for deal in found]),
        most=scoreboard.ROWS,
        **shown,
    )
