"""The steps of the pipeline, as this company has them."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.choices import StageOwner
from app.db import Base
from app.models.columns import stored


class Stage(Base):
    """A step of the pipeline; `position` counts from 1, names are compared by `folded`."""

    __tablename__ = "stage"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(360), unique=True)
    owned_by: Mapped[StageOwner] = mapped_column(stored(StageOwner))
