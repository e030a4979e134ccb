"""Measures the hub: python -m benchmarks [NAME …] [--large | --huge] [--examples DIR].

Without names everything is measured. It says beside each figure how busy the machine was.
"""

import argparse
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from app.config import ROOT
from benchmarks import (
    downloads,
    duplicates,
    imports,
    memory,
    pages,
    search,
    searchable,
    starts,
    uploads,
)
from benchmarks.plan import ASSETS, HUGE, LARGE, Plan

SUBJECTS: Mapping[str, Callable[[Plan], None]] = {
    "search": search.measure,
    "uploads": uploads.measure,
    "downloads": downloads.measure,
    "imports": imports.measure,
    "searchable": searchable.measure,
    "memory": memory.measure,
    "pages": pages.measure,
    "starts": starts.measure,
    "duplicates": duplicates.measure,
}
EXAMPLES = ROOT.parent / "shared" / "examples"


def main() -> None:
    """Measure what was asked for."""
    asked = _arguments()
    sizes = (ASSETS, *[LARGE] * asked.large, *[HUGE] * asked.huge)
    with tempfile.TemporaryDirectory(prefix="benchmarks-", dir=asked.place) as folder:
        for name in asked.names or SUBJECTS:
            SUBJECTS[name](Plan(Path(folder), sizes, asked.examples))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", choices=[[], *SUBJECTS], metavar="NAME",
                        help=", ".join(SUBJECTS))  # fmt: skip
    parser.add_argument("--large", action="store_true", help="search in 200,000 pages too")
    parser.add_argument("--huge", action="store_true", help="search in 1,000,000 pages too")
    parser.add_argument("--place", type=Path, help="a folder for the data, on the disk to measure")
    parser.add_argument("--examples", type=Path, help="people's files, to be imported too",
                        default=EXAMPLES if EXAMPLES.is_dir() else None)  # fmt: skip
    return parser.parse_args()


if __name__ == "__main__":
    main()
