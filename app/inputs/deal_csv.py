"""Deals in a plain CSV file: what the columns are called and how a row becomes a deal."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.errors import Invalid
from app.inputs.deal import NamedDeal
from app.inputs.fields import parted

PROBLEM = "problem"
COLUMNS = (
    "external_id",
    "name",
    "account",
    "owner_email",
    "amount",
    "currency",
    "segment",
    "industry",
    "region",
    "competitors",
    "lead_source",
    "campaign",
    "stage",
    "stage_history",
    "outcome",
    "opened_on",
    "closed_on",
)
DELIMITERS = ",;\t|"
STEP = "Write stage_history as “attention: 2026-01-05; interest: 2026-01-19”."


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the file, and by column; `problem` says why it cannot be used."""

    line: int
    whole: Sequence[str]
    cells: Mapping[str, str]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file's heading as it stands, and its rows."""

    heading: Sequence[str]
    rows: Sequence[Row]


def decoded(content: bytes, encoding: str | None) -> str:
    """The text of a file; raises Invalid where it is in another encoding."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode(encoding or ("utf-16" if wide else "utf-8-sig"))
    except (UnicodeDecodeError, LookupError):
        raise Invalid(
            {
                "file": [
                    f"The file is not in {encoding or 'UTF-8'}. Save it as “CSV UTF-8”, or say "
                    "what it is in, such as --encoding cp1252."
                ]
            }
        ) from None


def table(text: str) -> Table:
    """The heading and every row below it; raises Invalid for what cannot be used as a whole."""
    heading_line = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=heading_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 0
    try:
        heading = next(reader, [])
        names, rows, line = _names(heading), [], reader.line_num
        for cells in reader:
            began, line = line + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                rows.append(_row(began, names, cells))
    except csv.Error as problem:
        raise Invalid(
            {
                "file": [
                    f"From line {line + 1} on it cannot be read: {problem}. Is a quote not closed?"
                ]
            }
        ) from None
    return Table(heading, rows)


def as_deal(cells: Mapping[str, str]) -> NamedDeal:
    """A row as a deal; an empty cell says nothing. Raises Invalid or ValidationError."""
    said = {name: text for name, text in cells.items() if text and name != PROBLEM}
    given: dict[str, Any] = {
        name: text for name, text in said.items() if name not in ("currency", "amount")
    }
    if "amount" in said or "currency" in said:
        given["amount"] = _money(said)
    if "competitors" in said:
        given["competitors"] = parted(said["competitors"])
    if "stage_history" in said:
        given["stage_history"] = [
            _step(step) for step in said["stage_history"].split(";") if step.strip()
        ]
    if "outcome" in said:
        given["outcome"] = said["outcome"].lower()
    return NamedDeal.model_validate(given)


def _names(cells: Sequence[str]) -> list[str]:
    names = [re.sub(r"[\s-]+", "_", cell.strip().lower()) for cell in cells]
    unknown = [
        cell for cell, name in zip(cells, names, strict=True) if name not in (*COLUMNS, PROBLEM)
    ]
    if unknown:
        raise Invalid(
            {
                "file": [
                    f"There is no column called {', '.join(unknown)}. Rename or remove it: the "
                    f"columns are {', '.join(COLUMNS)}."
                ]
            }
        )
    if "external_id" not in names or len(set(names)) != len(names):
        raise Invalid({"file": ["The first line must name each column once, with external_id."]})
    return names


def _row(line: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    by_name = dict(zip(names, (cell.strip() for cell in cells), strict=False))
    if len(cells) != len(names):
        told = f"It has {len(cells)} cells, the first line has {len(names)}."
    elif before := by_name.get(PROBLEM):
        told = f"Once it is mended, empty its cell “{PROBLEM}”. It says: {before}"
    else:
        told = ""
    return Row(line, cells, by_name, told)


def _money(said: Mapping[str, str]) -> dict[str, str]:
    if "amount" not in said or "currency" not in said:
        raise Invalid({"amount": ["Give an amount with its currency, or neither."]})
    return {"amount": said["amount"], "currency": said["currency"]}


def _step(text: str) -> dict[str, str]:
    stage, colon, moment = text.strip().partition(":")
    if not colon:
        raise Invalid({"stage_history": [STEP]})
    return {"stage": stage.strip(), "entered_at": moment.strip()}
