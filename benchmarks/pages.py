"""Pages about pieces, deals and evidence, with as much behind them as a large company has."""

from benchmarks.client import alone
from benchmarks.hub import filled
from benchmarks.plan import Plan
from benchmarks.report import Row, at_most, percentile, show, spread
from benchmarks.typing_along import signed_in

ASSETS, DEALS, USES = 5_000, 20_000, 500_000
ASKED, SLOWLY = 40, 5
PAGES = {
    "first page": ("/", ASKED),
    "list of deals": ("/deals", ASKED),
    "finding a deal": ("/deals?outcome=all&q=deal+199", ASKED),
    "a deal": ("/deals/{}", ASKED),
    "logging a use from a deal": ("/deals/{}/use", ASKED),
    "a piece": ("/assets/asset-number-{}", ASKED),
    "logging a use from a piece": ("/assets/asset-number-{}/use", ASKED),
    "evidence, the list": ("/insights/evidence", SLOWLY),
    "evidence, a piece": ("/insights/evidence/asset-number-{}", ASKED),
}


def measure(plan: Plan) -> None:
    """Each page some times, of pieces and deals from all over."""
    hub = filled(plan.folder, ASSETS)
    if not (hub.folder / "dealt").exists():
        hub.run("benchmarks.dealing", str(DEALS), str(USES))
        (hub.folder / "dealt").touch()
    rows = []
    with hub.serving():
        cookie = signed_in(hub)
        for name, (path, times) in PAGES.items():
            taken = alone(hub.port, cookie, [path.format(n * 97 + 1) for n in range(times + 3)])
            own = taken.times[3:]
            rows.append(at_most(f"{name}, p95", percentile(own, 0.95), 100, "ms"))
            rows.append(Row(f"{name}, p50 / p95 / p99", f"{spread(own)} ms"))
    show(f"pages at {ASSETS:,} pieces, {DEALS:,} deals, {USES:,} uses", rows)
