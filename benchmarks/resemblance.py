"""How often near duplicates are missed or made up: python -m benchmarks.resemblance FOLDER….

Makes edited copies of a folder's documents and asks for each which documents are nearly the same,
as the hub does: candidates by bands, judged page by page. Every other document is counted as wrong
in the precision, unless the unedited original is nearly the same as that one too; such pairs are
told by name, for a person to judge.
"""

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

from app.text.near import bands, is_nearly_same, is_same_page, matching_pages
from benchmarks.edited import EDITS, Document, copies, read, resaved

MOST_CANDIDATES = 20
LENGTHS = (8, 10, 12, 15, 20, 30, 50, 100)
TRIALS = 1_000
HEADINGS = ("edit", "copies", "found", "candidate", "precision", "strict",
            "pages", "by a band", "paired", "right")  # fmt: skip

said = cache(bands)


class Library:
    """The unedited documents that say enough, found by the bands of their pages."""

    def __init__(self, documents: Mapping[Path, Document]) -> None:
        self.documents = {f: d for f, d in documents.items() if any(said(p.words) for p in d)}
        self._holders: dict[int, set[Path]] = defaultdict(set)
        for file, document in self.documents.items():
            for page in document:
                for value in said(page.words):
                    self._holders[value].add(file)

    def candidates(self, document: Document) -> list[Path]:
        """The documents with the most pages that share a band."""
        counted = Counter(
            file
            for page in document
            for file in {f for value in said(page.words) for f in self._holders[value]}
        )
        return [file for file, _ in counted.most_common(MOST_CANDIDATES)]

    def nearly_same(self, document: Document) -> set[Path]:
        """Those that the hub would tell."""
        return {
            file
            for file in self.candidates(document)
            if is_nearly_same(texts(self.documents[file]), texts(document))
        }


def texts(document: Document) -> list[str]:
    """What is compared, page by page."""
    return [page.words for page in document]


def main() -> None:
    """Print a table of edits, one of page lengths, and the pairs to judge."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.resemblance")
    parser.add_argument("folders", nargs="+", type=Path)
    library, chance = Library(read(parser.parse_args().folders)), random.Random(11)
    known = {file: library.nearly_same(pages) for file, pages in library.documents.items()}
    print(f"{len(known)} documents, {sum(map(len, library.documents.values()))} pages")
    lines: list[tuple[str, ...]] = [HEADINGS]
    for name, edit in EDITS.items():
        lines.append(_line(name, library, known, copies(library.documents, edit, chance)))
    again = ((file, copy) for file in known if (copy := resaved(file)))
    lines.append(_line("re-saved", library, known, again))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
    for length in LENGTHS:
        print(_by_length(library, length, chance))
    for one, other in combinations(known, 2):
        if other in known[one]:
            print(f"nearly the same: {one.name} | {other.name}")


def _line(
    name: str,
    library: Library,
    known: Mapping[Path, set[Path]],
    edited: Iterator[tuple[Path, Document]],
) -> tuple[str, ...]:
    tally: Counter[str] = Counter()
    for file, copy in edited:
        if not any(said(page.words) for page in copy):
            continue
        told = library.nearly_same(copy)
        tally["copies"] += 1
        tally["found"] += file in told
        tally["candidate"] += file in library.candidates(copy)
        tally["told"] += len(told)
        tally["new"] += len(told - known[file] - {file})
        tally.update(_pages(library.documents[file], copy))
    return (
        name, str(tally["copies"]), _share(tally["found"], tally["copies"]),
        _share(tally["candidate"], tally["copies"]),
        _share(tally["told"] - tally["new"], tally["told"]), _share(tally["found"], tally["told"]),
        str(tally["pages"]), _share(tally["banded"], tally["pages"]),
        _share(tally["right"], tally["pages"]), _share(tally["right"], tally["paired"]),
    )  # fmt: skip


def _pages(original: Document, copy: Document) -> Counter[str]:
    """Pages that say enough before and after, those found by a band, pairs and right pairs."""
    tally: Counter[str] = Counter()
    for page in copy:
        here, there = said(page.words), said(original[page.origin].words)
        tally["pages"] += bool(here and there)
        tally["banded"] += bool(set(here) & set(there))
    for was, now in matching_pages(texts(original), texts(copy)):
        tally["paired"] += 1
        # Two pages with the same words are one as good as the other.
        tally["right"] += original[was].words == original[copy[now].origin].words
    return tally


def _by_length(library: Library, length: int, chance: random.Random) -> str:
    """One word changed in passages of so many words, taken from anywhere in the documents."""
    long = [words for words in _words(library) if len(words) >= length]
    banded = same = 0
    for _ in range(TRIALS):
        words = chance.choice(long)
        start = chance.randrange(len(words) - length + 1)
        passage = words[start : start + length]
        other = list(passage)
        other[chance.randrange(length)] = "otherwise"
        before, after = " ".join(passage), " ".join(other)
        banded += bool(set(bands(before)) & set(bands(after)))
        same += is_same_page(before, after)
    return (
        f"one of {length} words changed: by a band {_share(banded, TRIALS)}, "
        f"the same page {_share(same, TRIALS)}"
    )


def _words(library: Library) -> Iterator[Sequence[str]]:
    for document in library.documents.values():
        yield from (page.words.split() for page in document if page.words.isascii())


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "none"


if __name__ == "__main__":
    main()
