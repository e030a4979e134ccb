"""Started by the parent with a job: makes this folder a package of its own and runs it.

Nothing of the hub is imported, so that neither its settings nor its modules are in reach.
"""

import importlib.util
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PACKAGE = "extraction"


def start(job: str) -> None:
    """Run a job in this process, which ends with it."""
    found = importlib.util.spec_from_file_location(
        PACKAGE, FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)]
    )
    assert found is not None
    sys.modules[PACKAGE] = importlib.util.module_from_spec(found)
    importlib.import_module(f"{PACKAGE}.confined").main(job)


if __name__ == "__main__":
    start(sys.argv[1])
