"""Adoption and coverage: whom content reaches, and where there is none."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import get_args

from flask import Blueprint
from werkzeug.wrappers import Response

from app.http.evidence import brought_up_to_date, known
from app.http.tables import Cell, csv_file
from app.inputs.insights import CoverageFilter, Period, Property
from app.queries import adoption, coverage
from app.queries.adoption import Adoption
from app.web.actor import current_actor
from app.web.forms import Answer
from app.web.insights_asked import asked, frame, page, understood

bp = Blueprint("adoption", __name__, url_prefix="/insights")
SHOWN = 50
PIECES = ("asset", "title", "kind", "published", "first used", "days until then", "uses",
          "people", "of", "share")  # fmt: skip
BY = ("rows", "columns")
MATRIX = ("row", "column", "pieces", "open deals")


@bp.get("/adoption")
def index() -> Answer:
    """Whom each piece reaches, and what nobody uses."""
    period, problem = understood(Period)
    return page(
        "insights/adoption.html", problem, found=_adoption(period), shown=SHOWN, **frame(period)
    )


@bp.get("/adoption.csv")
def csv() -> Response:
    """The same as a table."""
    found = known(_adoption(asked(Period)))
    heading = [*PIECES, *(team.team for team in found.teams)]
    return csv_file("adoption.csv", heading, _lines(found))


def _adoption(period: Period) -> Adoption | None:
    brought_up_to_date(current_actor(), period)
    return adoption.adoption(current_actor(), period)


def _lines(found: Adoption) -> Iterator[Sequence[Cell]]:
    for piece in found.pieces():
        first = piece.first_used_at
        yield [
            piece.asset.slug, piece.asset.title, piece.asset.kind.value,
            piece.asset.published_at.date().isoformat(), first.date().isoformat() if first else "",
            None if piece.wait is None else piece.wait // timedelta(days=1),
            piece.uses, piece.people, piece.of, piece.share,
            *(team.people for team in piece.teams),
        ]  # fmt: skip


@bp.get("/coverage")
def matrix() -> Answer:
    """How many current pieces there are for both of two properties."""
    chosen, problem = understood(CoverageFilter, BY)
    return page(
        "insights/coverage.html",
        problem,
        found=coverage.coverage(current_actor(), chosen),
        asked=chosen,
        properties=get_args(Property),
    )


@bp.get("/coverage.csv")
def matrix_csv() -> Response:
    """The same as a table."""
    cells = coverage.coverage(current_actor(), asked(CoverageFilter, BY)).cells.values()
    lines = ([cell.row, cell.column, cell.pieces, cell.deals] for cell in cells)
    return csv_file("coverage.csv", MATRIX, lines)
