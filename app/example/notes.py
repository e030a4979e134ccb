"""What the example company's reps said from the field, of which piece, and what became of it."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.choices import Verdict

_FILE = Path(__file__).resolve().parent / "notes.toml"


@dataclass(frozen=True, slots=True)
class ExampleNote:
    """A piece of feedback; without an asset it is about what is missing."""

    verdict: Verdict
    note: str
    asset: str = ""
    version: int = 1
    page: int | None = None
    reaction: str = ""
    competitor: str = ""
    quotable: bool = False
    accepted: bool = False
    fixed_in: int | None = None
    reason: str = ""


@cache
def notes() -> tuple[ExampleNote, ...]:
    """Every note, in the order of the file."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["notes"]
    return tuple(ExampleNote(**{**one, "verdict": Verdict(one["verdict"])}) for one in told)
