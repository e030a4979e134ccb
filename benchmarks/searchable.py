"""From accepted to searchable: a deck of 20 slides on an idle hub."""

import io
import json
import random
import time
from pathlib import Path
from statistics import median

from benchmarks.client import Client
from benchmarks.files import a_deck
from benchmarks.hub import Hub, filled
from benchmarks.library import Library
from benchmarks.plan import ASSETS, Plan
from benchmarks.report import Row, at_most, show
from benchmarks.sending import send

ROUNDS = 5
SLIDE = 17
PAUSE = 0.02
PATIENCE = 60.0


def measure(plan: Plan) -> None:
    """Five decks, one after the other."""
    hub, library = filled(plan.folder, ASSETS), Library()
    with hub.serving():
        found = [_once(hub, library, plan.folder, number) for number in range(ROUNDS)]
    times = " ".join(f"{one:.2f}" for one in found)
    show(
        "from accepted to searchable, a deck of 20 slides",
        [
            at_most(f"median of {ROUNDS}", median(found), 3, "s", 2),
            Row("each", f"{times} s"),
            Row("looked for every", f"{PAUSE * 1000:.0f} ms, in {ASSETS:,} other assets"),
        ],
    )


def _once(hub: Hub, library: Library, folder: Path, number: int) -> float:
    chance = random.Random(number)
    word = f"xylofon{chance.choice('bdfgk')}{chance.choice('aeiou')}r{number}"
    deck = folder / f"Deck {number}.pptx"
    deck.write_bytes(a_deck(library, chance, slides=20, words={SLIDE: word}))
    # Anywhere between two looks of the worker and the follower, which look at fixed times.
    time.sleep(1 + chance.random())
    send(hub.port, hub.token("marketer"), deck, {"publish": "true"})
    accepted = time.perf_counter()
    client = Client(hub.port, hub.token("rep"))
    while time.perf_counter() - accepted < PATIENCE:
        hits = json.load(io.BytesIO(client.get(f"/api/v1/search?q={word}")))["hits"]
        if hits and hits[0]["page"] == SLIDE:
            return time.perf_counter() - accepted
        time.sleep(PAUSE)
    raise TimeoutError(f"slide {SLIDE} was not found within a minute")
