"""The example company: how far it has been brought in, and which rows it brought."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class ExampleCompany(Base):
    """The one row that says that the example company is wanted here, and how much of it is in."""

    __tablename__ = "example_company"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wanted_at: Mapped[datetime]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    finished_at: Mapped[datetime | None]


class ExampleRow(Base):
    """A row that the example company brought and takes along when it goes."""

    __tablename__ = "example_row"

    table_name: Mapped[str] = mapped_column(String(40), primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
