"""The synonyms that admins keep."""

from collections.abc import Sequence

from sqlalchemy import select

from app.db import session
from app.errors import NotFound
from app.models.synonym import Synonym, SynonymGroup


def groups() -> Sequence[SynonymGroup]:
    """Every group, by its first word."""
    found = session.scalars(select(SynonymGroup)).all()
    return sorted(found, key=lambda group: [text.casefold() for text in group.texts])


def group(group_id: int) -> SynonymGroup:
    """One group; raises NotFound."""
    found = session.get(SynonymGroup, group_id)
    if found is None:
        raise NotFound("There is no such group of synonyms.")
    return found


def holding(folded: Sequence[str]) -> Sequence[Synonym]:
    """The words among these that are in a group already."""
    return session.scalars(select(Synonym).where(Synonym.folded.in_(folded))).all()
