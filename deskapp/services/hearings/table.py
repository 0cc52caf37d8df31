"""Rows of a list from a table: the heading row is looked for, and cells become text.

Published lists are workbooks: dates may be serial numbers, times fractions of a day, and a case
number 1234.0. Source: README of the sample lists.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deskapp.i18n import _
from deskapp.services.hearings.flat import Row, field_of, heading_key, is_list
from deskapp.services.hearings.items import Code, Finding
from deskapp.services.hearings.shapes import as_text

Cell = str | int | float | bool | dt.time | dt.date | dt.datetime | dt.timedelta
SEPARATORS = (",", ";", "\t")
LONGEST_CELL = 100_000
"""A longer cell is a quote that was never closed."""
_SEARCHED_ROWS = 20
"""A title may stand above the headings, but not a whole page."""
_FRACTION = re.compile(r"0?\.\d+", re.ASCII)
_SERIAL = re.compile(r"[2-7]\d{4}(\.0+)?", re.ASCII)
_WHOLE = re.compile(r"(\d+)\.0", re.ASCII)
_FIRST_DAY = dt.date(1899, 12, 30)
"""Day 0 of the serial numbers in workbooks."""


class Table(NamedTuple):
    """What one sheet gave."""

    rows: list[Row]
    headings: list[str]
    findings: list[Finding]


def from_csv(text: str) -> Table | None:
    """The rows of a CSV file; nothing when no row of it has the headings of a list.

    Raises:
        csv.Error: If the quotes of the file cannot be made sense of.
    """
    csv.field_size_limit(LONGEST_CELL)
    for separator in SEPARATORS:
        lines = io.StringIO(text, newline="")
        cells: list[Sequence[Cell]] = []
        try:
            cells.extend(csv.reader(lines, delimiter=separator, strict=True))
        except csv.Error:
            if _headings(cells) is not None:
                raise
            continue
        if found := read(cells):
            return found
    return None


def read(lines: Sequence[Sequence[Cell]], sheet: str = "") -> Table | None:
    """The rows under the headings; nothing when no row has the headings of a list.

    Args:
        lines: Cells of each row; the first row is row 1.
        sheet: Name of the sheet, where there are several.
    """
    at = _headings(lines)
    if at is None:
        return None
    headings = [as_text(cell) for cell in lines[at]]
    findings = []
    keys = [heading_key(heading) for heading in headings if field_of(heading)]
    if len(set(keys)) < len(keys):
        reason = _("A heading stands twice. Take one out, or ask for a new list.")
        findings.append(Finding(Code.COLUMNS, _place(at + 1, sheet), reason))
    rows = []
    for number, cells in enumerate(lines[at + 1 :], start=at + 2):
        if not any(str(cell).strip() for cell in cells) or list(cells) == list(lines[at]):
            continue
        where = _place(number, sheet)
        if len(cells) < len(headings) or any(str(c).strip() for c in cells[len(headings) :]):
            reason = _("The row has not as many cells as there are headings.")
            findings.append(Finding(Code.COLUMNS, where, reason))
        rows.append(_row(where, headings, cells, sheet))
    return Table(rows, [heading for heading in headings if heading.strip()], findings)


def _headings(lines: Sequence[Sequence[Cell]]) -> int | None:
    for at, cells in enumerate(lines[:_SEARCHED_ROWS]):
        if is_list(as_text(cell) for cell in cells):
            return at
    return None


def _place(number: int, sheet: str) -> str:
    return f"{sheet} row {number}" if sheet else f"row {number}"


def _row(where: str, headings: list[str], cells: Sequence[Cell], sheet: str) -> Row:
    texts: dict[str, str] = {}
    time: dt.time | None = None
    day: dt.date | None = None
    for heading, cell in zip(headings, cells, strict=False):
        field = field_of(heading)
        if field == "time":
            time = _as_time(cell)
        elif field == "day":
            day = _as_day(cell)
        if heading.strip():
            texts[heading] = _as_words(cell, field)
    return Row(where, texts, sheet, time, day)


def _as_words(cell: Cell, field: str) -> str:
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        return str(cell)
    text = cell if isinstance(cell, str) else as_text(cell)
    whole = _WHOLE.fullmatch(text) if field == "case_ref" else None
    return whole[1] if whole else text


def _as_time(cell: Cell) -> dt.time | None:
    """A time that is held as one; nothing for words."""
    if isinstance(cell, dt.datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, dt.time):
        return cell.replace(second=0, microsecond=0)
    fraction = cell.total_seconds() / 86_400 if isinstance(cell, dt.timedelta) else cell
    if isinstance(fraction, str) and _FRACTION.fullmatch(fraction.strip()):
        fraction = float(fraction)
    if isinstance(fraction, bool | str | dt.date) or not 0 <= fraction < 1:
        return None
    minutes = round(fraction * 24 * 60) % (24 * 60)
    return dt.time(minutes // 60, minutes % 60)


def _as_day(cell: Cell) -> dt.date | None:
    """A day that is held as one; nothing for words."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = cell if isinstance(cell, str) else as_text(cell)
    if not _SERIAL.fullmatch(text.strip()):
        return None
    return _FIRST_DAY + dt.timedelta(days=int(float(text)))


def sheets(tables: dict[str, Sequence[Sequence[Cell]]]) -> Iterator[Table]:
    """Every sheet of a workbook that has the headings of a list."""
    named = len(tables) > 1
    for name, lines in tables.items():
        if found := read(lines, name if named else ""):
            yield found
