"""What the hub would do with a piece, and why: rules that are asked one after the other."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.choices import Status, Suggestion
from app.queries.governance.piece import Piece


class Advice(NamedTuple):
    """What to do, and why in one sentence."""

    suggestion: Suggestion
    reason: str


def advice(piece: Piece) -> Advice:
    """What the first rule says that has something to say."""
    for rule in RULES:
        if found := rule(piece):
            return found
    return _still_wanted(piece)


def _not_out(piece: Piece) -> Advice | None:
    if piece.is_out:
        return None
    is_retired = piece.status is Status.RETIRED
    return Advice(
        Suggestion.KEEP,
        "It is retired already." if is_retired else "It has not been given to reps yet.",
    )


def _called_wrong(piece: Piece) -> Advice | None:
    if not piece.wrong:
        return None
    says = "note says" if piece.wrong == 1 else "notes say"
    return Advice(
        Suggestion.FIX, f"{piece.wrong} unanswered {says} that it is wrong or out of date."
    )


def _overdue_in_use(piece: Piece) -> Advice | None:
    if not piece.days_over or not piece.is_in_use:
        return None
    return Advice(Suggestion.FIX, f"It is in use, and its review is {_days(piece.days_over)} over.")


def _same_file(piece: Piece) -> Advice | None:
    if not piece.duplicates:
        return None
    others = (
        "another piece has" if piece.duplicates == 1 else f"{piece.duplicates} other pieces have"
    )
    return Advice(
        Suggestion.MERGE, f"{others[0].upper()}{others[1:]} the same file or nearly the same pages."
    )


def _forgotten(piece: Piece) -> Advice | None:
    if not piece.is_forgotten or piece.open_deals:
        return None
    return Advice(
        Suggestion.RETIRE,
        "Nobody looked at it or used it in 90 days, and no open deal holds it.",
    )


def _still_wanted(piece: Piece) -> Advice:
    """Why it stays, the strongest reason first."""
    if piece.uses:
        times = "once" if piece.uses == 1 else f"{piece.uses} times"
        return Advice(Suggestion.KEEP, f"It was used {times} in 90 days.")
    if piece.open_deals:
        deals = (
            "An open deal holds" if piece.open_deals == 1 else f"{piece.open_deals} open deals hold"
        )
        return Advice(Suggestion.KEEP, f"{deals} it.")
    if piece.is_new:
        return Advice(Suggestion.KEEP, "Its version is new and gets 90 days.")
    return Advice(
        Suggestion.KEEP,
        "People look at it, though nobody used it in 90 days."
        if piece.views
        else "Its views and uses are not counted yet.",
    )


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


RULES: Sequence[Callable[[Piece], Advice | None]] = (
    _not_out,
    _called_wrong,
    _overdue_in_use,
    _same_file,
    _forgotten,
)
