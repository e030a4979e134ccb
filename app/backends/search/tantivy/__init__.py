"""The default engine: Tantivy, in this process, over a folder."""

from app.backends.search.tantivy.engine import TantivyEngine

__all__ = ["TantivyEngine"]
