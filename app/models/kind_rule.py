"""What the organisation has settled for a kind of asset."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.choices import Kind
from app.db import Base
from app.models.columns import stored


class KindRule(Base):
    """How long a review of this kind is good for, and whether the field looks at it first.

    A kind without a row follows the product's own rule.
    """

    __tablename__ = "kind_rule"
    __table_args__ = (CheckConstraint("review_days BETWEEN 1 AND 3650", name="review_days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(stored(Kind), unique=True)
    review_days: Mapped[int]
    needs_field_review: Mapped[bool] = mapped_column(default=False)
