"""Search as you type: what the page asks for while words grow, by script and by the JSON API."""

import re
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection
from urllib.parse import urlencode

from benchmarks import processes
from benchmarks.client import HOST, Headers, alone
from benchmarks.hub import Hub
from benchmarks.questions import Questions
from benchmarks.report import Row, at_most, percentile, spread

TEXTS = 40
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def typed_along(hub: Hub, asked: Questions) -> list[Row]:
    """Suggestions and results at both doors, each with texts of its own."""
    fragment = signed_in(hub) | {"HX-Request": "true"}
    doors: Mapping[str, tuple[str, Headers]] = {
        "the page's suggestions": ("/search/suggest?", fragment),
        "the API's suggestions": ("/api/v1/suggest?", hub.token("rep")),
        "the page's results": ("/search?", fragment),
        "the API's results": ("/api/v1/search?", hub.token("rep")),
    }
    return [
        row
        for name, (address, headers) in doors.items()
        for row in _rows(hub, name, headers, [address + _query(q) for q in asked.typed(TEXTS)])
    ]


def _rows(hub: Hub, name: str, headers: Headers, paths: Sequence[str]) -> list[Row]:
    before = processes.cpu_seconds(hub.web())
    taken = alone(hub.port, headers, paths)
    cpu = (processes.cpu_seconds(hub.web()) - before) * 1000 / len(paths)
    return [
        at_most(f"{name} ({len(paths)}), p95", percentile(taken.times, 0.95), 12, "ms"),
        Row(f"{name}, p50 / p95 / p99", f"{spread(taken.times)} ms"),
        Row(f"{name}, server CPU / client CPU", f"{cpu:.1f} / {taken.client_ms:.2f} ms"),
    ]


def _query(text: str) -> str:
    return urlencode({"q": text})


def signed_in(hub: Hub, name: str = "rep") -> dict[str, str]:
    """The cookie of a browser, the rep's unless told."""
    connection = HTTPConnection(HOST, hub.port)
    connection.request("GET", "/sign-in")
    form = connection.getresponse()
    cookie = str(form.headers["Set-Cookie"]).partition(";")[0]
    found = CSRF.search(form.read().decode())
    assert found
    account = {"email": f"{name}@example.com", "password": hub.told("password")}
    sent = account | {"csrf_token": found[1]}
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/sign-in", urlencode(sent), headers)
    answer = connection.getresponse()
    assert answer.status == 303, answer.status
    return {"Cookie": str(answer.headers["Set-Cookie"]).partition(";")[0]}
