"""Tables as CSV files that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from flask import Response

from app.text.cells import harmless

Row = Sequence[str | int | float | None]


def as_csv(filename: str, columns: Sequence[str], rows: Iterable[Row]) -> Response:
    """A download in UTF-8 with a byte order mark, sent as it is made."""
    answer = Response(_lines(columns, rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def _lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    held = io.StringIO()
    writer = csv.writer(held)
    held.write("\ufeff")
    for row in [columns, *rows]:
        writer.writerow([harmless(one) if isinstance(one, str) else one for one in row])
        yield held.getvalue()
        held.seek(0)
        held.truncate()
