"""What a run is asked for: where its data lies, and how much of it there is."""

from dataclasses import dataclass
from pathlib import Path

ASSETS = 2_000
LARGE = 10_000
HUGE = 50_000


@dataclass(frozen=True, slots=True)
class Plan:
    """A folder for all hubs of the run, the sizes to search in, a folder of people's files."""

    folder: Path
    sizes: tuple[int, ...]
    examples: Path | None
