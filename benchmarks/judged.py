"""Judged collections in BEIR form, and the two measures of a ranking."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path

Grades = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """One document as its collection has it."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, questions by name, their judgements, and what is left out of a ranking."""

    name: str
    documents: Sequence[JudgedDocument]
    questions: Mapping[str, str]
    grades: Mapping[str, Grades]
    excluded: frozenset[tuple[str, str]]


def is_collection(folder: Path) -> bool:
    """Whether a folder holds a collection."""
    return (folder / "corpus.jsonl").is_file()


def read(folder: Path) -> Collection:
    """A folder with corpus.jsonl, queries.jsonl and qrels.tsv or qrels/test.tsv.

    `exclude.tsv` may name documents that are left out of a question's ranking. Only questions
    with a relevant document are kept, as there is nothing to find for others.
    """
    judged = next(
        path for path in (folder / "qrels.tsv", folder / "qrels/test.tsv") if path.exists()
    )
    grades: dict[str, dict[str, int]] = {}
    for question, document, grade in _rows(judged):
        if int(grade) > 0:
            grades.setdefault(question, {})[document] = int(grade)
    texts = {row["_id"]: row["text"] for row in _objects(folder / "queries.jsonl")}
    excluded = folder / "exclude.tsv"
    return Collection(
        folder.name,
        [
            JudgedDocument(row["_id"], row.get("title") or "", row.get("text") or "")
            for row in _objects(folder / "corpus.jsonl")
        ],
        {name: texts[name] for name in grades if name in texts},
        grades,
        frozenset((row[0], row[1]) for row in _rows(excluded))
        if excluded.exists()
        else frozenset(),
    )


def ndcg(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """The normalised discounted cumulative gain of the first so many.

    As trec_eval's `ndcg_cut` and BEIR have it: the gain is the grade itself (not 2^grade - 1), the
    discount log2(rank + 1), the ideal ranking that of all judged documents.
    """
    gained = _discounted([grades.get(name, 0) for name in ranking[:depth]])
    ideal = _discounted(sorted(grades.values(), reverse=True)[:depth])
    return gained / ideal if ideal else 0.0


def recall(ranking: Sequence[str], grades: Grades, depth: int = 100) -> float:
    """Which part of the relevant documents is among the first so many (trec_eval's `recall`)."""
    relevant = {name for name, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranking[:depth])) / len(relevant) if relevant else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _objects(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _rows(path: Path) -> Iterator[list[str]]:
    """The lines of a table without the names of its columns, if it has them."""
    with path.open(encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if line.strip()]
    yield from rows[1:] if rows and rows[0][0] in ("query-id", "query_id") else rows
