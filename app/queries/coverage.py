"""The coverage matrix: how many current pieces there are for each stage and segment, and so on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func

from app.choices import Outcome, Status
from app.db import session
from app.inputs.insights import CoverageFilter
from app.models.deal import Deal
from app.models.person import User
from app.models.stage import Stage
from app.queries import catalogue, deals, stages
from app.queries.catalogue import Catalogue

STAGE = "stage"
# What a deal has too, so that it can wait for content; a deal names several competitors.
OF_DEALS = {"segment": Deal.segment, "industry": Deal.industry, "region": Deal.region}
Amounts = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many current pieces are for both; and the open deals that are there now.

    `deals` is none where deals have no such property.
    """

    row: str
    column: str
    pieces: int
    deals: int | None
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Coverage:
    """The matrix by rows, and how many current pieces are for every value or say none."""

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Mapping[tuple[str, str], Cell]
    pieces: int
    unsaid: int


def coverage(actor: User, asked: CoverageFilter) -> Coverage:
    """The published pieces that the asker may see, by two of their properties.

    Stages come in the order of the pipeline, other values by their names. A rep's deals are those
    that they may see.
    """
    kept = catalogue.current()
    current = kept.visible(actor) & kept.having("status", [Status.PUBLISHED.value])
    waiting = _waiting(actor, asked)
    rows = _values(kept, current, asked.rows, [])
    columns = _values(kept, current, asked.columns, [one.column for one in waiting.values()])
    has_deals = asked.rows == STAGE and asked.columns in OF_DEALS
    cells = {}
    for row in rows:
        of_row = current & kept.having(asked.rows, [row])
        for column in columns:
            pieces = (of_row & kept.having(asked.columns, [column])).bit_count()
            there = waiting.get((row.casefold(), column.casefold()), _Waiting(column, 0, ()))
            number = there.deals if has_deals else None
            cells[row, column] = Cell(row, column, pieces, number, there.amounts)
    said = kept.having(asked.rows, rows) & kept.having(asked.columns, columns)
    return Coverage(rows, columns, cells, current.bit_count(), (current & ~said).bit_count())


def _values(kept: Catalogue, current: int, name: str, of_deals: Sequence[str]) -> list[str]:
    """Every value that a piece or an open deal has, in order; of stages all there are."""
    if name == STAGE:
        return [stage.name for stage in stages.in_order()]
    found = {value.casefold(): value for value in of_deals if value}
    found |= {value.casefold(): value for value, _ in kept.counts(name, current)}
    return sorted(found.values(), key=str.casefold)


class _Waiting(NamedTuple):
    """Open deals with a value of a column."""

    column: str
    deals: int
    amounts: Amounts


def _waiting(actor: User, asked: CoverageFilter) -> Mapping[tuple[str, str], _Waiting]:
    """The open deals in each stage with each value: how many, and what they are worth."""
    column = OF_DEALS.get(asked.columns)
    if asked.rows != STAGE or column is None:
        return {}
    chosen = (
        deals.to_count(actor)
        .join(Stage, Stage.id == Deal.stage_id)
        .where(Deal.outcome == Outcome.OPEN, column != "")
        .with_only_columns(Stage.name, column, Deal.currency, func.count(), func.sum(Deal.amount))
        .group_by(Stage.name, column, Deal.currency)
    )
    found: dict[tuple[str, str], _Waiting] = {}
    for stage, value, currency, number, amount in session.execute(chosen):
        place = (stage.casefold(), value.casefold())
        before = found.get(place, _Waiting(value, 0, ()))
        amounts = (
            before.amounts if currency is None else [*before.amounts, (int(amount or 0), currency)]
        )
        found[place] = _Waiting(value, before.deals + number, sorted(amounts))
    return found
