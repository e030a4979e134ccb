"""Which rows the example company brought."""

from collections.abc import Iterable

from sqlalchemy import select

from app.db import session
from app.example.people import PEOPLE
from app.models.example import ExampleCompany, ExampleRow
from app.models.person import User

ONLY = 1


def company() -> ExampleCompany | None:
    """The example company, if it is wanted here."""
    return session.get(ExampleCompany, ONLY, populate_existing=True)


def persons() -> dict[str, User]:
    """Its people by their keys."""
    keys = {one.email: one.key for one in PEOPLE}
    found = session.scalars(select(User).where(User.email.in_(keys)))
    return {keys[person.email]: person for person in found}


def brought(table: str, ids: Iterable[int]) -> None:
    """Note that these rows came with it."""
    session.add_all([ExampleRow(table_name=table, row_id=row_id) for row_id in ids])


def ids_of(table: str) -> list[int]:
    """The rows of a table that came with it, in the order in which they came."""
    of = select(ExampleRow.row_id).where(ExampleRow.table_name == table)
    return list(session.scalars(of.order_by(ExampleRow.row_id)))
