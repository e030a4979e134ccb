"""Let two people who change the same thing at once do so one after the other."""

from app.db import session
from app.models.asset import Asset
from app.models.feedback import Feedback
from app.models.field_review import FieldReview
from app.models.recall import Recall


def lock(subject: Asset | Feedback | FieldReview | Recall) -> None:
    """Read a row anew and keep others from changing it until this transaction ends.

    SQLite has one writer anyway.
    """
    session.refresh(subject, with_for_update={"of": type(subject)})
