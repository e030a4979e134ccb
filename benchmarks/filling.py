"""Fills an empty hub with a made-up library: python -m benchmarks.filling ASSETS.

Reads the hub's settings from the environment. Rows go straight into the tables; the files they
name are not there, as no search reads them. The last line printed is JSON: the tokens and the
password of a rep and a marketer, and what filling and indexing took.
"""

import hashlib
import json
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import insert

from app import db, schema
from app.backends.search import registry as searching
from app.choices import ImageState, Kind, Role, Status, TextState
from app.clock import now
from app.config import Settings
from app.db import session, transaction
from app.factory import connect, index_folder
from app.inputs.person import NewToken
from app.models import Asset, Facet, IndexChange, Page, User, Version
from app.services import indexing, tokens
from app.services.passwords import hashed
from benchmarks.library import OWNERS, PAGES, Library, MadeAsset

BATCH = 200
PASSWORD = "a password of the benchmarks"

Rows = dict[type[db.Base], list[dict[str, object]]]


def main(assets: int) -> None:
    """Fill, index, tell."""
    settings = Settings.from_env()
    connect(settings)
    schema.upgrade()
    told: dict[str, object] = {"password": PASSWORD, **_people()}
    began = time.perf_counter()
    library = Library()
    for first in range(1, assets + 1, BATCH):
        _put_in(library, range(first, min(first + BATCH, assets + 1)))
    told["filling_seconds"] = time.perf_counter() - began
    began, used = time.perf_counter(), time.process_time()
    indexing.rebuild(searching.engine())
    told["rebuild_seconds"] = time.perf_counter() - began
    told["rebuild_cpu_seconds"] = time.process_time() - used
    searching.engine().close()
    told["pages"] = assets * PAGES
    files = (file for file in index_folder(settings).rglob("*") if file.is_file())
    told["index_mb"] = sum(file.stat().st_size for file in files) / 1e6
    print(json.dumps(told))


def _people() -> dict[str, str]:
    """Forty owners, of whom the first is the marketer, and a rep; the tokens of these two."""
    with transaction():
        kept = hashed(PASSWORD)
        owners = [_person(f"owner{number}", Role.MARKETER, kept) for number in range(OWNERS)]
        rep = _person("rep", Role.REP, kept)
        session.add_all([*owners, rep])
        session.flush()
        asked = NewToken(name="benchmarks")
        return {
            "marketer": tokens.issue(None, owners[0], asked),
            "rep": tokens.issue(None, rep, asked),
        }


def _person(name: str, role: Role, password_hash: str) -> User:
    return User(
        email=f"{name}@example.com",
        name=name.capitalize(),
        role=role,
        password_hash=password_hash,
        created_at=now(),
    )


def _put_in(library: Library, numbers: range) -> None:
    rows: Rows = {Asset: [], Facet: [], Version: [], Page: [], IndexChange: []}
    for number in numbers:
        _add(rows, number, library.asset(number))
    with transaction():
        for model, values in rows.items():
            session.execute(insert(model), values)


def _add(rows: Rows, number: int, made: MadeAsset) -> None:
    at = now() - timedelta(hours=number % 8000)
    rows[Asset].append(_asset(number, made) | {"created_at": at, "updated_at": at})
    rows[Asset][-1] |= {"published_at": at}
    rows[Version].append(_version(number, made) | {"created_at": at, "published_at": at})
    rows[Facet] += _facets(number, made)
    rows[Page] += [
        {"version_id": number, "number": place, "title": page.title, "text": page.text,
         "speaker_notes": page.notes}
        for place, page in enumerate(made.pages, start=1)
    ]  # fmt: skip
    rows[IndexChange].append({"asset_id": number})


def _asset(number: int, made: MadeAsset) -> dict[str, object]:
    return {
        "id": number,
        "slug": f"asset-number-{number}",
        "title": made.title,
        "kind": made.kind,
        "summary": made.summary,
        "use_it_when": "",
        "say_this": "",
        "status": Status.PUBLISHED,
        "is_shareable": number % 3 > 0,
        "owner_id": made.owner + 1,
        "retired_reason": "",
    }


def _version(number: int, made: MadeAsset) -> dict[str, object]:
    ending = "pptx" if made.kind is Kind.DECK else "pdf"
    return {
        "id": number,
        "asset_id": number,
        "number": 1,
        "filename": f"file-{number}.{ending}",
        "media_type": "application/pdf",
        "size": 100_000,
        "sha256": hashlib.sha256(str(number).encode()).hexdigest(),
        "store": "file",
        "change_note": "",
        "is_current": True,
        "text_state": TextState.READY,
        "image_state": ImageState.NONE,
        "is_compared": True,
        "text_problem": "",
        "document_title": made.title,
        "page_count": len(made.pages),
        "created_by_id": made.owner + 1,
    }


def _facets(number: int, made: MadeAsset) -> Iterator[dict[str, object]]:
    for name, values in made.facets.items():
        for value in values:
            folded = value.casefold()
            yield {"asset_id": number, "name": name, "value": value, "folded": folded}


if __name__ == "__main__":
    main(int(sys.argv[1]))
