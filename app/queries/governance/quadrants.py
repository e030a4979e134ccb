"""The four sorts of pieces to look at first, measured by what is usual in the library."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median_low
from typing import NamedTuple

from app.choices import Quadrant
from app.queries.governance.piece import Piece

LEAST_USES, LEAST_VIEWS = 3, 5


class Usual(NamedTuple):
    """From how many uses and views in 90 days on a piece counts as much used or viewed."""

    uses: int
    views: int


def usual(pieces: Iterable[Piece]) -> Usual:
    """The medians of the published pieces that were used, or viewed, at all; never below a floor.

    Most pieces of a library are hardly used, so that the median of all would say nothing.
    """
    out = [piece for piece in pieces if piece.is_out]
    return Usual(
        _median([piece.uses for piece in out], LEAST_USES),
        _median([piece.views for piece in out], LEAST_VIEWS),
    )


def of(piece: Piece, measure: Usual) -> Sequence[Quadrant]:
    """Where a piece belongs; only one that reps have belongs anywhere."""
    if not piece.is_out:
        return ()
    return tuple([quadrant for quadrant, belongs in RULES.items() if belongs(piece, measure)])


def is_hot_but_stale(piece: Piece, measure: Usual) -> bool:
    """Much used or much viewed, and its review is over."""
    is_hot = piece.uses >= measure.uses or piece.views >= measure.views
    return is_hot and piece.days_over > 0


def is_good_but_unused(piece: Piece, measure: Usual) -> bool:
    """More notes say that it helped than the opposite, and it is used less than half as usual."""
    return piece.balance > 0 and piece.uses * 2 < measure.uses


def does_worse(piece: Piece, measure: Usual) -> bool:
    """Much used, and it likely hurts, or more notes say that it does not help than do."""
    return piece.uses >= measure.uses and (piece.hurts or piece.balance < 0)


def is_dead(piece: Piece, _measure: Usual) -> bool:
    """It had its 90 days, and nobody looked at it or used it in the last ones."""
    return piece.is_forgotten


RULES: Mapping[Quadrant, Callable[[Piece, Usual], bool]] = {
    Quadrant.HOT_BUT_STALE: is_hot_but_stale,
    Quadrant.GOOD_BUT_UNUSED: is_good_but_unused,
    Quadrant.USED_BUT_DOES_WORSE: does_worse,
    Quadrant.DEAD: is_dead,
}


def _median(numbers: Iterable[int], least: int) -> int:
    some = [number for number in numbers if number]
    return max(least, median_low(some)) if some else least
