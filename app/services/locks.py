"""Let two people who change the same thing at once do so one after the other."""

from sqlalchemy.exc import InvalidRequestError

from app.db import session
from app.errors import NotFound
from app.models.asset import Asset
from app.models.feedback import Feedback
from app.models.field_review import FieldReview
from app.models.recall import Recall


def lock(subject: Asset | Feedback | FieldReview | Recall) -> None:
    """Read a row anew and keep others from changing it until this transaction ends.

    SQLite has one writer anyway. Raises NotFound where somebody has just taken the row out.
    """
    try:
        session.refresh(subject, with_for_update={"of": type(subject)})
    except InvalidRequestError as problem:
        raise NotFound("It has just been taken out by somebody else.") from problem
