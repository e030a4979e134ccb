"""What is asked of the search: a fixed mix of one to four words, phrases, slips and facets."""

import random
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from app.choices import FacetName
from benchmarks.library import VALUES, Library

# Of a hundred searches, so many are of each sort.
MIX = {
    "1 word": 20,
    "2 words": 20,
    "3 words": 13,
    "4 words": 10,
    "phrase": 10,
    "prefix": 7,
    "typo": 7,
    "word and facet": 8,
    "browse": 5,
}
WORD = re.compile(r"[a-z]+")
ADDRESS = "/api/v1/search?"


class Questions:
    """Makes searches about a library of so many assets; no two series are the same."""

    def __init__(self, library: Library, assets: int, seed: int) -> None:
        self._library = library
        self._assets = assets
        self._chance = random.Random(seed)

    def mixed(self, count: int) -> list[tuple[str, str]]:
        """So many searches as (sort, address), shuffled."""
        sorts = [sort for sort, share in MIX.items() for _ in range(share)]
        made = [(sort, self._address(sort)) for sort in (sorts * (count // 100 + 1))[:count]]
        self._chance.shuffle(made)
        return made

    def typed(self, count: int) -> Iterator[str]:
        """Texts as they grow while somebody types one or two words, from the second letter."""
        for _ in range(count):
            text = " ".join(self._words(self._chance.choice((1, 2)))) or "pricing"
            yield from (text[:end] for end in range(2, len(text) + 1) if text[end - 1] != " ")

    def _address(self, sort: str) -> str:
        narrowed: dict[str, str] = {}
        if sort in ("word and facet", "browse"):
            narrowed = self._facet() if self._chance.random() < 0.8 else {}
        return ADDRESS + urlencode({"q": self._text(sort), **narrowed})

    def _text(self, sort: str) -> str:
        others: dict[str, Callable[[], str]] = {
            "phrase": lambda: f'"{" ".join(self._neighbours())}"',
            "prefix": lambda: self._words(1)[0][:4] + "*",
            "typo": self._slip,
            "word and facet": lambda: self._words(1)[0],
            "browse": lambda: "",
        }
        return others[sort]() if sort in others else " ".join(self._words(int(sort[0])))

    def _words(self, count: int) -> list[str]:
        """Words of one page for two searches of three, else of anywhere."""
        if self._chance.random() < 0.33:
            drawn = iter(lambda: self._library.words.draw(self._chance, 1)[0], "")
            asked = (word for word in drawn if self._library.words.is_asked_for(word))
            return [next(asked) for _ in range(count)]
        found = [word for word in self._page() if self._library.words.is_asked_for(word)]
        return self._chance.sample(found, count) if len(found) >= count else self._words(count)

    def _neighbours(self) -> list[str]:
        words = self._page()
        first = self._chance.randrange(len(words) - 1)
        return words[first : first + 2]

    def _page(self) -> list[str]:
        asset = self._library.asset(self._chance.randint(1, self._assets))
        return WORD.findall(self._chance.choice(asset.pages).text.split("\n")[0].lower())

    def _slip(self) -> str:
        word = next(one for one in iter(lambda: self._words(1)[0], "") if len(one) > 5)
        place = self._chance.randrange(2, len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    def _facet(self) -> dict[str, str]:
        name = self._chance.choice(list(FacetName))
        return {name.singular: self._chance.choice(VALUES[name][0])}
