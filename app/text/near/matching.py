"""Which pages of two documents are the same page, and whether the documents are nearly the same."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from app.text.near.shingles import SAME, Shingles, overlap, says_enough, shingles

# Per cent of the pages of the shorter document; pages that say too little are in neither count.
NEARLY_SAME = 60
# Where all pages are from one mould, a page's shared shingles are counted up to here, and it is
# compared with those alone that share most.
MOST_COUNTED = 3_000
MOST_COMPARED = 30

Places = dict[Shingles, deque[int]]


def matching_pages(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places from 0 of pages that are the same, each in one pair at most, by the old order.

    The most alike are paired first; of several with the same words, the first with the first.
    """
    return _paired(_places(old), _places(new))


def is_nearly_same(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether enough pages of the shorter document are in the other, in any order.

    Never where a document has no page that says enough.
    """
    matching, shorter = shared(old, new)
    return is_enough(matching, shorter)


def shared(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many pages match, and of how many of the shorter document that say enough."""
    left, right = _places(old), _places(new)
    shorter = min(sum(map(len, one.values())) for one in (left, right))
    return len(_paired(left, right)), shorter


def is_enough(matching: int, shorter: int) -> bool:
    """Whether so many matching pages of the shorter document make two documents nearly the same."""
    return shorter > 0 and 100 * matching >= NEARLY_SAME * shorter


def _places(pages: Sequence[str]) -> Places:
    """Where each text stands, of those that say enough."""
    found: Places = defaultdict(deque)
    for place, text in enumerate(pages):
        page = shingles(text)
        if says_enough(page):
            found[page].append(place)
    return found


def _paired(left: Places, right: Places) -> list[tuple[int, int]]:
    """Takes the places that it pairs."""
    found = []
    for was, now in _best_first(left, right):
        while left[was] and right[now]:
            found.append((left[was].popleft(), right[now].popleft()))
    return sorted(found)


def _best_first(left: Places, right: Places) -> Iterator[tuple[Shingles, Shingles]]:
    """Texts that are the same page; what ties is ordered by the texts, whatever their places."""
    texts = sorted(left.keys() | right.keys(), key=sorted)
    holders = defaultdict(list)
    for number, page in enumerate(texts):
        for shingle in page if page in left else ():
            holders[shingle].append(number)
    scored = [
        (-share, was, now)
        for now, page in enumerate(texts)
        if page in right
        for was in _likely(page, holders)
        if (share := overlap(texts[was], page)) >= SAME
    ]
    for _, was, now in sorted(scored):
        yield texts[was], texts[now]


def _likely(page: Shingles, holders: Mapping[str, Sequence[int]]) -> Iterator[int]:
    """Texts that may be alike enough, those first that have most of the rare shingles in common.

    Who has SAME of all has SAME of this page's, hence one at least of any that are more than the
    rest: so only the rarest are looked up (prefix filtering: Chaudhuri, Ganti, Kaushik, 2006).
    """
    rare_first = sorted(page, key=lambda one: (len(holders.get(one, ())), one))
    shared: Counter[int] = Counter()
    counted = 0
    for shingle in rare_first[: len(page) - ceil(SAME * len(page)) + 1]:
        having = holders.get(shingle, ())
        shared.update(having)
        counted += len(having)
        if counted >= MOST_COUNTED:
            break
    return (number for number, _ in shared.most_common(MOST_COMPARED))
