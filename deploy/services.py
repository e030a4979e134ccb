"""Run the tests on real services: a throw-away PostgreSQL and a real S3 server."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy import postgresql, seaweedfs


def main(words: Sequence[str]) -> int:
    """Start both, give these words to pytest, stop both; answers pytest's status."""
    # Told to end, it still stops what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as started:
        folder = started.enter_context(TemporaryDirectory(prefix="quarterdeck-"))
        server = started.enter_context(postgresql.running())
        store = started.enter_context(seaweedfs.running(Path(folder)))
        environ = {
            **os.environ,
            **{name: value for name, value in store.items() if name.startswith("AWS_")},
            "TEST_DATABASE_URL": server.url,
            "TEST_STORAGE_URL": store["STORAGE_URL"],
        }
        return subprocess.run([sys.executable, "-m", "pytest", *words], env=environ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
