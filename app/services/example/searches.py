"""The example company's searches, as rows of the search log."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert

from app.choices import SearchSource
from app.clock import now
from app.db import session
from app.example.searches import ExampleSearch
from app.models.person import User
from app.models.search_log import SearchClick, SearchQuery, new_number
from app.services.example.content import by_key
from app.services.example.rows import persons
from app.text.words import fold


def bring(examples: Sequence[ExampleSearch]) -> None:
    """Make these searches, judged already, with what was opened of them."""
    people, assets = persons(), by_key()
    made = [(_row(example, people[example.person]), example) for example in examples]
    clicks = [_click(row, example, assets[example.asset]) for row, example in made if example.asset]
    session.execute(insert(SearchQuery), [row for row, _ in made])
    session.execute(insert(SearchClick), clicks)


def _row(example: ExampleSearch, person: User) -> dict[str, Any]:
    return {
        "id": new_number(),
        "person_id": person.id,
        "at": example.at,
        "text": example.text,
        "folded": fold(example.text),
        "filters": {},
        "source": SearchSource.PAGE,
        "total": example.total,
        "best_position": example.position,
        "is_failed": example.asset is None,
        "is_used": False,
        "judged_at": now(),
    }


def _click(row: dict[str, Any], example: ExampleSearch, asset_id: int) -> dict[str, Any]:
    place = {"position": example.position, "page": None}
    return {"search_query_id": row["id"], "asset_id": asset_id, "at": example.at, **place}
