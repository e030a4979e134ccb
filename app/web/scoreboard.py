"""The first page of the insights, and the scoreboard with the rows behind each number."""

from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.http.evidence import brought_up_to_date, known
from app.http.tables import Cell, csv_file
from app.inputs.insights import EvidenceListing, Period
from app.queries import deals, overview, scoreboard
from app.queries.scoreboard import Measure
from app.web.actor import current_actor
from app.web.forms import Answer
from app.web.insights_asked import frame, understood

bp = Blueprint("scoreboard", __name__, url_prefix="/insights")
COLUMNS = ("measure", "month", "count", "of", "share", "survey")


@bp.get("")
def overview_page() -> Answer:
    """What changed, and what needs a decision."""
    asked, problem = understood(EvidenceListing)
    actor = current_actor()
    brought_up_to_date(actor, asked)
    found = overview.overview(actor, asked)
    page = render_template("insights/overview.html", found=found, problem=problem, **frame(asked))
    return page, 422 if problem else 200


@bp.get("/scoreboard")
def index() -> Answer:
    """The four numbers, each by month."""
    asked, problem = understood(Period)
    brought_up_to_date(current_actor(), asked)
    found = scoreboard.scoreboard(current_actor(), asked)
    page = render_template("insights/scoreboard.html", found=found, problem=problem, **frame(asked))
    return page, 422 if problem else 200


@bp.get("/scoreboard.csv")
def csv() -> Response:
    """The four numbers by month, as a table."""
    asked, _ = understood(Period)
    brought_up_to_date(current_actor(), asked)
    found = known(scoreboard.scoreboard(current_actor(), asked))
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
    asked, problem = understood(Period)
    shown = frame(asked)
    if name == "failed_searches":
        return redirect(url_for("gaps.index", **shown["here"]), 303)
    actor = current_actor()
    is_uses = name == "outdated_uses"
    uses = scoreboard.outdated_uses(actor, asked) if is_uses else []
    found = [] if is_uses else scoreboard.closed_deals(actor, asked, name)
    page = render_template(
        "insights/scoreboard_rows.html",
        name=name,
        uses=uses,
        deals=found,
        seen=deals.seen(actor, [use.deal_id for use in uses] + [deal.id for deal in found]),
        most=scoreboard.ROWS,
        problem=problem,
        **shown,
    )
    return page, 422 if problem else 200
