"""Starts and stops: until the first answer, by the supervisor alone and by `make run`."""

import subprocess
import sys
from statistics import median

from app.config import ROOT
from benchmarks.hub import Hub, filled
from benchmarks.plan import ASSETS, Plan
from benchmarks.report import Row, at_most, show
from deploy import frontend

ROUNDS = 5


def measure(plan: Plan) -> None:
    """The hub has been set up and started before."""
    hub = filled(plan.folder, ASSETS)
    hub.start()
    hub.stop()
    rows = _rounds(hub, "supervisor", [sys.executable, "-m", "app.supervisor"])
    if is_set_up():
        rows += _rounds(hub, "make run", ["make", "run"])
    else:
        rows.append(Row("make run", "not measured: the set-up is not current; make run once"))
    show(f"start and stop, median of {ROUNDS}", rows)


def is_set_up() -> bool:
    """Whether `make run` would only start the hub."""
    packages = subprocess.run(["make", "-q", ".venv/.run"], cwd=ROOT, capture_output=True)
    wanted = frontend.fingerprint(frontend.icons_used(frontend.TEMPLATES))
    return packages.returncode == 0 and frontend.is_current(frontend.VENDOR / ".stamp", wanted)


def _rounds(hub: Hub, name: str, command: list[str]) -> list[Row]:
    starts: list[float] = []
    stops: list[float] = []
    used: list[float] = []
    left = 0
    for _ in range(ROUNDS):
        starts.append(hub.start(command))
        used.append(hub.cpu_seconds())
        seconds, remaining = hub.stop()
        stops.append(seconds)
        left += remaining
    slowest = f"slowest {max(starts):.2f} s"
    return [
        at_most(f"{name}: to the first answer ({slowest})", median(starts), 3, "s", 2),
        Row(f"{name}: processor time until then", f"{median(used):.2f} s"),
        Row(f"{name}: SIGTERM to the end", f"{median(stops):.2f} s, longest {max(stops):.2f} s"),
        Row(f"{name}: processes left", str(left), "0", left == 0),
    ]
