"""Candidates for near duplicates of a new document, among 200,000 pages with much boilerplate."""

import random
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.text.near import bands, is_nearly_same
from benchmarks.library import PAGES, Library
from benchmarks.plan import LARGE, Plan
from benchmarks.report import Row, at_most, percentile, show

DOCUMENTS = 50
# Every second document ends with the same page; the others with one of thirty.
SHARED, FAREWELLS, LEGAL_TEXTS = LARGE // 2, 30, 8
# Of the pages that share a value only the newest are looked at, whatever else shares it.
NEWEST = 200

SCHEMA = """
CREATE TABLE page (id INTEGER PRIMARY KEY, version_id INTEGER NOT NULL);
CREATE TABLE page_band (
    value BIGINT NOT NULL, page_id INTEGER NOT NULL, PRIMARY KEY (value, page_id)
) WITHOUT ROWID;
"""
ALL_PAGES = """
SELECT version_id, COUNT(DISTINCT page_id) FROM page_band JOIN page ON page.id = page_id
WHERE value IN ({}) GROUP BY version_id ORDER BY 2 DESC, 1 DESC LIMIT 20
"""
NEWEST_PAGES = f"""
WITH asked (value) AS (VALUES {{}})
SELECT version_id, COUNT(DISTINCT page_id)
FROM asked JOIN page_band AS held ON held.value = asked.value AND held.page_id >= COALESCE((
    SELECT page_id FROM page_band AS newer WHERE newer.value = asked.value
    ORDER BY page_id DESC LIMIT 1 OFFSET {NEWEST - 1}), 0)
JOIN page ON page.id = page_id
GROUP BY version_id ORDER BY 2 DESC, 1 DESC LIMIT 20
"""


class Documents:
    """Made documents by number, whose last two pages many others have too."""

    def __init__(self) -> None:
        self._library = Library()
        boilerplate = [self._pages(10 * LARGE + n)[0] for n in range(FAREWELLS + LEGAL_TEXTS)]
        self._farewells, self._legal = boilerplate[:FAREWELLS], boilerplate[FAREWELLS:]

    def pages(self, number: int) -> list[str]:
        """Title and text of each page."""
        farewell = 0 if number <= SHARED else number % FAREWELLS
        shared = [self._legal[number % LEGAL_TEXTS], self._farewells[farewell]]
        return self._pages(number)[: PAGES - len(shared)] + shared

    def _pages(self, number: int) -> list[str]:
        return [f"{page.title} {page.text}" for page in self._library.asset(number).pages]


def measure(plan: Plan) -> None:
    """Fill a database, then ask it for copies of its documents and for strangers."""
    documents, database = Documents(), sqlite3.connect(plan.folder / "duplicates.sqlite")
    show(f"bands of {LARGE * PAGES:,} pages", _filled(database, documents, plan.folder))
    chance = random.Random(5)
    numbers = chance.sample(range(1, SHARED), DOCUMENTS)
    copies = {number: edited(documents.pages(number), chance) for number in numbers}
    strangers = [documents.pages(LARGE + number)[:-1] for number in range(DOCUMENTS)]
    common = [[*pages, documents.pages(1)[-1]] for pages in strangers]
    for title, question in (("all pages", ALL_PAGES), (f"newest {NEWEST} a value", NEWEST_PAGES)):
        rows = [
            *_asked(database, question, "copies", list(copies.values())),
            _found(database, question, copies),
            *_asked(database, question, "strangers", strangers),
            *_asked(database, question, f"with a page of {SHARED:,} others", common),
            _plan(database, question, strangers[0]),
        ]
        show(f"candidate versions of a document of {PAGES} pages, {title}", rows)
    show("judging one candidate", [_judged(documents, copies)])


def edited(pages: Sequence[str], chance: random.Random) -> list[str]:
    """A copy with one other word on every page."""
    found = []
    for number, words in enumerate(page.split() for page in pages):
        words[chance.randrange(len(words))] = f"otherwise{number}"
        found.append(" ".join(words))
    return found


def _filled(database: sqlite3.Connection, documents: Documents, folder: Path) -> list[Row]:
    database.executescript(SCHEMA)
    file, spent, words = folder / "duplicates.sqlite", 0.0, 0
    for number in range(1, LARGE + 1):
        pages = documents.pages(number)
        words += sum(len(page.split()) for page in pages)
        began = time.process_time()
        made = [bands(page) for page in pages]
        spent += time.process_time() - began
        numbered = list(enumerate(made, start=number * PAGES))
        database.executemany("INSERT INTO page VALUES (?, ?)", [(n, number) for n, _ in numbered])
        rows = [(value, page) for page, values in numbered for value in values]
        database.executemany("INSERT INTO page_band VALUES (?, ?)", rows)
    database.commit()
    count = database.execute("SELECT COUNT(*) FROM page_band").fetchone()[0]
    return [
        at_most("to make, CPU a page", spent / LARGE / PAGES * 1e6, 500, "µs", 0),
        Row("words a page", f"{words / LARGE / PAGES:.0f}"),
        Row("rows", f"{count:,}"),
        Row("both tables on the disk", f"{file.stat().st_size / 1e6:.0f} MB"),
    ]


def _statement(question: str, pages: Sequence[str]) -> tuple[str, list[int]]:
    values = [value for page in pages for value in bands(page)]
    mark = "(?)" if "VALUES" in question else "?"
    return question.format(", ".join([mark] * len(values))), values


def _asked(
    database: sqlite3.Connection, question: str, name: str, documents: Sequence[Sequence[str]]
) -> Iterator[Row]:
    times = []
    for statement, values in [_statement(question, pages) for pages in documents]:
        began = time.perf_counter()
        database.execute(statement, values).fetchall()
        times.append((time.perf_counter() - began) * 1000)
    yield at_most(f"{name}, median", percentile(times, 0.5), 50, "ms")
    yield Row(f"{name}, slowest", f"{max(times):.1f} ms")


def _found(database: sqlite3.Connection, question: str, copies: dict[int, list[str]]) -> Row:
    first = [
        database.execute(*_statement(question, pages)).fetchone()[0] == number
        for number, pages in copies.items()
    ]
    return Row("copies whose original comes first", f"{sum(first)} of {len(first)}",
               "all", all(first))  # fmt: skip


def _plan(database: sqlite3.Connection, question: str, pages: Sequence[str]) -> Row:
    statement, values = _statement(question, pages)
    steps = [line[3] for line in database.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    # The values asked for are walked through, and are no table.
    scans = [step for step in steps if step.startswith("SCAN") and "asked" not in step
             and "CONSTANT" not in step]  # fmt: skip
    return Row("scans of a table", ", ".join(scans) or "none", "none", not scans)


def _judged(documents: Documents, copies: dict[int, list[str]]) -> Row:
    began = time.process_time()
    judged = [is_nearly_same(documents.pages(number), copy) for number, copy in copies.items()]
    spent = (time.process_time() - began) / len(judged) * 1000
    return at_most(f"{PAGES} pages against {PAGES}", spent, 50, "ms")
