"""The governance board in words: its columns, and exactly what puts a piece where it is."""

from collections.abc import Callable, Mapping, Sequence

from app.choices import Quadrant, Suggestion
from app.http.tables import Cell
from app.queries.governance.board import BoardRow

# By what it is sorted, the heading, and whether the largest comes first.
HEADS: Sequence[tuple[str, str, bool]] = (
    ("title", "Piece", False),
    ("owner", "Owner", False),
    ("age", "Version", True),
    ("overdue", "Review", True),
    ("views", "Views", True),
    ("uses", "Uses", True),
    ("open_deals", "Open deals", True),
    ("feedback", "Feedback", True),
    ("duplicates", "Duplicates", True),
    ("suggestion", "Suggestion", True),
)
NUMBERS = frozenset(("views", "uses", "open_deals", "duplicates"))

PANELS: Mapping[Quadrant, str] = {
    Quadrant.HOT_BUT_STALE: "Many use or look at it, and its review is over.",
    Quadrant.GOOD_BUT_UNUSED: "The field says that it helps, and hardly anybody uses it.",
    Quadrant.USED_BUT_DOES_WORSE: "Used a lot, and the evidence or the field speaks against it.",
    Quadrant.DEAD: "Nobody looked at it or used it in 90 days.",
}

QUADRANTS: Mapping[Quadrant, str] = {
    Quadrant.HOT_BUT_STALE: "much used or much viewed, and its review is over.",
    Quadrant.GOOD_BUT_UNUSED: (
        "its feedback is more good than bad, and it has less than half the uses that count as "
        "much used."
    ),
    Quadrant.USED_BUT_DOES_WORSE: (
        "much used, and it likely hurts, or its feedback is more bad than good."
    ),
    Quadrant.DEAD: (
        "not viewed and not used in 90 days, and its current version is 90 days old or older."
    ),
}

SUGGESTIONS: Sequence[tuple[Suggestion, str]] = (
    (Suggestion.KEEP, "it is not published: a draft has all the time it needs."),
    (Suggestion.FIX, "unanswered feedback says that it is wrong or out of date."),
    (Suggestion.FIX, "its review is over, and it was used in 90 days or an open deal holds it."),
    (
        Suggestion.MERGE,
        "another piece that is not retired has the same file now, or nearly the same pages.",
    ),
    (
        Suggestion.RETIRE,
        "not viewed and not used in 90 days, no open deal holds it, and its current version is "
        "90 days old or older.",
    ),
    (Suggestion.KEEP, "everything else."),
)

COLUMNS: Mapping[str, Callable[[BoardRow], Cell]] = {
    "id": lambda row: row.piece.id,
    "slug": lambda row: row.piece.slug,
    "title": lambda row: row.piece.title,
    "kind": lambda row: row.piece.kind.value,
    "status": lambda row: row.piece.status.value,
    "owner": lambda row: row.piece.owner.name,
    "owner_email": lambda row: row.piece.owner.email,
    "owner_active": lambda row: "yes" if row.piece.owner.is_active else "no",
    "version": lambda row: row.piece.number,
    "version_age_days": lambda row: row.piece.age,
    "review_by": lambda row: str(row.piece.review_by or ""),
    "days_overdue": lambda row: row.piece.days_over,
    "views_90_days": lambda row: row.piece.views,
    "uses_90_days": lambda row: row.piece.uses,
    "open_deals": lambda row: row.piece.open_deals,
    "open_feedback": lambda row: row.piece.notes,
    "open_wrong_or_out_of_date": lambda row: row.piece.wrong,
    "feedback_balance": lambda row: row.piece.balance,
    "duplicates": lambda row: row.piece.duplicates,
    "suggestion": lambda row: row.advice.suggestion.value,
    "reason": lambda row: row.advice.reason,
    "quadrants": lambda row: " ".join(row.quadrants),
}
