"""The board itself: the pieces that were asked for, in order, and the quadrants above them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.choices import FacetName, Quadrant, Status, Suggestion
from app.db import session
from app.inputs.governance import BoardFilter, BoardListing
from app.models.asset import Facet
from app.models.person import User
from app.policy.permissions import Permission
from app.policy.rules import require
from app.queries import tallies
from app.queries.cards import PersonCard
from app.queries.governance import counting, quadrants
from app.queries.governance.piece import Piece
from app.queries.governance.quadrants import Usual
from app.queries.governance.suggestion import Advice, advice
from app.queries.paging import window

URGENT = (Suggestion.FIX, Suggestion.MERGE, Suggestion.RETIRE, Suggestion.KEEP)
# What is not there, such as a draft's age, comes last in either direction.
ORDERS: Mapping[str, Callable[[Piece], Any]] = {
    "title": lambda piece: piece.title.casefold(),
    "kind": lambda piece: piece.kind.value,
    "status": lambda piece: list(Status).index(piece.status),
    "owner": lambda piece: piece.owner.name.casefold(),
    "age": lambda piece: piece.age,
    "review_by": lambda piece: piece.review_by,
    "overdue": lambda piece: piece.days_over,
    "views": lambda piece: piece.views,
    "uses": lambda piece: piece.uses,
    "open_deals": lambda piece: piece.open_deals,
    "feedback": lambda piece: (piece.notes, piece.wrong),
    "duplicates": lambda piece: piece.duplicates,
    "suggestion": lambda piece: -URGENT.index(advice(piece).suggestion),
}


class BoardRow(NamedTuple):
    """A piece, what to do with it, and the quadrants that it belongs to."""

    piece: Piece
    advice: Advice
    quadrants: Sequence[Quadrant]


@dataclass(frozen=True, slots=True)
class Board:
    """A page of the pieces that were asked for, and what is said of all of them.

    `panels` counts the pieces of each quadrant under all filters but that of the quadrant;
    `counted_at` is when views, uses and open deals were counted, `owners` whose pieces there are.
    """

    rows: Sequence[BoardRow]
    total: int
    first: int
    next: str | None
    panels: Mapping[Quadrant, int]
    usual: Usual
    counted_at: datetime | None
    owners: Sequence[PersonCard]
    is_empty: bool


def board(actor: User, asked: BoardListing) -> Board:
    """A page of the board; raises Forbidden for reps."""
    require(actor, Permission.READ_GOVERNANCE)
    known = counting.pieces(actor)
    measure = quadrants.usual(known)
    filtered = _filtered(known, asked)
    belonging = {piece.id: quadrants.of(piece, measure) for piece in filtered}
    found = _ordered([one for one in filtered if _is_in(belonging[one.id], asked)], asked.sort)
    page = window(asked.cursor, asked.limit, len(found))
    return Board(
        rows=[
            BoardRow(one, advice(one), belonging[one.id]) for one in found[page.first : page.end]
        ],
        total=len(found),
        first=page.first,
        next=page.next,
        panels=Counter(quadrant for own in belonging.values() for quadrant in own),
        usual=measure,
        counted_at=tallies.counted_at(),
        owners=sorted(
            {piece.owner.id: piece.owner for piece in known}.values(),
            key=lambda owner: (owner.name.casefold(), owner.id),
        ),
        is_empty=not known,
    )


def every_row(actor: User, asked: BoardFilter) -> Sequence[BoardRow]:
    """All the pieces that were asked for, in order; raises Forbidden for reps."""
    require(actor, Permission.READ_GOVERNANCE)
    known = counting.pieces(actor)
    measure = quadrants.usual(known)
    rows = (
        BoardRow(one, advice(one), quadrants.of(one, measure))
        for one in _ordered(_filtered(known, asked), asked.sort)
    )
    return [row for row in rows if _is_in(row.quadrants, asked)]


def _filtered(known: Sequence[Piece], asked: BoardFilter) -> list[Piece]:
    """By everything but the quadrant."""
    statuses = set(asked.status) or set(Status) - {Status.RETIRED}
    kinds, emails = set(asked.kind), {email.lower() for email in asked.owner}
    staged, wanted = _of_stages(asked.stage), set(asked.suggestion)
    return [
        piece
        for piece in known
        if piece.status in statuses
        and (not kinds or piece.kind in kinds)
        and (not emails or piece.owner.email in emails)
        and not (asked.inactive_owner and piece.owner.is_active)
        and not (asked.overdue and not piece.days_over)
        and (not asked.stage or piece.id in staged)
        and (not wanted or advice(piece).suggestion in wanted)
    ]


def _of_stages(names: Sequence[str]) -> set[int]:
    """The ids of the assets that are for any of these stages."""
    if not names:
        return set()
    folded = [name.casefold() for name in names]
    chosen = select(Facet.asset_id).where(Facet.name == FacetName.STAGES, Facet.folded.in_(folded))
    return set(session.scalars(chosen))


def _is_in(own: Sequence[Quadrant], asked: BoardFilter) -> bool:
    return not asked.quadrant or any(one in own for one in asked.quadrant)


def _ordered(pieces: Sequence[Piece], order: str) -> list[Piece]:
    """In this order; what is equal in it by uses, the most first, then by title."""
    by, is_down = ORDERS[order.removeprefix("-")], order.startswith("-")
    # Sorted thrice by a plain key, which compares faster than once by a tuple.
    usual = sorted(pieces, key=lambda piece: piece.title.casefold())
    usual.sort(key=lambda piece: piece.uses, reverse=True)
    keys = [by(piece) for piece in usual]
    there = [place for place, key in enumerate(keys) if key is not None]
    there.sort(key=keys.__getitem__, reverse=is_down)
    missing = [piece for piece, key in zip(usual, keys, strict=True) if key is None]
    return [usual[place] for place in there] + missing
