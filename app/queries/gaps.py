"""Gaps: what people searched in vain, with the open deals that wait for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_

from app.choices import Outcome
from app.db import session
from app.inputs.insights import SearchFilter
from app.models.deal import Deal
from app.models.person import User
from app.queries import deals, search_report
from app.queries.search_report import Searches

Amounts = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Gap:
    """A text that was searched in vain, and the open deals behind it, each counted once.

    Behind a search stands the deal that it was made from; where it was made from none, the open
    deals that the person owns. `amounts` are sums in minor units, one for each currency.
    """

    searches: Searches
    deals: int
    amounts: Amounts


def gaps(actor: User, asked: SearchFilter) -> Sequence[Gap]:
    """The gaps of a period: those of most people first, then of most open deals."""
    rows = search_report.failed(actor, asked)
    behind = _behind(actor, asked)
    found = [_gap(row, behind.get(row.folded, {})) for row in rows]
    return sorted(found, key=_weight, reverse=True)


def _gap(row: Searches, behind: Mapping[int, Deal]) -> Gap:
    sums: dict[str, int] = defaultdict(int)
    for deal in behind.values():
        if deal.currency is not None:
            sums[deal.currency] += deal.amount or 0
    amounts = sorted(((amount, currency) for currency, amount in sums.items()), reverse=True)
    return Gap(row, len(behind), amounts)


def _weight(gap: Gap) -> tuple[int, int, int]:
    # Amounts in different currencies are not compared: how many deals there are is.
    return gap.searches.people, gap.deals, gap.searches.count


def _behind(actor: User, asked: SearchFilter) -> Mapping[str, Mapping[int, Deal]]:
    """The open deals behind each text, by their ids; for a rep those that they may see."""
    failures = search_report.failures(actor, asked)
    named = {deal_id for _, _, deal_id in failures if deal_id is not None}
    persons = {person_id for _, person_id, deal_id in failures if deal_id is None}
    chosen = deals.to_count(actor).where(
        Deal.outcome == Outcome.OPEN, or_(Deal.id.in_(named), Deal.owner_id.in_(persons))
    )
    by_id: dict[int, Deal] = {}
    by_owner: dict[int | None, list[Deal]] = defaultdict(list)
    for deal in session.scalars(chosen):
        by_id[deal.id] = deal
        by_owner[deal.owner_id].append(deal)
    found: dict[str, dict[int, Deal]] = defaultdict(dict)
    for text, person_id, deal_id in failures:
        behind = by_owner[person_id] if deal_id is None else [by_id.get(deal_id)]
        found[text] |= {deal.id: deal for deal in behind if deal is not None}
    return found
