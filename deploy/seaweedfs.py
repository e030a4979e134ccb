"""A throw-away S3 server of this machine, SeaweedFS, for tests against a real one."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

BUCKET = "quarterdeck"
KEYS = {"AWS_ACCESS_KEY_ID": "quarterdeck", "AWS_SECRET_ACCESS_KEY": "only-for-tests"}
SERVICES = ("s3.port", "master.port", "volume.port", "filer.port", "admin.port")
BESIDE = 10_000
START_SECONDS, STOP_SECONDS = 60.0, 6.0


@contextmanager
def running(folder: Path) -> Iterator[dict[str, str]]:
    """Run a server whose files lie in the folder; gives the settings that use its bucket."""
    folder.mkdir(parents=True, exist_ok=True)
    ports = dict(zip(SERVICES, _free_ports(len(SERVICES)), strict=True))
    endpoint = f"http://127.0.0.1:{ports['s3.port']}"
    with (folder / "log.txt").open("w") as log:
        server = subprocess.Popen(
            _command(folder, ports), env=os.environ | KEYS, cwd=folder, stdout=log, stderr=log
        )
        try:
            _wait(server, endpoint, folder / "log.txt")
            url = f"s3://{BUCKET}/hub?endpoint={endpoint}&region=us-east-1"
            yield {"STORAGE_URL": url, **KEYS}
        finally:
            _stop(server)


def _command(folder: Path, ports: dict[str, int]) -> list[str]:
    chosen = [f"-{name}={port}" for name, port in ports.items()]
    weed = Path(sys.executable).parent / "weed"
    return [
        str(weed),
        "mini",
        f"-dir={folder}",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        *chosen,
        "-admin.ui=false",
        "-webdav=false",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-master.telemetry=false",
    ]


def _free_ports(count: int) -> list[int]:
    """Ports that are free, as is the one 10,000 above each, where its gRPC listens."""
    found: list[int] = []
    with ExitStack() as held:
        while len(found) < count:
            first = held.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            with suppress(OSError, OverflowError):
                second = held.enter_context(socket.socket())
                second.bind(("127.0.0.1", port - BESIDE))
                found.append(port - BESIDE)
    return found


def _wait(server: subprocess.Popen[bytes], endpoint: str, log: Path) -> None:
    """Wait until the bucket takes a file; raises RuntimeError when that does not come."""
    client = boto3.session.Session().client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        config=Config(retries={"total_max_attempts": 1}, connect_timeout=2, read_timeout=10),
    )
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with suppress(BotoCoreError, ClientError):
            client.create_bucket(Bucket=BUCKET)
            client.put_object(Bucket=BUCKET, Key="started", Body=b"yes")
            return
        time.sleep(0.2)
    raise RuntimeError(f"SeaweedFS did not start:\n{log.read_text()[-2000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """It waits for open connections, and there is nothing in it that anybody wants to keep."""
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
