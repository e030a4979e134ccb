"""The pure Python engine: Whoosh's files and postings, in this process, over a folder."""

from app.backends.search.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
