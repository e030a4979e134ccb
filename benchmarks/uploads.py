"""Uploads of 50 MB, beside `cp` and `sha256sum` of the same file."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import processes
from benchmarks.hub import Hub, filled
from benchmarks.plan import ASSETS, Plan
from benchmarks.report import Row, at_least, at_most, show
from benchmarks.sending import send

SIZE = 50 * 1024 * 1024
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds of an upload and of what is measured beside it, CPU seconds, megabytes gained."""

    upload: float
    copied: float
    copied_safely: float
    server_cpu: float
    client_cpu: float
    gained: float


def measure(plan: Plan) -> None:
    """Five rounds; the first warms nothing and counts too."""
    hub = filled(plan.folder, ASSETS)
    with hub.serving():
        workers = hub.parts()["web workers"]
        before = _memory(workers)
        rounds = [_round(hub, plan.folder, number) for number in range(ROUNDS)]
        after = _memory(workers)
    show(f"upload of {SIZE // 1024**2} MB, median of {ROUNDS}", _rows(rounds, before, after))


def _round(hub: Hub, folder: Path, number: int) -> Round:
    file = folder / f"recording {number}.bin"
    file.write_bytes(os.urandom(SIZE))
    workers = hub.parts()["web workers"]
    held = {pid: processes.rss(pid) for pid in workers}
    for pid in workers:
        processes.forget_peak(pid)
    os.sync()
    cpu, own, began = processes.cpu_seconds(hub.web()), time.process_time(), time.perf_counter()
    send(hub.port, hub.token("marketer"), file, {"title": f"Recording {number}"})
    upload = time.perf_counter() - began
    found = Round(
        upload,
        _copied(file, is_synced=False),
        _copied(file, is_synced=True),
        processes.cpu_seconds(hub.web()) - cpu,
        time.process_time() - own,
        max(processes.peak_rss(pid) - held[pid] for pid in workers),
    )
    file.unlink()
    return found


def _copied(file: Path, *, is_synced: bool) -> float:
    copy = file.with_suffix(".copy")
    commands = [["cp", str(file), str(copy)], ["sha256sum", str(copy)]]
    if is_synced:
        commands.insert(1, ["sync", str(copy)])
    os.sync()
    began = time.perf_counter()
    for command in commands:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    copy.unlink()
    return seconds


def _memory(workers: list[int]) -> float:
    return sum(processes.pss(pid) for pid in workers)


def _rows(rounds: list[Round], before: float, after: float) -> list[Row]:
    upload = median(one.upload for one in rounds)
    safely = median(one.copied_safely / one.upload for one in rounds)
    plainly = median(one.copied / one.upload for one in rounds)
    megabytes = SIZE / 1e6
    return [
        Row("pace", f"{megabytes / upload:.0f} MB/s ({upload:.2f} s)"),
        at_least("against cp + fsync + sha256sum", safely, 0.5, "of its pace", 2),
        at_least("against cp + sha256sum without fsync", plainly, 0.5, "of its pace", 2),
        Row("cp + sha256sum with / without fsync",
            f"{median(one.copied_safely for one in rounds):.2f} / "
            f"{median(one.copied for one in rounds):.2f} s"),
        Row("server CPU / client CPU",
            f"{median(one.server_cpu for one in rounds):.2f} / "
            f"{median(one.client_cpu for one in rounds):.2f} s"),
        at_most("a web worker's memory, the most it grew", max(r.gained for r in rounds), 16, "MB"),
        Row("the same, by round", " ".join(f"{one.gained:.1f}" for one in rounds) + " MB"),
        Row("both workers' PSS before / after", f"{before:.1f} / {after:.1f} MB"),
    ]  # fmt: skip
