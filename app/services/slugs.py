"""Addresses that people can read."""

import re
import unicodedata

from sqlalchemy import select

from app.db import session
from app.models.asset import Asset

LENGTH = 80


def slug_for(title: str) -> str:
    """A free address from a title; never a bare number, which would be taken for an id."""
    wanted = slugified(title)
    taken = set(session.scalars(select(Asset.slug).where(Asset.slug.startswith(wanted))))
    number = 2
    free = wanted
    while free in taken:
        free = f"{wanted}-{number}"
        number += 1
    return free


def slugified(title: str) -> str:
    """Lower-case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LENGTH].strip("-")
    if not words or words in ("new",):
        return f"asset-{words}".strip("-")
    return f"asset-{words}" if words.isdecimal() else words
