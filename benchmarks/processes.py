"""What the kernel says of processes: family, processor time, memory. Linux alone."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
MEGABYTE = 1024 * 1024


def children(pid: int) -> list[int]:
    """The processes that this one started and that are still there, the oldest first."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return sorted(found)


def family(pid: int) -> list[int]:
    """This process and all below it."""
    return [pid, *(one for child in children(pid) for one in family(child))]


def is_alive(pid: int) -> bool:
    """Whether there is such a process; one that has ended and waits to be noticed is not alive."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def cpu_seconds(pids: Iterable[int]) -> float:
    """Processor time that these have used so far, in their own code and in the kernel's."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def pss(pid: int) -> float:
    """Megabytes of memory, what is shared counted in proportion."""
    return _kilobytes(Path(f"/proc/{pid}/smaps_rollup"), "Pss") / 1024


def rss(pid: int) -> float:
    """Megabytes of memory, what is shared counted whole."""
    return _kilobytes(Path(f"/proc/{pid}/status"), "VmRSS") / 1024


def peak_rss(pid: int) -> float:
    """The most megabytes since the last `forget_peak`, by the kernel's own mark."""
    return _kilobytes(Path(f"/proc/{pid}/status"), "VmHWM") / 1024


def forget_peak(pid: int) -> None:
    """Set the mark of the most memory back to what is used now."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _kilobytes(file: Path, name: str) -> int:
    lines = (line.split() for line in file.read_text().splitlines())
    return next(int(words[1]) for words in lines if words and words[0] == f"{name}:")
