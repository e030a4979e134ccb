"""What was searched: gaps for marketing to fill, and all searches with what came of them."""

from collections.abc import Callable, Sequence

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app.clock import today
from app.errors import Invalid
from app.http.tables import Cell, csv_file
from app.inputs.insights import SearchFilter
from app.models.person import User
from app.queries import gaps, people, search_report
from app.queries.gaps import Gap
from app.queries.search_report import SHOWN, Searches
from app.web.actor import current_actor
from app.web.filters import money
from app.web.forms import Answer, checked

bp = Blueprint("gaps", __name__, url_prefix="/insights")
GAP_COLUMNS = ("searched for", "people", "failed searches", "of which found nothing",
               "said missing", "open deals", "amounts", "last")  # fmt: skip
SEARCH_COLUMNS = ("searched for", "searches", "people", "pieces found", "opened", "mean place",
                  "used within 30 minutes", "failed", "last")  # fmt: skip


@bp.get("/gaps")
def index() -> Answer:
    """What people searched in vain, with the open deals behind it."""
    return _page("insights/gaps.html", "gaps", gaps.gaps)


@bp.get("/gaps.csv")
def csv() -> Response:
    """The same as a table."""
    found = gaps.gaps(current_actor(), _asked())
    return csv_file("gaps.csv", GAP_COLUMNS, map(_gap_row, found))


@bp.get("/searches")
def searches() -> Answer:
    """Every text that was searched, with what came of it."""
    return _page("insights/searches.html", "searches", search_report.most_searched)


@bp.get("/searches.csv")
def searches_csv() -> Response:
    """The same as a table."""
    found = search_report.most_searched(current_actor(), _asked())
    return csv_file("searches.csv", SEARCH_COLUMNS, map(_search_row, found))


def _page(
    template: str, tab: str, rows: Callable[[User, SearchFilter], Sequence[object]]
) -> Answer:
    """The page; with filters that are not understood, what there is without them."""
    problem, status = "", 200
    try:
        asked = _asked()
        found = rows(current_actor(), asked)
    except Invalid as refused:
        problem, status, asked = refused.detail, 422, SearchFilter()
        found = rows(current_actor(), asked)
    context = {
        "rows": found[:SHOWN],
        "count": len(found),
        "summary": search_report.summary(current_actor(), asked),
        "period": asked.period(today()),
        "tab": tab,
        "teams": people.teams_to_compare(current_actor()),
        "here": {name: value for name, value in request.args.items() if value},
    }
    return render_template(template, problem=problem, **context), status


def _asked() -> SearchFilter:
    return checked(
        SearchFilter, {name: request.args.get(name, "") for name in ("from", "to", "team")}
    )


def _gap_row(gap: Gap) -> tuple[Cell, ...]:
    row = gap.searches
    amounts = "; ".join(money(amount, currency) for amount, currency in gap.amounts)
    numbers = row.people, row.failed, row.empty, row.wanted, gap.deals
    return row.text, *numbers, amounts, row.last_at.isoformat()


def _search_row(row: Searches) -> tuple[Cell, ...]:
    place = "" if row.position is None else round(row.position, 1)
    numbers = row.count, row.people, round(row.found, 1), row.opened, place, row.used, row.failed
    return row.text, *numbers, row.last_at.isoformat()
