"""Started by the parent with a module's name and a job: runs the module without the hub.

The two folders that are needed become a package of their own, so that neither the hub's settings
nor its other modules are in reach.
"""

import importlib.util
import sys
from pathlib import Path

BACKENDS = Path(__file__).resolve().parent.parent
PACKAGE = "backends"


def start(module: str, job: str) -> None:
    """Run a job in this process, which ends with it."""
    found = importlib.util.spec_from_file_location(
        PACKAGE, BACKENDS / "__init__.py", submodule_search_locations=[str(BACKENDS)]
    )
    assert found is not None
    sys.modules[PACKAGE] = importlib.util.module_from_spec(found)
    importlib.import_module(f"{PACKAGE}.preview.{module}").main(job)


if __name__ == "__main__":
    start(*sys.argv[1:])
