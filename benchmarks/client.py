"""The asking side: connections that are kept, alone or eight at once in processes of their own."""

import multiprocessing
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier

HOST = "127.0.0.1"
PATIENCE = 120.0
PIECE = 1 << 18

Headers = Mapping[str, str]


class Refused(Exception):
    """The server did not answer 200; a figure made of refusals would be none."""


class Client:
    """One kept connection."""

    def __init__(self, port: int, headers: Headers | None = None) -> None:
        self._connection = HTTPConnection(HOST, port, timeout=PATIENCE)
        self._headers = dict(headers or {})
        self._piece = bytearray(PIECE)

    def get(self, path: str) -> bytes:
        """The whole answer."""
        self._connection.request("GET", path, headers=self._headers)
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise Refused(f"{path}: {response.status} {body[:300]!r}")
        return body

    def swallow(self, path: str) -> int:
        """Read the answer without holding it; how many bytes it had."""
        self._connection.request("GET", path, headers=self._headers)
        response = self._connection.getresponse()
        size = 0
        while count := response.readinto(self._piece):
            size += count
        if response.status != 200:
            raise Refused(f"{path}: {response.status}")
        return size

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


@dataclass(frozen=True, slots=True)
class Taken:
    """What some requests took: milliseconds each, seconds in all, processor time of the client."""

    times: Sequence[float]
    seconds: float
    cpu_seconds: float

    @property
    def a_second(self) -> float:
        """Requests a second."""
        return len(self.times) / self.seconds

    @property
    def client_ms(self) -> float:
        """The client's own processor time for a request, in milliseconds."""
        return self.cpu_seconds * 1000 / len(self.times)


def alone(port: int, headers: Headers, paths: Sequence[str]) -> Taken:
    """Ask one after the other over one connection."""
    client, times = Client(port, headers), []
    began, used = time.perf_counter(), time.process_time()
    for path in paths:
        started = time.perf_counter()
        client.swallow(path)
        times.append((time.perf_counter() - started) * 1000)
    taken = Taken(times, time.perf_counter() - began, time.process_time() - used)
    client.close()
    return taken


Told = tuple[float, float, float, list[float]]


def together(port: int, headers: Headers, shares: Sequence[Sequence[str]]) -> Taken:
    """Ask at the same time, a process for each share of the paths."""
    context = multiprocessing.get_context("fork")
    start, told = context.Barrier(len(shares)), context.SimpleQueue()
    clients = [
        context.Process(target=_one_of_many, args=(start, told, port, headers, share))
        for share in shares
    ]
    for client in clients:
        client.start()
    heard: list[Told] = [told.get() for _ in clients]
    for client in clients:
        client.join()
    seconds = max(ended for _, ended, _, _ in heard) - min(began for began, _, _, _ in heard)
    times = [one for _, _, _, own in heard for one in own]
    return Taken(times, seconds, sum(used for _, _, used, _ in heard))


def _one_of_many(
    start: Barrier, told: "SimpleQueue[Told]", port: int, headers: Headers, paths: Sequence[str]
) -> None:
    start.wait()
    began = time.monotonic()
    taken = alone(port, headers, paths)
    told.put((began, time.monotonic(), taken.cpu_seconds, list(taken.times)))


def dealt(paths: Sequence[str], clients: int) -> list[Sequence[str]]:
    """The paths, dealt out like cards."""
    return [paths[number::clients] for number in range(clients)]
