"""Search, whole JSON requests with facets and snippets, beside a bare application there."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import processes
from benchmarks.ceiling import ceiling
from benchmarks.client import Client, Headers, Taken, alone, dealt, together
from benchmarks.hub import Hub, filled
from benchmarks.library import PAGES, Library
from benchmarks.plan import Plan
from benchmarks.questions import MIX, Questions
from benchmarks.report import Row, at_least, at_most, percentile, show, spread
from benchmarks.typing_along import typed_along

SEARCHES = 300
CLIENTS = 8
TURNS = 5
COLD = 160
WARMING = 800


@dataclass(frozen=True, slots=True)
class Measured:
    """One client's searches by their sort, eight clients' together, and the server's CPU."""

    cold_cpu_ms: float
    sorts: Sequence[str]
    one: Taken
    one_cpu_ms: float
    many: Taken
    many_cpu_ms: float


def measure(plan: Plan) -> None:
    """Each size of the plan, then how much slower the largest is."""
    library = Library()
    for assets in plan.sizes:
        _in_size(plan.folder, library, assets)
    if len(plan.sizes) > 1:
        show("search, growth", _growth(plan.folder, library, (plan.sizes[0], plan.sizes[-1])))


def _growth(folder: Path, library: Library, sizes: Sequence[int]) -> list[Row]:
    """The smallest and the largest, asked in turns: so the machine's pace is that of both."""
    sides = [(filled(folder, size), Questions(library, size, seed=-size)) for size in sizes]
    taken: list[list[float]] = [[] for _ in sides]
    with ExitStack() as serving:
        for hub, asked in sides:
            serving.enter_context(hub.serving())
            warm(hub.port, hub.token("rep"), asked)
        for _ in range(TURNS):
            for (hub, asked), times in zip(sides, taken, strict=True):
                paths = [path for _, path in asked.mixed(SEARCHES)]
                times += alone(hub.port, hub.token("rep"), paths).times
    small, large = (percentile(times, 0.5) for times in taken)
    return [
        at_most(f"median of {TURNS * SEARCHES}, largest to smallest, in turns",
                large / small, 3, "-fold"),
        Row("the medians", f"{large:.1f} / {small:.1f} ms"),
    ]  # fmt: skip


def _in_size(folder: Path, library: Library, assets: int) -> None:
    hub = filled(folder, assets)
    show(f"index of {assets * PAGES:,} pages", _index(hub))
    with hub.serving():
        token, asked = hub.token("rep"), Questions(library, assets, seed=assets)
        found = _measured(hub, token, asked)
        answer = folder / "answer.json"
        answer.write_bytes(Client(hub.port, token).get("/api/v1/search?q=pricing"))
        title = f"search in {assets:,} assets, {assets * PAGES:,} pages"
        show(title, _rows(found) + _beside(found, answer))
        show("the same, one client, ms by sort", _by_sort(found))
        show("search as you type", typed_along(hub, asked))


def warm(port: int, token: Headers, asked: Questions, searches: int = WARMING) -> None:
    """Let every process of the server read what it keeps in memory."""
    together(port, token, dealt([path for _, path in asked.mixed(searches)], CLIENTS))


def _measured(hub: Hub, token: Headers, asked: Questions) -> Measured:
    started = processes.cpu_seconds(hub.web())
    warm(hub.port, token, asked, COLD)
    cold = processes.cpu_seconds(hub.web()) - started
    warm(hub.port, token, asked)
    mixed = asked.mixed(SEARCHES)
    before = processes.cpu_seconds(hub.web())
    one = alone(hub.port, token, [path for _, path in mixed])
    between = processes.cpu_seconds(hub.web())
    many = together(
        hub.port, token, dealt([path for _, path in asked.mixed(SEARCHES * 4)], CLIENTS)
    )
    after = processes.cpu_seconds(hub.web())
    return Measured(
        cold * 1000 / COLD,
        [sort for sort, _ in mixed],
        one,
        (between - before) * 1000 / len(one.times),
        many,
        (after - between) * 1000 / len(many.times),
    )


def _index(hub: Hub) -> list[Row]:
    pages, seconds = float(hub.told("pages")), float(hub.told("rebuild_seconds"))
    cpu = float(hub.told("rebuild_cpu_seconds"))
    return [
        Row("rows made and put in, not part of any aim", f"{_pace(hub, 'filling'):,.0f} pages/s"),
        at_least("rebuild", pages / seconds, 5000, "pages/s", 0),
        Row("processor time of the rebuild", f"{cpu:.1f} s, {pages / cpu:,.0f} pages per CPU s"),
        at_most("index", float(hub.told("index_mb")), 300, "MB", 0),
    ]


def _pace(hub: Hub, name: str) -> float:
    return float(hub.told("pages")) / float(hub.told(f"{name}_seconds"))


def _rows(found: Measured) -> list[Row]:
    one, many = found.one, found.many
    return [
        at_most(f"server CPU a search ({SEARCHES}, one client)", found.one_cpu_ms, 12, "ms"),
        Row("server CPU a search, 8 clients", f"{found.many_cpu_ms:.1f} ms"),
        Row(f"the first {COLD} searches after the start", f"{found.cold_cpu_ms:.1f} ms"),
        at_most("one client, p50", percentile(one.times, 0.5), 12, "ms"),
        at_most("one client, p95", percentile(one.times, 0.95), 25, "ms"),
        Row("one client, p99 / longest",
            f"{percentile(one.times, 0.99):.1f} / {max(one.times):.1f} ms"),
        at_least("8 clients", many.a_second, 100, "a second"),
        Row("8 clients, p50 / p95 / p99", f"{spread(many.times)} ms"),
        Row("the clients' own CPU a search, one / 8 clients",
            f"{one.client_ms:.2f} / {many.client_ms:.2f} ms"),
    ]  # fmt: skip


def _beside(found: Measured, answer: Path) -> list[Row]:
    with ceiling(answer) as (port, server):
        together(port, {}, [["/constant"] * 20] * CLIENTS)
        before = processes.cpu_seconds(processes.family(server))
        one = alone(port, {}, ["/constant"] * SEARCHES)
        cpu = (processes.cpu_seconds(processes.family(server)) - before) * 1000 / SEARCHES
        many = together(port, {}, [["/constant"] * SEARCHES] * CLIENTS)
    size = answer.stat().st_size / 1000
    ratio = percentile(found.one.times, 0.5) / percentile(one.times, 0.5)
    return [
        Row(f"the ceiling, a constant {size:.0f} kB: p50 / p95 / p99", f"{spread(one.times)} ms"),
        Row("the ceiling: server CPU, 8 clients", f"{cpu:.2f} ms, {many.a_second:,.0f} a second"),
        Row("search to ceiling: p50, server CPU, a second",
            f"{ratio:.1f} ×, {found.one_cpu_ms / cpu:.1f} ×, "
            f"{found.many.a_second / many.a_second:.3f} ×"),
    ]  # fmt: skip


def _by_sort(found: Measured) -> list[Row]:
    times: Mapping[str, list[float]] = {sort: [] for sort in MIX}
    for sort, taken in zip(found.sorts, found.one.times, strict=True):
        times[sort].append(taken)
    return [Row(f"{sort} ({len(own)})", f"{spread(own)}") for sort, own in times.items()]
