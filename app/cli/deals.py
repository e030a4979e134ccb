"""flask import-deals: deals from a CSV file; right rows go in, wrong ones are told."""

import csv
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
from flask.cli import with_appcontext
from pydantic import ValidationError

from app.db import attempt, transaction
from app.errors import HubError
from app.http.errors import messages
from app.inputs import deal_csv
from app.inputs.deal_csv import PROBLEM, Row
from app.services import deals

AT_ONCE, PAUSE = 250, 0.15


class _OnlyTried(Exception):
    """Undoes what a dry run did."""


@dataclass
class Tally:
    """What became of the rows."""

    new: int = 0
    here: int = 0
    wrong: list[tuple[Row, str]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)


@click.command("import-deals")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--encoding", default=None, help="What the file is in, where it is not UTF-8.")
@with_appcontext
def import_deals(file: Path, dry_run: bool, encoding: str | None) -> None:
    """Make or change a deal for every row of FILE, known by its external_id; safe to repeat.

    Rows that are wrong are told, and written to FILE.wrong.csv to be mended and imported again.
    """
    table = deal_csv.table(deal_csv.decoded(file.read_bytes(), encoding))
    rows, tally = table.rows, Tally()
    with click.progressbar(length=len(rows), label="Importing", file=sys.stderr) as shown:
        for some in _batches(rows):
            _take_in(some, tally, is_dry=dry_run)
            shown.update(len(some))
            # Others get their turn: SQLite has one writer, and who waits looks again now and then.
            time.sleep(PAUSE)
    for row, problem in tally.wrong:
        click.echo(f"line {row.line}: {row.cells.get('external_id') or 'no id'}: {problem}")
    counted = f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}"
    click.echo(
        f"{counted}{', only tried' if dry_run else ''}: {tally.new} new, "
        f"{tally.here} brought up to date, {len(tally.wrong)} wrong"
    )
    if tally.wrong and not dry_run:
        place = _written(file, table.heading, tally.wrong)
        click.echo(f"The wrong rows are in {place}. Mend them, empty their cell “{PROBLEM}”,")
        click.echo("and import that file.")


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]


def _take_in(rows: Sequence[Row], tally: Tally, *, is_dry: bool) -> None:
    try:
        with transaction():
            for row in rows:
                _one(row, tally)
            if is_dry:
                raise _OnlyTried
    except _OnlyTried:
        pass


def _one(row: Row, tally: Tally) -> None:
    try:
        is_new = _taken(row, tally)
    except ValidationError as wrong:
        tally.wrong.append((row, messages(wrong).detail))
    except HubError as problem:
        tally.wrong.append((row, problem.detail))
    else:
        tally.new += is_new
        tally.here += not is_new


def _taken(row: Row, tally: Tally) -> bool:
    if row.problem:
        raise HubError(row.problem)
    asked = deal_csv.as_deal(row.cells)
    if before := tally.lines.get(asked.external_id):
        raise HubError(f"Line {before} has the same external_id.")
    with attempt():
        _, is_new = deals.take_in(asked.external_id, asked)
    tally.lines[asked.external_id] = row.line
    return is_new


def _written(file: Path, heading: Sequence[str], wrong: Sequence[tuple[Row, str]]) -> Path:
    """The wrong rows as they stood, each behind its problem, in a file that is not there yet."""
    place, number = file.with_suffix(".wrong.csv"), 2
    while place.exists():
        place, number = file.with_suffix(f".wrong-{number}.csv"), number + 1
    known = [n for n, name in enumerate(heading) if name.strip().lower() != PROBLEM]
    with place.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow([PROBLEM, *(heading[n] for n in known)])
        for row, problem in wrong:
            cells = [row.whole[n] for n in known if n < len(row.whole)]
            writer.writerow([problem, *cells, *row.whole[len(heading) :]])
    return place
