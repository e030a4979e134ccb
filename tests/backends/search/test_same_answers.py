"""Both engines give the same answers, over a made-up library and every kind of query."""

import itertools
import random
from statistics import mean

import pytest

from app.backends.search.base import AssetDocument, Change, PageText
from app.backends.search.registry import open_engine
from app.backends.search.tantivy import analysis as tantivy_analysis
from app.backends.search.whoosh import analysis as whoosh_analysis
from app.text.query import parse
from tests.matches import pages_by_asset

ROOTS = """
price discount organize organic university universal commerce compete account deal team renew
argue generate internal international region market product launch customer happy quick slide
enterprise security comply integrate migrate train support adopt expand retain forecast pipeline
""".split()
ENDINGS = ["", "s", "d", "ed", "ing", "ation", "ational", "er", "ly", "ness", "able", "ity", "'s"]
OTHERS = [
    "Café",
    "brûlée",
    "日本語",
    "資料",
    "고객사례",
    "follow-up",
    "Q3",
    "2026",
    "a",
    "the",
    "हिन्दी",
]
KINDS = ["deck", "battlecard", "one_pager", "case_study"]
RIVALS = ["Acme Inc", "Globex", "Crédit Acme"]
AGREED = 0.99
WORDS, ASSETS, QUERIES = 11, 12, 13
"""What chance begins with."""


class Library:
    """Assets and queries of the same words, a few of them on most pages; the same for each seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(WORDS)
        words = [root + ending for root, ending in itertools.product(ROOTS, ENDINGS)] + OTHERS
        self.chance.shuffle(words)
        self.words = words
        self.weights = [1 / (rank + 5) for rank in range(len(words))]
        self.chance.seed(seed)

    def text(self, length: int) -> str:
        return " ".join(self.chance.choices(self.words, self.weights, k=length))

    def asset(self, number: int) -> AssetDocument:
        pages = tuple(
            PageText(n, self.text(3), self.text(self.chance.randint(0, 60)), self.text(n % 3 * 5))
            for n in range(1, self.chance.randint(1, 8))
        )
        facets = {
            "kind": (self.chance.choice(KINDS),),
            "competitor": tuple(self.chance.sample(RIVALS, number % 3)),
            "owner": (f"rep{number % 5}@example.com", f"Rep Number{number % 5}"),
        }
        is_public = number % 10 != 0
        return AssetDocument(number, self.text(4), self.text(12), facets, is_public, pages)

    def queries(self) -> list[str]:
        word, some = (lambda: self.text(1)), (lambda: self.text(3))
        makers = [
            word, some, lambda: self.text(2), lambda: self.text(6),
            lambda: f'"{self.text(2)}"', lambda: f"{self.chance.choice(ROOTS)[:3]}*", self.slip,
            lambda: f"{word()} -{word()}", lambda: f'{some()} -"{self.text(2)}"',
            lambda: f"-{word()} kind:deck", lambda: f"{word()} OR ({word()} AND {word()})",
            lambda: f"({word()} OR {word()}) {word()} NOT {word()}", lambda: f"title:{word()}",
            lambda: f"{some()} kind:{self.chance.choice(KINDS)}",
            lambda: "competitor:ac* owner:rep",
            lambda: f'{word()} OR competitor:"credit acme"', lambda: f"-{word()} OR {word()}",
            self.phrase,
        ]  # fmt: skip
        return [make() for make in makers for _ in range(14)]

    def slip(self) -> str:
        word = self.chance.choice([root + "ing" for root in ROOTS])
        return f"{word[:3]}{word[4]}{word[3]}{word[5:]} {self.text(1)}"

    def phrase(self) -> str:
        """Words that do stand side by side somewhere."""
        words = [word for word in self.text(400).split() if word in self.words[:12]]
        return f'"{" ".join(words[:2])}"'


@pytest.fixture
def library():
    """Asks the same in every test, whichever ran before it."""
    return Library(QUERIES)


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    """Both engines over the same library, some of it changed or taken out after the rebuild."""
    library = Library(ASSETS)
    assets = [library.asset(number) for number in range(1, 251)]
    changes = [Change(n, library.asset(n)) for n in range(5, 250, 50)] + [Change(7, None)]
    folder = tmp_path_factory.mktemp("engines")
    opened = [open_engine(f"{name}:{folder / name}") for name in ("tantivy", "whoosh")]
    for engine in opened:
        engine.rebuild(assets, 1)
        engine.apply(changes, 2)
    yield opened
    for engine in opened:
        engine.close()


def top(matches):
    return {(hit.asset_id, hit.page) for hit in matches.best}


@pytest.mark.parametrize("match_all", [True, False])
def test_engines_find_the_same_and_put_the_same_first(match_all, library, engines):
    overlaps = []
    for text in library.queries():
        one, other = (e.search(parse(text), match_all=match_all, best=10) for e in engines)
        assert pages_by_asset(one) == pages_by_asset(other), text
        if top(one):
            overlaps.append(len(top(one) & top(other)) / len(top(one)))
    assert len(overlaps) > 150
    assert mean(overlaps) >= AGREED


def test_engines_score_alike(engines):
    for text in ("price", "price discount", '"price discount"', "pri*", "prciing"):
        one, other = (e.search(parse(text), match_all=False, best=5).best for e in engines)
        assert [hit.score for hit in one] == pytest.approx([hit.score for hit in other], rel=1e-3)


def test_engines_complete_spell_and_mark_alike(library, engines):
    one, other = engines
    for root in ROOTS:
        slip = root[:2] + root[3:] + "s"
        assert one.completions(root[:2], 20) == other.completions(root[:2], 20)
        assert (one.spelled(slip), one.knows(slip)) == (other.spelled(slip), other.knows(slip))
        query, text = parse(f"{root[:4]}* {slip}"), library.text(60)
        assert one.snippet(query, text) == other.snippet(query, text)


def test_engines_stem_alike():
    endings = (*ENDINGS, "eed", "eedly", "ization", "ical", "ogist", "fulness", "ies", "ying", "ll")
    words = [root[:cut] + ending for root in ROOTS for cut in range(2, 14) for ending in endings]
    words += ["added", "dying", "paste", "emergencies", "organic", "sky", "skies", "proceeded"]
    assert [whoosh_analysis.stems(w) for w in words] == [tantivy_analysis.stems(w) for w in words]


@pytest.mark.parametrize("text", ["ab_cd e-f", "x" * 79, "x" * 80, "é" * 60, "Ⓐ½ naïve", "🦊 fox"])
def test_engines_split_alike(text):
    assert whoosh_analysis.plain_words(text) == tantivy_analysis.plain_words(text)
