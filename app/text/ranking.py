"""What beside its words decides how high a piece ranks."""

from datetime import date, timedelta

REVIEW_OVER = timedelta(days=30)
EXPIRES_SOON = timedelta(days=14)
OVERDUE, EXPIRING, USUAL = 0.7, 0.9, 1.0
RERANKED = 500


def state(review_by: date | None, expires_on: date | None, today: date) -> tuple[float, str]:
    """The factor for the state of a piece, and why it is not 1, as a sentence; "" where it is."""
    if review_by is not None and today - review_by > REVIEW_OVER:
        return OVERDUE, "Its review has been over for more than 30 days."
    if expires_on is not None and expires_on - today <= EXPIRES_SOON:
        return EXPIRING, "It is to be used for at most 14 more days."
    return USUAL, ""
