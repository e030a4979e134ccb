"""Memory at rest: each process of a hub that was searched and is now left alone."""

import time

from benchmarks import processes
from benchmarks.hub import filled
from benchmarks.library import Library
from benchmarks.plan import ASSETS, Plan
from benchmarks.questions import Questions
from benchmarks.report import Row, at_most, show
from benchmarks.search import warm

SECONDS = 3.0


def measure(plan: Plan) -> None:
    """PSS, in which what processes share is counted once."""
    hub = filled(plan.folder, ASSETS)
    with hub.serving():
        fresh = sum(processes.pss(pid) for pids in hub.parts().values() for pid in pids)
        asked = Questions(Library(), ASSETS, seed=3)
        warm(hub.port, hub.token("rep"), asked)
        time.sleep(SECONDS)
        held = {name: [processes.pss(p) for p in pids] for name, pids in hub.parts().items()}
        spent = _background(hub.parts())
    rows = [
        Row(name, " + ".join(f"{one:.1f}" for one in sizes) + " MB") for name, sizes in held.items()
    ]
    total = sum(sum(sizes) for sizes in held.values())
    everything = at_most("all together", total, 300, "MB")
    rows += [everything, Row("all together before the first search", f"{fresh:.1f} MB"), spent]
    show("memory at rest (PSS), after 800 searches", rows)


def _background(parts: dict[str, list[int]]) -> Row:
    before = {name: processes.cpu_seconds(pids) for name, pids in parts.items()}
    time.sleep(SECONDS * 2)
    spent = {
        name: (processes.cpu_seconds(pids) - before[name]) * 1000 / (SECONDS * 2)
        for name, pids in parts.items()
    }
    shown = ", ".join(f"{name} {one:.0f}" for name, one in spent.items() if one >= 0.5)
    return Row("CPU of the idle hub, ms a second", f"{sum(spent.values()):.0f} ({shown})")
