"""How good what a search finds is, by judged collections.

python -m benchmarks.relevance [FOLDER…] [--engine tantivy]

Each document of a collection becomes a published piece in a hub of its own: its title is the
piece's, its text is read as a text file's is. Each question is asked as a rep asks it, with the
hub's default settings, and the pieces are judged in the order in which the hub shows them.
"""

import argparse
import io
import logging
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from sqlalchemy import insert

from app import db, schema
from app.backends.extraction.formats import text
from app.backends.extraction.formats.document import Document
from app.backends.search import registry as searching
from app.choices import ImageState, Kind, Role, Status, TextState
from app.clock import now
from app.config import ROOT, Settings
from app.db import session, transaction
from app.factory import connect
from app.inputs.listing import Search
from app.models import Asset, IndexChange, Page, User, Version
from app.queries.search import search
from app.services import indexing
from benchmarks.judged import Collection, JudgedDocument, is_collection, ndcg, read, recall
from benchmarks.report import percentile

EXAMPLES = ROOT.parent / "shared" / "examples" / "relevance"
ENGINES = ("tantivy", "whoosh")
DEPTH = 100
HEADINGS = ("collection", "engine", "pieces", "questions", "nDCG@10", "recall@100", "found none")

Rows = dict[type[db.Base], list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Judged:
    """One question: how well it was answered, and what a page of 20 results took."""

    ndcg: float
    recall: float
    is_empty: bool
    milliseconds: float


def main() -> None:
    """Judge each collection with each engine; without folders, those among the examples."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folders", nargs="*", type=Path)
    arguments.add_argument("--engine", action="append", choices=ENGINES)
    asked = arguments.parse_args()
    # What the hub logs of each search would stand between the figures.
    logging.disable(logging.WARNING)
    print("  ".join([*HEADINGS, "CPU ms p50 / p95"]))
    for folder in asked.folders or _examples():
        collection = read(folder)
        for engine in asked.engine or ENGINES:
            with _hub(engine):
                judged = _judged(collection)
            _show(collection, engine, judged)


def _examples() -> list[Path]:
    folders = sorted(EXAMPLES.iterdir()) if EXAMPLES.is_dir() else []
    return [folder for folder in folders if is_collection(folder)]


@contextmanager
def _hub(engine: str) -> Iterator[None]:
    """An empty hub in a folder that goes when it is done."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            secret_key="x" * 32,
            database_url=f"sqlite:///{folder}/hub.db",
            storage_url=f"file:{folder}/content",
            queue_url=f"sqlite:{folder}/queue.db",
            search_url=f"{engine}:{folder}/index",
        )
        connect(settings)
        schema.upgrade()
        yield
        searching.engine().close()
        session.remove()
        db.engine().dispose()


def _judged(collection: Collection) -> list[Judged]:
    _fill(collection.documents)
    rep = session.get_one(User, 1)
    names = [document.name for document in collection.documents]
    return [
        _answered(rep, asked, collection, question, names)
        for question, asked in collection.questions.items()
    ]


def _answered(
    rep: User, asked: str, collection: Collection, question: str, names: Sequence[str]
) -> Judged:
    started = time.process_time()
    first = search(rep, Search(q=asked))
    took = (time.process_time() - started) * 1000
    hits = search(rep, Search(q=asked, limit=DEPTH)).hits
    if len(hits) == DEPTH:
        hits = [*hits, *search(rep, Search(q=asked, limit=DEPTH, offset=DEPTH)).hits]
    ranking = [names[hit.asset.id - 1] for hit in hits]
    kept = [name for name in ranking if (question, name) not in collection.excluded]
    grades = collection.grades[question]
    return Judged(ndcg(kept, grades), recall(kept, grades, DEPTH), not first.total, took)


def _fill(documents: Sequence[JudgedDocument]) -> None:
    rows: Rows = {Asset: [], Version: [], Page: [], IndexChange: []}
    for number, document in enumerate(documents, start=1):
        rows[Asset].append(_asset(number, document))
        rows[Version].append(_version(number))
        rows[Page] += _pages(number, document)
        rows[IndexChange].append({"asset_id": number})
    with transaction():
        session.add(
            User(
                email="rep@example.com",
                name="Rep",
                role=Role.REP,
                password_hash="",
                created_at=now(),
            )
        )
        session.flush()
        for model, values in rows.items():
            session.execute(insert(model), values)
    indexing.rebuild(searching.engine())


def _asset(number: int, document: JudgedDocument) -> dict[str, object]:
    at = now()
    return {
        "id": number, "slug": f"piece-{number}", "title": document.title,
        "kind": Kind.WHITE_PAPER, "summary": "", "use_it_when": "", "say_this": "",
        "status": Status.PUBLISHED, "is_shareable": True, "owner_id": 1, "retired_reason": "",
        "created_at": at, "updated_at": at, "published_at": at,
    }  # fmt: skip


def _version(number: int) -> dict[str, object]:
    at = now()
    return {
        "id": number, "asset_id": number, "number": 1, "filename": "", "media_type": "text/plain",
        "size": 0, "sha256": f"{number:064x}", "store": "file", "change_note": "",
        "is_current": True, "text_state": TextState.READY, "image_state": ImageState.NONE,
        "is_compared": True, "text_problem": "", "document_title": "", "page_count": 1,
        "created_by_id": 1, "created_at": at, "published_at": at,
    }  # fmt: skip


def _pages(number: int, document: JudgedDocument) -> list[dict[str, object]]:
    filled = Document()
    text.read(io.BytesIO(document.text.encode()), filled)
    return [
        {"version_id": number, "number": place, "title": title, "text": body,
         "speaker_notes": notes}
        for place, (title, body, notes) in enumerate(filled.pages, start=1)
    ]  # fmt: skip


def _show(collection: Collection, engine: str, judged: Sequence[Judged]) -> None:
    times = [one.milliseconds for one in judged]
    cells = (
        collection.name,
        engine,
        f"{len(collection.documents):,}",
        f"{len(judged):,}",
        f"{mean(one.ndcg for one in judged):.3f}",
        f"{mean(one.recall for one in judged):.3f}",
        f"{sum(one.is_empty for one in judged):,}",
    )
    widths = [len(heading) for heading in HEADINGS]
    line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    print(f"{line}  {percentile(times, 0.5):.1f} / {percentile(times, 0.95):.1f}", flush=True)


if __name__ == "__main__":
    main()
