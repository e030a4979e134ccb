"""Figures as small tables: what, measured, the aim, met or not."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

HEADINGS = ("what", "measured", "aim", "met")


@dataclass(frozen=True, slots=True)
class Row:
    """One line; without an aim it is told because the others cannot be judged without it."""

    what: str
    measured: str
    aim: str = ""
    is_met: bool | None = None

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The line's columns as text."""
        verdict = {True: "yes", False: "NO", None: ""}[self.is_met]
        return (self.what, self.measured, self.aim, verdict)


def at_most(what: str, value: float, aim: float, unit: str, digits: int = 1) -> Row:
    """A figure that should not be larger than its aim."""
    return Row(what, f"{value:,.{digits}f} {unit}", f"≤ {aim:g} {unit}", value <= aim)


def at_least(what: str, value: float, aim: float, unit: str, digits: int = 1) -> Row:
    """A figure that should not be smaller than its aim."""
    return Row(what, f"{value:,.{digits}f} {unit}", f"≥ {aim:g} {unit}", value >= aim)


def show(title: str, rows: Sequence[Row]) -> None:
    """Print a table, with how busy the machine is."""
    load = " ".join(f"{number:.1f}" for number in os.getloadavg())
    print(f"\n{title}   (load {load}, {os.cpu_count()} cores)")
    lines = [HEADINGS, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    for line in lines:
        cells = zip(line, widths, strict=True)
        print("  " + "  ".join(text.ljust(width) for text, width in cells).rstrip(), flush=True)


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that this part of all values does not exceed (nearest rank)."""
    return sorted(values)[max(0, ceil(len(values) * part) - 1)]


def spread(values: Sequence[float]) -> str:
    """The median, the 95th and the 99th percentile."""
    found = (percentile(values, part) for part in (0.5, 0.95, 0.99))
    return " / ".join(f"{value:.1f}" for value in found)
