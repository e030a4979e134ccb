"""Downloads of 5 MB by eight clients, beside the same server sending a static file."""

import os
from dataclasses import dataclass
from statistics import median

from benchmarks import processes
from benchmarks.ceiling import ceiling
from benchmarks.client import Headers, together
from benchmarks.hub import filled
from benchmarks.plan import ASSETS, Plan
from benchmarks.report import Row, at_least, show
from benchmarks.sending import send

SIZE = 5 * 1024 * 1024
CLIENTS = 8
EACH = 25
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """Megabytes a second, and the processor milliseconds of the server and the client."""

    megabytes: float
    server_ms: float
    client_ms: float


def measure(plan: Plan) -> None:
    """Hub and static file by turns."""
    hub = filled(plan.folder, ASSETS)
    file = plan.folder / "five.bin"
    file.write_bytes(os.urandom(SIZE))
    with hub.serving(), ceiling(file) as (port, server):
        asked = {"title": "Five megabytes", "publish": "true"}
        asset = send(hub.port, hub.token("marketer"), file, asked)
        address, token = f"/api/v1/assets/{asset['id']}/file", hub.token("rep")
        _pace(hub.port, token, address, hub.web())
        _pace(port, {}, "/file", processes.family(server))
        rounds = [
            (_pace(hub.port, token, address, hub.web()),
             _pace(port, {}, "/file", processes.family(server)))
            for _ in range(ROUNDS)
        ]  # fmt: skip
    show(f"download of 5 MB, {CLIENTS} clients, median of {ROUNDS}", _rows(rounds))


def _pace(port: int, headers: Headers, address: str, server: list[int]) -> Pace:
    before = processes.cpu_seconds(server)
    taken = together(port, headers, [[address] * EACH] * CLIENTS)
    used = (processes.cpu_seconds(server) - before) * 1000 / len(taken.times)
    return Pace(taken.a_second * SIZE / 1e6, used, taken.client_ms)


def _rows(rounds: list[tuple[Pace, Pace]]) -> list[Row]:
    hub, bare = ([pair[side] for pair in rounds] for side in (0, 1))
    ratio = median(ours.megabytes / theirs.megabytes for ours, theirs in rounds)
    return [
        at_least("hub to static file", ratio, 0.8, "of its pace", 2),
        Row("the same, by round", " ".join(f"{a.megabytes / b.megabytes:.2f}" for a, b in rounds)),
        *(Row(f"{name}: pace, server CPU, client CPU a file",
              f"{median(p.megabytes for p in own):,.0f} MB/s, "
              f"{median(p.server_ms for p in own):.1f} ms, "
              f"{median(p.client_ms for p in own):.1f} ms")
          for name, own in (("hub", hub), ("static file", bare))),
    ]  # fmt: skip
