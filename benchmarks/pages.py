"""Pages about pieces, deals and what is counted of them, with a large company behind them."""

from benchmarks.client import Headers, alone
from benchmarks.hub import Hub, filled
from benchmarks.plan import Plan
from benchmarks.report import Row, at_most, percentile, show, spread
from benchmarks.typing_along import signed_in

ASSETS, DEALS, USES = 5_000, 20_000, 500_000
ASKED = 40
PAGES = {
    "first page": ("/", ASKED),
    "list of deals": ("/deals", ASKED),
    "finding a deal": ("/deals?outcome=all&q=deal+199", ASKED),
    "a deal": ("/deals/{}", ASKED),
    "logging a use from a deal": ("/deals/{}/use", ASKED),
    "a piece": ("/assets/asset-number-{}", ASKED),
    "logging a use from a piece": ("/assets/asset-number-{}/use", ASKED),
}
OF_MARKETERS = {
    "insights, the first page": ("/insights", ASKED),
    "scoreboard": ("/insights/scoreboard", ASKED),
    "adoption": ("/insights/adoption", ASKED),
    "coverage": ("/insights/coverage", ASKED),
    "evidence, the list": ("/insights/evidence", ASKED),
    "evidence, a piece": ("/insights/evidence/asset-number-{}", ASKED),
    "library health": ("/insights/library", ASKED),
    "governance, the board": ("/governance", ASKED),
    "governance, a quadrant by suggestion": (
        "/governance?quadrant=hot_but_stale&sort=-suggestion",
        ASKED,
    ),
    "governance, to be retired": ("/governance?suggestion=retire", ASKED),
    "governance, page by title": ("/governance?sort=title&cursor=MjUwMA", ASKED),
    "governance, JSON of 200": ("/api/v1/insights/governance?limit=200", ASKED),
}


def measure(plan: Plan) -> None:
    """Each page some times, of pieces and deals from all over."""
    hub = filled(plan.folder, ASSETS)
    if not (hub.folder / "dealt").exists():
        hub.run("benchmarks.dealing", str(DEALS), str(USES))
        (hub.folder / "dealt").touch()
    rows = [_evidence(hub)]
    with hub.serving():
        rep = signed_in(hub)
        marketer = signed_in(hub, "owner0") | hub.token("marketer")
        for headers, pages in ((rep, PAGES), (marketer, OF_MARKETERS)):
            for name, (path, times) in pages.items():
                rows += _asked(hub, headers, name, path, times)
    show(f"pages at {ASSETS:,} pieces, {DEALS:,} deals, {USES:,} uses", rows)


def _evidence(hub: Hub) -> Row:
    """Everybody's evidence, scoreboard and adoption, worked out whole, as the command says it."""
    said = hub.run("flask", "--app", "wsgi", "evidence", "refresh").strip().splitlines()[0]
    return at_most("evidence of everybody's deals, worked out", float(said.split()[-2]), 10, "s")


def _asked(hub: Hub, headers: Headers, name: str, path: str, times: int) -> list[Row]:
    taken = alone(hub.port, headers, [path.format(n * 97 + 1) for n in range(times + 3)])
    own = taken.times[3:]
    return [
        at_most(f"{name}, p95", percentile(own, 0.95), 100, "ms"),
        Row(f"{name}, p50 / p95 / p99", f"{spread(own)} ms"),
    ]
