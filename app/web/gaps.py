"""What was searched: gaps for marketing to fill, and all searches with what came of them."""

from collections.abc import Callable, Sequence

from flask import Blueprint
from werkzeug.wrappers import Response

from app.http.tables import Cell, csv_file
from app.inputs.insights import SearchFilter
from app.models.person import User
from app.queries import gaps, search_report
from app.queries.gaps import Gap
from app.queries.search_report import SHOWN, Searches
from app.web.actor import current_actor
from app.web.filters import money
from app.web.forms import Answer
from app.web.insights_asked import asked, frame, page, understood

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
    found = gaps.gaps(current_actor(), asked(SearchFilter))
    return csv_file("gaps.csv", GAP_COLUMNS, map(_gap_row, found))


@bp.get("/searches")
def searches() -> Answer:
    """Every text that was searched, with what came of it."""
    return _page("insights/searches.html", "searches", search_report.most_searched)


@bp.get("/searches.csv")
def searches_csv() -> Response:
    """The same as a table."""
    found = search_report.most_searched(current_actor(), asked(SearchFilter))
    return csv_file("searches.csv", SEARCH_COLUMNS, map(_search_row, found))


def _page(
    template: str, tab: str, rows: Callable[[User, SearchFilter], Sequence[object]]
) -> Answer:
    """The page; with filters that are not understood, what there is without them."""
    period, problem = understood(SearchFilter)
    found = rows(current_actor(), period)
    summary = search_report.summary(current_actor(), period)
    context = {"rows": found[:SHOWN], "count": len(found), "summary": summary, "tab": tab}
    return page(template, problem, **context, **frame(period))


def _gap_row(gap: Gap) -> tuple[Cell, ...]:
    row = gap.searches
    amounts = "; ".join(money(amount, currency) for amount, currency in gap.amounts)
    numbers = row.people, row.failed, row.empty, row.wanted, gap.deals
    return row.text, *numbers, amounts, row.last_at.isoformat()


def _search_row(row: Searches) -> tuple[Cell, ...]:
    place = "" if row.position is None else round(row.position, 1)
    numbers = row.count, row.people, round(row.found, 1), row.opened, place, row.used, row.failed
    return row.text, *numbers, row.last_at.isoformat()
