"""The evidence as CSV files: all pieces, the deals behind one, and its peers."""

from collections.abc import Iterator, Sequence
from typing import cast

from werkzeug.wrappers import Response

from app.http.evidence import known
from app.http.tables import Cell, csv_file
from app.inputs.insights import EvidenceListing
from app.models.asset import Asset
from app.models.person import User
from app.queries.evidence import reading, rows
from app.queries.evidence.reading import Figures, Piece
from app.queries.evidence.rows import Compared

AT_ONCE = 200
PIECES = (
    "asset", "title", "kind", "stage", "verdict", "reason", "deals", "people", "closed", "won",
    "used_closed", "matched_used", "matched_used_won", "comparable", "comparable_won",
    "lift", "lift_low", "lift_high", "peer_lift", "peer_low", "peer_high", "peers",
    "shrunk", "shrunk_low", "shrunk_high", "more_deals_needed",
)  # fmt: skip
PEERS = ("asset", "title", "lift", "variance")


def of_rows(actor: User, asked: EvidenceListing, asset: Asset) -> Response:
    """Each deal that was compared, one a line."""
    found = list(rows.compared(actor, asked, asset))
    lines = cast(Sequence[Sequence[Cell]], found)
    return csv_file(f"evidence-{asset.slug}.csv", Compared._fields, lines)


def of_peers(actor: User, asked: EvidenceListing, asset: Asset) -> Response:
    """Each piece that it is set against, with its lift and the variance of that."""
    found = rows.peers(actor, asked, asset)
    lines: list[list[Cell]] = [
        [one.asset.id, one.asset.title, one.lift, one.variance] for one in found
    ]
    return csv_file(f"peers-{asset.slug}.csv", PEERS, lines)


def of_pieces(actor: User, asked: EvidenceListing) -> Response:
    """Every piece that was asked for, in the order of the page."""
    return csv_file("evidence.csv", PIECES, list(_pieces(actor, asked)))


def _pieces(actor: User, asked: EvidenceListing) -> Iterator[Sequence[Cell]]:
    asked = asked.model_copy(update={"limit": AT_ONCE, "cursor": None})
    while True:
        found = known(reading.evidence(actor, asked))
        yield from (_piece(piece) for piece in found.pieces)
        if found.next is None:
            return
        asked = asked.model_copy(update={"cursor": found.next})


def _piece(piece: Piece) -> list[Cell]:
    asset, own = piece.asset, piece.own
    line: list[Cell] = [asset.slug, asset.title, asset.kind.value]
    return line + (_figures(own) if own else [None] * (len(PIECES) - len(line)))


def _figures(own: Figures) -> list[Cell]:
    row, unknown = own.row, (None, None)
    return [
        own.stage.name if own.stage else "", row.verdict.value,
        row.reason.value if row.reason else "", row.deals, row.reps, row.closed, row.wins,
        row.used, row.matched, row.matched_won, row.comparable, row.comparable_won,
        row.lift, *(own.lift_interval or unknown),
        row.peer_lift, *(own.peer_interval or unknown), row.peers,
        row.shrunk, *(own.shrunk_interval or unknown), row.more_deals_needed,
    ]  # fmt: skip
