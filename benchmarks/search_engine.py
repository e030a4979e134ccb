"""How fast a search engine builds, searches and marks, on a made-up library.

python -m benchmarks.search_engine [--engine tantivy|whoosh] [--assets 2000] [--queries 200]
"""

import argparse
import bisect
import itertools
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from app.backends.search.base import AssetDocument, Change, PageText
from app.backends.search.registry import open_engine
from app.text.query import parse

PAGES = 20
VOCABULARY = 60_000


class Library:
    """Assets of 20 pages whose words follow Zipf's law; the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self.words = [self._word() for _ in range(VOCABULARY)]
        weights = (1 / (rank + 3) for rank in range(VOCABULARY))
        self._sums = list(itertools.accumulate(weights))

    def sample(self, count: int) -> list[str]:
        draws = (self._random.random() * self._sums[-1] for _ in range(count))
        return [self.words[bisect.bisect(self._sums, draw)] for draw in draws]

    def asset(self, number: int) -> AssetDocument:
        lengths = [self._random.randint(30, 130) for _ in range(PAGES)]
        pages = tuple(
            PageText(n, self._text(5), self._text(length), self._text(20 if n % 3 else 0))
            for n, length in enumerate(lengths, start=1)
        )
        facets = {
            "kind": (self._random.choice(["deck", "battlecard", "one_pager", "case_study"]),),
            "competitor": (self._random.choice(["Acme Inc", "Globex", "Initech"]),),
            "owner": (f"rep{number % 50}@example.com", f"Rep Number{number % 50}"),
        }
        return AssetDocument(number, self._text(6), self._text(25), facets, True, pages)

    def asked(self, count: int) -> list[str]:
        """Words as people ask for them: seldom the hundred that are on every page."""
        common = set(self.words[:100])
        drawn = (word for word in iter(lambda: self.sample(1)[0], "") if word not in common)
        return list(itertools.islice(drawn, count))

    def _text(self, count: int) -> str:
        return " ".join(self.sample(count))

    def _word(self) -> str:
        syllables = [
            self._random.choice("bcdfghklmnprstvz") + self._random.choice("aeiou")
            for _ in range(self._random.randint(2, 5))
        ]
        return "".join(syllables) + self._random.choice(["", "n", "r", "s", "t", "l"])


def queries(library: Library, count: int) -> Iterator[tuple[str, list[str]]]:
    """The kinds of query, with their texts."""

    def several(make: Callable[[], str]) -> list[str]:
        return [make() for _ in range(count)]

    def phrase() -> str:
        return f'"{" ".join(library.asked(2))}"'

    def typo() -> str:
        word = next(w for w in iter(lambda: library.asked(1)[0], "") if len(w) > 5)
        return word[:3] + word[4] + word[3] + word[5:] + "q"

    for size in (1, 2, 3, 4):
        yield f"{size} word", several(lambda size=size: " ".join(library.asked(size)))  # type: ignore[misc]
    yield "phrase", several(phrase)
    yield "prefix", several(lambda: library.asked(1)[0][:3] + "*")
    yield "typo", several(typo)
    yield "facet", several(lambda: "kind:deck competitor:globex")
    yield "word+facet", several(lambda: f"{library.asked(1)[0]} kind:deck")
    yield "word-word", several(lambda: "{} -{}".format(*library.asked(2)))


def milliseconds(run: Callable[[], object]) -> float:
    """CPU of this process for one call."""
    started = time.process_time()
    run()
    return (time.process_time() - started) * 1000


def summary(times: list[float]) -> str:
    """The median, the 95th percentile and the worst."""
    ordered = sorted(times)
    return "  ".join(f"{ordered[int((len(ordered) - 1) * part)]:6.2f}" for part in (0.5, 0.95, 1))


def memory() -> int:
    """Megabytes of this process, shared ones included."""
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in x)
    return int(line.split()[1]) // 1024


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--engine", choices=["tantivy", "whoosh"], default="tantivy")
    arguments.add_argument("--assets", type=int, default=2000)
    arguments.add_argument("--queries", type=int, default=200)
    asked = arguments.parse_args()
    library = Library()
    with tempfile.TemporaryDirectory() as folder:
        address = f"{asked.engine}:{folder}"
        build(library, address, Path(folder), asked.assets)
        search(library, address, asked.queries)


def build(library: Library, address: str, folder: Path, assets: int) -> None:
    """Fill a new index and print its pace and size."""
    made = [library.asset(number) for number in range(1, assets + 1)]
    engine = open_engine(address)
    print(f"{address.partition(':')[0]}: assets {assets}, pages {assets * PAGES}")
    started, busy = time.perf_counter(), time.process_time()
    engine.rebuild(made, 1)
    passed, busy = time.perf_counter() - started, time.process_time() - busy
    print(f"rebuild: {assets * PAGES / passed:,.0f} pages/s ({busy:.1f} CPU s)")
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(f"index: {size / 1e6:.0f} MB")
    changes = [Change(made[i].asset_id, made[i]) for i in range(5)]
    times = [milliseconds(lambda n=n: engine.apply(changes, n)) for n in range(2, 12)]  # type: ignore[misc]
    print(f"apply 5 assets, CPU ms p50 p95 max: {summary(times)}")
    engine.close()


def search(library: Library, address: str, count: int) -> None:
    """Search as a process does that never wrote, and print CPU milliseconds."""
    engine = open_engine(address)
    pages = [library._text(100) for _ in range(20)]
    before = memory()
    print(f"{'CPU ms':12}  search p50    p95    max   20 snippets p50 p95 max   matches")
    for kind, texts in queries(library, count):
        parsed = [parse(text) for text in texts]
        found = [engine.search(q, match_all=True, best=500).assets.bit_count() for q in parsed]
        times = [
            milliseconds(lambda q=q: engine.search(q, match_all=True, best=500))  # type: ignore[misc]
            for q in parsed
        ]
        marks = [
            milliseconds(lambda q=q: [engine.snippet(q, page) for page in pages])  # type: ignore[misc]
            for q in parsed
        ]
        mean = sum(found) / len(found)
        print(f"{kind:12}{summary(times)}     {summary(marks)}   {mean:8.0f}")
    print(f"memory of the reading process: {memory()} MB (before searching {before})")


if __name__ == "__main__":
    main()
