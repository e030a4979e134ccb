"""Imports of a folder by `flask import-folder`, until all is searchable."""

import resource
import time
from pathlib import Path

from benchmarks.files import MIX, fill_folder
from benchmarks.hub import Hub
from benchmarks.library import Library
from benchmarks.plan import Plan
from benchmarks.report import Row, at_least, show

FILES = 300


def measure(plan: Plan) -> None:
    """Made files, and people's where there are some."""
    folder = plan.folder / "to import"
    size = fill_folder(folder, Library(), FILES)
    sorts = ", ".join(f"{share * FILES // 100} {sort}" for sort, share in MIX.items())
    rows = _imported(plan, folder, "made")
    show(f"import of {FILES} made files ({sorts}; {size:.0f} MB)", rows)
    if plan.examples:
        show("import of people's files, of many formats", _imported(plan, plan.examples, "people"))


def _imported(plan: Plan, folder: Path, name: str) -> list[Row]:
    hub = Hub(plan.folder / f"import-{name}")
    hub.run("flask", "db", "upgrade")
    count = sum(1 for path in folder.rglob("*") if path.is_file())
    began, used = time.perf_counter(), _cpu()
    said = hub.run("flask", "import-folder", "--publish", str(folder))
    seconds, used = time.perf_counter() - began, _cpu() - used
    return [
        at_least("pace, until all is searchable", count / seconds, 5, "files/s"),
        Row("whole time, processor time", f"{seconds:.1f} s, {used:.1f} CPU s"),
        Row("processor time a file", f"{used * 1000 / count:.0f} ms"),
        Row("what it says itself", said.splitlines()[-1].partition(": ")[2].partition(";")[0]),
    ]


def _cpu() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
