"""Gathers the postings of a segment by term while it is written; Whoosh's own sorts them on disk.

A rebuild takes half the time so; the writer makes segments small enough for the memory.
"""

from collections.abc import Iterator
from typing import Any

Posting = tuple[str, bytes, int, float, bytes | None]


class Pool:
    """What Whoosh's segment writer asks of a pool."""

    def __init__(self) -> None:
        # Document, weight and places in turn: a tuple for each posting would double it all.
        self._fields: dict[str, dict[bytes, list[Any]]] = {}

    def add(self, posting: Posting) -> None:
        """Take one in; a term's must come in the order of its documents."""
        field, term, *rest = posting
        terms = self._fields.setdefault(field, {})
        if term in terms:
            terms[term] += rest
        else:
            terms[term] = rest

    def iter_postings(self) -> Iterator[Posting]:
        """Everything, by field, term and document; to be asked once."""
        for field, terms in sorted(self._fields.items()):
            for term in sorted(terms):
                flat = iter(terms.pop(term))
                for document, weight, places in zip(flat, flat, flat, strict=True):
                    yield field, term, document, weight, places

    def cleanup(self) -> None:
        """Let go of everything."""
        self._fields.clear()
