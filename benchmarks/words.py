"""A made-up English: words whose frequencies follow Zipf's law, the same for the same seed."""

import itertools
import random
from collections.abc import Sequence

VOCABULARY = 40_000
COMMON = (
    "the of and to in a is for that with as on are by be your our we from at it or an this can "
    "not have will their more which they all how one you has when than its who what into new use "
    "time value team up out no most each only between over after across before every where while"
)
SALES = (
    "customer revenue pipeline pricing security platform deal buyer market growth cost migration "
    "integration support compliance contract data cloud onboarding renewal discount competitor "
    "forecast adoption analytics automation budget workflow dashboard audit encryption uptime "
    "latency deployment savings return investment procurement stakeholder objection discovery "
    "demo trial subscription licence reseller partner channel territory quota margin churn "
    "retention expansion upsell benchmark roadmap implementation training certification warranty "
    "logistics inventory manufacturing retail banking insurance healthcare hospital claims payment "
    "fraud identity privacy regulation sustainability energy grid telecom network coverage roaming"
)
ONSETS = (
    "b bl br c ch cl cr d dr f fl fr g gr h j k l m n p pl pr qu r s sc sh sp st str t th tr v w"
)
VOWELS = "a e i o u ai ea ee oa ou"
CODAS = "b ck ct d ft g l ld lt m n nd ng nt p r rd rm rn rt s ss st t x"
ENDINGS = ("", "", "", "s", "ed", "ing", "er", "ers", "ly", "ment", "tion", "able", "ness", "al")


class Words:
    """The vocabulary, by falling frequency."""

    def __init__(self, seed: int) -> None:
        made = _made_up(random.Random(seed))
        found = dict.fromkeys([*COMMON.split(), *SALES.split()])
        while len(found) < VOCABULARY:
            found[next(made)] = None
        self.all: Sequence[str] = list(found)
        self._sums = list(itertools.accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
        self._common = frozenset(self.all[:100])

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """Words as a text has them."""
        return chance.choices(self.all, cum_weights=self._sums, k=count)

    def is_asked_for(self, word: str) -> bool:
        """Whether people search for such a word: not for the hundred that are everywhere."""
        return word not in self._common


def _made_up(chance: random.Random) -> itertools.chain[str]:
    onsets, vowels, codas = ONSETS.split(), VOWELS.split(), CODAS.split()

    def syllable() -> str:
        return chance.choice(onsets) + chance.choice(vowels)

    def relatives() -> list[str]:
        size = chance.choice((1, 1, 2, 2, 3))
        stem = "".join(syllable() for _ in range(size)) + chance.choice(codas)
        return [stem + ending for ending in chance.sample(ENDINGS, 3)]

    return itertools.chain.from_iterable(iter(relatives, None))
