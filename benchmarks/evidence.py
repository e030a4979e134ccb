"""Does the evidence find what is there, and nothing else: python -m benchmarks.evidence.

Companies are made of worlds whose truth is known, and the definitions of `app/evidence` are put to
them. It takes ten minutes on two cores; `--companies 20` is a glance.
"""

import argparse
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from statistics import fmean

from app import bitmaps
from app.evidence.comparing import compare, match
from app.evidence.deal_sets import Arms
from app.evidence.mantel_haenszel import Difference, counted
from app.evidence.normal import interval
from app.evidence.risk_sets import RiskSets
from app.evidence.verdict import Judged, Row, Verdict, judge
from benchmarks.companies import DECISIVE, SPECIAL, Company, World, made

COMPANIES = 200
NULL = World("no effect")
NO_EFFECT: Sequence[World] = (
    NULL,
    World("no effect, good deals get more content", by_quality=0.5),
    World("no effect, used at every stage", by_quality=0.3, wandering=True),
    World("no effect, used unevenly and at unequal times", by_quality=0.3, uneven=True),
    World("no effect, quick losses", by_quality=0.3, quick_losses=True),
    World("no effect, star reps", by_quality=0.3, stars=True),
    World("no effect, all of these", by_quality=0.5, wandering=True, uneven=True,
          quick_losses=True, stars=True),
)  # fmt: skip
EFFECT = World("one helps", deals=4000, by_quality=0.3, rescued=0.55, used=400)
ONE_HELPS: Sequence[World] = (
    EFFECT,
    replace(EFFECT, name="one helps", used=200),
    replace(EFFECT, name="one helps", used=120),
)
ASKED = World("only serious buyers ask for it, no effect", deals=4000, by_quality=0.3,
              asked_for=0.7, used=400)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What one company came to, the special asset apart from the others.

    `gain` is by how much it raised the chance of the matched used deals, `gain_beyond` by how much
    more than that of the comparable ones, some of which used it later.
    """

    used: int
    gain: float
    gain_beyond: float
    peer: Difference | None
    verdict: Verdict
    others: int
    others_told: int

    def covers(self, truth: float) -> bool | None:
        """Whether the peer interval has the truth in it; none without peers."""
        if self.peer is None:
            return None
        low, high = interval(self.peer.lift, self.peer.variance)
        return low <= truth <= high


def tried(world: World, seed: int) -> Found:
    """Make a company and look at it."""
    company = made(world, Random(f"{world.name} {world.deals} {world.used} {seed}"))
    sets = RiskSets(company.deals, company.uses)
    verdicts = judged(company, sets)
    special = verdicts[(SPECIAL, DECISIVE)]
    others = _told([one for (asset, _), one in verdicts.items() if asset != SPECIAL])
    strata = list(match(sets, DECISIVE, company.uses[SPECIAL]).arms)
    gain, later = _gain(company, sets, strata)
    return Found(
        used=special.row.comparison.used,
        gain=gain,
        gain_beyond=gain - later,
        peer=Difference(special.peer.lift, special.peer.variance) if special.peer else None,
        verdict=special.verdict,
        others=len(others),
        others_told=sum(others),
    )


def judged(company: Company, sets: RiskSets) -> dict[tuple[int, int], Judged]:
    """The verdict on each asset at each stage."""
    verdicts: dict[tuple[int, int], Judged] = {}
    rows = [
        Row(asset, "deck", stage, len({use.person for use in by_deal.values()}),
            compare(sets, match(sets, stage, of_asset)))
        for asset, of_asset in sorted(company.uses.items())
        for stage, by_deal in sorted(of_asset.items())
    ]  # fmt: skip
    for one in judge(rows, is_mature=True):
        assert isinstance(one.row.asset, int)
        verdicts[(one.row.asset, one.row.stage)] = one
    return verdicts


def _told(verdicts: Sequence[Judged]) -> list[bool]:
    """By asset, whether there is a verdict at its own stage, where most deals used it."""
    own: dict[object, Judged] = {}
    for one in verdicts:
        best = own.get(one.row.asset)
        if best is None or one.row.comparison.used > best.row.comparison.used:
            own[one.row.asset] = one
    return [one.verdict is not Verdict.CANT_TELL for one in own.values()]


def _gain(company: Company, sets: RiskSets, strata: Sequence[Arms]) -> tuple[float, float]:
    """By how much the special asset raised the chance of the used and of the comparable deals."""
    weights = [counted(arms, sets.won).weight for arms in strata]

    def mean(arms: Sequence[Iterable[int]]) -> float:
        gains = (
            fmean(company.gains.get(sets.deals[place].number, 0.0) for place in deals)
            for deals in arms
        )
        return sum(w * one for w, one in zip(weights, gains, strict=True)) / sum(weights)

    return mean([arms.used for arms in strata]), mean(
        [bitmaps.members(arms.comparable) for arms in strata]
    )


def report(world: World, found: Sequence[Found]) -> str:
    """A line on a world."""
    wrong = sum(one.others_told for one in found)
    looked_at = sum(one.others for one in found)
    if not world.rescued and not world.asked_for:
        wrong += sum(one.verdict is not Verdict.CANT_TELL for one in found)
        looked_at += len(found)
    line = f"{world.name}, {world.deals} deals: with a verdict though without effect "
    line += f"{wrong / looked_at:.2%} of {looked_at} assets"
    if not world.rescued and not world.asked_for:
        return line
    seen = fmean(one.verdict is Verdict.LIKELY_HELPS for one in found)
    line += f"; the one, used on {fmean(one.used for one in found):.0f}, found {seen:.1%}"
    against = [("never", [one.covers(one.gain) for one in found])]
    if world.rescued:
        against.append(("not yet", [one.covers(one.gain_beyond) for one in found]))
        line += f", true {fmean(one.gain for one in found):+.1%}"
    line += f", peer lift {fmean(one.peer.lift for one in found if one.peer):+.1%}, covers"
    for name, covers in against:
        line += f" {fmean(one for one in covers if one is not None):.1%} ({name})"
    return line


def main() -> None:
    """Try every world and print what came out."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence")
    parser.add_argument("--companies", type=int, default=COMPANIES, help="of each world")
    asked = parser.parse_args()
    large = [replace(world, deals=4000) for world in NO_EFFECT]
    with ProcessPoolExecutor() as pool:
        for world in (*NO_EFFECT, *large, *ONE_HELPS, ASKED):
            found = list(pool.map(partial(tried, world), range(asked.companies)))
            print(report(world, found), flush=True)


if __name__ == "__main__":
    main()
