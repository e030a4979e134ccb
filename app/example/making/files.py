"""The file of a version, made by the maker for its type."""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from app.example.catalogue import ExampleAsset, ExampleVersion
from app.example.making import documents, portable, slides, words

_MAKERS: Mapping[str, Callable[[ExampleAsset, ExampleVersion], bytes]] = {
    ".pptx": slides.make,
    ".docx": documents.make,
    ".pdf": portable.make,
    ".txt": words.make,
    ".md": words.make,
}


def make(asset: ExampleAsset, version: ExampleVersion) -> bytes:
    """The bytes, the same on every machine."""
    return _MAKERS[PurePath(version.filename).suffix](asset, version)
