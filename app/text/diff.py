"""What changed between two versions: page against page, then word against word."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

ALIKE = 0.35
MOST_WORDS = 3000
RARE, COMPARED, NEIGHBOURS = 64, 40, 3
_TOKEN = re.compile(r"\s+|\d+(?:[.,]\d+)*|\w+|[^\w\s]")


class Change(StrEnum):
    """What became of a page."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page before and after, each by its place from 0; none where it was not, or is no more."""

    old: int | None
    new: int | None
    change: Change


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text that stayed (" "), came ("+") or went ("-")."""

    sign: str
    text: str


def pages(old: Sequence[str], new: Sequence[str]) -> list[PageChange]:
    """Pair the pages of two versions by their texts, in the order of the new one.

    Pages with the same text are the same, or moved where their order changed; of the others those
    with the most words in common are paired as changed. What is removed stands where it was.
    """
    same = dict(_same(old, new))
    in_order = _in_order([(was, same[was]) for was in sorted(same)])
    alike = dict(_alike(old, new, same))
    found = {
        now: PageChange(was, now, Change.SAME if was in in_order else Change.MOVED)
        for was, now in same.items()
    }
    found |= {now: PageChange(was, now, Change.CHANGED) for was, now in alike.items()}
    gone = [was for was in range(len(old)) if was not in same and was not in alike]
    return list(_ordered(found, gone, len(new)))


def words(old: str, new: str) -> list[Piece]:
    """What went and what came between two texts; very long ones are told line by line."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, into, until in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece(" ", "".join(before[start:end])))
            continue
        if end > start:
            found.append(Piece("-", "".join(before[start:end])))
        if until > into:
            found.append(Piece("+", "".join(after[into:until])))
    return found


def _same(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pages with the same words, the first with the first where there are several."""
    places: dict[str, list[int]] = defaultdict(list)
    for now in reversed(range(len(new))):
        places[_folded(new[now])].append(now)
    for was, text in enumerate(old):
        if there := places.get(_folded(text)):
            yield was, there.pop()


def _in_order(pairs: Sequence[tuple[int, int]]) -> set[int]:
    """The most pages that kept their order: the longest rising run (patience sorting)."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for place, (_, now) in enumerate(pairs):
        length = bisect_left(ends, now)
        ends[length:] = [now, *ends[length + 1 :]]
        last[length:] = [place, *last[length + 1 :]]
        before.append(last[length - 1] if length else None)
    kept, place_now = set(), last[-1] if last else None
    while place_now is not None:
        kept.add(pairs[place_now][0])
        place_now = before[place_now]
    return kept


def _alike(
    old: Sequence[str], new: Sequence[str], same: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """The other pages, paired by what they share, the most alike first."""
    taken = set(same.values())
    left = {was: Counter(_folded(old[was]).split()) for was in range(len(old)) if was not in same}
    right = {now: Counter(_folded(new[now]).split()) for now in range(len(new)) if now not in taken}
    scored = sorted(_scores(left, right), reverse=True)
    was_paired: set[int] = set()
    now_paired: set[int] = set()
    for _, _, was, now in scored:
        if was not in was_paired and now not in now_paired:
            was_paired.add(was)
            now_paired.add(now)
            yield was, now


def _scores(
    left: Mapping[int, Counter[str]], right: Mapping[int, Counter[str]]
) -> Iterator[tuple[float, int, int, int]]:
    """How alike pages are (Dice, of words with their counts), and how near their places."""
    holders: dict[str, list[int]] = defaultdict(list)
    for now, there in right.items():
        for word in there:
            holders[word].append(now)
    for was, here in left.items():
        for now in _likely(was, here, right, holders):
            common = sum(min(count, right[now][word]) for word, count in here.items())
            share = 2 * common / max(1, here.total() + right[now].total())
            if share >= ALIKE:
                yield share, -abs(was - now), was, now


def _likely(
    was: int,
    here: Counter[str],
    right: Mapping[int, Counter[str]],
    holders: Mapping[str, Sequence[int]],
) -> set[int]:
    """Pages worth comparing: those with the most rare words in common, and the neighbours.

    Words that many pages have would make this quadratic, and tell nothing.
    """
    shared: Counter[int] = Counter()
    for word in here:
        there = holders.get(word, ())
        if len(there) <= RARE:
            shared.update(there)
    near = range(was - NEIGHBOURS, was + NEIGHBOURS + 1)
    return {now for now, _ in shared.most_common(COMPARED)} | {now for now in near if now in right}


def _ordered(
    found: Mapping[int, PageChange], gone: Sequence[int], count: int
) -> Iterator[PageChange]:
    """By the new order; what is gone comes before what came after it."""
    waiting = list(gone)
    for now in range(count):
        one = found.get(now, PageChange(None, now, Change.ADDED))
        while (
            waiting
            and one.old is not None
            and one.change is not Change.MOVED
            and waiting[0] < one.old
        ):
            yield PageChange(waiting.pop(0), None, Change.REMOVED)
        yield one
    for was in waiting:
        yield PageChange(was, None, Change.REMOVED)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
