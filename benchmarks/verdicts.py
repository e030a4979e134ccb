"""How often a page of a changed copy is judged rightly: python -m benchmarks.verdicts FOLDER….

Puts a folder's documents into a hub of its own: each with an older version, of which one page was
another; every tenth retired. Then asks of copies, page by page, as the freshness check does. A page
counts as right when its verdict is, and it points to the page it was copied from or to one with the
same words. Pages that say too little to be told apart are left out of all figures.
"""

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from app import db, schema
from app.choices import ImageState, Kind, Role, Status, TextState
from app.clock import now
from app.db import session, transaction
from app.models import Asset, Page, User, Version
from app.queries import page_freshness
from app.queries.page_freshness import JudgedPage
from app.services import comparing
from app.text import fingerprint, near
from benchmarks import edited
from benchmarks.edited import EDITS, Document, copies, read

Truth = tuple[str, str]
RETIRED_EVERY = 10
STRANGERS = 200


def main() -> None:
    """Print recall and precision of each verdict."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verdicts")
    parser.add_argument("folders", nargs="+", type=Path)
    documents, chance = read(parser.parse_args().folders), random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        db.connect(f"sqlite:///{folder}/hub.db")
        schema.upgrade()
        person, older = _fill(documents, chance)
        asked = list(_questions(documents, older, chance))
        _tell([(true, found) for pages in asked for true, found in _judged(person, pages)])


def _fill(
    documents: Mapping[Path, Document], chance: random.Random
) -> tuple[User, dict[Path, Document]]:
    """Every document as an asset; answers who asks, and the older version of each."""
    older = dict(copies(documents, EDITS["a word changed on every page"], chance))
    with transaction():
        person = User(
            email="rep@example.com", name="Rep", role=Role.REP, password_hash="", created_at=now()
        )
        session.add(person)
        session.flush()
    for number, (file, document) in enumerate(documents.items()):
        place = chance.randrange(len(document))
        before = [*document]
        before[place] = older[file][place]
        older[file] = before
        with transaction():
            versions = _asset(person, number, file, [before, document])
        for version in versions:
            bands = comparing.bands_of(version)
            session.rollback()
            with transaction():
                comparing.keep_bands(bands or {})
    return person, older


def _asset(person: User, number: int, file: Path, versions: Sequence[Document]) -> list[int]:
    is_retired = number % RETIRED_EVERY == 0
    asset = Asset(
        slug=f"a{number}",
        title=file.name[:300],
        kind=Kind.OTHER,
        owner_id=person.id,
        status=Status.RETIRED if is_retired else Status.PUBLISHED,
        published_at=now(),
        retired_at=now() if is_retired else None,
        created_at=now(),
        updated_at=now(),
    )
    session.add(asset)
    session.flush()
    return [_version(person, asset, n, pages) for n, pages in enumerate(versions, start=1)]


def _version(person: User, asset: Asset, number: int, document: Document) -> int:
    version = Version(
        asset_id=asset.id,
        number=number,
        filename="x",
        media_type="x",
        size=1,
        sha256=f"{asset.id:032}{number:032}",
        store="x",
        change_note="x",
        is_current=number == 2,
        text_state=TextState.READY,
        image_state=ImageState.NONE,
        created_by_id=person.id,
        created_at=now(),
        published_at=now(),
    )
    session.add(version)
    session.flush()
    session.add_all(
        Page(
            version_id=version.id,
            number=n,
            title=page.title,
            text=page.text,
            speaker_notes="",
            fingerprint=fingerprint.of_page(page.title, page.text),
        )
        for n, page in enumerate(document, start=1)
    )
    return version.id


def _questions(
    documents: Mapping[Path, Document], older: Mapping[Path, Document], chance: random.Random
) -> Iterator[list[tuple[Truth, tuple[str, str]]]]:
    """Copies, each page with what is true of it: its verdict, and the words it was copied from."""
    said = {page.words for document in documents.values() for page in document}
    for number, (file, document) in enumerate(documents.items()):
        is_retired = number % RETIRED_EVERY == 0
        yield [_asked("retired" if is_retired else "current", p.words, p) for p in document]
        yield [
            _asked(_of_old(page.words in said, is_retired), page.words, page)
            for page in older[file]
        ]
    for edit in ("a word changed on every page", "every number changed"):
        for file, copy in copies(documents, EDITS[edit], chance):
            is_retired = list(documents).index(file) % RETIRED_EVERY == 0
            pages = [(documents[file][page.origin], page) for page in copy]
            yield [
                _asked("retired" if is_retired else "altered", was.words, page)
                for was, page in pages
                if page.words != was.words
            ]
    words = sorted({word for text in said for word in text.split()})
    for _ in range(STRANGERS):
        text = " ".join(chance.sample(words, 40))
        yield [(("unknown", ""), ("", text))]


def _of_old(is_still_there: bool, is_retired: bool) -> str:
    return "retired" if is_retired else "current" if is_still_there else "changed"


def _asked(verdict: str, words: str, page: edited.Page) -> tuple[Truth, tuple[str, str]]:
    return (verdict, words), (page.title, page.text)


def _judged(
    person: User, pages: Sequence[tuple[Truth, tuple[str, str]]]
) -> Iterator[tuple[str, str]]:
    """What is true and what was found, of each page that says enough; “wrong page” apart."""
    found = page_freshness.judged(person, [page for _, page in pages])
    for ((verdict, words), (title, text)), one in zip(pages, found, strict=True):
        if near.bands(f"{title} {text}"):
            yield verdict, one.verdict.value if _is_right(words, one) else "wrong page"
    session.rollback()


def _is_right(words: str, one: JudgedPage) -> bool:
    return one.page is None or near.is_same_page(words, f"{one.page.title} {one.page.text}")


def _tell(pairs: Sequence[tuple[str, str]]) -> None:
    counts = Counter(pairs)
    names = ["current", "altered", "changed", "retired", "unknown", "wrong page"]
    print("true \\ said".ljust(12), *(name.rjust(10) for name in names), "recall".rjust(8))
    for true in names[:-1]:
        row = [counts[true, said] for said in names]
        print(true.ljust(12), *(str(n).rjust(10) for n in row), f"{_share(row, true, names):8.3f}")
    share = [
        f"{counts[one, one] / max(1, sum(counts[true, one] for true in names)):.3f}"
        for one in names[:-1]
    ]
    print("precision".ljust(12), *(one.rjust(10) for one in share))


def _share(row: Sequence[int], true: str, names: Sequence[str]) -> float:
    return row[names.index(true)] / max(1, sum(row))


if __name__ == "__main__":
    main()
